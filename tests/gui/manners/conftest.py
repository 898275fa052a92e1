"""The application in its colours, which it takes off again."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication

from gui.manners import accessible


@pytest.fixture(autouse=True, scope="session")
def roles(qapp: QApplication) -> None:
    """As the program tells them; Qt forgets them with the application."""
    accessible.install()
