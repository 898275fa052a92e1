"""Sizes on paper: `30x20cm`, `12x8in` or a long side alone, and the pixels that they take."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, Self

from engine.errors import SettingsError
from engine.settings import KNOBS

DEFAULT_DPI: Final = 300
"""What is printed finer than this looks no sharper from where a picture is looked at."""

CM_PER_INCH: Final = 2.54
_CM: Final = {"mm": 0.1, "cm": 1.0, "in": 2.54, "inch": 2.54, "inches": 2.54, '"': 2.54}
_NUMBER: Final = r"(\d{1,6}(?:[.,]\d{1,6})?)"
_FORM: Final = re.compile(rf'{_NUMBER}(?:\s*[x×*]\s*{_NUMBER})?\s*([a-z]+|")', re.IGNORECASE)
_EXAMPLES: Final = "write it as 30x20cm, 12x8in or, the long side alone, 30cm"


class Unit(StrEnum):
    """What a picture's size is said in."""

    PX = "px"
    CM = "cm"
    INCH = "inch"

    @property
    def is_paper(self) -> bool:
        """Whether it takes a number of dots per inch."""
        return self is not Unit.PX


@dataclass(frozen=True, slots=True)
class PrintSize:
    """A size on paper, cm.

    Attributes:
        long: the longer side, which counts: a picture keeps its shape.
        short: the other one, as asked for; None where only one was named.
    """

    long: float
    short: float | None = None

    @classmethod
    def of(cls, length: float, unit: Unit) -> Self:
        """The size whose long side has this length, in a unit of paper."""
        return cls(length * _CM[unit])

    @classmethod
    def parse(cls, text: str) -> Self:
        """Understand a size as people write it.

        Raises:
            SettingsError: it is none.
        """
        found = _FORM.fullmatch(text.strip())
        unit = _CM.get(found[3].lower()) if found else None
        if found is None or unit is None:
            raise SettingsError(f"{text!r} is no size on paper", _EXAMPLES)
        sides = [float(side.replace(",", ".")) * unit for side in found.group(1, 2) if side]
        if min(sides) <= 0:
            raise SettingsError(f"{text!r} has a side of 0", _EXAMPLES)
        return cls(max(sides), min(sides) if len(sides) > 1 else None)

    def pixels(self, dpi: int) -> int:
        """The long side in px.

        Raises:
            SettingsError: more or fewer than a result may have.
        """
        pixels, knob = round(self.long / CM_PER_INCH * dpi), KNOBS["size"]
        assert knob.minimum is not None
        assert knob.maximum is not None
        if not knob.minimum <= pixels <= knob.maximum:
            raise SettingsError(
                f"{self.long:.4g} cm at {dpi} dpi are {pixels} px; a result has from "
                f"{knob.minimum:g} to {knob.maximum:g}",
                "choose another size, or another number of dots per inch",
            )
        return pixels


def measured(pixels: float, dpi: int, unit: Unit) -> float:
    """How long so many px are, printed at `dpi`; px where the unit is px."""
    return pixels / dpi * CM_PER_INCH / _CM[unit] if unit.is_paper else pixels


def on_paper(width: int, height: int, dpi: int) -> str:
    """How large a picture is printed: `30.0×22.5 cm at 300 dpi`."""
    sides = (measured(side, dpi, Unit.CM) for side in (width, height))
    return f"{'×'.join(f'{side:.1f}' for side in sides)} cm at {dpi} dpi"
