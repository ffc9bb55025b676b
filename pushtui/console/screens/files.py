"""Which draft file to open, and where to save one."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any

from textual import on
from textual.app import App, ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import OptionList

from pushtui.console.screens.base import Dialog, ask
from pushtui.console.screens.question import Dilemma
from pushtui.console.widgets.entry import Entry
from pushtui.console.widgets.literal import Block, Line, joined, literal, literal_line, option
from pushtui.services.drafts import ChangedOnDisk
from pushtui.services.time_words import short_time

if TYPE_CHECKING:
    from pushtui.services.desk import Desk
    from pushtui.services.drafts import DraftFile

FILE_DIALOG_CSS = """
    .file-dialog { width: 76; max-width: 96%; height: auto; max-height: 90%; background: $surface; padding: 1 2; }
    .file-dialog Entry { margin: 1 0; }
    .file-dialog OptionList { height: auto; max-height: 12; border: none; padding: 0; background: $surface; }
"""


class OpenDialog(Dialog[Path]):
    """Choose a file of the drafts folder, or name any other."""

    DEFAULT_CSS = FILE_DIALOG_CSS

    def __init__(self, files: Sequence[DraftFile]) -> None:
        super().__init__()
        self._files = files

    def compose(self) -> ComposeResult:
        with Vertical(classes="file-dialog"):
            yield Line(literal_line("Open a draft", "bold $primary"))
            yield Entry(placeholder="path of a draft file, or choose below")
            yield OptionList(*(option(_row(file)) for file in self._files), compact=True)

    def on_mount(self) -> None:
        if self._files:
            self.query_one(OptionList).focus()

    @on(Entry.Submitted)
    def _named(self, event: Entry.Submitted) -> None:
        if event.value.strip():
            self.dismiss(Path(event.value.strip()).expanduser())

    @on(OptionList.OptionSelected)
    def _chosen(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(self._files[event.option_index].path)


class SaveDialog(Dialog[Path]):
    """Name the file of a draft; a plain name goes to the drafts folder."""

    DEFAULT_CSS = FILE_DIALOG_CSS

    def compose(self) -> ComposeResult:
        with Vertical(classes="file-dialog"):
            yield Line(literal_line("Save the draft as", "bold $primary"))
            yield Entry(placeholder="name or path, such as spring-news.json")
            yield Block(literal("A plain name is kept in the drafts folder. Enter saves, Esc goes back.", "$quiet"))

    @on(Entry.Submitted)
    def _named(self, event: Entry.Submitted) -> None:
        if event.value.strip():
            self.dismiss(Path(event.value.strip()).expanduser())


class Instead(StrEnum):
    """What to do where saving would lose what the file holds."""

    NOTHING = "Cancel"
    SAVE_AS = "Save as another file"
    OVERWRITE = "Overwrite"


async def save_draft(app: App[Any], desk: Desk) -> bool:
    """Save to the draft's file, or to one that is asked for; False if the person thinks better of it."""
    path = desk.composition.path or await ask(app, SaveDialog())
    while path is not None:
        try:
            await desk.save(path)
        except ChangedOnDisk as error:
            instead = await ask(app, Dilemma(error.message, [(answer.value, answer) for answer in Instead]))
        else:
            return True
        if instead is Instead.OVERWRITE:
            await desk.save(path, overwrite=True)
            return True
        path = await ask(app, SaveDialog()) if instead is Instead.SAVE_AS else None
    return False


def _row(file: DraftFile) -> Content:
    about = f"{file.kind} for {file.account}" if not file.error else file.error
    style = "$quiet" if not file.error else "$finding-error"
    return joined(
        literal_line(f"{file.path.name:<32} ", "bold"),
        literal_line(f"{short_time(file.modified)}  ", "$quiet"),
        literal_line(about, style),
    )
