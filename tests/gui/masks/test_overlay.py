"""The overlay: what is painted anew is all that changed, and colours are told apart."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRect
from PySide6.QtGui import QColor, QImage, QPainter

from gui import theme
from gui.masks.brush import Box
from gui.masks.overlay import MaskOverlay, Ring

ROOM = QRect(0, 0, 160, 120)


def painted(overlay: MaskOverlay, target: QRect) -> NDArray[np.uint8]:
    image = QImage(ROOM.size(), QImage.Format.Format_RGB32)
    image.fill(QColor("#808080"))
    with QPainter(image) as painter:
        overlay.paint(painter, target, target & ROOM)
    return np.frombuffer(image.constBits(), np.uint8).reshape(120, 160, 4).copy()


@settings(max_examples=60)
@given(
    st.integers(-300, 60),
    st.integers(-300, 60),
    st.integers(20, 900),
    st.tuples(st.integers(0, 39), st.integers(0, 29)),
    st.tuples(st.integers(1, 40), st.integers(1, 30)),
)
def test_all_that_a_change_is_seen_by_lies_in_its_place(
    left: int, top: int, width: int, corner: tuple[int, int], size: tuple[int, int]
) -> None:
    overlay, values = MaskOverlay(), np.zeros((30, 40), np.uint8)
    overlay.show_regions((40, 30), (values, 0), [])
    assert overlay.active is not None
    target = QRect(left, top, width, width * 3 // 4)
    box = Box(*corner, min(40, corner[0] + size[0]), min(30, corner[1] + size[1]))
    before = painted(overlay, target)
    values[box.cells] = 255
    overlay.active.refresh(values, box)
    rows, columns = (before != painted(overlay, target)).any(-1).nonzero()
    place = overlay.place_of(box, target)
    assert all(place.contains(int(x), int(y)) for x, y in zip(columns, rows, strict=True))


@given(st.floats(0, 160), st.floats(0, 120), st.floats(0, 30), st.floats(0, 1), st.booleans())
def test_all_of_the_ring_lies_in_its_place(
    x: float, y: float, radius: float, hardness: float, erasing: bool
) -> None:
    overlay, target = MaskOverlay(), QRect(10, 10, 80, 60)
    overlay.show_regions((40, 30), None, [])
    before = painted(overlay, target)
    overlay.ring = Ring(QPointF(x, y), radius, hardness, erasing)
    rows, columns = (before != painted(overlay, target)).any(-1).nonzero()
    place = overlay.ring_rect(target)
    assert all(place.contains(int(x), int(y)) for x, y in zip(columns, rows, strict=True))


def deuteranope(colour: QColor) -> NDArray[np.float64]:
    """As an eye without green cones sees it (Viénot, Brettel and Mollon, 1999), linear light."""
    light = np.array([colour.redF(), colour.greenF(), colour.blueF()]) ** 2.2
    seen = np.array([[0.2927, 0.7073, 0.0], [0.2927, 0.7073, 0.0], [-0.0223, 0.0223, 1.0]])
    return np.asarray(np.clip(seen @ light, 0, 1) ** (1 / 2.2))


def test_neighbouring_regions_are_told_apart_also_without_green_cones() -> None:
    for one, other in combinations(theme.REGIONS[:4], 2):
        apart = np.linalg.norm(deuteranope(QColor(one)) - deuteranope(QColor(other)))
        assert apart > 0.2, (one, other)


def test_a_region_of_half_is_half_as_opaque() -> None:
    overlay = MaskOverlay()
    values = np.repeat(np.array([[0, 128, 255]], np.uint8), 2, axis=0)
    overlay.show_regions((3, 2), (values, 0), [])
    assert overlay.active is not None
    alphas = [overlay.active.image.pixelColor(x, 0).alpha() for x in range(3)]
    assert alphas[0] == 0
    assert alphas[1] == pytest.approx(alphas[2] / 2, abs=1)
