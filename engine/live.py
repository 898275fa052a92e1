"""What a change of settings during a run means: which are taken up, and what they undo."""

from __future__ import annotations

from typing import Final

from engine.blends.values import written_crops, written_numbers
from engine.job import Guidance, Rewind
from engine.settings import KNOBS, Settings

Change = Settings | Guidance
"""What may change while a render runs."""

Wish = Change | Rewind
"""What may be sent into a running render."""

LIVE: Final = tuple(name for name, knob in KNOBS.items() if knob.live)

_OF_THE_RULE: Final = frozenset({"learning_rate", "history"})
_WITHOUT_EFFECT_ON_THE_LOSS: Final = _OF_THE_RULE | {"tile"}


def merged(running: Settings, asked: Settings) -> Settings:
    """The running settings with the live ones of `asked`; all others stay.

    Raises:
        SettingsError: they do not go together.
    """
    return running.replace(**{name: getattr(asked, name) for name in LIVE})


def in_force(decided: Settings, asked: Settings) -> Settings:
    """What a run was painted by: the live settings of `asked`, where it leaves none open.

    Args:
        decided: with which the run started, nothing open.
        asked: as the user last had them.
    """
    wanted = {name: getattr(asked, name) for name in LIVE}
    return decided.replace(**{name: value for name, value in wanted.items() if value is not None})


def differences(old: Settings, new: Settings) -> frozenset[str]:
    """The names of the settings that differ."""
    return frozenset(name for name in KNOBS if getattr(old, name) != getattr(new, name))


def changes_loss(names: frozenset[str]) -> bool:
    """Whether the loss is another function: then what the update rule learnt holds no longer."""
    return bool(names - _WITHOUT_EFFECT_ON_THE_LOSS)


def changes_rule(names: frozenset[str]) -> bool:
    """Whether the update rule itself has something to take up."""
    return bool(names & _OF_THE_RULE)


def described(old: Settings, new: Settings) -> str:
    """Say what changed: `style weight 30 → 1000, smoothing 1 → 0`."""
    names = differences(old, new)
    return ", ".join(_described(name, old, new) for name in KNOBS if name in names)


def _described(name: str, old: Settings, new: Settings) -> str:
    before, after = (_shown(name, getattr(settings, name)) for settings in (old, new))
    return f"{KNOBS[name].label.lower()} {before} → {after}"


def _shown(name: str, value: object) -> str:
    if name == "style_crops" and isinstance(value, tuple):
        return written_crops(value)
    if name in ("style_shares", "style_scales") and isinstance(value, tuple):
        return written_numbers(value)
    if isinstance(value, tuple):
        return ",".join(f"{name}={weight:g}" for name, weight in value)
    return f"{value:g}" if isinstance(value, float) else "auto" if value is None else str(value)
