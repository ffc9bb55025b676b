"""Fields of one line that lose nothing in silence and do not blink."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rich.text import Text
from textual.widgets import Input

from pushtui.console.widgets.literal import toast
from pushtui.domain.safe_text import forbidden, same_length, without_controls

if TYPE_CHECKING:
    from textual.events import Paste
    from textual.suggester import Suggester

_BREAKS = re.compile(r"\r\n|[\r\n\v\f\x85\u2028\u2029]")


class Entry(Input):
    """A field of one line. It takes text of any length: limits are findings, not walls."""

    DEFAULT_CSS = """
    Entry, Entry.-textual-compact, Entry:focus {
        border: none;
        height: 1;
        padding: 0 1;
        background: $field;
        background-tint: $field 0%;
        color: $foreground;
    }
    Entry:focus, Entry.-textual-compact:focus { background: $field-focus; }
    Entry>.input--placeholder, Entry>.input--suggestion { color: $quiet; }
    """

    def __init__(
        self,
        value: str = "",
        *,
        placeholder: str = "",
        password: bool = False,
        suggester: Suggester | None = None,
        id: str | None = None,  # noqa: A002 - Textual's name
        classes: str | None = None,
    ) -> None:
        super().__init__(
            value,
            placeholder=same_length(placeholder),
            password=password,
            suggester=suggester,
            id=id,
            classes=classes,
            compact=True,
            select_on_focus=False,
        )
        self.cursor_blink = False

    def on_paste(self, event: Paste) -> None:
        """Insert all of it: line breaks become spaces, control characters stay out, and both are told."""
        event.prevent_default()
        event.stop()
        text = event.text.strip("\r\n")
        line = _BREAKS.sub(" ", text)
        kept = without_controls(line)
        self.replace(kept, *sorted(self.selection))
        breaks = len(_BREAKS.findall(text))
        if breaks:
            toast(self.app, f"{breaks} line break{'s' * (breaks > 1)} became spaces: this field has one line.")
        if kept != line:
            names = " ".join(forbidden(line))
            toast(self.app, f"Left out, since nobody can see them: {names}.", severity="warning")

    @property
    def _value(self) -> Text:
        """What is painted: a control character of a loaded value is seen, not obeyed."""
        if self.password:
            return super()._value
        return Text(same_length(self.value), no_wrap=True, overflow="ignore", end="")


class SecretEntry(Entry):
    """A field whose content is neither shown nor copied."""

    def __init__(
        self,
        *,
        placeholder: str = "",
        id: str | None = None,  # noqa: A002 - Textual's name
        classes: str | None = None,
    ) -> None:
        super().__init__(placeholder=placeholder, password=True, id=id, classes=classes)

    def action_copy(self) -> None:
        """Copy nothing: the clipboard is no place for a secret."""

    def action_cut(self) -> None:
        """Cut nothing, for the same reason."""
