"""How a picture was made: embedded in its file, and read back from files of any origin."""

from __future__ import annotations

import json
from pathlib import Path, PureWindowsPath
from typing import TYPE_CHECKING, Annotated, Any, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from engine import imageio
from engine.errors import RecipeError
from engine.job import Guidance
from engine.masks import EmbeddedGuidance
from engine.recipes import report
from engine.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Mapping

    from engine.job import Job, Picture, Started

PROPERTY: Final = "recipe"
"""Under which a picture file holds it."""

_ANOTHER: Final = "name a picture that Impasto saved, and not with --no-recipe"

Name = Annotated[str, Field(max_length=255)]
Hash = Annotated[str, Field(pattern=r"^([0-9a-f]{64})?$")]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


class Ingredient(_Part):
    """A file that went in.

    Attributes:
        name: without a folder; to find it by, and for messages.
        sha256: of its bytes, hexadecimal; empty for what never was a file.
    """

    name: Name
    sha256: Hash = ""


class Recipe(_Part):
    """All that it takes to paint a picture again, and nothing that changes from run to run.

    Attributes:
        form: version of this form.
        settings: as resolved; `network` and `init` name no files but what is listed here.
        step: iterations that the picture has had; fewer than the settings' if it was stopped.
        content: the photograph.
        styles: the paintings.
        start: the picture that the render went on from, if any.
        guidance: which style goes where, masks and all; None where there were none.
        network: whose features were used.
        versions: of everything that the bytes depend on.
        inset: whether the styles were laid into the picture's corner as it was saved.
    """

    form: Literal[1] = 1
    settings: Settings
    step: Annotated[int, Field(ge=0)]
    content: Ingredient
    styles: tuple[Ingredient, ...]
    start: Ingredient | None = None
    guidance: EmbeddedGuidance | None = None
    network: Ingredient
    versions: dict[Name, Name]
    inset: Literal[True] | None = None

    @classmethod
    def of(cls, job: Job, started: Started, step: int) -> Recipe:
        """Write down how a job's picture was made.

        Args:
            job: that painted it.
            started: what was decided; with the live settings and the masks that are in force.
            step: iterations that the picture has had.
        """
        network = Ingredient(name=_plain(started.network.name), sha256=started.network.sha256)
        start = _ingredient(job.start) if job.start else None
        init = start.name if start else started.settings.init
        versions = report.versions()
        del versions["platform"]  # changes with every update of the system
        return cls(
            settings=started.settings.replace(network=network.name, init=init),
            step=step,
            content=_ingredient(job.content),
            styles=tuple(_ingredient(style) for style in job.styles),
            start=start,
            guidance=EmbeddedGuidance.of(started.guidance),
            network=network,
            versions=versions,
        )

    @property
    def masks(self) -> Guidance:
        """Which style goes where."""
        return self.guidance.guidance() if self.guidance else Guidance()

    def to_json(self) -> str:
        """One line of ASCII, which no file format and no XML can spoil."""
        return json.dumps(self.model_dump(mode="json", exclude_none=True))

    @classmethod
    def from_json(cls, text: str, origin: str) -> Recipe:
        """Check what a file claims to be a recipe; nothing in it is believed unchecked.

        Args:
            text: any text.
            origin: the file's name, for messages.

        Raises:
            RecipeError: no recipe, with the first thing that is wrong with it.
        """
        try:
            return cls.model_validate_json(text)
        except ValidationError as error:
            raise RecipeError(
                f"the recipe in “{origin}” cannot be used: {_finding(error.errors()[0])}",
                "it was changed, or made by another version of Impasto; name another picture",
            ) from error


def read(path: Path) -> Recipe:
    """Read the recipe in a picture file.

    Raises:
        PictureError: the file is missing, unreadable or no picture.
        RecipeError: there is no recipe in it, or none that can be used.
    """
    text = imageio.read_property(path, PROPERTY)
    if text is None:
        raise RecipeError(f"“{path.name}” holds no recipe", _ANOTHER)
    return Recipe.from_json(text, path.name)


def _ingredient(picture: Picture) -> Ingredient:
    return Ingredient(name=_plain(picture.name), sha256=picture.sha256)


def _plain(name: str) -> str:
    """A name without folders, which are nobody's business, and of whole characters."""
    last = PureWindowsPath(name).name or name  # knows both kinds of slashes
    whole = last.encode("utf-8", "surrogatepass").decode("utf-8", "replace")[:255]
    return whole if whole.strip() else "unnamed"


def _finding(finding: Mapping[str, Any]) -> str:
    where = " ".join(".".join(map(str, finding["loc"]))[:80].split())
    what = finding["msg"].partition("\n")[0][:200]
    return f"{where}: {what}" if where else what
