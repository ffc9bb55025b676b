"""Which user ids came before, remembered in a few bytes each."""

from __future__ import annotations

from array import array

FIRST_SIZE = 1 << 12


class SeenUsers:
    """A hash table over flat arrays: 18 to 36 bytes a user, where a dictionary of the ids takes over a hundred.

    Only hashes of 64 bits are kept: among a million users, the odds that two different ids are
    taken for one are 1 to 30 million.
    """

    def __init__(self) -> None:
        self._count = 0
        self._make(FIRST_SIZE)

    def earlier(self, user: str, line: int) -> int:
        """Return the line on which the user came first; 0 if this is it. Lines count from 1."""
        mark, marks, lines, mask = hash(user), self._marks, self._lines, self._mask
        place = mark & mask
        while known := lines[place]:
            if marks[place] == mark:
                return known
            place = (place + 1) & mask
        marks[place], lines[place] = mark, line
        self._count += 1
        if self._count * 3 > mask * 2:
            self._grow()
        return 0

    def _grow(self) -> None:
        before = zip(self._marks, self._lines, strict=True)
        self._make(2 * (self._mask + 1))
        marks, lines, mask = self._marks, self._lines, self._mask
        for mark, line in before:
            if line:
                place = mark & mask
                while lines[place]:
                    place = (place + 1) & mask
                marks[place], lines[place] = mark, line

    def _make(self, size: int) -> None:
        self._mask = size - 1
        self._marks = array("q", [0]) * size
        self._lines = array("I", [0]) * size
