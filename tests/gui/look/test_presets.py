"""Presets: a look under any name comes back the same, and no file can do harm."""

from __future__ import annotations

import json
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from engine.errors import EngineError, OutputError, SettingsError
from engine.settings import KNOBS, Settings
from gui.look.presets import LONGEST_NAME, Preset, PresetStore, look_of, wearing
from tests.engine.test_settings import some_settings


def names(store: PresetStore) -> list[str]:
    return [preset.name for preset in store.presets()]


@hypothesis_settings(max_examples=40, deadline=None)
@given(name=st.text(max_size=LONGEST_NAME + 20), values=some_settings)
def test_a_look_under_any_name_comes_back_the_same_or_the_name_is_refused(
    name: str, values: dict[str, object]
) -> None:
    settings = Settings.of(values)
    with TemporaryDirectory() as folder:
        store = PresetStore(Path(folder) / "presets")
        try:
            saved = store.save(name, settings)
        except SettingsError:
            assert not name.split() or len(name) > LONGEST_NAME or not name.isprintable()
            return
        assert store.presets() == (saved,)
        assert saved.look == look_of(settings)
        assert wearing(settings, saved.look) == settings
        assert [path.parent for path in Path(folder).rglob("*.json")] == [Path(folder) / "presets"]


def test_a_preset_leaves_alone_what_belongs_to_the_machine_or_the_job(tmp_path: Path) -> None:
    job = {"size": 512, "steps": 7, "device": "cpu", "network": "sketch", "seed": 3, "exif": "all"}
    look = PresetStore(tmp_path).save("mine", Settings.of({**job, "tv_weight": 9})).look
    other = Settings.of({"size": 2048, "init": "noise", "threads": 2})
    assert wearing(other, look) == other.replace(tv_weight=9)
    kept = {name for name, knob in KNOBS.items() if knob.look}
    assert kept.isdisjoint({*job, "init", "depth", "tile", "precision", "threads", "scales"})


@pytest.mark.parametrize(
    "name",
    ["../../etc/passwd", "CON", "a" * LONGEST_NAME, "Öl auf Leinwand 油画", "a/b\\c:d*?", "."],
)
def test_names_that_no_file_may_have_are_fine(tmp_path: Path, name: str) -> None:
    store = PresetStore(tmp_path / "presets")
    store.save(name, Settings())
    assert names(store) == [name]
    assert [path.name for path in tmp_path.iterdir()] == ["presets"]
    store.delete(store.presets()[0])
    assert names(store) == []


def test_names_that_differ_only_in_case_are_two_presets(tmp_path: Path) -> None:
    store = PresetStore(tmp_path)
    for name in ("oil", "Oil"):
        store.save(name, Settings())
    assert sorted(names(store)) == ["Oil", "oil"]
    assert len({path.name.lower() for path in tmp_path.iterdir()}) == 2


@pytest.mark.parametrize("name", ["", "  ", "\n\t", "x" * (LONGEST_NAME + 1)])
def test_a_name_that_is_empty_or_too_long_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(SettingsError, match="1 to 80 characters"):
        PresetStore(tmp_path).save(name, Settings())
    assert list(tmp_path.iterdir()) == []


def test_a_preset_is_replaced_only_if_asked(tmp_path: Path) -> None:
    store = PresetStore(tmp_path)
    store.save("mine", Settings.of({"tv_weight": 1}))
    with pytest.raises(SettingsError, match="already"):
        store.save(" mine ", Settings.of({"tv_weight": 2}))
    assert store.presets()[0].look.tv_weight == 1
    store.save("mine", Settings.of({"tv_weight": 2}), overwrite=True)
    assert [preset.look.tv_weight for preset in store.presets()] == [2]


def test_renaming_keeps_the_look_and_never_another_preset(tmp_path: Path) -> None:
    store = PresetStore(tmp_path)
    first = store.save("first", Settings.of({"tv_weight": 1}))
    second = store.save("second", Settings.of({"tv_weight": 2}))
    with pytest.raises(SettingsError, match="already"):
        store.rename(first, "second")
    assert store.presets() == (first, second)
    assert store.rename(first, "first ") == first
    assert store.rename(first, "third") == Preset("third", first.look)
    assert names(store) == ["second", "third"]


def test_deleting_what_is_gone_is_no_failure(tmp_path: Path) -> None:
    store = PresetStore(tmp_path)
    preset = store.save("mine", Settings())
    store.delete(preset)
    store.delete(preset)
    assert names(store) == []


@given(
    content=st.binary(max_size=300)
    | st.recursive(
        st.none() | st.booleans() | st.floats() | st.text() | st.integers(),
        lambda inner: (
            st.lists(inner)
            | st.dictionaries(st.sampled_from(["form", "name", "settings", *KNOBS]), inner)
        ),
    ).map(lambda value: json.dumps(value).encode())
)
@hypothesis_settings(max_examples=60, deadline=None)
def test_foreign_content_is_passed_over(content: bytes) -> None:
    with TemporaryDirectory() as folder:
        store = PresetStore(Path(folder))
        store.save("mine", Settings())
        (Path(folder) / "x-0.json").write_bytes(content)
        assert names(store) == ["mine"]


@pytest.mark.parametrize(
    "change",
    [
        {"form": 2},
        {"name": "another than its file's"},
        {"settings": {"device": "cuda:7"}},
        {"settings": {"network": "/dev/zero"}},
        {"settings": {"tv_weight": -1}},
        {"more": 1},
        {"settings": {"style_layers": {"conv9_9": 1}}},
    ],
)
def test_a_tampered_preset_is_passed_over(tmp_path: Path, change: dict[str, object]) -> None:
    store = PresetStore(tmp_path)
    store.save("mine", Settings())
    (path,) = tmp_path.iterdir()
    path.write_text(json.dumps(json.loads(path.read_text()) | change))
    assert names(store) == []


def test_a_huge_file_and_a_folder_are_passed_over(tmp_path: Path) -> None:
    store = PresetStore(tmp_path)
    store.save("mine", Settings())
    (path,) = tmp_path.iterdir()
    path.write_text(path.read_text() + " " * 100_000)
    (tmp_path / "folder.json").mkdir()
    assert names(store) == []


def test_a_folder_that_cannot_be_made_is_told_in_words(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    store = PresetStore(tmp_path / "file" / "presets")
    assert names(store) == []
    with pytest.raises(OutputError) as refusal:
        store.save("mine", Settings())
    assert isinstance(refusal.value, EngineError)
    assert refusal.value.remedy


def test_presets_lie_in_impastos_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("IMPASTO_HOME", str(tmp_path))
    PresetStore().save("mine", Settings())
    assert [path.name for path in tmp_path.iterdir()] == ["presets"]
