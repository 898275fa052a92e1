"""Which cells a sheet has, and how one is promoted."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from engine import defaults, geometry
from engine.errors import SettingsError
from engine.imageio import SMALLEST_SIDE
from engine.live import differences
from engine.settings import Settings
from engine.variations.axes import Axis, variable
from engine.variations.sheet import SIDE, STEPS, Sheet
from tests.engine.pictures import quick

SIZE = (1280, 960)


PLAIN = Settings()


def sheet(*over: str, settings: Settings = PLAIN, size: int = 640) -> Sheet:
    return Sheet.of(settings, tuple(Axis.parse(each) for each in over), SIZE, size)


def test_two_axes_are_all_pairs_row_by_row() -> None:
    made = sheet("strength=30,50,70", "style_scale=0.5,2")
    assert (made.columns, made.rows) == (3, 2)
    assert [(cell.column, cell.row) for cell in made.cells] == [
        (0, 0), (1, 0), (2, 0), (0, 1), (1, 1), (2, 1),
    ]  # fmt: skip
    assert [cell.choice for cell in made.cells][3] == (30.0, 2.0)
    assert made.cells[3].settings.strength == pytest.approx(30)
    assert made.cells[3].settings.style_scale == 2


@quick
@given(st.permutations([k.name for k in variable() if k.name not in ("network", "style_weight")]))
def test_cells_differ_only_in_the_settings_of_the_axes(names: list[str]) -> None:
    first, second = names[:2]
    made = sheet(first, second)
    allowed = {{"strength": "style_weight"}.get(name, name) for name in (first, second)}
    for one in made.cells:
        for other in made.cells:
            found = differences(one.settings, other.settings)
            assert found <= allowed
            assert bool(found) == (one is not other)


def test_a_seed_that_is_left_open_is_drawn_once_for_all_cells() -> None:
    made = sheet("strength", settings=Settings(init="noise"))
    seeds = {cell.settings.seed for cell in made.cells}
    assert len(seeds) == 1
    assert None not in seeds
    assert made.chosen(made.cells[0]).seed is None  # it is no choice of the user's


@quick
@given(
    st.integers(64, 8192), st.integers(64, 8192), st.integers(128, 16384),
)  # fmt: skip
def test_a_cell_begins_as_the_large_render_does(width: int, height: int, size: int) -> None:
    assume(min(geometry.fitted((width, height), size)) >= SMALLEST_SIDE)
    made = Sheet.of(Settings(), (Axis.parse("strength"),), (width, height), size)
    small = made.cells[0].settings
    whole = defaults.scales_to(size)
    assert small.scales == whole[: len(small.scales or ())]
    assert small.size == (small.scales or ())[-1]
    assert min(geometry.fitted((width, height), small.size)) >= SMALLEST_SIDE
    if max(width, height) < 4 * min(width, height):
        assert SIDE / 2 < small.size < SIDE * 2


def test_cells_are_small_and_few_steps_whatever_the_render_is() -> None:
    settings = Settings(size=4096, steps=1000, tile=512, dpi=300)
    small = sheet("strength", settings=settings, size=4096).cells[0].settings
    assert (small.size, small.steps, small.scales) == (256, STEPS, (128, 256))
    assert small.tile is small.dpi is None
    few = sheet("strength", settings=Settings(steps=5)).cells[0].settings
    assert few.steps == 5
    paper = sheet("strength", settings=Settings.of({"objective": "paper"})).cells[0].settings
    assert paper.scales == (160,)
    own = sheet("strength", settings=Settings(scales=(100, 240, 900)), size=900).cells[0].settings
    assert own.scales == (100, 240)


def test_what_is_promoted_starts_above_its_cell_and_ends_at_the_size() -> None:
    made = sheet("strength=30,70", "init", size=1024)
    cell = made.cells[-1]
    assert made.chosen(cell).init == "noise"
    whole = made.promoted(cell)
    assert whole.strength == pytest.approx(70)
    assert (whole.size, whole.scales) == (1024, (512, 1024))
    assert whole.init is None  # its picture comes with the job
    tiny = Sheet.of(Settings(), (Axis.parse("strength"),), SIZE, 128)
    again = tiny.promoted(tiny.cells[0])
    assert (again.size, again.scales) == (128, None)


@pytest.mark.parametrize(
    ("over", "words"),
    [
        ((), "not 0"),
        (("strength", "seed", "init"), "not 3"),
        (("strength=30,70", "strength=40,50"), "Strength is varied twice"),
        (("strength", "style_weight"), "Strength and Style weight are the same setting"),
        (("content_weight=0,1", "style_weight=0,1"), "nothing to do"),
    ],
)
def test_axes_that_do_not_go_together_are_refused_in_words(
    over: tuple[str, ...], words: str
) -> None:
    with pytest.raises(SettingsError, match=words):
        sheet(*over)
