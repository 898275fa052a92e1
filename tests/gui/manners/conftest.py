"""The application in its colours, which it takes off again."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication

from gui import theme
from gui.manners import accessible
from gui.preferences.store import Scheme


@pytest.fixture(autouse=True, scope="session")
def roles(qapp: QApplication) -> None:
    """As the program tells them; Qt forgets them with the application."""
    accessible.install()


@pytest.fixture
def dressed(qapp: QApplication) -> Iterator[QApplication]:
    before = qapp.palette()
    yield qapp
    theme.choose(qapp, Scheme.SYSTEM)
    qapp.setStyleSheet("")
    qapp.setPalette(before)
    qapp.setProperty(theme._WORN, None)
