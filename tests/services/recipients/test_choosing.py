"""What a person chooses about recipients, and what the draft then says."""

from __future__ import annotations

from pathlib import Path

import pytest

from pushtui.domain.draft import Draft
from pushtui.domain.errors import DraftError
from pushtui.domain.recipient import RecipientSource, TableFormat
from pushtui.services.recipients.choosing import (
    LONGEST_TEXT,
    Need,
    Where,
    as_text,
    filled_by,
    in_file,
    into_body,
    likely_column,
    needs,
    unused,
    where,
)
from pushtui.services.recipients.inspecting import inspect
from tests.services.recipients.files import BODY, draft, source

PEOPLE = "user_id,Name,c\n21,Tom,123\n22,Ann,456\n"


def text(given: str, known: RecipientSource | None = None) -> RecipientSource:
    return as_text(given, draft(known))


def test_a_file_is_taken_with_its_likely_columns(tmp_path: Path) -> None:
    (tmp_path / "people.csv").write_text(PEOPLE)
    found = in_file("people.csv", draft(None), tmp_path)
    assert (found.file, found.user, found.values) == ("people.csv", "user_id", (("c", "c"),))
    assert where(found) is Where.FILE


def test_a_file_inside_the_drafts_folder_is_named_from_there(tmp_path: Path) -> None:
    (tmp_path / "people.csv").write_text(PEOPLE)
    assert in_file(str(tmp_path / "people.csv"), draft(None), tmp_path).file == "people.csv"
    assert in_file(str(tmp_path / "people.csv"), draft(None), None).file == str(tmp_path / "people.csv")


def test_a_file_of_the_working_directory_is_found_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "people.csv").write_text(PEOPLE)
    (tmp_path / "drafts").mkdir()
    monkeypatch.chdir(tmp_path)
    assert in_file("people.csv", draft(None), tmp_path / "drafts").path == tmp_path / "people.csv"


def test_another_file_keeps_the_columns_of_the_same_names(tmp_path: Path) -> None:
    (tmp_path / "more.csv").write_text("id,Name,c\n23,Bo,789\n")
    known = RecipientSource("user_id", "people.csv", values=(("name", "Name"), ("c", "code")))
    found = in_file("more.csv", draft(known), tmp_path)
    assert (found.user, dict(found.values)) == ("id", {"name": "Name", "c": "c"})


def test_without_a_likely_column_nothing_can_be_sent(tmp_path: Path) -> None:
    (tmp_path / "people.csv").write_text("a,b\n1,2\n")
    found = in_file("people.csv", draft(None), tmp_path)
    assert [finding.message for finding in inspect(found, draft(found)).findings if "user_id" in finding.message]


def test_a_file_that_cannot_be_read_is_what_the_draft_says(tmp_path: Path) -> None:
    assert in_file("nowhere.csv", draft(None), tmp_path) == RecipientSource("user_id", "nowhere.csv")
    known = source("people.csv", "c")
    assert in_file("nowhere.csv", draft(known), tmp_path) == source("nowhere.csv", "c")


@pytest.mark.parametrize("typed", ['"open', "{", '{"a":'])
def test_rows_that_cannot_be_read_yet_stay_as_they_are(typed: str) -> None:
    assert text(typed).text == typed


def test_a_header_that_is_being_typed_never_becomes_a_person() -> None:
    known = text("user_id")
    for typed in ("user_id\n", "user_id\n2", "user_id\n21"):
        known = text(typed, known)
    assert [column.samples for column in inspect(known, draft(known)).columns] == [("21",)]


def test_columns_keep_their_meaning_while_rows_are_typed() -> None:
    known = filled_by(text(PEOPLE), Need("c", "c"), "Name")
    assert text(PEOPLE + "23,Bo,789\n", known).values == (("c", "Name"),)
    assert text("id,Name\n21,Tom\n", known).user == "id"


def test_ids_alone_are_recipients() -> None:
    found = text("21, 22;23")
    assert (found.format, found.text.split()) == (TableFormat.LINES, ["21", "22", "23"])
    found = as_text(" \n", draft(None))
    assert found.is_empty
    assert where(found) is Where.TEXT


def test_a_text_that_is_too_long_for_a_draft_is_refused() -> None:
    with pytest.raises(DraftError, match="Save them as a file"):
        as_text("x" * (LONGEST_TEXT + 1), draft(None))


def test_needs_name_their_columns_and_the_first_rows() -> None:
    known = text(PEOPLE)
    found = inspect(known, draft(known))
    assert needs(found, known, draft(known)) == (Need("", "user_id", ("21", "22")), Need("c", "c", ("123", "456")))
    assert [column.name for column in unused(found, known)] == ["Name"]
    other = draft(known, content='{"content":"{c} {name}"}')
    missing = needs(found, known, other)[2]
    assert (missing.label, missing.column, likely_column(missing, found)) == ("{name}", "", "Name")
    assert filled_by(known, missing, "Name").values == (("c", "c"), ("name", "Name"))
    assert filled_by(known, Need("c", "c"), "").values == ()


def test_a_few_recipients_can_stand_in_the_body() -> None:
    body = into_body(draft(text(PEOPLE)))
    assert body is not None
    assert (body["toUserId"], body["values"]) == (["21", "22"], [{"{c}": "123"}, {"{c}": "456"}])
    assert body["pushContent"] == ["Hello {c}", "Hello {c}"]


@pytest.mark.parametrize("rows", ["".join(f"{n},x,1\n" for n in range(101)), ""])
def test_too_many_or_none_cannot(rows: str) -> None:
    known = source(text="user_id,Name,c\n" + rows)
    assert into_body(Draft("rongcloud.system-template", "sandbox", BODY, known)) is None
