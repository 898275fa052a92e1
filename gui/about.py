"""What this is, which versions it runs on, and whose work it stands on."""

from __future__ import annotations

import platform
from dataclasses import dataclass
from importlib import metadata
from typing import Final

from PySide6.QtCore import Qt, qVersion
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from engine import __version__
from gui import theme

PACKAGES: Final = (
    "torch",
    "numpy",
    "pillow",
    "pyvips",
    "pyvips-binary",
    "PySide6-Essentials",
    "pydantic",
    "click",
    "rich",
    "safetensors",
    "psutil",
    "httpx",
    "filelock",
    "platformdirs",
    "pyqtgraph",
    "qtawesome",
    "wakepy",
)
"""What Impasto needs and comes with."""

_NAMES: Final = {
    "torch": "PyTorch",
    "numpy": "NumPy",
    "pillow": "Pillow",
    "pyvips-binary": "libvips",
    "PySide6-Essentials": "PySide6",
    "pyqtgraph": "PyQtGraph",
    "qtawesome": "QtAwesome",
}
_CLASSIFIER: Final = "License :: OSI Approved :: "
_LIBRARIES: Final = {"pyvips-binary": "LGPL-2.1-or-later", "PySide6-Essentials": "LGPL-3.0"}
"""Their metadata name the licence of the wrapping, or several to choose from."""


@dataclass(frozen=True, slots=True)
class Component:
    """A part that others made: its name, version and licence."""

    name: str
    version: str
    licence: str


def components() -> tuple[Component, ...]:
    """All parts, as they are installed; nothing is imported for it."""
    python = Component("Python", platform.python_version(), "PSF-2.0")
    return (python, Component("Qt", qVersion() or "", "LGPL-3.0"), *map(_component, PACKAGES))


def _component(package: str) -> Component:
    name = _NAMES.get(package, package)
    try:
        found = metadata.metadata(package)
    except metadata.PackageNotFoundError:
        return Component(name, "–", _LIBRARIES.get(package, "–"))
    return Component(name, found["Version"], _LIBRARIES.get(package) or _licence(found))


def _licence(found: metadata.PackageMetadata) -> str:
    """The licence's name; some packages put its whole text in the field for it."""
    fields = dict.fromkeys(("License-Expression", "License"))
    for field in fields:
        text = found.get_all(field, [""])[0].strip()
        if text and "\n" not in text:
            return text
    classifiers = found.get_all("Classifier", [])
    named = [each.removeprefix(_CLASSIFIER) for each in classifiers if each.startswith(_CLASSIFIER)]
    return ", ".join(named) or "–"


class AboutDialog(QDialog):
    """The name, the paper, the parts."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("About Impasto"))
        self._components = components()
        self.copy_button = QPushButton(self.tr("Copy"))
        self.close_button = QPushButton(self.tr("Close"))
        self._build()
        self.copy_button.clicked.connect(self._copy)
        self.close_button.clicked.connect(self.close)

    def text(self) -> str:
        """All versions and licences, as they are copied."""
        lines = [f"Impasto {__version__} (MIT)", platform.platform()]
        lines += [f"{each.name} {each.version} ({each.licence})" for each in self._components]
        return "\n".join(lines)

    def _build(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*[3 * theme.SPACE] * 4)
        layout.setSpacing(theme.SPACE)
        for name, text in self._words():
            label = QLabel(text, wordWrap=True, openExternalLinks=True)
            label.setObjectName(name)
            layout.addWidget(label)
        layout.addSpacing(theme.SPACE)
        layout.addWidget(self._table(), 1)
        note = QLabel(
            self.tr(
                "Qt, PySide6 and libvips are free software under the LGPL. They are separate "
                "libraries, which you may replace with your own builds."
            ),
            wordWrap=True,
        )
        note.setObjectName("quiet")
        layout.addWidget(note)
        layout.addSpacing(theme.SPACE)
        layout.addLayout(self._buttons())
        self.resize(560, 680)

    def _words(self) -> tuple[tuple[str, str], ...]:
        paper = self.tr(
            "After Gatys, Ecker and Bethge, <i>Image Style Transfer Using Convolutional Neural "
            "Networks</i>, CVPR 2016."
        )
        return (
            ("title", self.tr("Impasto {0}").format(__version__)),
            ("", self.tr("Repaints a photograph in the style of another picture.")),
            ("", paper),
            ("quiet", self.tr("MIT licence. Your pictures stay on this machine.")),
        )

    def _table(self) -> QScrollArea:
        inner = QWidget()
        inner.setObjectName("scrolled")
        grid = QGridLayout(inner)
        grid.setContentsMargins(0, 0, 2 * theme.SPACE, 0)
        grid.setHorizontalSpacing(3 * theme.SPACE)
        grid.setVerticalSpacing(theme.SPACE // 2)
        grid.setColumnStretch(2, 1)
        titles = (self.tr("Part"), self.tr("Version"), self.tr("Licence"))
        for column, title in enumerate(titles):
            grid.addWidget(_cell(title, "heading"), 0, column)
        for row, each in enumerate(self._components, 1):
            for column, text in enumerate((each.name, each.version, each.licence)):
                grid.addWidget(_cell(text, "" if column == 0 else "quiet"), row, column)
        grid.setRowStretch(len(self._components) + 1, 1)
        scroll = QScrollArea(widgetResizable=True)
        scroll.setWidget(inner)
        scroll.setAccessibleName(self.tr("Versions and licences"))
        return scroll

    def _buttons(self) -> QHBoxLayout:
        self.copy_button.setToolTip(self.tr("Copy the versions, for a report"))
        self.close_button.setObjectName("primary")
        self.close_button.setDefault(True)
        row = QHBoxLayout()
        row.addWidget(self.copy_button)
        row.addStretch()
        row.addWidget(self.close_button)
        return row

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.text())
        self.copy_button.setText(self.tr("Copied"))


def _cell(text: str, name: str) -> QLabel:
    label = QLabel(text, textFormat=Qt.TextFormat.PlainText, wordWrap=len(text) > 40)
    label.setObjectName(name)
    label.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
    return label
