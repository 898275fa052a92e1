"""The order of the queue, and nothing else. Knows no Qt."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from gui.queue.entry import Entry, Standing


class Line:
    """Entries, first to last."""

    def __init__(self) -> None:
        self._entries: list[Entry] = []

    def __iter__(self) -> Iterator[Entry]:
        """From the first on."""
        return iter(self._entries)

    def __len__(self) -> int:
        """How many there are."""
        return len(self._entries)

    def get(self, entry_id: str) -> Entry | None:
        """The entry of that id, if it is there."""
        return next((each for each in self._entries if each.id == entry_id), None)

    def row(self, entry_id: str) -> int:
        """Where it is; -1 where it is not."""
        return next((i for i, each in enumerate(self._entries) if each.id == entry_id), -1)

    def next(self, leave_out: str = "") -> Entry | None:
        """The first that waits."""
        waiting = (each for each in self._entries if each.standing is Standing.WAITING)
        return next((each for each in waiting if each.id != leave_out), None)

    def count(self, standing: Standing) -> int:
        """How many are at a standing."""
        return sum(each.standing is standing for each in self._entries)

    def insert(self, entry: Entry, row: int | None = None) -> None:
        """Put one in, at the end unless told where."""
        self._entries.insert(len(self._entries) if row is None else row, entry)

    def replace(self, entry: Entry) -> None:
        """Put one in the place of the one with its id, if that is there."""
        row = self.row(entry.id)
        if row >= 0:
            self._entries[row] = entry

    def remove(self, ids: Collection[str]) -> None:
        """Take some out."""
        self._entries = [each for each in self._entries if each.id not in ids]

    def move(self, ids: Collection[str], row: int) -> None:
        """Bring some, in their order, before the one that is at `row` now."""
        moved = [each for each in self._entries if each.id in ids]
        before = [each for each in self._entries[:row] if each.id not in ids]
        after = [each for each in self._entries[row:] if each.id not in ids]
        self._entries = [*before, *moved, *after]

    def shift(self, ids: Collection[str], by: int) -> None:
        """Bring some one place forwards (-1) or backwards (1), as far as there is one."""
        rows = [row for row, each in enumerate(self._entries) if each.id in ids]
        if rows and by < 0:
            self.move(ids, max(0, rows[0] - 1))
        elif rows:
            self.move(ids, min(len(self._entries), rows[-1] + 2))

    def extend(self, entries: Iterable[Entry]) -> None:
        """Put some in at the end."""
        self._entries.extend(entries)
