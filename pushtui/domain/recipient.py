"""Who a draft for many is sent to: where the recipients stand, and one of them."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple

from pushtui.domain.finding import Severity, Source
from pushtui.domain.json_body import JsonPath

RECIPIENTS = "recipients"
"""Key of a draft file, and first part of the path of every finding about recipients."""
USER: JsonPath = ("user",)
"""Where a recipient's id stands below it."""


def value_path(placeholder: str) -> JsonPath:
    """Return where a placeholder's values stand below `recipients`."""
    return ("values", placeholder)


class TableFormat(StrEnum):
    """How recipients are written down."""

    CSV = "csv"
    TSV = "tsv"
    JSON_LINES = "jsonl"
    """One JSON object a line; its keys are the columns."""
    XLSX = "xlsx"
    LINES = "lines"
    """One user id a line, without a header."""

    @classmethod
    def _missing_(cls, value: object) -> TableFormat | None:
        """Know other names of the same."""
        return {"ndjson": cls.JSON_LINES, "excel": cls.XLSX, "txt": cls.LINES}.get(str(value))


class TableEncoding(StrEnum):
    """How characters become bytes; the value is Python's name."""

    UTF_8 = "utf-8"
    UTF_16 = "utf-16"
    """With a byte order mark."""
    UTF_16_LE = "utf-16-le"
    UTF_16_BE = "utf-16-be"
    GB18030 = "gb18030"
    """Holds all of GBK and GB2312."""

    @classmethod
    def _missing_(cls, value: object) -> TableEncoding | None:
        """Know other names of the same, and subsets."""
        others = {"utf8": cls.UTF_8, "utf-8-sig": cls.UTF_8, "utf16": cls.UTF_16}
        return {**others, **dict.fromkeys(("gbk", "gb2312", "cp936"), cls.GB18030)}.get(str(value))


@dataclass(frozen=True, slots=True)
class RecipientSource:
    """A file or a text with one recipient a row, and what its columns mean.

    At most one of `file` and `text` is given. Without either it names nobody yet, and nothing can be sent.
    """

    user: str
    """The column that holds the user id."""
    file: str = ""
    """As a person wrote it; relative to the draft's own folder."""
    text: str = ""
    """The rows themselves, typed or pasted."""
    values: tuple[tuple[str, str], ...] = ()
    """Placeholder, without its braces, and the column that fills it."""
    format: TableFormat | None = None
    """None goes by the file's name, or by what the text looks like."""
    encoding: TableEncoding | None = None
    """None goes by the byte order mark, else UTF-8, else GB18030."""
    sheet: str = ""
    """Of an Excel file; empty takes the first."""
    folder: str = field(default="", compare=False)
    """Where a relative `file` starts from; the draft file does not hold it. Empty is the working directory."""
    wants_file: bool = False
    """Nobody is named yet, and a file is to do so; meaningless once somebody is."""

    @property
    def path(self) -> Path:
        """The file to open; meaningless where the source is a text."""
        return Path(self.folder) / Path(self.file).expanduser()

    @property
    def is_empty(self) -> bool:
        """Whether nobody is named yet."""
        return not self.file and not self.text

    @property
    def wanted(self) -> str:
        """What to do about a source that names nobody yet."""
        return "choose a file first" if self.wants_file else "paste or type rows first"

    @property
    def name(self) -> str:
        """What people call the source."""
        return self.file or ("a file not chosen yet" if self.wants_file else "the recipients' text")

    @property
    def placeholders(self) -> tuple[str, ...]:
        """The names that columns are there for, without braces."""
        return tuple(name for name, _ in self.values)

    def absolute(self) -> RecipientSource:
        """Return the same source, whose file is found from anywhere."""
        return replace(self, file=str(self.path.absolute())) if self.file else self


class Recipient(NamedTuple):
    """One person and what stands for each placeholder, in the order of the columns."""

    line: int
    """Where in the source; 0 for one that stands in the draft."""
    user: str
    values: tuple[tuple[str, str], ...] = ()
    """Placeholder, without its braces, and value; one that the row lacks is left out."""


class RowFinding(NamedTuple):
    """What is wrong with one recipient; findings that differ in recipient and detail only are told as one."""

    severity: Severity
    path: JsonPath
    """Below `recipients` of a draft file: `("user",)`, or `("values", "name")`; empty for the row as a whole."""
    rule: str
    """What is wrong, in words that suit many rows."""
    source: Source
    detail: str = ""
    """What this row holds."""
