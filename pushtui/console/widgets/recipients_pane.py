"""Where recipients stand, how they are written down, and which column means what."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.containers import Grid, Vertical
from textual.content import Content
from textual.getters import query_one
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Input, TextArea

from pushtui.console.help_topic import HelpTopic
from pushtui.console.recipient_messages import RecipientsLeft
from pushtui.console.widgets.choices import Choices
from pushtui.console.widgets.entry import Entry
from pushtui.console.widgets.fields import FieldLabel, FieldLeft, LeavingEditor
from pushtui.console.widgets.literal import Line, joined, literal_line
from pushtui.console.widgets.needs_table import NeedsTable
from pushtui.console.widgets.reading_view import ReadingView
from pushtui.domain.finding import Severity
from pushtui.domain.recipient import RECIPIENTS, RecipientSource, TableEncoding, TableFormat
from pushtui.services.recipients.choosing import Where

if TYPE_CHECKING:
    from pushtui.services.composing import Composition
    from pushtui.services.recipients.table import Layout
    from pushtui.services.recipients.watching import ReadingWatch

PLACES = tuple(Where)
FILE_FORMATS = tuple(TableFormat)
TEXT_FORMATS = tuple(one for one in TableFormat if one is not TableFormat.XLSX)
ENCODINGS = (TableEncoding.UTF_8, TableEncoding.UTF_16, TableEncoding.GB18030)

TOPICS: Mapping[str, HelpTopic] = MappingProxyType(
    {
        "where": HelpTopic(
            "recipients",
            "A few can stand in the body, as the provider takes them. Any number can stand in a file, or be pasted "
            "or typed here as rows.",
        ),
        "file": HelpTopic(
            "recipients.file",
            "CSV, TSV, JSON Lines or Excel, a recipient a row; plain .txt has an id a line. Enter opens the list of "
            "files. A file beside the draft is named from there.",
        ),
        "rows": HelpTopic(
            "recipients.text",
            "Paste or type: a line that names the columns and then a row for each, as spreadsheets copy them; or ids "
            "alone, a line each or between commas.",
        ),
        "format": HelpTopic("recipients.format", "How the rows are written down; the file's name tells at first."),
        "encoding": HelpTopic(
            "recipients.encoding",
            "How characters became bytes. A mark at the beginning tells, else UTF-8 if it can be, else GB18030. Look "
            "at a few names.",
        ),
        "sheet": HelpTopic("recipients.sheet", "Which sheet of the Excel file; the first row names the columns."),
        "needs": HelpTopic(
            "recipients.values",
            "Which column holds the user ids, and which one fills each placeholder. Enter changes it. What no column "
            "fills, people would read as it is written, so nothing can be sent.",
        ),
    }
)


class RecipientsPane(Vertical):
    """Shows the recipients of a draft; says what a person wants to be different."""

    DEFAULT_CSS = """
    RecipientsPane {
        height: auto;
        #source { grid-size: 2; grid-columns: 20 1fr; grid-rows: auto; grid-gutter: 0 1; height: auto; }
        .file, .text, .read, .encoded, .sheeted, #summary, #needs { display: none; }
        /* A row of a grid that is as high as its content heeds limits only. */
        #rows { height: 4; min-height: 4; max-height: 4; }
        #needs { height: 1fr; }
        &.-sourced { height: 1fr; }
        &.-sourced #summary, &.-read #needs { display: block; }
        &.-reading #summary { display: none; }
        &.-file .file, &.-text .text, &.-read .read, &.-encoded .encoded, &.-sheeted .sheeted { display: block; }
    }
    """
    BINDINGS = [("down", "leave(1)", "Next"), ("up", "leave(-1)", "Previous")]

    @dataclass
    class WhereChosen(Message):
        """A person wants the recipients to stand elsewhere."""

        where: Where

    @dataclass
    class FileTyped(Message):
        """The path of a file is being typed."""

        path: str

    @dataclass
    class FileNamed(Message):
        """A person went on from the path of a file, with Enter or otherwise."""

        path: str
        entered: bool

    @dataclass
    class RowsTyped(Message):
        """A person changed the rows."""

        text: str

    @dataclass
    class LayoutChosen(Message):
        """A person says how the rows are written down: by the field's id, and the word."""

        field: str
        word: str

    where_field = query_one("#where", Choices)
    file_field = query_one("#file", Entry)
    rows_field = query_one("#rows", LeavingEditor)
    reading = query_one(ReadingView)
    needs = query_one(NeedsTable)

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self._told = ""
        """What the rows' editor held when it was last heard or filled."""
        self._words: dict[str, tuple[str, ...]] = {}

    def compose(self) -> ComposeResult:
        with Grid(id="source"):
            yield FieldLabel("recipients in")
            yield Choices(PLACES, (0,), id="where", classes="field")
            yield FieldLabel("file", classes="file")
            yield Entry(placeholder="Enter: choose one; or type its path", id="file", classes="field file")
            yield FieldLabel("rows", classes="text")
            yield LeavingEditor(placeholder="paste or type rows here", id="rows", classes="field text")
            for name, kind in (("format", "read"), ("encoding", "encoded"), ("sheet", "sheeted")):
                yield FieldLabel(name, classes=f"{kind} name-{name}")
                yield Choices(("",), (), id=name, classes=f"field {kind}")
        yield ReadingView(id="reading")
        yield Line(id="summary")
        yield NeedsTable(id="needs")

    # What is shown

    def follow(self, watch: ReadingWatch) -> None:
        """Show how far a reading is."""
        self.add_class("-reading")
        self.reading.follow(watch)

    def rest(self, watch: ReadingWatch) -> None:
        """Show no more of a reading that ended."""
        self.reading.rest(watch)
        self.set_class(self.reading.has_class("-reading"), "-reading")

    def show(self, draft: Composition, where: Where) -> None:
        """Show the recipients of a draft, or the place where there are to be some."""
        source, known = draft.recipients, draft.known
        found = known.inspection if known is not None else None
        self._show_place(source, where)
        self._show_layout(source, found.layout if found is not None else None)
        self.query_one("#summary", Line).show(_summary(draft))
        if found is not None and source is not None and draft.body is not None:
            self.needs.show_columns(found, source, draft.draft)
        else:
            self.needs.show_nothing()

    def _show_place(self, source: RecipientSource | None, where: Where) -> None:
        self.where_field.show(PLACES, (PLACES.index(where),))
        self.set_class(where is Where.FILE, "-file")
        self.set_class(where is Where.TEXT, "-text")
        self.set_class(where is not Where.BODY, "-sourced")
        file, text = (source.file, source.text) if source is not None else ("", "")
        if not self.file_field.has_focus or file:
            self.file_field.value = file
        if not self.rows_field.has_focus and self.rows_field.text != text:
            self._told = text
            self.rows_field.text = text

    def _show_layout(self, source: RecipientSource | None, layout: Layout | None) -> None:
        """Show how the rows are written down, as far as they were read."""
        self.set_class(layout is not None and source is not None, "-read")
        self.set_class(layout is not None and layout.encoding is not None, "-encoded")
        self.set_class(layout is not None and bool(layout.sheets), "-sheeted")
        if layout is None or source is None:
            return
        self._offer("format", FILE_FORMATS if source.file else TEXT_FORMATS, layout.format, source.format is None)
        self._offer("encoding", ENCODINGS, layout.encoding or "", source.encoding is None)
        self._offer("sheet", layout.sheets, layout.sheet, not source.sheet)

    def _offer(self, field: str, words: tuple[str, ...], word: str, guessed: bool) -> None:
        words = words if word in words else (*words, word)
        self._words[field] = words
        self.query_one(f"#{field}", Choices).show(words, (words.index(word),))
        self.query_one(f".name-{field}", FieldLabel).rename(f"{field}, guessed" if guessed else field)

    # Moving about

    def fields(self) -> list[Widget]:
        """Return what can have the focus, from the top."""
        rows = [widget for widget in self.query(".field") if widget.display]
        return [*rows, self.needs] if self.has_class("-read") else rows

    def action_leave(self, step: int) -> None:
        """Move to the neighbouring field, or out at the ends."""
        fields, focused = self.fields(), self.screen.focused
        index = fields.index(focused) + step if focused in fields else 0
        if 0 <= index < len(fields):
            fields[index].focus()
        else:
            self.post_message(RecipientsLeft(step))

    @on(FieldLeft)
    @on(NeedsTable.Left)
    def _leave_field(self, event: FieldLeft | NeedsTable.Left) -> None:
        event.stop()
        self.action_leave(event.step)

    def has_lost(self, widget: Widget | None) -> bool:
        """Tell whether the focus is on a field that is not shown any more, or nowhere."""
        return widget is None or (self.topic_of(widget) is not None and widget not in self.fields())

    def topic_of(self, widget: Widget | None) -> HelpTopic | None:
        """Say what one of the fields is for."""
        return TOPICS.get(widget.id or "") if widget is not None else None

    def help_topic(self) -> HelpTopic | None:
        """Explain the field that has the focus, for the help screen."""
        return self.topic_of(self.screen.focused)

    # What people change

    @on(Choices.Changed)
    def _choose(self, event: Choices.Changed) -> None:
        event.stop()
        field, index = event.choices.id or "", event.chosen[0]
        if field == "where":
            self.post_message(self.WhereChosen(PLACES[index]))
        else:
            self.post_message(self.LayoutChosen(field, self._words[field][index]))

    @on(Input.Changed, "#file")
    def _typing(self, event: Input.Changed) -> None:
        event.stop()
        self.post_message(self.FileTyped(event.value))

    @on(Input.Submitted, "#file")
    def _file_entered(self, event: Input.Submitted) -> None:
        event.stop()
        self.post_message(self.FileNamed(event.value.strip(), entered=True))

    @on(Input.Blurred, "#file")
    def _file_left(self, event: Input.Blurred) -> None:
        event.stop()
        self.post_message(self.FileNamed(event.value.strip(), entered=False))

    @on(TextArea.Changed, "#rows")
    def _rows_changed(self, event: TextArea.Changed) -> None:
        event.stop()
        if self.rows_field.text != self._told:
            self._told = self.rows_field.text
            self.post_message(self.RowsTyped(self._told))


