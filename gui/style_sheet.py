"""The style sheet that goes over Qt's Fusion style, from the colours of a scheme."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gui.theme import Colours


def style_sheet(colours: Colours, name: str) -> str:
    """Everything that Fusion is told otherwise.

    Args:
        colours: of the scheme.
        name: of the scheme, as its drawings are called: dark or light.
    """
    parts = (_grounds, _buttons, _fields, _choices, _sliders, _lists, _menus, _rest)
    return "".join(part(colours) for part in parts) + _drawings(name)


def _grounds(c: Colours) -> str:
    return f"""
    QFrame#panel {{ background: {c.panel}; border: 1px solid {c.line}; border-radius: 6px; }}
    QFrame#target {{ background: {c.field}; border: 1px dashed {c.quiet}; border-radius: 6px; }}
    QFrame#target[full="true"] {{ border: 1px solid {c.line}; }}
    QFrame#target:focus, QFrame#target[over="true"] {{ border: 2px solid {c.accent}; }}
    QFrame#styles {{ border: none; border-radius: 6px; }}
    QFrame#styles[over="true"] {{ background: {c.hover}; }}
    QFrame#message {{ background: {c.warning}; border-radius: 6px; }}
    QFrame#message QLabel {{ color: {c.on_warning}; }}
    QLabel#alarm {{ color: {c.on_warning}; }}
    QFrame#offer {{ background: {c.panel}; border: 1px solid {c.accent}; border-radius: 6px; }}
    QFrame#line {{ background: {c.line}; border: none; }}
    QLabel#quiet {{ color: {c.quiet}; }}
    QLabel#heading {{ font-weight: 600; }}
    QLabel#title {{ font-size: 15pt; font-weight: 600; }}
    QLabel#key {{ background: {c.field}; border: 1px solid {c.line}; border-radius: 4px;
                  padding: 2px 7px; }}
    """


def _buttons(c: Colours) -> str:
    # A border of two pixels takes one from the padding, so that nothing moves with the focus.
    return f"""
    QPushButton {{ background: {c.field}; border: 1px solid {c.line}; border-radius: 5px;
                   padding: 6px 14px; color: {c.text}; }}
    QPushButton:hover {{ background: {c.hover}; border-color: {c.quiet}; }}
    QPushButton:pressed {{ background: {c.line}; }}
    QPushButton:checked {{ background: {c.hover}; border-color: {c.accent}; }}
    QPushButton:focus {{ border: 2px solid {c.accent}; padding: 5px 13px; }}
    QPushButton:disabled {{ color: {c.quiet}; background: {c.window}; border-color: {c.line}; }}
    QPushButton#primary:enabled {{ background: {c.accent}; color: {c.on_accent};
                                   border-color: {c.accent}; font-weight: 600; }}
    QPushButton#primary:enabled:focus {{ border-color: {c.text}; }}
    QToolButton {{ background: transparent; border: 1px solid transparent; border-radius: 5px;
                   padding: 3px; color: {c.text}; }}
    QToolButton:hover {{ background: {c.hover}; }}
    QToolButton:pressed {{ background: {c.line}; }}
    QToolButton:checked {{ background: {c.hover}; border-color: {c.quiet}; }}
    QToolButton:focus {{ border-color: {c.accent}; }}
    QToolButton:disabled {{ color: {c.quiet}; background: transparent; }}
    QToolButton::menu-indicator {{ image: none; }}
    QToolButton#disclosure {{ padding: 3px 8px 3px 0; }}
    QToolButton#disclosure:checked {{ background: transparent; border-color: transparent; }}
    QToolButton#disclosure:hover {{ background: {c.hover}; }}
    QToolButton#disclosure:focus {{ border-color: {c.accent}; }}
    QToolButton#quietTool {{ padding: 4px 8px; }}
    QToolButton#quietTool[popupMode="2"] {{ padding-right: 24px; }}
    QToolButton#quietTool::menu-indicator {{ width: 12px; height: 12px; right: 6px;
        subcontrol-origin: padding; subcontrol-position: right center; }}
    QToolButton#remove {{ background: {c.panel}; border: 1px solid {c.line}; border-radius: 9px;
                          color: {c.text}; min-width: 16px; min-height: 16px; padding: 0; }}
    QToolButton#play {{ background: {c.panel}; border: 1px solid {c.line}; border-radius: 16px;
                        padding: 0; }}
    QToolButton#play:hover, QToolButton#play:focus {{ border-color: {c.accent}; }}
    QToolButton#remove:hover, QToolButton#remove:focus {{ border-color: {c.accent}; }}
    """


def _fields(c: Colours) -> str:
    # Qt sets the text of a number field at its very left, whatever the padding: so it goes right.
    return f"""
    QLineEdit, QComboBox, QAbstractSpinBox, QPlainTextEdit, QTextBrowser {{
        background: {c.field}; color: {c.text}; border: 1px solid {c.line}; border-radius: 5px;
        selection-background-color: {c.accent}; selection-color: {c.on_accent}; }}
    QLineEdit, QAbstractSpinBox {{ padding: 3px 7px; }}
    QAbstractSpinBox {{ qproperty-alignment: "AlignRight | AlignVCenter"; }}
    QLineEdit#chip {{ border-radius: 14px; padding: 3px 11px; }}
    QLineEdit#chip:focus {{ padding: 2px 10px; }}
    QToolButton#chipRemove {{ border-radius: 9px; padding: 0; }}
    QToolButton#chipAdd {{ border: 1px solid {c.line}; border-radius: 14px; }}
    QToolButton#chipAdd:hover, QToolButton#chipAdd:focus {{ border-color: {c.accent}; }}
    QComboBox {{ padding: 3px 9px; }}
    QLineEdit:hover, QComboBox:hover, QAbstractSpinBox:hover {{ border-color: {c.quiet}; }}
    QLineEdit:focus, QAbstractSpinBox:focus {{ border: 2px solid {c.accent}; padding: 2px 6px; }}
    QComboBox:focus, QComboBox:on {{ border: 2px solid {c.accent}; padding: 2px 8px; }}
    QPlainTextEdit:focus, QTextBrowser:focus {{ border: 2px solid {c.accent}; }}
    QLineEdit:disabled, QComboBox:disabled, QAbstractSpinBox:disabled {{
        background: {c.window}; color: {c.quiet}; border-color: {c.line}; }}
    QComboBox::drop-down {{ border: none; width: 24px; }}
    QAbstractSpinBox::up-button, QAbstractSpinBox::down-button {{
        subcontrol-origin: border; width: 20px; border: none; background: transparent; }}
    QAbstractSpinBox::up-button {{ subcontrol-position: top right; margin: 2px 2px 0 0; }}
    QAbstractSpinBox::down-button {{ subcontrol-position: bottom right; margin: 0 2px 2px 0; }}
    QAbstractSpinBox::up-button:hover, QAbstractSpinBox::down-button:hover {{
        background: {c.hover}; border-radius: 3px; }}
    QComboBox::down-arrow, QAbstractSpinBox::up-arrow, QAbstractSpinBox::down-arrow,
    QToolButton::menu-arrow {{ width: 12px; height: 12px; }}
    """


def _choices(c: Colours) -> str:
    return f"""
    QCheckBox, QRadioButton {{ spacing: 8px; color: {c.text}; }}
    QCheckBox:disabled, QRadioButton:disabled {{ color: {c.quiet}; }}
    QCheckBox::indicator, QRadioButton::indicator {{ width: 14px; height: 14px;
        background: {c.field}; border: 1px solid {c.quiet}; border-radius: 4px; }}
    QRadioButton::indicator {{ border-radius: 8px; }}
    QCheckBox::indicator:hover, QRadioButton::indicator:hover {{ border-color: {c.text}; }}
    QCheckBox::indicator:checked {{ background: {c.accent}; border-color: {c.accent}; }}
    QRadioButton::indicator:checked {{ border-color: {c.accent}; {_dot(c.accent, c.field)} }}
    QCheckBox::indicator:focus, QRadioButton::indicator:focus {{ width: 12px; height: 12px;
        border: 2px solid {c.accent}; }}
    QCheckBox::indicator:checked:focus {{ border-color: {c.text}; }}
    QCheckBox::indicator:disabled, QRadioButton::indicator:disabled {{
        background: {c.window}; border-color: {c.line}; }}
    QCheckBox::indicator:checked:disabled {{ background: {c.quiet}; border-color: {c.quiet}; }}
    QRadioButton::indicator:checked:disabled {{ {_dot(c.quiet, c.window)} }}
    """


def _dot(colour: str, ground: str) -> str:
    return (
        "background: qradialgradient(cx: 0.5, cy: 0.5, radius: 0.5, fx: 0.5, fy: 0.5, "
        f"stop: 0 {colour}, stop: 0.52 {colour}, stop: 0.62 {ground}, stop: 1 {ground});"
    )


def _sliders(c: Colours) -> str:
    return f"""
    QSlider:horizontal {{ min-height: 22px; }}
    QSlider:vertical {{ min-width: 22px; }}
    QSlider::groove:horizontal {{ height: 4px; border-radius: 2px; background: {c.line}; }}
    QSlider::groove:vertical {{ width: 4px; border-radius: 2px; background: {c.line}; }}
    QSlider::sub-page:horizontal, QSlider::add-page:vertical {{
        background: {c.accent}; border-radius: 2px; }}
    QSlider::handle {{ background: {c.text}; border: 1px solid {c.panel}; border-radius: 8px; }}
    QSlider::handle:horizontal {{ width: 14px; margin: -6px 0; }}
    QSlider::handle:vertical {{ height: 14px; margin: 0 -6px; }}
    QSlider::handle:hover {{ background: {c.accent}; }}
    QSlider::handle:focus {{ background: {c.text}; border: 3px solid {c.accent}; }}
    QSlider::handle:horizontal:focus {{ width: 10px; }}
    QSlider::handle:vertical:focus {{ height: 10px; }}
    QSlider::handle:disabled, QSlider::sub-page:horizontal:disabled,
    QSlider::add-page:vertical:disabled {{ background: {c.quiet}; }}
    QProgressBar {{ background: {c.field}; border: 1px solid {c.line}; border-radius: 4px;
                    color: {c.text}; text-align: center; }}
    QProgressBar::chunk {{ background: {c.accent}; border-radius: 3px; }}
    QScrollBar {{ background: transparent; border: none; margin: 0; }}
    QScrollBar:vertical {{ width: 10px; }}
    QScrollBar:horizontal {{ height: 10px; }}
    QScrollBar::handle {{ background: {c.line}; border-radius: 3px; margin: 2px; }}
    QScrollBar::handle:vertical {{ min-height: 28px; }}
    QScrollBar::handle:horizontal {{ min-width: 28px; }}
    QScrollBar::handle:hover, QScrollBar::handle:pressed {{ background: {c.quiet}; }}
    QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
    QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
    """


def _lists(c: Colours) -> str:
    return f"""
    QListView, QTreeView, QTableView {{ background: {c.field}; color: {c.text};
        border: 1px solid {c.line}; border-radius: 5px; outline: 0; }}
    QListView:focus, QTreeView:focus, QTableView:focus {{ border-color: {c.accent}; }}
    QListView::item, QTreeView::item {{ padding: 0 6px; min-height: 24px; border-radius: 4px; }}
    QListView::item:hover, QTreeView::item:hover {{ background: {c.hover}; }}
    QListView::item:selected, QTreeView::item:selected {{
        background: {c.accent}; color: {c.on_accent}; }}
    QListView::item:disabled, QTreeView::item:disabled {{ color: {c.quiet}; }}
    QListView::item:selected:disabled {{ background: {c.hover}; color: {c.text}; }}
    QHeaderView::section {{ background: {c.panel}; color: {c.quiet}; border: none;
        border-bottom: 1px solid {c.line}; padding: 4px 6px; }}
    QComboBox QAbstractItemView {{ background: {c.panel}; color: {c.text};
        border: 1px solid {c.line}; border-radius: 0; padding: 4px; outline: 0; }}
    QComboBox QAbstractItemView:focus {{ border-color: {c.line}; }}
    QScrollArea {{ background: transparent; border: none; }}
    QScrollArea > QWidget > QWidget#scrolled {{ background: transparent; }}
    """


def _menus(c: Colours) -> str:
    return f"""
    QMenuBar {{ background: {c.window}; color: {c.text}; padding: 2px 4px; }}
    QMenuBar::item {{ background: transparent; padding: 7px 9px; border-radius: 4px; }}
    QMenuBar::item:selected {{ background: {c.hover}; }}
    QMenuBar::item:disabled {{ color: {c.quiet}; }}
    QMenu {{ background: {c.panel}; color: {c.text}; border: 1px solid {c.line}; padding: 5px; }}
    QMenu::item {{ padding: 6px 28px 6px 10px; border-radius: 4px; }}
    QMenu::item:selected {{ background: {c.hover}; }}
    QMenu::item:disabled {{ color: {c.quiet}; }}
    QMenu::separator {{ height: 1px; background: {c.line}; margin: 5px 6px; }}
    QMenu::icon {{ padding-left: 8px; }}
    QMenu::indicator {{ width: 14px; height: 14px; left: 8px; }}
    QTabBar {{ qproperty-drawBase: 0; }}
    QTabBar::tab {{ background: transparent; color: {c.quiet}; padding: 6px 12px;
        border: none; border-bottom: 2px solid transparent; }}
    QTabBar::tab:hover {{ color: {c.text}; }}
    QTabBar::tab:selected {{ color: {c.text}; border-bottom-color: {c.accent}; }}
    QTabBar::tab:focus {{ color: {c.accent}; }}
    QTabWidget::pane {{ border: none; border-top: 1px solid {c.line}; }}
    """


def _rest(c: Colours) -> str:
    return f"""
    QSplitter::handle {{ background: transparent; }}
    QSplitter::handle:hover, QSplitter::handle:pressed {{ background: {c.line}; }}
    QSplitter::handle:horizontal {{ width: 8px; }}
    QSplitter::handle:vertical {{ height: 8px; }}
    QStatusBar {{ background: {c.window}; color: {c.quiet}; }}
    QStatusBar::item {{ border: none; }}
    QToolTip {{ background: {c.panel}; color: {c.text}; border: 1px solid {c.line};
                padding: 4px 6px; }}
    """


def _drawings(name: str) -> str:
    folder, other = _folder().as_posix(), "light" if name == "dark" else "dark"
    return f"""
    QComboBox::down-arrow, QAbstractSpinBox::down-arrow, QToolButton::menu-arrow,
    QToolButton#quietTool::menu-indicator {{ image: url("{folder}/down.svg"); }}
    QAbstractSpinBox::up-arrow {{ image: url("{folder}/up.svg"); }}
    QCheckBox::indicator:checked {{ image: url("{folder}/check-{name}.svg"); }}
    QMenu::indicator:checked {{ image: url("{folder}/check-{other}.svg"); }}
    """


@cache
def _folder() -> Path:
    return Path(str(files("resources").joinpath("theme")))
