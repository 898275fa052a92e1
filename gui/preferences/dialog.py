"""The preferences to look at and to change; each change acts at once."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from pathlib import Path

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QFileDialog,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from engine.disk.file_names import PLACEHOLDERS, file_name
from gui import theme
from gui.preferences.model import PreferencesModel
from gui.preferences.store import Format, Language, Motion, Preferences, Scheme
from gui.texts import plain


class PreferencesDialog(QDialog):
    """A row for each preference that is the user's to set.

    Signals:
        clean_up_asked: the gallery is to be brought below its bound, or emptied.
    """

    clean_up_asked = Signal()

    def __init__(self, model: PreferencesModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Preferences"))
        self._model = model
        self.scheme, self.language, self.format = QComboBox(), QComboBox(), QComboBox()
        self.motion = QComboBox()
        self.template = QLineEdit(maxLength=200)
        self.folder = QLineEdit(readOnly=True)
        self.folder_button = QPushButton(self.tr("Choose …"))
        self.limit = QSpinBox(minimum=100, maximum=1_000_000, singleStep=256)
        self.clean_up_button = QPushButton(self.tr("Clean up now …"))
        self.notify = QCheckBox(self.tr("Notify me when a render ends in the background"))
        self.leave_core = QCheckBox(self.tr("Leave a processor core for other programs"))
        self._example, self._use = QLabel(), QLabel(self.tr("Renders and snapshots kept"))
        self._form = QGridLayout()
        self._fill()
        self._build()
        self._connect()
        self._show(model.preferences)

    @property
    def example(self) -> str:
        """The name that the template gives."""
        return self._example.text()

    def show_gallery_size(self, size: int) -> None:
        """Say how much the kept renders take, bytes."""
        self._use.setText(self.tr("{0} MB in use").format(f"{size / 1e6:,.0f}"))

    def _fill(self) -> None:
        _add(self.scheme, Scheme.SYSTEM, self.tr("As the system"))
        _add(self.scheme, Scheme.LIGHT, self.tr("Light"))
        _add(self.scheme, Scheme.DARK, self.tr("Dark"))
        _add(self.language, Language.SYSTEM, self.tr("As the system"))
        # A language is called by its own name, whichever is spoken now.
        _add(self.language, Language.ENGLISH, "English")
        _add(self.language, Language.CHINESE, "简体中文")
        _add(self.motion, Motion.SYSTEM, self.tr("As the system"))
        _add(self.motion, Motion.LESS, self.tr("Yes"))
        _add(self.motion, Motion.FULL, self.tr("No"))
        for each in Format:
            _add(self.format, each, each.name)
        self.limit.setSuffix(self.tr(" MB"))
        self.limit.setGroupSeparatorShown(True)
        self.limit.setKeyboardTracking(False)
        for tick in (self.notify, self.leave_core):
            tick.setAccessibleName(tick.text())

    def _build(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*[3 * theme.SPACE] * 4)
        layout.setSpacing(2 * theme.SPACE)
        self._form.setHorizontalSpacing(2 * theme.SPACE)
        self._form.setVerticalSpacing(theme.SPACE)
        self._form.setColumnMinimumWidth(0, 112)
        self._form.setColumnStretch(1, 1)
        self._add_rows()
        layout.addLayout(self._form)
        layout.addStretch()
        close = QPushButton(self.tr("Close"))
        close.setObjectName("primary")
        close.setDefault(True)
        close.clicked.connect(self.close)
        row = QHBoxLayout()
        row.addStretch()
        row.addWidget(close)
        layout.addLayout(row)
        self.setMinimumWidth(560)

    def _add_rows(self) -> None:
        self._add_heading(self.tr("Appearance"))
        self._add_row(self.tr("&Colours"), self.scheme)
        self._add_row(self.tr("&Language"), self.language)
        self._add_row(self.tr("&Reduce motion"), self.motion)
        self._add_heading(self.tr("Quick save"))
        self._add_row(self.tr("&Name"), self.template)
        self._add_quiet(self._example)
        words = self.tr("In braces: {0}").format(" ".join(f"{{{name}}}" for name in PLACEHOLDERS))
        self._add_quiet(QLabel(words))
        self._add_row(self.tr("F&older"), self.folder, self.folder_button)
        self._add_row(self.tr("&Format"), self.format)
        self._add_heading(self.tr("Gallery"))
        self._add_row(self.tr("&At most"), self.limit, self.clean_up_button)
        self._add_quiet(self._use)
        self._add_heading(self.tr("In the background"))
        for tick in (self.notify, self.leave_core):
            self._form.addWidget(tick, self._form.rowCount(), 0, 1, 3)
        self._explain()

    def _explain(self) -> None:
        for widget, text in {
            self.scheme: self.tr("Light, dark, or whichever the system has"),
            self.language: self.tr("Acts at once"),
            self.motion: self.tr("Nothing moves by itself, such as the preview of a timelapse"),
            self.template: self.tr("The name that a quickly saved picture gets"),
            self.folder: self.tr("Where quickly saved pictures go"),
            self.folder_button: self.tr("Choose where quickly saved pictures go"),
            self.format: self.tr("The format of quickly saved pictures"),
            self.limit: self.tr("What kept renders and snapshots may take of the disk"),
            self.clean_up_button: self.tr("Delete kept renders that are no longer wanted"),
            self.notify: self.tr("Only while another window is in front"),
            self.leave_core: self.tr(
                "The next render uses one thread less, where the number of threads is left open"
            ),
        }.items():
            widget.setToolTip(text)
            widget.setAccessibleDescription(text)

    def _add_heading(self, text: str) -> None:
        heading, row = QLabel(text), self._form.rowCount()
        heading.setObjectName("heading")
        heading.setContentsMargins(0, 2 * theme.SPACE if row > 1 else 0, 0, 0)
        self._form.addWidget(heading, row, 0, 1, 3)

    def _add_row(self, text: str, field: QWidget, beside: QWidget | None = None) -> None:
        label, row = QLabel(text), self._form.rowCount()
        label.setBuddy(field)
        field.setAccessibleName(plain(text))
        field.setMinimumHeight(theme.FIELD_HEIGHT)
        self._form.addWidget(label, row, 0)
        self._form.addWidget(field, row, 1, 1, 1 if beside else 2)
        if beside:
            self._form.addWidget(beside, row, 2)

    def _add_quiet(self, label: QLabel) -> None:
        label.setObjectName("quiet")
        label.setWordWrap(True)
        self._form.addWidget(label, self._form.rowCount(), 1, 1, 2)

    def _connect(self) -> None:
        for box, name in self._boxes().items():
            box.activated.connect(
                lambda _, box=box, name=name: self._model.set(**{name: box.currentData()})
            )
        self.template.textEdited.connect(self._show_example)
        self.template.editingFinished.connect(self._take_template)
        self.folder_button.clicked.connect(self._choose_folder)
        self.limit.valueChanged.connect(lambda value: self._model.set(gallery_limit_mb=value))
        self.clean_up_button.clicked.connect(self.clean_up_asked)
        self.notify.toggled.connect(lambda on: self._model.set(notify=on))
        self.leave_core.toggled.connect(lambda on: self._model.set(leave_core=on))
        self._model.changed.connect(self._show)
        self.scheme.setFocus()

    def _boxes(self) -> dict[QComboBox, str]:
        return {
            self.scheme: "scheme",
            self.language: "language",
            self.motion: "motion",
            self.format: "quick_save_format",
        }

    def _show(self, preferences: Preferences) -> None:
        for box, name in self._boxes().items():
            box.setCurrentIndex(box.findData(str(getattr(preferences, name))))
        if not self.template.hasFocus():
            self.template.setText(preferences.name_template)
        self.folder.setText(str(preferences.quick_save_folder))
        with QSignalBlocker(self.limit):
            self.limit.setValue(preferences.gallery_limit_mb)
        for tick, on in (
            (self.notify, preferences.notify),
            (self.leave_core, preferences.leave_core),
        ):
            with QSignalBlocker(tick):
                tick.setChecked(on)
        self._show_example()

    def _show_example(self) -> None:
        now = datetime.now()
        values = {
            "content": self.tr("harbour"),
            "style": self.tr("starry night"),
            "date": f"{now:%Y-%m-%d}",
            "time": f"{now:%H-%M}",
            "size": "1536×1024",
            "seed": 7,
            "n": 1,
        }
        suffix = self._model.preferences.quick_save_format
        self._example.setText(f"{file_name(self.template.text(), values)}{suffix}")

    def _take_template(self) -> None:
        template = self.template.text().strip()
        default: str = Preferences.model_fields["name_template"].default
        self._model.set(name_template=template or default)
        self.template.setText(self._model.preferences.name_template)
        self._show_example()

    def _choose_folder(self) -> None:
        before = str(self._model.preferences.quick_save_folder)
        title = self.tr("Where quickly saved pictures go")
        chosen = QFileDialog.getExistingDirectory(self, title, before)
        if chosen:
            self._model.set(quick_save_folder=Path(chosen))


def _add(box: QComboBox, value: StrEnum, text: str) -> None:
    box.addItem(text, str(value))
