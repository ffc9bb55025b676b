"""The last belt: deletes control characters from everything that is painted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.segment import Segment
from textual.filter import LineFilter

from pushtui.domain.safe_text import without_controls

if TYPE_CHECKING:
    from textual.color import Color


class LastBelt(LineFilter):
    """Cleans text that reached a widget around the adapter; columns stay where they were."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        if all(segment.text.isascii() and segment.text.isprintable() for segment in segments):
            return segments
        return [_clean(segment) for segment in segments]


def _clean(segment: Segment) -> Segment:
    text = without_controls(segment.text)
    if text == segment.text:
        return segment
    padding = " " * (cell_len(segment.text) - cell_len(text))
    return Segment(text + padding, segment.style, segment.control)
