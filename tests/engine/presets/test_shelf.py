"""The presets that come along: whole, unlike each other, and what the command line takes."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from PIL import Image

from engine import cli, examples
from engine.commands.flags import given_settings, named_pictures, settings_of
from engine.errors import InputError
from engine.presets import shelf
from engine.presets.files import read, written
from engine.presets.looks import Preset, look_of, wearing
from engine.settings import Settings
from resources.presets import make
from tests.engine.test_settings import some_settings

BUILT_IN = shelf.built_in()
keys = pytest.mark.parametrize("preset", BUILT_IN, ids=[each.key for each in BUILT_IN])
WANTED = {"oil", "impasto", "watercolour", "ink", "pastel", "mosaic", "fine-detail", "bold-strokes"}


def test_every_file_on_the_shelf_is_a_preset_and_those_that_were_promised_are_there() -> None:
    stems = {path.stem for path in shelf.shelf().glob("*.json")}
    assert {preset.key for preset in BUILT_IN} == stems == set(shelf.ORDER)
    assert stems >= WANTED


def test_no_two_look_alike_and_none_is_the_default() -> None:
    looks = [look_of(Settings()), *(preset.look for preset in BUILT_IN)]
    assert all(one != other for i, one in enumerate(looks) for other in looks[:i])
    assert len({preset.name for preset in BUILT_IN}) == len(BUILT_IN)


@keys
def test_a_built_in_says_what_it_does_and_suits_every_network(preset: Preset) -> None:
    assert preset.about.endswith(".")
    assert preset.name
    assert not preset.style or examples.file(preset.style).is_file()
    assert preset.look == look_of(preset.look)
    # Layers are the network's business: those of VGG-19 do not suit the small one.
    assert not {"content_layer", "style_layers", "objective"} & preset.changes.keys()


@pytest.mark.parametrize("key", [shelf.DEFAULT, *(preset.key for preset in BUILT_IN)])
def test_a_thumbnail_is_small_and_shows_something(key: str) -> None:
    path = shelf.thumbnail(key)
    assert path.stat().st_size < make.MOST_BYTES
    with Image.open(path) as picture:
        assert picture.size == make.SIZE
        assert picture.format == "WEBP"
        assert len(picture.convert("L").getcolors(256) or []) > 50


def test_the_thumbnails_can_be_painted_again(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    tiny = Settings.of({"network": "sketch", "device": "cpu", "seed": 1, "size": 32, "steps": 1})
    monkeypatch.setattr(make, "_PAINTED", tiny)
    picture = make.painted(shelf.named("ink"))
    make.save(picture, tmp_path / "ink.webp")
    with Image.open(tmp_path / "ink.webp") as saved:
        assert saved.size == make.SIZE


@hypothesis_settings(max_examples=30, deadline=None)
@given(values=some_settings)
def test_a_look_comes_back_from_its_file_the_same(
    tmp_path_factory: pytest.TempPathFactory, values: dict[str, object]
) -> None:
    look = look_of(Settings.of(values))
    path = tmp_path_factory.mktemp("presets") / "x.json"
    path.write_bytes(written(Preset("x", look)))
    assert read(path) == Preset("x", look)
    assert look_of(Settings.of(Preset("x", look).changes)) == look
    assert look_of(wearing(Settings.of({"size": 64}), look)) == look


@pytest.mark.parametrize(
    "change",
    [
        {"settings": {"seed": 1}},
        {"settings": {"detail": 101}},
        {"settings": {"strength": 500}},
        {"style": "../secret"},
        {"style": "harbour"},
        {"name": ""},
        {"form": 2},
        {"more": 1},
    ],
)
def test_a_broken_file_is_passed_over_and_the_others_stay(
    tmp_path: Path, change: dict[str, Any]
) -> None:
    whole = {"form": 1, "name": "Whole", "settings": {"strength": 60}, "style": "mosaic"}
    (tmp_path / "whole.json").write_text(json.dumps(whole))
    (tmp_path / "broken.json").write_text(json.dumps(whole | change))
    (tmp_path / "garbage.json").write_bytes(b"\xff{")
    (preset,) = shelf.built_in(tmp_path)
    assert (preset.key, preset.style) == ("whole", "mosaic")
    assert preset.look.strength == pytest.approx(60)


# The command line


@keys
def test_the_flag_comes_to_the_preset_s_settings(preset: Preset) -> None:
    settings = settings_of(None, given_settings({"preset": preset.key, "seed": "3"}))
    assert settings == wearing(Settings.of({"seed": 3}), preset.look)


def test_flags_go_before_the_preset_and_it_before_a_settings_file(tmp_path: Path) -> None:
    mosaic = shelf.named("mosaic").look
    file = tmp_path / "settings.json"
    file.write_text(json.dumps({"style_scale": 0.3, "pooling": "max", "steps": 7}))
    settings = settings_of(file, given_settings({"preset": "mosaic", "detail": "11"}))
    assert (settings.detail, settings.pooling, settings.steps) == (11, "max", 7)
    assert settings.style_scale == mosaic.style_scale


def test_the_preset_s_style_is_taken_only_where_none_is_named() -> None:
    photo, own = Path("photo.jpg"), Path("own.jpg")
    named = {each: examples.file(each) for each in ("harbour", "street", "mosaic", "watercolour")}
    brought = named["watercolour"]
    assert named_pictures(photo, (), None, "watercolour") == (photo, brought)
    assert named_pictures(photo, (own,), None, "watercolour") == (photo, own)
    assert named_pictures(photo, (), None, "fine-detail") == (photo,)
    assert named_pictures(None, (), None, "watercolour") == (named["harbour"], brought)
    assert named_pictures(None, (), "street", "watercolour") == (named["street"], brought)
    chosen = named_pictures(None, (), "street+mosaic", "watercolour")
    assert chosen == (named["street"], named["mosaic"])


@pytest.mark.parametrize("spelling", ["fine-detail", "Fine detail", "fine_detail", " FINE-Detail "])
def test_a_name_may_be_spelt_in_several_ways(spelling: str) -> None:
    assert shelf.named(spelling) == next(each for each in BUILT_IN if each.key == "fine-detail")


def test_of_an_unknown_name_the_nearest_is_named() -> None:
    with pytest.raises(InputError, match="there is no preset 'watercolor'") as refused:
        shelf.named("watercolor")
    assert refused.value.remedy.startswith("did you mean watercolour? presets: oil, ")
    with pytest.raises(InputError) as refused:
        shelf.named("")
    assert refused.value.remedy.startswith("presets: ")


@pytest.mark.parametrize("flag", ["--recipe", "--enlarge-from"])
def test_a_preset_and_a_recipe_exclude_each_other(
    flag: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.run(["render", flag, "x.png", "--preset", "ink"]) == 2
    assert "a preset and a recipe are named" in capsys.readouterr().err


def test_presets_lists_each_on_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["presets"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines] == [preset.key for preset in BUILT_IN]
    assert all(preset.about in line for preset, line in zip(BUILT_IN, lines, strict=True))
    assert max(map(len, lines)) <= 100


def test_a_preset_is_rehearsed(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    small = [
        "--network",
        "sketch",
        "--size",
        "64",
        "--device",
        "cpu",
        "-o",
        str(tmp_path / "x.png"),
    ]
    assert cli.run(["render", "--preset", "watercolour", "--dry-run", *small]) == 0
    assert "watercolour.jpg" in capsys.readouterr().out


def test_the_shelf_loads_neither_torch_nor_qt() -> None:
    load = "import sys; from engine.presets import shelf; shelf.built_in()"
    code = f"{load}; print({{'torch', 'PySide6'}} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"


def test_a_preset_keeps_its_key_out_of_its_file() -> None:
    ink = shelf.named("ink")
    assert read(shelf.shelf() / "ink.json") == replace(ink, key="")
