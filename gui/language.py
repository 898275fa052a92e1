"""The language of the window: Qt's translators, its own texts and Impasto's."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path
from typing import Final

from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QApplication

TRANSLATED: Final = ("zh_CN",)
"""Languages besides English, in which the texts are written."""

_HAN: Final = ("Noto Sans CJK SC", "Noto Sans SC", "Source Han Sans SC", "WenQuanYi Micro Hei")
"""Families for what the system's own font lacks: of a fallback of its own, Qt may take the bold."""


def folder() -> Path:
    """Where the translations lie."""
    return Path(str(files("resources").joinpath("translations")))


def of_system() -> str:
    """The language that the system asks for, where it is spoken here; else English."""
    asked = QLocale.system().uiLanguages()
    for name in asked:
        if any(other.startswith(f"{name}-") for other in asked):
            continue  # Qt's own addition: of zh-TW it makes zh, which would be the simplified one
        locale = QLocale(name)
        if locale.language() == QLocale.Language.English:
            return "en"
        simplified = locale.script() == QLocale.Script.SimplifiedHanScript
        if locale.language() == QLocale.Language.Chinese and simplified:
            return "zh_CN"
    return "en"


class Language:
    """What an application speaks; kept by whoever may change it."""

    def __init__(self, application: QApplication) -> None:
        self._application = application
        self._translators: list[QTranslator] = []
        self._families = application.font().families()
        self.spoken = "en"

    def speak(self, language: str) -> None:
        """Speak a language from now on; windows that are open must be built anew.

        Args:
            language: `system`, `en` or one of `TRANSLATED`.
        """
        for translator in self._translators:
            self._application.removeTranslator(translator)
        self._translators.clear()
        self.spoken = of_system() if language == "system" else language
        QLocale.setDefault(QLocale(self.spoken))
        self._write_with(_HAN if self.spoken == "zh_CN" else ())
        if self.spoken not in TRANSLATED:
            return
        own_of_qt = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        for name, place in (("qtbase", own_of_qt), ("impasto", str(folder()))):
            translator = QTranslator(self._application)
            if translator.load(f"{name}_{self.spoken}", place):
                self._application.installTranslator(translator)
                self._translators.append(translator)

    def _write_with(self, fallbacks: tuple[str, ...]) -> None:
        """Use the system's font, and for what it lacks those of the fallbacks that are there."""
        there = QFontDatabase.families()
        font = self._application.font()
        font.setFamilies([*self._families, *(each for each in fallbacks if each in there)])
        self._application.setFont(font)
