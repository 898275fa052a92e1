"""Cells painted, and one of them promoted: it begins as its picture and keeps its look."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from numpy.typing import NDArray
from PIL import Image

from engine import pyramid
from engine.imageio.colour import to_uint16
from engine.job import Frame, Job, Picture
from engine.series.making import made
from engine.series.messages import Made, Piece
from engine.series.painting import painted
from engine.settings import Settings
from engine.stylise import stylise
from engine.variations.axes import Axis
from engine.variations.order import VariationsOrder
from engine.variations.sheet import Sheet
from tests.engine.support import picture

CONTENT, STYLE = picture(96, 128), picture(120, 120, 1)
PHOTOGRAPH = np.divide(CONTENT.pixels, 255, dtype=np.float32)


@pytest.fixture(scope="module")
def settings(net: Path) -> Settings:
    return Settings.of(
        {
            "network": str(net),
            "content_layer": "conv2_1",
            "style_layers": "conv1_1,conv2_1",
            "device": "cpu",
            "threads": 1,
            "precision": "float32",
            "seed": 3,
            "style_weight": 300,
        }
    )


def sheet_of(settings: Settings, *over: str, steps: int = 2) -> Sheet:
    axes = tuple(Axis.parse(each, settings) for each in over)
    return Sheet.of(settings, axes, CONTENT.size, 128, side=64, steps=steps)


def jobs_of(sheet: Sheet) -> tuple[Job, ...]:
    base = Job(CONTENT, (STYLE,), sheet.asked)
    return tuple(sheet.job(cell, base, {}) for cell in sheet.cells)


def results(jobs: tuple[Job, ...]) -> list[Made]:
    pieces = [each for each in made(VariationsOrder(jobs)) if isinstance(each, Piece)]
    return [piece.made for piece in pieces if piece.made is not None]


def test_cells_come_one_by_one_each_as_it_would_alone(settings: Settings) -> None:
    jobs = jobs_of(sheet_of(settings, "strength=30,70", "init=content,noise"))
    cells = results(jobs)
    assert len(cells) == 4
    for job, cell in zip(jobs, cells, strict=True):
        alone = [message for message in stylise(job) if isinstance(message, Frame)][-1]
        assert np.array_equal(alone.snapshot(), cell.pixels)
    assert all(np.abs(cell.pixels - cells[0].pixels).max() > 1e-3 for cell in cells[1:])


@pytest.mark.parametrize("over", ["pooling=average,max", "padding=zeros,replicate"])
def test_cells_of_other_filters_do_not_get_those_of_the_cell_before(
    settings: Settings, over: str
) -> None:
    jobs = jobs_of(sheet_of(settings, over, steps=1))
    for job, cell in zip(jobs, results(jobs), strict=True):
        alone = [message for message in stylise(job) if isinstance(message, Frame)][-1]
        assert np.array_equal(alone.snapshot(), cell.pixels)


def test_a_promoted_cell_begins_with_its_own_picture_made_larger(settings: Settings) -> None:
    sheet = sheet_of(settings, "strength=30,70")
    cell = results(jobs_of(sheet))[1]
    begun = promoted(sheet, 1, cell)
    with closing(stylise(begun)) as messages:
        first = next(message for message in messages if isinstance(message, Frame))
        assert first.step == 0
        shown = first.snapshot()
    assert shown.shape == (96, 128, 3)
    channels = [
        Image.fromarray(np.ascontiguousarray(cell.pixels[..., index])).resize(
            (128, 96), Image.Resampling.BICUBIC
        )
        for index in range(3)
    ]
    by_pillow = np.stack([np.asarray(each) for each in channels], -1).clip(0, 1)
    assert np.abs(shown - by_pillow).max() < 2e-3


def promoted(sheet: Sheet, index: int, cell: Made) -> Job:
    start = Picture(to_uint16(cell.pixels), "a cell")
    return replace(cell.job, settings=sheet.promoted(sheet.cells[index]), start=start)


def loss(pixels: NDArray[np.float32], of: Made) -> float:
    """Of a picture, scaled down, by the settings of a cell: as far as it is from its look."""
    start = Picture(to_uint16(pixels), "promoted")
    settings = of.job.settings.replace(steps=0)
    (evaluated,) = results((replace(of.job, settings=settings, start=start),))
    return evaluated.losses.total


def test_scaled_down_a_promoted_cell_looks_as_the_cell_and_no_other(settings: Settings) -> None:
    sheet = sheet_of(settings, "strength=20,90", steps=30)
    cells = results(jobs_of(sheet))
    for index, cell in enumerate(cells):
        (whole,) = results((promoted(sheet, index, cell),))
        own, photograph = loss(cell.pixels, cell), loss(PHOTOGRAPH, cell)
        assert own == pytest.approx(cell.losses.total, rel=1e-3)
        assert loss(whole.pixels, cell) < own + 0.1 * (photograph - own)
        small = pyramid.resized(torch.from_numpy(whole.pixels), 64, 48).numpy()
        near, far = (np.abs(small - each.pixels).mean() for each in (cell, cells[1 - index]))
        assert near < 0.8 * far


def test_cancel_is_effective_within_a_cell(settings: Settings) -> None:
    jobs = jobs_of(sheet_of(settings, "strength=30,70"))
    with closing(painted(jobs)) as messages:
        pieces = (each for each in messages if isinstance(each, Piece))
        assert next(pieces).index == 0
    assert next(messages, None) is None
