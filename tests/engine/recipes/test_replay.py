"""A recipe followed again: found by name or hash, differences said, nothing opened blindly."""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path

import pytest
from PIL import Image

from engine import cli, imageio
from engine.errors import RecipeError, SettingsError
from engine.recipes import recipe, report
from engine.recipes.recipe import Ingredient, Recipe
from engine.recipes.replay import original, replay
from engine.settings import Settings
from tests.engine.pictures import gradient


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with two pictures and a network; the current folder is another, empty one."""
    home = tmp_path / "home"
    home.mkdir()
    Image.fromarray(gradient(48, 64)).save(home / "photo é.png")
    Image.fromarray(gradient(40, 40)[::-1]).save(home / "painting.png")
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")
    return home


def of(folder: Path, **changes: object) -> Recipe:
    """A recipe of what lies in the folder, by the network `sketch` unless changed."""
    here = report.versions()
    del here["platform"]
    named = [Ingredient(name=n, sha256=digest(folder / n)) for n in ("photo é.png", "painting.png")]
    values: dict[str, object] = {
        "settings": Settings.of({"steps": 3, "size": 48, "scales": (48,), "threads": 1}),
        "step": 3,
        "content": named[0],
        "styles": (named[1],),
        "network": Ingredient(name="vgg.pth", sha256=digest(folder / "painting.png")),
        "versions": here,
    }
    return Recipe.model_validate({**values, **changes})


GIVEN = {"network": "sketch"}


def test_pictures_are_found_beside_the_recipe(folder: Path) -> None:
    found = replay(of(folder), folder / "old.png", (), GIVEN)
    assert found.pictures == (folder / "photo é.png", folder / "painting.png")
    assert found.notes == ()
    assert found.settings.steps == 3


def test_a_renamed_picture_is_found_by_its_hash(folder: Path) -> None:
    made = of(folder)
    (folder / "photo é.png").rename(folder / "holiday.PNG")
    found = replay(made, folder / "old.png", (), GIVEN)
    assert found.pictures[0] == folder / "holiday.PNG"
    assert found.notes == ()


def test_pictures_are_found_in_the_current_folder(folder: Path) -> None:
    made = of(folder)
    shutil.move(folder / "photo é.png", "photo é.png")
    found = replay(made, folder / "old.png", (), GIVEN)
    assert found.pictures[0] == Path("photo é.png")


def test_examples_are_found_wherever_they_are(folder: Path) -> None:
    from engine import examples

    mosaic = examples.folder() / "mosaic.jpg"
    made = of(folder, styles=(Ingredient(name="mosaic.jpg", sha256=digest(mosaic)),))
    assert replay(made, folder / "old.png", (), GIVEN).pictures[1] == mosaic


def test_another_picture_of_that_name_is_used_and_said(folder: Path) -> None:
    made = of(folder)
    Image.fromarray(gradient(30, 30)).save(folder / "painting.png")
    found = replay(made, folder / "old.png", (), GIVEN)
    assert found.pictures[1] == folder / "painting.png"
    assert found.notes == ("“painting.png” is not the file that the recipe was made with",)


def test_pictures_named_go_before_and_a_difference_is_said(folder: Path) -> None:
    other = folder / "other.png"
    Image.fromarray(gradient(30, 30)).save(other)
    found = replay(of(folder), folder / "old.png", (other, folder / "painting.png"), GIVEN)
    assert found.pictures == (other, folder / "painting.png")
    (note,) = found.notes
    assert "“other.png” is not the recipe's “photo é.png”" in note


def test_another_number_of_styles_is_said(folder: Path) -> None:
    pictures = (folder / "photo é.png", folder / "painting.png", folder / "painting.png")
    (note,) = replay(of(folder), folder / "old.png", pictures, GIVEN).notes
    assert note == "the recipe has 1 style, 2 are named"


def test_a_missing_picture_is_named_with_the_remedy(folder: Path) -> None:
    made = of(folder)
    (folder / "painting.png").unlink()
    with pytest.raises(RecipeError, match=r"painting\.png") as refusal:
        replay(made, folder / "old.png", (), GIVEN)
    assert "render CONTENT STYLE" in refusal.value.remedy


@pytest.mark.parametrize(
    "name", ["../secret.png", "/etc/passwd", "..", ".", "home/photo.png", "C:\\secret.png"]
)
def test_a_path_in_a_recipe_leads_nowhere(folder: Path, name: str) -> None:
    Image.fromarray(gradient(30, 30)).save(folder.parent / "secret.png")
    made = of(folder, content=Ingredient(name=name, sha256="0" * 64))
    with pytest.raises(RecipeError):
        replay(made, folder / "old.png", (), GIVEN)


def test_a_picture_that_never_was_a_file_is_not_found(folder: Path) -> None:
    made = of(folder, start=Ingredient(name="the picture on the canvas"))
    with pytest.raises(RecipeError, match="on the canvas"):
        replay(made, folder / "old.png", (), GIVEN)
    assert replay(made, folder / "old.png", (), {**GIVEN, "init": "content"}).settings.init


def test_the_start_is_found_too(folder: Path) -> None:
    start = Ingredient(name="painting.png", sha256=digest(folder / "painting.png"))
    found = replay(of(folder, start=start), folder / "old.png", (), GIVEN)
    assert found.settings.init == str(folder / "painting.png")


def test_a_networks_file_is_used_only_with_the_recipes_hash(folder: Path) -> None:
    made = of(folder)
    shutil.copy(folder / "painting.png", folder / "vgg.pth")
    assert replay(made, folder / "old.png", (), {}).settings.network == str(folder / "vgg.pth")
    (folder / "vgg.pth").write_bytes(b"a trap")
    with pytest.raises(RecipeError, match=r"vgg\.pth"):
        replay(made, folder / "old.png", (), {})


def test_a_network_that_is_not_here_is_never_fetched(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TORCH_HOME", str(folder))
    monkeypatch.setenv("XDG_CACHE_HOME", str(folder))
    made = of(folder, network=Ingredient(name="vgg19", sha256="0" * 64))
    with pytest.raises(RecipeError, match="vgg19 is not on this machine") as refusal:
        replay(made, folder / "old.png", (), {})
    assert "--network vgg19" in refusal.value.remedy


def test_settings_given_go_before_and_free_what_they_had_decided(folder: Path) -> None:
    given = {**GIVEN, "size": "96"}
    settings = replay(of(folder), folder / "old.png", (), given).settings
    assert settings.size == 96
    assert settings.scales is None
    assert settings.threads == 1
    moved = replay(of(folder), folder / "old.png", (), {**GIVEN, "device": "auto"}).settings
    assert moved.threads is None
    with pytest.raises(SettingsError):
        replay(of(folder), folder / "old.png", (), {**GIVEN, "size": "1"})


def test_other_versions_and_an_early_end_are_said(folder: Path) -> None:
    made = of(folder, versions={"torch": "0.4.1", "gone": "1"}, step=2)
    first, second = replay(made, folder / "old.png", (), GIVEN).notes
    assert "torch 0.4.1" in first
    assert "gone" not in first
    assert "2 of 3 steps" in second


def arguments(folder: Path, net: Path, *more: str) -> list[str]:
    return [
        "render", str(folder / "photo é.png"), str(folder / "painting.png"),
        "--network", str(net), "--content-layer", "conv2_1", "--style-layers", "conv1_1,conv2_1",
        "--size", "48", "--steps", "2", "--device", "cpu", "--threads", "1",
        "--precision", "float32", *more,
    ]  # fmt: skip


@pytest.mark.parametrize("suffix", [".png", ".jpg", ".tif", ".webp"])
def test_a_saved_picture_is_painted_again_byte_for_byte(
    folder: Path, net: Path, suffix: str
) -> None:
    shutil.copy(net, folder)
    old, new = folder / f"old{suffix}", folder / f"new{suffix}"
    assert cli.run(arguments(folder, net, "-o", str(old))) == 0
    assert cli.run(["render", "--recipe", str(old), "-o", str(new)]) == 0
    assert new.read_bytes() == old.read_bytes()


def test_flags_go_before_the_recipe(folder: Path, net: Path) -> None:
    shutil.copy(net, folder)
    old, new = folder / "old.png", folder / "new.png"
    assert cli.run(arguments(folder, net, "-o", str(old))) == 0
    assert cli.run(["render", "--recipe", str(old), "-o", str(new), "--size", "32"]) == 0
    assert imageio.read(new).size == (32, 24)
    assert recipe.read(new).settings.style_weight == recipe.read(old).settings.style_weight


def test_no_recipe_leaves_it_out(folder: Path, net: Path) -> None:
    old = folder / "old.png"
    assert cli.run(arguments(folder, net, "-o", str(old), "--no-recipe")) == 0
    with pytest.raises(RecipeError, match="holds no recipe"):
        recipe.read(old)
    assert b"xmp" not in old.read_bytes().lower()


def test_another_network_is_said(
    folder: Path, net: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copy(net, folder)
    old = folder / "old.png"
    assert cli.run(arguments(folder, net, "-o", str(old))) == 0
    import torch

    from engine import weights

    torch.save(weights.seeded(1, "conv2_1", width=16), folder / "other.pth")
    again = ["render", "--recipe", str(old), "--network", str(folder / "other.pth")]
    layers = ["--content-layer", "conv2_1", "--style-layers", "conv1_1,conv2_1"]
    given = [*layers, "-o", str(folder / "new.png")]
    assert cli.run([*again, *given]) == 0
    assert "weights are not those" in capsys.readouterr().err


def test_a_recipe_and_a_settings_file_contradict_each_other(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "s.json").write_text("{}")
    asked = ["render", "--recipe", "a.png", "--settings", str(folder / "s.json")]
    assert cli.run(asked) == 2
    assert "a settings file and a recipe" in capsys.readouterr().err


def test_depth_and_size_are_refused_before_the_render(
    folder: Path, net: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    jpeg = ["-o", str(folder / "a.jpg"), "--depth", "16"]
    assert cli.run(arguments(folder, net, *jpeg)) == 2
    assert "8 bits a channel" in capsys.readouterr().err
    asked = arguments(folder, net, "-o", str(folder / "a.webp"))
    asked[asked.index("--size") + 1] = "20000"
    assert cli.run(asked) == 2
    assert "at most 16383 px" in capsys.readouterr().err
    assert not (folder / "a.webp").exists()


def test_a_render_keeps_depth_alpha_and_camera_data(folder: Path, net: Path) -> None:
    import numpy as np

    from tests.engine.pictures import camera_exif, deep_floats

    shares = np.full((48, 64), 40_000, np.uint16)
    extras = imageio.Extras(16, shares, camera_exif().tobytes())
    imageio.write(folder / "deep.png", deep_floats(48, 64), extras)
    asked = arguments(folder, net, "-o", str(folder / "out.png"), "--exif", "without-position")
    asked[1] = str(folder / "deep.png")
    assert cli.run(asked) == 0
    result = imageio.read(folder / "out.png")
    assert result.depth == 16
    assert result.alpha is not None
    assert np.abs(result.alpha.astype(int) - 40_000).max() <= 1
    assert b"Canon" in result.exif


def test_an_original_is_found_in_further_folders_save_for_what_is_at_hand(folder: Path) -> None:
    made = of(folder)
    network = folder / "vgg.pth"  # the network's hash is that of the painting
    shutil.copy(folder / "painting.png", network)
    found = original(made, Path("old.png"), [made.content], {"threads": 2}, [folder])
    assert found.pictures == {made.styles[0]: folder / "painting.png"}
    assert found.settings.network == str(network)
    decided_anew = ("size", "scales", "steps", "tile")
    assert [getattr(found.settings, name) for name in decided_anew] == [None] * 4
    assert found.settings.threads == 2
    with pytest.raises(RecipeError, match=r"painting\.png"):
        original(made, Path("old.png"), [made.content], {}, [])
