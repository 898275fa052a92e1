"""What the application remembers: whatever happens to its file, and what the dialog makes of it."""

from __future__ import annotations

import json
import ntpath
import sys
import unicodedata
from pathlib import Path, PureWindowsPath

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from pydantic import ValidationError
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QFileDialog
from pytestqt.qtbot import QtBot

from engine.disk.file_names import LONGEST, file_name, safe
from gui.preferences.dialog import PreferencesDialog
from gui.preferences.model import PreferencesModel
from gui.preferences.store import (
    MOST_RECENT,
    Format,
    Language,
    Preferences,
    PreferencesStore,
    Scheme,
    default_path,
)

SHARED_FOLDER = hypothesis_settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
# Bytes outside UTF-8 in the name of a file are surrogates in Python.
ODD_TEXT = st.text(st.characters() | st.sampled_from(["\udc80", "\udcff"]))
PATHS = ODD_TEXT.map(Path)
PREFERENCES = st.builds(
    Preferences,
    scheme=st.sampled_from(Scheme),
    language=st.sampled_from(Language),
    gallery_limit_mb=st.integers(100, 1_000_000),
    quick_save_folder=PATHS,
    quick_save_format=st.sampled_from(Format),
    notify=st.booleans(),
    recent=st.lists(PATHS, max_size=MOST_RECENT).map(tuple),
    splitter_sizes=st.dictionaries(st.sampled_from(["a", "b"]), st.just((3, 4))),
    last_folders=st.dictionaries(st.sampled_from(["save", "open"]), PATHS),
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=5,
)


@pytest.fixture
def store(tmp_path: Path) -> PreferencesStore:
    return PreferencesStore(tmp_path / "config" / "preferences.json")


@pytest.fixture
def model(store: PreferencesStore) -> PreferencesModel:
    return PreferencesModel(store)


@pytest.fixture
def dialog(qtbot: QtBot, model: PreferencesModel) -> PreferencesDialog:
    dialog = PreferencesDialog(model)
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


def reserved_on_windows(name: str) -> bool:
    if sys.version_info >= (3, 13):
        return ntpath.isreserved(name)
    return PureWindowsPath(name).is_reserved()


def choose(box: QComboBox, value: str) -> None:
    """What a user's choice does, without the popup that waits for one."""
    box.setCurrentIndex(box.findData(value))
    box.activated.emit(box.currentIndex())


@SHARED_FOLDER
@given(PREFERENCES)
def test_what_is_saved_is_what_is_loaded(tmp_path: Path, preferences: Preferences) -> None:
    store = PreferencesStore(tmp_path / "preferences.json")
    store.save(preferences)
    loaded = store.load()
    assert loaded.preferences == preferences
    assert not loaded.damaged


