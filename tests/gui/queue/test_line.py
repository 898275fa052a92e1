"""The order of the queue: whatever is moved, nothing is lost, doubled or turned round."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from gui.queue.entry import Entry
from gui.queue.line import Line


def line_of(count: int) -> Line:
    line = Line()
    for number in range(count):
        line.insert(entry(str(number)))
    return line


def entry(name: str) -> Entry:
    return Entry(
        id=name, content="c", styles=("s",), width=1, height=1, strength=50.0, steps=None,
        thumbnails=("", ""),
    )  # fmt: skip


def ids(line: Line) -> list[str]:
    return [each.id for each in line]


COUNTS = st.integers(0, 8)
CHOSEN = st.sets(st.sampled_from([str(n) for n in range(8)]))


@given(count=COUNTS, chosen=CHOSEN, row=st.integers(0, 9))
def test_what_is_moved_comes_together_before_the_one_that_was_at_the_row(
    count: int, chosen: set[str], row: int
) -> None:
    line, before = line_of(count), ids(line_of(count))
    line.move(chosen, row)
    moved = [name for name in before if name in chosen]
    others = [name for name in before if name not in chosen]
    assert sorted(ids(line)) == before
    assert [name for name in ids(line) if name not in chosen] == others
    if moved:
        start = ids(line).index(moved[0])
        assert ids(line)[start : start + len(moved)] == moved
        following = [name for name in before[row:] if name not in chosen]
        assert ids(line)[start + len(moved) :] == following


@given(count=COUNTS, chosen=CHOSEN, by=st.sampled_from([-1, 1]))
def test_one_place_up_and_down_changes_places_with_the_neighbour(
    count: int, chosen: set[str], by: int
) -> None:
    line, before = line_of(count), ids(line_of(count))
    line.shift(chosen, by)
    assert sorted(ids(line)) == before
    rows = [row for row, name in enumerate(before) if name in chosen]
    if len(rows) == 1:
        wanted = min(max(rows[0] + by, 0), count - 1)
        assert ids(line).index(before[rows[0]]) == wanted
