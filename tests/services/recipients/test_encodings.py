"""Which encoding a file is in."""

from __future__ import annotations

import codecs
import io
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pushtui.domain.finding import Severity
from pushtui.domain.recipient import TableEncoding
from pushtui.services.recipients.encodings import CHUNK, Detected, check, detect
from pushtui.services.recipients.table import Unreadable
from tests.services.recipients.files import read, source, surveyed, told

PEOPLE = "user_id,c\r\n21,张伟\r\n22,José 🎉\r\n"


def found(content: bytes) -> Detected:
    return detect(io.BytesIO(content))


@pytest.mark.parametrize(
    ("content", "encoding"),
    [
        (b"", TableEncoding.UTF_8),
        (b"user_id\n21\n", TableEncoding.UTF_8),
        (PEOPLE.encode(), TableEncoding.UTF_8),
        (PEOPLE.encode("utf-8-sig"), TableEncoding.UTF_8),
        (PEOPLE.encode("utf-16"), TableEncoding.UTF_16),
        (codecs.BOM_UTF16_BE + PEOPLE.encode("utf-16-be"), TableEncoding.UTF_16),
        (PEOPLE.encode("utf-16-le"), TableEncoding.UTF_16_LE),
        (PEOPLE.encode("utf-16-be"), TableEncoding.UTF_16_BE),
        (PEOPLE.encode("gb18030"), TableEncoding.GB18030),
        ("用户,名\n1,张伟\n".encode("gbk"), TableEncoding.GB18030),
    ],
)
def test_encodings_are_told_apart(content: bytes, encoding: TableEncoding) -> None:
    assert found(content).encoding is encoding


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")))
@settings(deadline=None)
def test_what_is_utf_8_is_read_as_that(text: str) -> None:
    if not text.startswith("\ufeff") and not text.encode().startswith((b"PK\x03\x04", b"\x1f\x8b", b"%PDF")):
        assert found(text.encode()) == Detected(TableEncoding.UTF_8)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "gb18030"])
def test_each_reads_the_same_people(encoding: str, tmp_path: Path) -> None:
    (tmp_path / "people.csv").write_bytes(PEOPLE.encode(encoding))
    people = read(source(tmp_path / "people.csv", "c"))
    assert [(one.user, one.values[0][1]) for one in people] == [("21", "张伟"), ("22", "José 🎉")]


def test_a_guess_is_said_with_its_reason(tmp_path: Path) -> None:
    (tmp_path / "people.csv").write_bytes("user_id,c\n21,Tom\n22,张伟\n".encode("gb18030"))
    (guess,) = told(surveyed(source(tmp_path / "people.csv", "c")))
    assert guess[:2] == (Severity.WARNING, "recipients")
    assert guess[2].startswith('read as gb18030, because line 3 is not UTF-8 (byte 0xd5); it says "张伟" there: if')
    assert surveyed(source(tmp_path / "people.csv", "c", encoding=TableEncoding.GB18030)).findings == ()


def test_a_wrong_guess_shows_what_would_be_sent() -> None:
    latin = found("user_id,name\n21,x Müller,y\n".encode("latin-1"))
    assert (latin.encoding, latin.word) == (TableEncoding.GB18030, "M黮ler")


def test_what_is_neither_names_the_line() -> None:
    with pytest.raises(Unreadable, match=r"line 3: the byte 0xff is not UTF-8, and the file is not GB18030 either"):
        found(b"user_id\n21\n\xff\xff\n")
    with pytest.raises(Unreadable, match=r"line 2: the byte 0xd5 is not utf-8\."):
        check(io.BytesIO("user_id\n张\n".encode("gb18030")), TableEncoding.UTF_8)


@pytest.mark.parametrize("size", [CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK])
def test_characters_may_fall_between_two_pieces(size: int) -> None:
    content = (b"x" * 99 + b"\n") * (size // 100) + b"y" * (size % 100)
    assert found(content[:-2] + "张伟\n".encode()).encoding is TableEncoding.UTF_8
    broken = found(content[:-2] + "张伟\n".encode("gb18030"))
    assert broken.why.startswith(f"line {size // 100 + 1} is not UTF-8")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"PK\x03\x04...", "an Excel file"),
        (b"\xd0\xcf\x11\xe0...", "an old Excel file"),
        (b"\x1f\x8b...", "compressed with gzip"),
        (PEOPLE.encode("utf-32"), "UTF-32"),
        (b"x" * CHUNK, "line 1 is longer than 1,048,576 bytes"),
        (b"user_id\n" + b"x" * CHUNK * 2, "is longer than 1,048,576 bytes"),
    ],
)
def test_what_is_no_table_is_refused_by_name(content: bytes, said: str) -> None:
    with pytest.raises(Unreadable, match=said):
        found(content)
