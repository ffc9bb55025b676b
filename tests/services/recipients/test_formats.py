"""Every format in every encoding gives back what was written."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pushtui.domain.recipient import Recipient, RecipientSource, TableEncoding, TableFormat
from pushtui.services.recipients.importing import Survey
from pushtui.services.recipients.rows import names_somebody
from pushtui.services.recipients.table import Unreadable
from tests.services.recipients.files import as_csv, as_excel, as_json_lines, draft, read, source, surveyed, template

ANY = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
ID = ANY.filter(names_somebody)
ROWS = st.lists(st.tuples(ID, ANY, ANY), max_size=8)
HEADER = ("user_id", "c", "d")
ENCODINGS = {
    "utf-8": None,
    "utf-8-sig": None,
    "utf-16": None,
    "utf-16-le": TableEncoding.UTF_16_LE,
    "utf-16-be": TableEncoding.UTF_16_BE,
    "gb18030": TableEncoding.GB18030,
}
"""How a file is written, and what has to be said for it to be read."""

on_one_file = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)


def plain(recipients: list[Recipient]) -> list[tuple[str, str, str]]:
    return [(one.user, one.values[0][1], one.values[1][1]) for one in recipients]


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@given(rows=ROWS, line_end=st.sampled_from(["\n", "\r\n", "\r"]))
@on_one_file
def test_csv(rows: list[tuple[str, str, str]], line_end: str, delimiter: str, encoding: str, tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    path.write_bytes(as_csv([HEADER, *rows], delimiter, line_end).encode(encoding))
    assert plain(read(source(path, "c", "d", encoding=ENCODINGS[encoding]))) == rows


@pytest.mark.parametrize("encoding", ENCODINGS)
@given(rows=ROWS.filter(bool))
@on_one_file
def test_json_lines(rows: list[tuple[str, str, str]], encoding: str, tmp_path: Path) -> None:
    path = tmp_path / "people.jsonl"
    path.write_bytes(as_json_lines([HEADER, *rows]).encode(encoding))
    assert plain(read(source(path, "c", "d", encoding=ENCODINGS[encoding]))) == rows


CELL = st.text(st.characters(exclude_categories=["Cs", "Cc", "Co", "Cn"], exclude_characters="_"), max_size=20).filter(
    lambda text: not text.startswith(("=", "#"))
)


@given(rows=st.lists(st.tuples(CELL.filter(names_somebody), CELL, CELL), max_size=8))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=30)
def test_excel(rows: list[tuple[str, str, str]], tmp_path: Path) -> None:
    path = tmp_path / "people.xlsx"
    as_excel([HEADER, *rows], path)
    assert plain(read(source(path, "c", "d"))) == rows


LINE = st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"])).map(str.strip).filter(names_somebody)


@given(users=st.lists(LINE), line_end=st.sampled_from(["\n", "\r\n"]))
@on_one_file
def test_plain_lines(users: list[str], line_end: str, tmp_path: Path) -> None:
    path = tmp_path / "people.txt"
    path.write_bytes(line_end.join(users).encode())
    found = read(source(path))
    assert [one.user for one in found] == [user.strip("\ufeff \t") for user in users]


@given(rows=ROWS)
@settings(deadline=None)
def test_text_in_the_draft(rows: list[tuple[str, str, str]]) -> None:
    assert plain(read(source("", "c", "d", text=as_csv([HEADER, *rows])))) == rows


@given(rows=ROWS)
@settings(deadline=None)
def test_what_is_looked_at_is_what_is_sent(rows: list[tuple[str, str, str]]) -> None:
    recipients = source("", "c", "d", text=as_csv([HEADER, *rows]))
    assert list(Survey(template(), draft(recipients))) == read(recipients)


def test_lines_are_those_of_an_editor() -> None:
    text = 'user_id,c\n21,one\n\n22,"two\nlines"\n"23","a ""quoted"" one"\r\n24,four'
    assert [(one.line, one.user) for one in read(source("", "c", text=text))] == [
        (2, "21"),
        (4, "22"),
        (6, "23"),
        (7, "24"),
    ]


def test_a_line_for_excel_says_what_splits() -> None:
    found = read(source("", "c", text="sep=;\r\nuser_id;c\r\n21;a,b\r\n"))
    assert found == [Recipient(3, "21", (("c", "a,b"),))]


def test_tabs_split_what_is_said_to_be_tsv() -> None:
    text = "user_id,x\tc\n21\t1\n"
    tabbed = RecipientSource("user_id,x", text=text, values=(("c", "c"),), format=TableFormat.TSV)
    assert read(tabbed) == [Recipient(2, "21", (("c", "1"),))]


def test_numbers_of_json_keep_their_digits() -> None:
    text = '{"user_id":12345678901234567890,"c":1.10}\n\n{"user_id":"22","c":true}\n'
    found = read(source("", "c", text=text, format=TableFormat.JSON_LINES))
    assert found == [
        Recipient(1, "12345678901234567890", (("c", "1.10"),)),
        Recipient(3, "22", (("c", "true"),)),
    ]


@pytest.mark.parametrize(
    ("text", "written", "said"),
    [
        ("\n\n", TableFormat.CSV, "There is no header"),
        ('user_id\n21\n"22\n23\n', TableFormat.CSV, "line 3: a quotation mark is opened here and never closed"),
        ('user_id,c\n21,"a"b\n', TableFormat.CSV, "line 2: a quoted value goes on behind its closing quotation mark"),
        ("user_id\n" + "x" * 200_000, TableFormat.CSV, "line 2: a value has more than 131,072 characters"),
        ("\n", TableFormat.JSON_LINES, "There are no rows"),
        ("[]", TableFormat.JSON_LINES, "line 1: a list stands here.* Write each object in a line of its own"),
        ('[{"user_id":"1"},', TableFormat.JSON_LINES, "line 1: .* Write each object in a line of its own"),
        ('{\n"user_id":"1"}', TableFormat.JSON_LINES, "line 1: .* Write each object in a line of its own"),
        ("\0\0,c\n21,x", TableFormat.CSV, "This is no text file: its first line holds zero bytes"),
        ('{"user_id":"1"}\n{"user_id":', TableFormat.JSON_LINES, "line 2: this is not one JSON object"),
        ('{"user_id":"1","user_id":"2"}', TableFormat.JSON_LINES, "line 1: the key “user_id” stands twice"),
        ('{"user_id":"\\ud800"}', TableFormat.JSON_LINES, "line 1: half a character"),
        ('{"user_id":' + "[" * 100_000, TableFormat.JSON_LINES, "line 1: this is not one JSON object"),
        ("x", TableFormat.XLSX, "an Excel file is no text"),
    ],
)
def test_what_cannot_be_read_says_where_and_why(text: str, written: TableFormat, said: str) -> None:
    with pytest.raises(Unreadable, match=f"the recipients' text: .*{said}"):
        read(source("", text=text, format=written))
    survey = surveyed(source("", text=text, format=written))
    assert re.search(said, survey.findings[-1].message)


def test_a_file_that_cannot_be_opened_says_why(tmp_path: Path) -> None:
    (tmp_path / "people.doc").write_text("x")
    (tmp_path / "people").write_text("x")
    (tmp_path / "folder.csv").mkdir()
    (tmp_path / "loop.csv").symlink_to("loop.csv")
    os.mkfifo(tmp_path / "pipe.csv")
    for name, said in (
        ("nobody.csv", "No such file"),
        ("people.doc", "the ending “.doc” says no format; known are .csv"),
        ("people", "a name without an ending says no format; known are .csv"),
        ("folder.csv", "it is a folder; name a file in it"),
        ("pipe.csv", "they cannot come through a pipe; save them to a file"),
        ("loop.csv", "Too many levels of symbolic links"),
    ):
        with pytest.raises(Unreadable, match=rf"{name}: .*{said}"):
            read(source(tmp_path / name))


@pytest.mark.parametrize("ending", [".xls", ".XLSB", ".ods", ".numbers", ".json"])
def test_what_is_not_read_says_what_to_do(ending: str, tmp_path: Path) -> None:
    (tmp_path / f"people{ending}").write_text("[]")
    with pytest.raises(Unreadable, match=r"save it as|export it as|Write each object in a line of its own"):
        read(source(tmp_path / f"people{ending}"))


def test_a_relative_file_is_found_beside_the_draft(tmp_path: Path) -> None:
    (tmp_path / "people.csv").write_text("user_id\n21\n")
    assert read(source("people.csv", folder=str(tmp_path))) == [Recipient(2, "21")]
