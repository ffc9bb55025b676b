"""Recipients in Excel files."""

from __future__ import annotations

import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from pushtui.domain.finding import Severity
from pushtui.domain.recipient import Recipient
from pushtui.services.recipients import excel
from pushtui.services.recipients.table import Unreadable
from tests.services.recipients.files import read, source, surveyed, told

ERROR, WARNING = Severity.ERROR, Severity.WARNING


def written(path: Path, rows: list[list[Any]], **sheets: list[list[Any]]) -> Path:
    book = Workbook()
    for name, content in {"People": rows, **sheets}.items():
        sheet = book.create_sheet(name)
        for row in content:
            sheet.append(row)
    book.remove(book.worksheets[0])
    book.save(path)
    return path


def test_cells_become_the_text_that_they_show(tmp_path: Path) -> None:
    rows: list[list[Any]] = [["user_id", "c"], [21, 1.5], ["022", True], [23.0, None], [None, None], [25, " x "]]
    assert read(source(written(tmp_path / "p.xlsx", rows), "c")) == [
        Recipient(2, "21", (("c", "1.5"),)),
        Recipient(3, "022", (("c", "TRUE"),)),
        Recipient(4, "23", (("c", ""),)),
        Recipient(6, "25", (("c", " x "),)),
    ]


def test_the_header_may_come_late_and_cells_may_be_missing(tmp_path: Path) -> None:
    path = tmp_path / "p.xlsx"
    rows: list[list[Any]] = [[], [None, "user_id", "c"], [None, "21"], ["note"], [None, "22", "x", "more"]]
    assert [one[:2] for one in read(source(written(path, rows), "c"))] == [(3, "21"), (5, "22")]


def test_a_sheet_is_chosen_by_name(tmp_path: Path) -> None:
    path = written(tmp_path / "p.xlsx", [["user_id"], ["1"]], Others=[["user_id"], ["2"]])
    assert [one.user for one in read(source(path))] == ["1"]
    assert [one.user for one in read(source(path, sheet="Others"))] == ["2"]
    with pytest.raises(
        Unreadable, match=r"“Other” is not in the file; there are: People, Others\. Did you mean “Others”"
    ):
        read(source(path, sheet="Other"))


def test_what_excel_does_to_values_is_told(tmp_path: Path) -> None:
    rows: list[list[Any]] = [
        ["user_id", "c"],
        ["21", "=1+1"],
        ["22", "#N/A"],
        [12345678901234567, "x"],
        ["24", date(2026, 11, 22)],
        ["25", "#1 fan"],
    ]
    found = told(surveyed(source(written(tmp_path / "p.xlsx", rows), "c")))
    assert [(severity, message.partition(";")[0].partition(" (")[0]) for severity, _, message in found] == [
        (ERROR, "a formula stands here, not a value"),
        (WARNING, "looks like a formula of a spreadsheet"),
        (ERROR, "a formula failed here"),
        (ERROR, "Excel keeps 15 digits of a number, so this one may have lost some"),
        (WARNING, "a date or time"),
    ]


def test_zeros_that_are_only_shown_are_told(tmp_path: Path) -> None:
    path = tmp_path / "p.xlsx"
    book = Workbook()
    book.active.append(["user_id"])
    book.active.append([42])
    book.active["A2"].number_format = "00000"
    book.save(path)
    assert "the column “user_id” shows numbers as 00000" in told(surveyed(source(path)))[0][2]


def test_what_is_no_workbook_says_so(tmp_path: Path) -> None:
    path = tmp_path / "p.xlsx"
    path.write_text("user_id\n21\n")
    with pytest.raises(Unreadable, match=r"p\.xlsx: This is not an Excel file"):
        read(source(path))
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("xl/workbook.xml", "<x")
    with pytest.raises(Unreadable, match="This is not an Excel file that can be read"):
        read(source(path))
    written(path, [])
    with pytest.raises(Unreadable, match="The sheet is empty"):
        read(source(path))


def test_a_sheet_that_breaks_off_says_where(tmp_path: Path) -> None:
    whole, broken = written(tmp_path / "p.xlsx", [["user_id"], ["1"], ["2"]]), tmp_path / "b.xlsx"
    with zipfile.ZipFile(whole) as old, zipfile.ZipFile(broken, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            new.writestr(name, content.replace(b"</sheetData>", b"<<<") if "sheet1" in name else content)
    survey = surveyed(source(broken))
    assert "cannot be read" in survey.findings[0].message
    assert survey.findings[0].severity is ERROR


def test_a_bomb_is_not_unpacked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = written(tmp_path / "p.xlsx", [["user_id"], ["1"]])
    monkeypatch.setattr(excel, "BIGGEST", 100)
    with pytest.raises(Unreadable, match="too big once unpacked"):
        read(source(path))
