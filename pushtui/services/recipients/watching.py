"""How far a reading of recipients is, told by the thread that reads and asked by whoever shows it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pushtui.services.recipients.choosing import size_of
from pushtui.services.recipients.importing import Progress

if TYPE_CHECKING:
    from pushtui.domain.clock import Clock
    from pushtui.domain.recipient import RecipientSource


class ReadingWatch:
    """Is told progress, and says how far the reading is and how fast."""

    def __init__(self, source: RecipientSource | None, clock: Clock) -> None:
        self.name = source.name if source is not None else "the recipients"
        self.progress = Progress(0, 0.0)
        self._source = source
        self._clock = clock
        self._size: int | None = None
        self._began = clock.monotonic()

    def __call__(self, progress: Progress) -> None:
        """Take a report, in the thread that reads."""
        if self._size is None:
            self._size = size_of(self._source) if self._source is not None else 0
        self.progress = progress

    @property
    def size(self) -> int:
        """Bytes to read; 0 while that is not known."""
        return self._size or 0

    @property
    def done(self) -> float:
        """Bytes that were read."""
        return self.size * self.progress.fraction

    @property
    def rate(self) -> float:
        """Bytes a second so far."""
        elapsed = self._clock.monotonic() - self._began
        return self.done / elapsed if elapsed > 0 else 0.0
