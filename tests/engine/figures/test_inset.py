"""The style in the result's corner: its place and size, and what that means for the file."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from engine import cli
from engine.figures import inset
from engine.job import Picture
from engine.recipes import recipe
from tests.engine import test_cli
from tests.engine.pictures import quick

folder = test_cli.folder
arguments = test_cli.arguments

SIDES = st.integers(32, 160)
SIZES = st.tuples(SIDES, SIDES)


def grey(size: tuple[int, int], shade: int) -> Picture:
    return Picture(np.full((size[1], size[0], 3), shade, np.uint8), f"grey-{shade}")


@quick
@given(SIZES, st.lists(SIZES, min_size=1, max_size=6))
def test_insets_lie_in_a_row_in_the_lower_left_corner_and_leave_the_rest(
    result: tuple[int, int], styles: list[tuple[int, int]]
) -> None:
    pixels = np.zeros((result[1], result[0], 3), np.float32)
    paintings = [grey(size, 50 + 20 * i) for i, size in enumerate(styles)]
    whole = inset.inlaid(pixels, paintings)
    assert not pixels.any()
    rim, left = inset.border(result), 0
    untouched = np.ones(result[::-1], bool)
    for painting, (width, height) in zip(paintings, inset.sizes(result, styles), strict=True):
        inside = whole[result[1] - height :, left : left + width]
        assert inside == pytest.approx(painting.pixels[0, 0, 0] / 255, abs=0.002)
        assert (
            whole[result[1] - height - rim : result[1] - height, left : left + width] == 1
        ).all()
        assert (whole[result[1] - height :, left + width : left + width + rim] == 1).all()
        untouched[result[1] - height - rim :, left : left + width + rim] = False
        left += width + rim
    assert left <= result[0]
    assert not whole[untouched].any()


@quick
@given(SIZES, SIZES)
def test_a_single_inset_keeps_its_shape_at_a_third_of_the_result(
    result: tuple[int, int], style: tuple[int, int]
) -> None:
    ((width, height),) = inset.sizes(result, [style])
    long = max(width, height)
    assert long <= max(1, inset.SHARE * min(result))
    assert long > inset.SHARE * min(result) - 1
    exact = long * min(style) / max(style)
    assert abs(min(width, height) - exact) <= 0.5 or min(width, height) == 1


def test_nothing_of_the_inset_is_transparent() -> None:
    pixels, alpha = np.zeros((60, 80, 3), np.float32), np.zeros((30, 40), np.uint8)
    paintings = [grey((40, 40), 90)]
    opaque = inset.opaque(alpha, pixels, paintings)
    assert opaque is not None
    ((width, height),) = inset.sizes((80, 60), [(40, 40)])
    assert (opaque[30 - height // 2 :, : width // 2] == 255).all()
    assert not opaque[:5].any() and not opaque[:, 30:].any()
    assert not alpha.any()
    assert inset.opaque(None, pixels, paintings) is None


def test_a_render_with_its_inset_differs_in_the_corner_alone_and_replays(
    folder: Path,
    net: Path,
) -> None:
    out = folder / "out"
    asked = arguments(folder, net, "--seed", "3", "--threads", "1")
    assert cli.run([*asked, "-o", str(out / "plain.png")]) == 0
    assert cli.run([*asked, "--inset", "-o", str(out / "inset.png")]) == 0
    with Image.open(out / "plain.png") as one, Image.open(out / "inset.png") as other:
        differs = (np.asarray(one) != np.asarray(other)).any(-1)
    ((width, height),) = inset.sizes((48, 36), [(80, 60)])
    rim = inset.border((48, 36))
    assert differs[36 - height :, :width].mean() > 0.9
    differs[36 - height - rim :, : width + rim] = False
    assert not differs.any()
    assert recipe.read(out / "inset.png").inset
    assert not recipe.read(out / "plain.png").inset
    again = ["render", "--recipe", str(out / "inset.png"), str(folder / "photo.png")]
    again += [str(folder / "painting.jpg"), "-o", str(out / "again.png")]
    shutil.copy(net, out)  # where it is looked for
    assert cli.run(again) == 0
    assert (out / "again.png").read_bytes() == (out / "inset.png").read_bytes()


def test_a_picture_with_an_inset_is_not_enlarged_and_the_reason_said(
    folder: Path,
    net: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    path = folder / "out" / "inset.png"
    assert cli.run(arguments(folder, net, "--inset", "-o", str(path))) == 0
    assert cli.run(["render", "--enlarge-from", str(path), "--size", "96"]) == 2
    said = capsys.readouterr().err
    assert "the style lies in the picture's corner" in said
    assert "save the picture without it" in said
