"""Settings that have no effect beside others, and what wakes them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from engine.choices import Colours

if TYPE_CHECKING:
    from engine.settings import Settings

translate = QCoreApplication.translate


def why_idle(name: str, settings: Settings) -> str:
    """Why a setting has no effect as the others are; empty where it has one."""
    is_light = settings.colours is Colours.LUMINANCE
    if name == "detail" and settings.style_layers is not None:
        return translate(
            "Idle", "The style layers are named; moving this leaves them to Impasto again"
        )
    if name == "colour_strength" and settings.colours is Colours.STYLE:
        return translate("Idle", "The style's own colours are used as they are")
    if name == "colour_blend" and is_light and settings.colour_strength == 1:
        return translate("Idle", "All of the photograph's colours are put back already")
    return ""


def waking(name: str, value: object, settings: Settings) -> dict[str, object]:
    """The changes to ask for so that a setting gets a value and has an effect."""
    layers = {"style_layers": None} if settings.style_layers is not None else {}
    return {name: value, **(layers if name == "detail" else {})}
