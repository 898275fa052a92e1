"""What the window offers where a picture is opened that Impasto has painted."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from gui.files.reading import Read
from gui.offers.bar import Offer
from gui.run.enlarging import Enlarging
from gui.session import Session
from gui.state import Role
from gui.styles.names import listed

translate = QCoreApplication.translate


def recipe_offer(session: Session, enlarging: Enlarging, read: Read, role: Role) -> Offer:
    """To restore how it was made, to paint it larger, or to take it as any other picture."""
    picture, recipe = read.picture, read.recipe
    assert picture is not None
    assert recipe is not None
    names = listed([f"“{style.name}”" for style in recipe.styles])
    text = translate("MainWindow", "“{0}” was painted by Impasto: “{1}” in the style of {2}.")
    as_role = (
        translate("MainWindow", "Use as content")
        if role is Role.CONTENT
        else translate("MainWindow", "Use as style")
    )
    restore = translate("MainWindow", "Restore how it was made")
    enlarge = translate("MainWindow", "Enlarge …")
    return Offer(
        text.format(picture.name, recipe.content.name, names),
        (
            (restore, lambda: session.restore_recipe(read)),
            (enlarge, lambda: enlarging.begin_with_file(read)),
            (as_role, lambda: session.take(role, read)),
        ),
        about=(read, role),
    )