@SHARED_FOLDER
@given(st.binary() | JSON.map(lambda value: json.dumps(value).encode()))
def test_whatever_is_in_the_file_there_are_preferences(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "preferences.json"
    path.write_bytes(data)
    loaded = PreferencesStore(path).load()
    assert loaded.preferences == Preferences()
    assert loaded.damaged == (loaded.kept_as is not None)
    if loaded.kept_as:
        assert loaded.kept_as.name.endswith(".bad")
        assert loaded.kept_as.read_bytes() == data
        assert not path.exists()


@SHARED_FOLDER
@given(st.sampled_from(sorted(Preferences.model_fields)), JSON)
def test_a_value_that_is_wrong_costs_no_other(tmp_path: Path, name: str, value: object) -> None:
    store = PreferencesStore(tmp_path / "preferences.json")
    kept = {"gallery_limit_mb": 512, "notify": False} | {name: value}
    store.path.write_text(json.dumps(kept))
    preferences = store.load().preferences
    assert name == "gallery_limit_mb" or preferences.gallery_limit_mb == 512
    assert name == "notify" or preferences.notify is False


def test_a_file_of_a_newer_version_is_no_damage(store: PreferencesStore) -> None:
    store.path.parent.mkdir()
    store.path.write_text('{"scheme": "dark", "hologram": [1, 2]}')
    loaded = store.load()
    assert loaded.preferences == Preferences(scheme=Scheme.DARK)
    assert not loaded.damaged


def test_without_a_file_there_are_the_defaults_and_nothing_is_said(
    model: PreferencesModel,
) -> None:
    assert model.preferences == Preferences()
    assert model.note == ""
    assert model.preferences.name_template == "{content} in the style of {style}"


def test_a_damaged_file_is_spoken_of(store: PreferencesStore) -> None:
    store.path.parent.mkdir()
    store.path.write_text("{")
    assert "preferences.json.bad" in PreferencesModel(store).note


def test_the_file_is_where_impasto_home_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("IMPASTO_HOME", str(tmp_path))
    assert default_path() == tmp_path / "preferences.json"


def test_a_change_is_told_once_and_is_there_at_the_next_start(
    qtbot: QtBot, model: PreferencesModel, store: PreferencesStore
) -> None:
    told: list[Preferences] = []
    model.changed.connect(told.append)
    model.set(scheme=Scheme.DARK, notify=False)
    model.set(scheme=Scheme.DARK)
    assert told == [Preferences(scheme=Scheme.DARK, notify=False)]
    assert PreferencesModel(store).preferences == told[0]


def test_a_value_out_of_range_changes_nothing(model: PreferencesModel) -> None:
    with pytest.raises(ValidationError):
        model.set(gallery_limit_mb=3)
    with pytest.raises(AttributeError, match="colour"):
        model.set(colour="red")
    assert model.preferences == Preferences()


def test_preferences_that_cannot_be_saved_hold_all_the_same(qtbot: QtBot, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    model = PreferencesModel(PreferencesStore(tmp_path / "file" / "preferences.json"))
    with qtbot.waitSignals([model.troubled, model.changed]):
        model.set(notify=False)
    assert model.preferences.notify is False


def test_the_last_twelve_pictures_are_remembered_each_once(model: PreferencesModel) -> None:
    for number in [*range(20), 15]:
        model.remember_picture(Path(f"{number}.png"))
    recent = [path.stem for path in model.preferences.recent]
    assert recent == ["15", "19", "18", "17", "16", *[str(n) for n in range(14, 7, -1)]]


VALUES = st.dictionaries(st.sampled_from(["content", "style", "seed"]), st.text() | st.integers())
TEMPLATES = st.text() | st.lists(
    st.sampled_from(["{content}", "{style}", "{n}", "con", "NUL", ".", " ", "/", ":", "a" * 90])
).map("".join)


@given(TEMPLATES, VALUES)
def test_every_system_takes_the_name(template: str, values: dict[str, object]) -> None:
    name = file_name(template, values)
    assert 0 < len(name.encode()) <= LONGEST
    assert not set(name) & set('<>:"/\\|?*\0')
    assert not any(unicodedata.category(each) == "Cc" for each in name)
    assert name == name.strip(" .")
    assert not reserved_on_windows(f"{name}.png")
    assert PureWindowsPath(f"{name}.png").name == f"{name}.png"
    assert safe(name) == name


@pytest.mark.parametrize(
    ("template", "name"),
    [
        ("{content} in the style of {style}", "harbour in the style of {content}"),
        ("{content} {seed} {n}", "harbour 7"),
        ("{date}/{time}", "_"),
        ("{who} {content}", "{who} harbour"),
        ("aux", "_aux"),
        ("Lpt1.tar", "_Lpt1.tar"),
        ("console", "console"),
        ("..hidden. ", "hidden"),
        ("", "picture"),
        ("星夜", "星夜"),
    ],
)
def test_a_template_is_filled_once_and_only_with_what_it_may_name(template: str, name: str) -> None:
    assert file_name(template, {"content": "harbour", "style": "{content}", "seed": 7}) == name


def test_a_name_is_cut_between_characters_and_ends_in_none_that_windows_drops() -> None:
    assert file_name("a" * (LONGEST - 1) + " b", {}) == "a" * (LONGEST - 1)
    assert file_name("画" * 100, {}) == "画" * 60


def test_the_dialog_shows_what_holds_and_what_changes_elsewhere(
    dialog: PreferencesDialog, model: PreferencesModel
) -> None:
    assert dialog.scheme.currentText() == "As the system"
    assert dialog.template.text() == Preferences().name_template
    model.set(scheme=Scheme.LIGHT, language=Language.CHINESE, gallery_limit_mb=300, notify=False)
    assert dialog.scheme.currentText() == "Light"
    assert dialog.language.currentText() == "简体中文"
    assert dialog.limit.value() == 300
    assert not dialog.notify.isChecked()


def test_a_choice_in_the_dialog_acts_at_once(
    qtbot: QtBot, dialog: PreferencesDialog, model: PreferencesModel, store: PreferencesStore
) -> None:
    choose(dialog.scheme, "dark")
    choose(dialog.language, "zh_CN")
    choose(dialog.format, ".tif")
    dialog.limit.setValue(512)
    dialog.notify.click()
    expected = Preferences(
        scheme=Scheme.DARK,
        language=Language.CHINESE,
        quick_save_format=Format.TIFF,
        gallery_limit_mb=512,
        notify=False,
    )
    assert model.preferences == expected
    assert store.load().preferences == expected


def test_the_example_follows_what_is_typed_and_the_template_is_kept_on_enter(
    qtbot: QtBot, dialog: PreferencesDialog, model: PreferencesModel
) -> None:
    assert dialog.example == "harbour in the style of starry night.png"
    dialog.template.setFocus()
    dialog.template.selectAll()
    qtbot.keyClicks(dialog.template, "{style}: {content}?")
    assert dialog.example == "starry night_ harbour_.png"
    assert model.preferences.name_template == Preferences().name_template
    qtbot.keyClick(dialog.template, Qt.Key.Key_Tab)
    assert model.preferences.name_template == "{style}: {content}?"
    choose(dialog.format, ".jpg")
    assert dialog.example.endswith(".jpg")


def test_a_template_of_nothing_goes_back_to_the_default(
    qtbot: QtBot, dialog: PreferencesDialog, model: PreferencesModel
) -> None:
    model.set(name_template="{seed}")
    dialog.template.setFocus()
    dialog.template.clear()
    dialog.template.editingFinished.emit()
    assert model.preferences.name_template == Preferences().name_template
    assert dialog.template.text() == Preferences().name_template


def test_a_folder_is_chosen_and_a_cancelled_choice_changes_nothing(
    dialog: PreferencesDialog,
    model: PreferencesModel,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    answers = iter([str(tmp_path), ""])
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: next(answers))
    dialog.folder_button.click()
    dialog.folder_button.click()
    assert model.preferences.quick_save_folder == tmp_path
    assert dialog.folder.text() == str(tmp_path)


def test_the_gallerys_size_is_shown_and_a_clean_up_can_be_asked_for(
    qtbot: QtBot, dialog: PreferencesDialog
) -> None:
    dialog.show_gallery_size(1_234_567_890)
    assert "1,235 MB in use" in dialog._use.text()
    with qtbot.waitSignal(dialog.clean_up_asked):
        dialog.clean_up_button.click()


def test_every_field_has_a_name_and_a_word_on_what_it_does(dialog: PreferencesDialog) -> None:
    for field in (
        dialog.scheme,
        dialog.language,
        dialog.format,
        dialog.template,
        dialog.folder,
        dialog.limit,
        dialog.notify,
    ):
        assert field.accessibleName()
        assert field.accessibleDescription() == field.toolTip() != ""
