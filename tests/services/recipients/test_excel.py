"""Recipients in Excel files."""

from __future__ import annotations

import re
import zipfile
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from pushtui.domain.finding import Severity
from pushtui.domain.recipient import Recipient
from pushtui.services.recipients import bombs
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
        (ERROR, "in the column “c” a formula stands in place of a value"),
        (WARNING, "looks like a formula of a spreadsheet"),
        (ERROR, "in the column “c” a formula failed"),
        (ERROR, "in the column “user_id” a number may have lost digits, since Excel keeps 15"),
        (WARNING, "in the column “c” dates and times are sent as ISO 8601 writes them, not as Excel shows them"),
    ]


def test_numbers_and_dates_are_as_excel_shows_them(tmp_path: Path) -> None:
    cells = [12345, 12345.0, 0.1 + 0.2, 5e-7, -5, 1.5, date(2026, 1, 2), datetime(2026, 1, 2, 3, 4), time(3, 4), False]
    rows: list[list[Any]] = [["user_id", "c"], *([f"u{number}", cell] for number, cell in enumerate(cells))]
    assert [one.values[0][1] for one in read(source(written(tmp_path / "p.xlsx", rows), "c"))] == [
        "12345",
        "12345",
        "0.3",
        "0.0000005",
        "-5",
        "1.5",
        "2026-01-02",
        "2026-01-02T03:04:00",
        "03:04:00",
        "FALSE",
    ]


@pytest.mark.parametrize(
    ("number", "shown", "said"),
    [
        (42, "00000", "shows numbers as 00000, but the zeros in front are not in the file; make it text"),
        (0.5, "0%", "shows numbers as 0%, but they are sent as 0.5; to keep it, make it text"),
        (1234.5, "#,##0.00", "shows numbers as #,##0.00, but they are sent as 1234.5"),
        (1.5, "0", "shows numbers as 0, but they are sent as 1.5"),
        (42, "0", ""),
        (42, "General", ""),
    ],
)
def test_formats_that_hide_what_is_sent_are_told_to_those_who_send_it(
    number: float, shown: str, said: str, tmp_path: Path
) -> None:
    path = tmp_path / "p.xlsx"
    book = Workbook()
    book.active.append(["user_id", "c"])
    book.active.append(["21", number])
    book.active["B2"].number_format = shown
    book.save(path)
    assert told(surveyed(source(path), content='{"content":"Hi"}', pushContent=["Hi"])) == []
    found = [message for _, _, message in told(surveyed(source(path, "c")))]
    assert [message for message in found if "shows numbers" in message] == (
        [message for message in found if f"the column “c” {said}" in message] if said else []
    )
    assert bool(found) is bool(said)


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
    monkeypatch.setattr(bombs, "BIGGEST", 100)
    with pytest.raises(Unreadable, match="too big once unpacked"):
        read(source(path))


@pytest.mark.parametrize("cells", ["<c/>", "<c t='inlineStr'><is><t>{}</t></is></c>"])
def test_a_row_without_end_is_not_unpacked(cells: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bombs, "LONGEST_ROW", 100_000)
    monkeypatch.setattr(bombs, "PIECE", 10_000)
    path, bomb = written(tmp_path / "p.xlsx", [["user_id"], ["1"]]), tmp_path / "bomb.xlsx"
    row = "<row>" + (cells * 50_000).replace("{}", "x") + "</row>"
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            new.writestr(name, content.replace(b"</sheetData>", f"{row}</sheetData>".encode()))
    with pytest.raises(Unreadable, match="too big once unpacked"):
        read(source(bomb))


def test_many_rows_are_no_bomb(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bombs, "LONGEST_ROW", 10_000)
    monkeypatch.setattr(bombs, "PIECE", 1000)
    monkeypatch.setattr(bombs, "_NEVER_READ", re.compile("styles|theme"))
    path = written(tmp_path / "p.xlsx", [["user_id"], *([str(number)] for number in range(2000))])
    assert len(read(source(path))) == 2000
