"""What was changed for a user from here, and what became of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.containers import Container, VerticalScroll
from textual.content import Content
from textual.getters import query_one
from textual.widgets import DataTable

from pushtui.console.help_topic import HelpTopic
from pushtui.console.widgets.change_view import COLUMNS, change_content, change_row
from pushtui.console.widgets.literal import Block
from pushtui.console.widgets.note import Note
from pushtui.console.widgets.table import Table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pushtui.services.change_words import ToldChange

HELP = (
    "Every change of this user's settings that was made from here, the newest first, each with what was before, what "
    "was wanted, and what was read back. u takes the highlighted one back, where the cloud allows it and nobody "
    "changed the value since; the difference is shown first."
)


class ChangesPane(Container):
    """A table, and below it the highlighted change in full."""

    table = query_one(Table)
    note = query_one(Note)

    DEFAULT_CSS = """
    ChangesPane {
        height: 1fr;
        Table { height: 1fr; }
        Note { display: none; }
        &.-empty { Note { display: block; } Table, .detail { display: none; } }
        .detail { height: auto; max-height: 60%; padding: 0 1; border-top: hkey $rule; }
        .detail Block { height: auto; }
    }
    """

    def __init__(self) -> None:
        super().__init__()
        self._changes: dict[str, ToldChange] = {}

    def compose(self) -> ComposeResult:
        yield Note()
        yield Table(COLUMNS)
        with VerticalScroll(classes="detail", can_focus=False):
            yield Block()

    def show(self, user: str, changes: Sequence[ToldChange]) -> None:
        """Show the changes of a user."""
        self._changes = {told.change.id: told for told in changes}
        self.set_class(not changes, "-empty")
        self.note.say(
            "Nothing was changed yet", f"What is changed for {user} from here is kept, and can be taken back."
        )
        self.table.show([change_row(told) for told in changes], follow_first=True)
        self._show_detail()

    @property
    def count(self) -> int:
        """How many there are."""
        return len(self._changes)

    @property
    def change(self) -> ToldChange | None:
        """The highlighted change."""
        return self._changes.get(self.table.highlighted or "")

    @on(DataTable.RowHighlighted)
    def _show_detail(self) -> None:
        self.query_one(".detail Block", Block).show(self.content())

    def content(self) -> Content:
        """Write the highlighted change in full."""
        return change_content(self.change) if self.change is not None else Content("")

    def help_topic(self) -> HelpTopic:
        return HelpTopic("Changes", HELP)
