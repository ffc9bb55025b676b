"""Which encoding a file is in: told by its byte order mark, else by what it can be."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from typing import BinaryIO

from pushtui.domain.recipient import TableEncoding
from pushtui.services.recipients.table import Unreadable

CHUNK = 1 << 20
"""Bytes read at a time; no line may be so long that it fills one."""
SAMPLE = 4096
LONGEST_WORD = 40
"""Bytes before and behind the first one that is not UTF-8."""

_MARKS = (
    (codecs.BOM_UTF32_LE, None),
    (codecs.BOM_UTF32_BE, None),
    (codecs.BOM_UTF8, TableEncoding.UTF_8),
    (codecs.BOM_UTF16_LE, TableEncoding.UTF_16),
    (codecs.BOM_UTF16_BE, TableEncoding.UTF_16),
)
_EDGE = re.compile(rb'[\t\n\r ",]')
_BINARY = {
    b"PK\x03\x04": "an Excel file (.xlsx) or another archive; give it the ending .xlsx, or say format: xlsx",
    b"\xd0\xcf\x11\xe0": "an old Excel file (.xls); save it as .xlsx or CSV",
    b"\x1f\x8b": "compressed with gzip; unpack it first",
    b"%PDF": "a PDF; save the table as CSV",
}


@dataclass(frozen=True, slots=True)
class Detected:
    """An encoding, and why it is not UTF-8 where that was to be expected."""

    encoding: TableEncoding
    why: str = ""
    word: str = ""
    """One that shows whether it is right."""


@dataclass(frozen=True, slots=True)
class _Broken:
    line: int
    byte: int
    word: bytes
    """What it stands in, between commas and blanks."""


def detect(stream: BinaryIO) -> Detected:
    """Find the encoding by reading all of a file; Unreadable names what is in the way."""
    head = stream.read(SAMPLE)
    _refuse_binary(head)
    for mark, encoding in _MARKS:
        if head.startswith(mark):
            return Detected(_checked(stream, encoding))
    guess = _utf_16(head)
    if guess is not None:
        return Detected(_checked(stream, guess), "every other byte is 0")
    broken = _scan(stream, TableEncoding.UTF_8)
    if broken is None:
        return Detected(TableEncoding.UTF_8)
    if _scan(stream, TableEncoding.GB18030) is None:
        why = f"line {broken.line} is not UTF-8 (byte {broken.byte:#04x})"
        return Detected(TableEncoding.GB18030, why, broken.word.decode("gb18030", "replace"))
    raise Unreadable(
        f"line {broken.line}: the byte {broken.byte:#04x} is not UTF-8, and the file is not GB18030 either. "
        "Save it as UTF-8."
    )


def check(stream: BinaryIO, encoding: TableEncoding) -> None:
    """Refuse a file that is not what somebody says it is, and lines that no memory should hold."""
    _refuse_binary(stream.read(SAMPLE))
    _checked(stream, encoding)


def codec(encoding: TableEncoding) -> str:
    """Return Python's name of the decoder, which swallows a mark of UTF-8."""
    return "utf-8-sig" if encoding is TableEncoding.UTF_8 else encoding.value


def _checked(stream: BinaryIO, encoding: TableEncoding | None) -> TableEncoding:
    if encoding is None:
        raise Unreadable("This is UTF-32, which is not read here. Save it as UTF-8.")
    broken = _scan(stream, encoding)
    if broken is not None:
        raise Unreadable(
            f"line {broken.line}: the byte {broken.byte:#04x} is not {encoding.value}. Save the file as UTF-8, or say "
            "its encoding."
        )
    return encoding


def _scan(stream: BinaryIO, encoding: TableEncoding) -> _Broken | None:
    """Decode all of it, keeping nothing, and return where that fails."""
    decoder, line = codecs.getincrementaldecoder(codec(encoding))("strict"), 1
    stream.seek(0)
    while True:
        chunk = stream.read(CHUNK)
        if len(chunk) == CHUNK and b"\n" not in chunk and b"\r" not in chunk:
            raise Unreadable(f"line {line} is longer than {CHUNK:,} bytes; this is no table of recipients.")
        try:
            decoder.decode(chunk, final=not chunk)
        except UnicodeDecodeError as error:
            before = error.object[: error.start]
            return _Broken(line + before.count(b"\n"), error.object[error.start], _word(error.object, error.start))
        except UnicodeError:  # UTF-16 without the mark that says which half comes first
            return _Broken(1, chunk[0], _word(chunk, 0))
        if not chunk:
            return None
        line += chunk.count(b"\n")


def _word(content: bytes, place: int) -> bytes:
    """Cut out what stands between blanks, commas and quotation marks; those are never half a character of GB18030."""
    before, after = content[max(place - LONGEST_WORD, 0) : place], content[place : place + LONGEST_WORD]
    return _EDGE.split(before)[-1] + _EDGE.split(after)[0]


def _utf_16(head: bytes) -> TableEncoding | None:
    """Text of mostly Latin characters and line breaks has a zero in every other byte."""
    if len(head) < 2 or b"\0" not in head:
        return None
    pairs = len(head) // 2
    even, odd = head[0::2].count(0) / pairs, head[1::2].count(0) / pairs
    if max(even, odd) < 0.2 or min(even, odd) > 0.05:
        return None
    return TableEncoding.UTF_16_LE if odd > even else TableEncoding.UTF_16_BE


def _refuse_binary(head: bytes) -> None:
    for mark, words in _BINARY.items():
        if head.startswith(mark):
            raise Unreadable(f"This is {words}.")
