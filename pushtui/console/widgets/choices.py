"""A choice among a few values, all of them in sight on one line."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from rich.cells import cell_len
from textual.binding import BindingType
from textual.content import Content
from textual.events import Click
from textual.geometry import Size
from textual.message import Message
from textual.style import Style
from textual.widget import Widget

from pushtui.console.widgets.literal import lines, literal_line


@dataclass(frozen=True, slots=True)
class Marks:
    """How a chosen and an open option look."""

    chosen: str
    open: str


ONE = Marks("●", "○")
MANY = Marks("■", "□")
GAP = "  "


class Choices(Widget, can_focus=True):
    """Options beside each other: arrows move, space chooses.

    Moving alone never chooses, so that no slip of a key turns an audience into everybody.
    """

    DEFAULT_CSS = """
    Choices { height: auto; width: 1fr; }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        ("left", "move(-1)", "Left"),
        ("right", "move(1)", "Right"),
        ("space,enter", "choose", "Choose"),
    ]

    @dataclass
    class Changed(Message):
        """The chosen options changed."""

        choices: Choices
        chosen: tuple[int, ...]

        @property
        def control(self) -> Choices:
            return self.choices

    def __init__(
        self,
        labels: tuple[str, ...],
        chosen: tuple[int, ...],
        *,
        many: bool = False,
        id: str | None = None,  # noqa: A002 - Textual's name
        classes: str | None = None,
    ) -> None:
        super().__init__(id=id, classes=classes)
        self._labels = labels
        self._many = many
        self._chosen = chosen
        self._cursor = chosen[0] if chosen else 0

    def show(self, labels: tuple[str, ...], chosen: tuple[int, ...]) -> None:
        """Offer these options, with those chosen; nobody is told, and the cursor goes to what is chosen."""
        if (labels, chosen) != (self._labels, self._chosen):
            self._labels, self._chosen = labels, chosen
            self._cursor = chosen[0] if chosen else 0
            self.refresh(layout=True)

    def render(self) -> Content:
        rows = self._rows(self.size.width)
        return lines(*(Content(GAP).join(self._option(index) for index in row) for row in rows))

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        return len(self._rows(width))

    def _rows(self, width: int) -> list[list[int]]:
        """Break the options into rows that fit, never within an option."""
        rows: list[list[int]] = [[]]
        used = 0
        for index, label in enumerate(self._labels):
            needed = cell_len(label) + len("● ")
            if rows[-1] and used + len(GAP) + needed > width:
                rows.append([])
            used = needed if not rows[-1] else used + len(GAP) + needed
            rows[-1].append(index)
        return rows

    def action_move(self, step: int) -> None:
        """Move the cursor; it stops at the ends."""
        self._cursor = min(max(self._cursor + step, 0), len(self._labels) - 1)
        self.refresh()

    def action_choose(self) -> None:
        """Choose the option under the cursor, or toggle it where many can be chosen."""
        if not self._many:
            self._choose((self._cursor,))
        elif self._cursor in self._chosen:
            self._choose(tuple(index for index in self._chosen if index != self._cursor))
        else:
            self._choose(tuple(sorted((*self._chosen, self._cursor))))

    def on_click(self, event: Click) -> None:
        """Choose what was clicked."""
        index = event.style.meta.get("option")
        if isinstance(index, int):
            self._cursor = index
            self.action_choose()

    def on_focus(self) -> None:
        self.refresh()

    def on_blur(self) -> None:
        self.refresh()

    def _choose(self, chosen: tuple[int, ...]) -> None:
        self.refresh()
        if chosen != self._chosen:
            self._chosen = chosen
            self.post_message(self.Changed(self, chosen))

    def _option(self, index: int) -> Content:
        marks = MANY if self._many else ONE
        mark = marks.chosen if index in self._chosen else marks.open
        text = literal_line(f"{mark} {self._labels[index]}")
        if self.has_focus and index == self._cursor:
            text = text.stylize("$block-cursor-foreground on $block-cursor-background")
        elif index in self._chosen:
            text = text.stylize("bold")
        return text.stylize(Style.from_meta({"option": index}))
