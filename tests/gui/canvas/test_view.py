"""The geometry of the view: what the user looks at stays where it is looked at."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from gui.canvas.view import HIGHEST, LOWEST, STOPS, Point, View

sides = st.integers(1, 9000)
parts = st.tuples(st.floats(0, 1), st.floats(0, 1))
pushes = st.tuples(st.floats(-5000, 5000), st.floats(-5000, 5000))
zooms = st.floats(0.001, 100)


@st.composite
def fitted_views(draw: st.DrawFn) -> View:
    room = draw(st.tuples(st.integers(100, 4000), st.integers(100, 4000)))
    picture = draw(st.tuples(sides, sides))
    return View(picture, room, margin=draw(st.sampled_from([0, 16, 24, 32])))


@st.composite
def views(draw: st.DrawFn) -> View:
    """Zoomed and pushed around as a user may."""
    view = draw(fitted_views())
    for _ in range(draw(st.integers(0, 3))):
        u, v = draw(parts)
        view = view.zoomed(draw(zooms), (u * view.room[0], v * view.room[1]))
        view = view.moved(*draw(pushes))
    return view


@st.composite
def filling_views(draw: st.DrawFn) -> View:
    """Zoomed until the picture is larger than the room to both sides."""
    room = draw(st.tuples(st.integers(100, 4000), st.integers(100, 4000)))
    picture = draw(st.tuples(st.integers(300, 9000), st.integers(300, 9000)))
    view = View(picture, room, margin=16)
    fill = max(space / side for space, side in zip(room, picture, strict=True))
    u, v = draw(parts)
    view = view.zoomed(max(fill, LOWEST) * draw(st.floats(1, 2)), (u * room[0], v * room[1]))
    return view.moved(*draw(pushes))


@st.composite
def views_and_cursors(draw: st.DrawFn) -> tuple[View, Point]:
    """With the cursor anywhere on what is seen of the picture."""
    view, (u, v) = draw(filling_views()), draw(parts)
    left, top = (max(0.0, origin) for origin in view.origin)
    right, bottom = (
        min(room, origin + size)
        for room, origin, size in zip(view.room, view.origin, view.size, strict=True)
    )
    return view, (left + u * (right - left), top + v * (bottom - top))


@given(fitted_views())
def test_fitted_all_of_the_picture_shows_as_large_as_can_be(view: View) -> None:
    (left, top), (width, height) = view.origin, view.size
    spaces = left, top, view.room[0] - left - width, view.room[1] - top - height
    assert min(spaces) == pytest.approx(view.margin, abs=1e-6)
    assert spaces[0] == pytest.approx(spaces[2], abs=1e-6)
    assert spaces[1] == pytest.approx(spaces[3], abs=1e-6)


@given(views_and_cursors(), st.floats(1, 20))
def test_zooming_in_keeps_what_is_under_the_cursor(seen: tuple[View, Point], by: float) -> None:
    view, cursor = seen
    closer = view.zoomed(view.scale * by, cursor)
    assert closer.point_of(view.part_at(cursor)) == pytest.approx(cursor, abs=1e-3)


@given(views_and_cursors(), st.floats(1, 20))
def test_zooming_in_and_out_again_comes_back(seen: tuple[View, Point], by: float) -> None:
    view, cursor = seen
    assume(view.scale * by < HIGHEST)
    back = view.zoomed(view.scale * by, cursor).zoomed(view.scale, cursor)
    assert back.origin == pytest.approx(view.origin, abs=1e-3)


@given(views(), zooms)
def test_the_zoom_has_limits(view: View, zoom: float) -> None:
    scale = view.zoomed(zoom).scale
    assert min(LOWEST, view.fit) <= scale <= max(HIGHEST, view.fit)
    assert scale == pytest.approx(zoom) or not LOWEST <= zoom <= HIGHEST


@given(views(), pushes)
def test_the_picture_never_leaves_the_room(view: View, push: Point) -> None:
    moved = view.moved(*push)
    for origin, size, room in zip(moved.origin, moved.size, moved.room, strict=True):
        if size + 2 * view.margin <= room:
            assert origin == pytest.approx((room - size) / 2, abs=1e-6)
        else:
            seen = min(origin + size, room) - max(origin, 0)
            assert seen >= min(size, room / 2) / 2


@given(filling_views(), st.tuples(st.floats(0, 1), st.floats(0, 1)))
def test_a_picture_larger_than_the_room_can_be_pushed_to_its_corners(
    view: View, part: Point
) -> None:
    centred = replace(view, centre=(0.5, 0.5))
    excess = [max(0.0, size - room) for size, room in zip(view.size, view.room, strict=True)]
    right, down = ((at - 0.5) * more for at, more in zip(part, excess, strict=True))
    left, top = centred.origin
    moved = centred.moved(right, down)
    assert moved.origin == pytest.approx((left + right, top + down), abs=1e-3)


@given(views(), st.integers(1, 64), parts)
def test_another_resolution_of_the_picture_lies_in_the_same_place(
    view: View, factor: int, part: Point
) -> None:
    larger = view.showing((view.picture[0] * factor, view.picture[1] * factor))
    assert larger.point_of(part) == pytest.approx(view.point_of(part), rel=1e-6, abs=1e-3)
    assert larger.showing(view.picture).point_of(part) == pytest.approx(
        view.point_of(part), rel=1e-6, abs=1e-3
    )


@given(views(), st.integers(100, 4000), st.integers(100, 4000), st.floats(1.0, 16.0))
def test_scales_rounded_to_whole_pixels_are_the_same_picture(
    view: View, width: int, height: int, shrink: float
) -> None:
    small = max(1, round(width / shrink)), max(1, round(height / shrink))
    view = view.showing((width, height)).zoomed(2.0)
    assert view.showing(small).zoom is not None


def test_a_picture_of_another_shape_is_seen_whole() -> None:
    view = View((400, 300), (800, 600)).zoomed(3.0, (10, 10))
    assert view.showing((300, 400)) == View((300, 400), (800, 600))


@given(filling_views(), st.floats(0.2, 1), st.floats(0.2, 1))
def test_in_a_smaller_room_what_was_in_the_middle_stays_there(
    view: View, across: float, down: float
) -> None:
    smaller = view.within((view.room[0] * across, view.room[1] * down), view.margin)
    assert smaller.scale == view.scale
    assert smaller.centre == pytest.approx(view.centre)


@given(fitted_views(), st.integers(100, 4000), st.integers(100, 4000))
def test_what_is_fitted_is_fitted_to_any_other_room(view: View, width: int, height: int) -> None:
    other = view.within((width, height), view.margin)
    assert other == View(view.picture, (width, height), view.margin)


@given(views())
def test_steps_lead_from_stop_to_stop_and_to_the_ends(view: View) -> None:
    up = view.stepped(up=True)
    assert up.scale > view.scale or view.scale >= view.highest / 1.01
    for _ in range(len(STOPS) + 3):
        view = view.stepped(up=False)
    assert view.scale == view.lowest
    seen = set()
    for _ in range(len(STOPS) + 3):
        view = view.stepped(up=True)
        seen.add(view.scale)
    assert view.scale == view.highest
    assert {1.0, 2.0} <= seen


@given(views())
def test_whole_pixels_are_within_half_a_pixel_of_the_truth(view: View) -> None:
    left, top, width, height = view.rect()
    assert (left, top) == pytest.approx(view.origin, abs=0.5)
    assert abs(width - view.size[0]) <= 0.5 or width == 1
    assert abs(height - view.size[1]) <= 0.5 or height == 1
