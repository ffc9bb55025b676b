"""Which file the recipients stand in."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from textual.content import Content

from pushtui.console.guarded import run_guarded
from pushtui.console.screens.search_dialog import SearchDialog
from pushtui.console.widgets.literal import joined, literal_line
from pushtui.services.folders import FolderEntry, entries_of
from pushtui.services.recipients.opening import ENDINGS
from pushtui.services.time_words import short_time

if TYPE_CHECKING:
    from pushtui.domain.recipient import RecipientSource

NAME_WIDTH, PATH_WIDTH = 38, 56
_UNITS = ((1_000_000_000, "GB"), (1_000_000, "MB"), (1_000, "kB"))


def first_folder(source: RecipientSource | None, draft: Path | None) -> Path:
    """Return where to begin: beside the file that is chosen, else beside the draft, else where the console began."""
    if source is not None and source.file:
        return source.path.absolute().parent
    return draft.parent if draft is not None else Path.cwd()


class RecipientFileDialog(SearchDialog[Path, FolderEntry]):
    """Answers a file; Enter on a folder goes into it, and a path can be typed as well."""

    def __init__(self, folder: Path) -> None:
        super().__init__("letters of a name below, or a path; Enter opens a folder or takes a file")
        self._folder = folder
        self._entries: tuple[FolderEntry, ...] = ()

    def on_mount(self) -> None:
        super().on_mount()
        self._go(self._folder)

    def matches(self, query: str) -> Sequence[FolderEntry]:
        typed = Path(query).expanduser()
        if query and (typed.is_absolute() or len(typed.parts) > 1):
            return [FolderEntry(self._folder / typed, is_folder=query.endswith("/"))]
        found = [one for one in self._entries if query.casefold() in one.path.name.casefold()]
        return found if query else [FolderEntry(self._folder.parent, is_folder=True), *found]

    def start(self, query: str) -> int:
        """The way up stands first, and is not what one comes for."""
        return 0 if query else 1

    def prompt(self, item: FolderEntry) -> Content:
        if item.path == self._folder.parent:
            return joined(literal_line("../", "bold"), literal_line(f"  up from {_end_of(self._folder)}", "$quiet"))
        if item.is_folder:
            return literal_line(f"{item.path.name}/", "bold")
        name = literal_line(f"{item.path.name:<{NAME_WIDTH}} ")
        when = short_time(item.modified) if item.modified is not None else ""
        return joined(name, literal_line(f"{size_words(item.size):>8}  {when}" if when else "take this path", "$quiet"))

    def choose(self, item: FolderEntry) -> None:
        if item.is_folder:
            self._go(item.path)
        else:
            self.dismiss(item.path)

    def _go(self, folder: Path) -> None:
        run_guarded(self, lambda: self._enter(folder), group="folder", exclusive=True)

    async def _enter(self, folder: Path) -> None:
        self._entries = await entries_of(folder, ENDINGS)
        self._folder = folder
        self.entry.value = ""
        self.search("")


def _end_of(folder: Path) -> str:
    """Write the end of a path, which tells more than its beginning."""
    text = str(folder)
    return text if len(text) <= PATH_WIDTH else f"…{text[1 - PATH_WIDTH :]}"


def size_words(size: int) -> str:
    """Write a file's size: `812 B`, `12.3 MB`."""
    for unit, name in _UNITS:
        if size >= unit:
            return f"{size / unit:.1f} {name}"
    return f"{size} B"
