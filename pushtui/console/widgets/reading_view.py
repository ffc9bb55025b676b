"""How far a reading is, as a bar and in figures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content

from pushtui.console.widgets.literal import Block, joined, lines, literal_line

if TYPE_CHECKING:
    from pushtui.services.recipients.watching import ReadingWatch

EVERY = 0.25
"""Seconds between two pictures."""
MEGABYTE = 1_000_000
LONGEST_BAR = 40


class ReadingView(Block):
    """Two lines that follow a reading; it costs nothing while none is followed."""

    DEFAULT_CSS = "ReadingView { height: 2; display: none; } ReadingView.-reading { display: block; }"

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self._watch: ReadingWatch | None = None

    def on_mount(self) -> None:
        self._timer = self.set_interval(EVERY, self._draw, pause=self._watch is None)

    def follow(self, watch: ReadingWatch) -> None:
        """Show how far a reading is, from now on."""
        self._watch = watch
        self.add_class("-reading")
        self._draw()
        if self.is_mounted:
            self._timer.resume()

    def rest(self, watch: ReadingWatch) -> None:
        """Show no more of a reading that ended, unless another one is followed by now."""
        if watch is self._watch:
            self._watch = None
            self.remove_class("-reading")
            self._timer.pause()

    def _draw(self) -> None:
        if self._watch is not None:
            self.show(reading_content(self._watch, self.size.width or LONGEST_BAR))


def reading_content(watch: ReadingWatch, width: int) -> Content:
    """Draw how far a reading is."""
    rows, fraction = watch.progress
    length = max(10, min(LONGEST_BAR, width - len(" 100 %")))
    filled = round(length * fraction)
    bar = joined(literal_line("█" * filled, "$primary"), literal_line("░" * (length - filled), "$quiet"))
    figures = [f"{rows:,} rows"]
    if watch.size >= MEGABYTE / 10:
        figures.append(f"{watch.done / MEGABYTE:.1f} of {watch.size / MEGABYTE:.1f} MB")
        figures.append(f"{watch.rate / MEGABYTE:.1f} MB/s")
    return lines(
        joined(bar, literal_line(f" {fraction:.0%}".replace("%", " %"), "bold")),
        joined(literal_line(" · ".join(figures)), literal_line(" · Esc cancels", "$quiet")),
    )
