"""Editors of many lines that do not blink, one of them with colours for JSON."""

from __future__ import annotations

import re
from json import dumps
from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual.reactive import Reactive, reactive
from textual.widgets import TextArea
from textual.widgets.text_area import Edit, EditResult, Location, Selection

from pushtui.console.widgets.literal import toast
from pushtui.domain.safe_text import block, forbidden, same_length, without_controls

if TYPE_CHECKING:
    from textual.events import Paste

_BREAKS = re.compile(r"\r\n?")
_TOKEN = re.compile(
    r'(?P<key>"(?:\\.|[^"\\])*"(?=\s*:))'
    r'|(?P<string>"(?:\\.|[^"\\])*"?)'
    r"|(?P<number>-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)"
    r"|(?P<word>true|false|null)\b"
    r"|(?P<mark>[{}\[\],:])"
)


class Editor(TextArea):
    """Text of many lines, in the colours of JSON if that is what it is; Tab leaves it."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "json--key",
        "json--string",
        "json--number",
        "json--word",
        "json--mark",
    }

    DEFAULT_CSS = """
    Editor, Editor.-textual-compact, Editor:focus {
        border: none;
        padding: 0 1;
        background: $field;
        color: $foreground;
    }
    Editor .text-area--placeholder { color: $quiet; }
    Editor > .json--key { color: $json-key; }
    Editor > .json--string { color: $json-string; }
    Editor > .json--number { color: $json-number; }
    Editor > .json--word { color: $json-word; }
    Editor > .json--mark { color: $json-mark; }
    """

    def __init__(
        self,
        text: str = "",
        *,
        json: bool = False,
        placeholder: str = "",
        read_only: bool = False,
        id: str | None = None,  # noqa: A002 - Textual's name
        classes: str | None = None,
    ) -> None:
        super().__init__(
            text,
            placeholder=block(placeholder),
            read_only=read_only,
            tab_behavior="focus",
            compact=True,
            highlight_cursor_line=False,
            id=id,
            classes=classes,
        )
        self._json = json
        self.cursor_blink = False
        self.match_cursor_bracket = False

    selection: Reactive[Selection] = reactive(Selection.cursor((0, 0)), init=False, always_update=True, repaint=False)

    def edit(self, edit: Edit) -> EditResult:
        """Change the text; only the rows that look different are painted, since each costs bytes over SSH."""
        before = self._shape
        result = super().edit(edit)
        if self._shape != before:
            self.refresh()
        else:
            self._refresh_between(edit.top, result.end_location)
        return result

    @property
    def _shape(self) -> tuple[int, bool]:
        """What moves other rows when it changes: the height, and whether the placeholder shows."""
        return self.wrapped_document.height, self.document.end == (0, 0)

    def load_text(self, text: str) -> None:
        super().load_text(text)
        self.refresh()

    def action_undo(self) -> None:
        super().action_undo()
        self.refresh()

    def action_redo(self) -> None:
        super().action_redo()
        self.refresh()

    def _watch_selection(self, previous_selection: Selection, selection: Selection) -> None:
        super()._watch_selection(previous_selection, selection)
        if self.is_mounted:
            places = [*previous_selection, *selection]
            self._refresh_between(min(places), max(places))

    def _refresh_between(self, start: Location, end: Location) -> None:
        """Paint the rows anew that hold the text between two places."""
        last_line = self.document.line_count - 1
        first = self.wrapped_document.location_to_offset((min(start[0], last_line), 0)).y
        beyond = min(end[0], last_line)
        last = self.wrapped_document.location_to_offset((beyond, len(self.document.get_line(beyond)))).y
        self.refresh_lines(first, last - first + 1)

    def get_line(self, line_index: int) -> Text:
        """Return a line as it is painted: control characters are seen, not obeyed.

        Line by line is enough for JSON, whose strings never go over a line's end.
        """
        text = Text(same_length(self.document.get_line(line_index)), end="", no_wrap=True)
        for match in _TOKEN.finditer(text.plain) if self._json else ():
            style = self.get_component_rich_style(f"json--{match.lastgroup}", partial=True)
            text.stylize(style, match.start(), match.end())
        return text

    def on_paste(self, event: Paste) -> None:
        """Insert all of it but control characters, and tell what became of those."""
        event.prevent_default()
        event.stop()
        if self.read_only:
            return
        text = _BREAKS.sub("\n", event.text)
        clean = self._cleaned(text)
        self.move_cursor(self.replace(clean, *self.selection).end_location)
        if clean != text:
            fate = "Written as JSON escapes" if self._json else "Left out"
            names = " ".join(forbidden(text))
            toast(self.app, f"{fate}, since nobody can see them: {names}.", severity="warning")

    def _cleaned(self, text: str) -> str:
        clean = without_controls(text)
        if clean == text or not self._json:
            return clean
        return "".join(part if without_controls(part) else dumps(part)[1:-1] for part in text)