def _summary(draft: Composition) -> Content:
    """Write how many recipients there are, as far as that is known, and what is wrong with them."""
    if draft.recipients is None:
        return Content("")
    if draft.recipients.is_empty:
        return literal_line(f"✖ nobody yet: {draft.recipients.wanted}", "bold $finding-error")
    if draft.known is None:
        return literal_line("not read yet; Ctrl+R reads them", "$quiet")
    found = draft.known.inspection
    if found is None:
        return literal_line("✖ cannot be read", "bold $finding-error")
    if not draft.known.is_done:
        return literal_line("not all are read; Ctrl+R reads them", "$quiet")
    counts = [_count(draft, severity) for severity in Severity]
    number = f"{found.recipients:,} recipient{'' if found.recipients == 1 else 's'}"
    old = "" if draft.looked or draft.known.is_quick else "for an earlier text; Ctrl+R reads again"
    more = literal_line(old, "$finding-warning") if old else literal_line("Ctrl+L: what each reads", "$quiet")
    return joined(literal_line(number, "bold"), literal_line("  "), *counts, more)


def _count(draft: Composition, severity: Severity) -> Content:
    about = [finding for finding in draft.findings if finding.path[:1] == (RECIPIENTS,)]
    number = sum(1 for finding in about if finding.severity is severity)
    return literal_line(f"{severity.mark} {number}  ", f"$finding-{severity}") if number else Content("")
