"""A first look: columns, what they probably mean, and text as people paste it."""

from __future__ import annotations

import pytest

from pushtui.domain.draft import Draft
from pushtui.domain.errors import DraftError
from pushtui.domain.finding import Severity
from pushtui.domain.recipient import RecipientSource, TableFormat
from pushtui.services.recipients.guessing import guess_user, guess_values
from pushtui.services.recipients.inspecting import inspect, pasted
from pushtui.services.recipients.table import Unreadable
from tests.bodies import push
from tests.services.recipients.files import draft


@pytest.mark.parametrize(
    ("columns", "guess"),
    [
        (["name", "user_id", "id"], "user_id"),
        (["ID", "name"], "ID"),
        (["Name", "User ID"], "User ID"),
        (["uid", "id"], "uid"),
        (["姓名", "用户ID"], "用户ID"),
        (["name", "city"], ""),
        (["whatever"], "whatever"),
        ([], ""),
    ],
)
def test_the_column_of_user_ids_is_guessed_by_name(columns: list[str], guess: str) -> None:
    assert guess_user(columns) == guess


def test_columns_fill_placeholders_of_the_same_name() -> None:
    columns = ["user_id", "Name", "name", "First Name", "{code}"]
    assert guess_values(columns, ["name", "first_name", "code", "other"]) == (
        ("name", "name"),
        ("first_name", "First Name"),
        ("code", "{code}"),
    )


PASTED: list[tuple[str, TableFormat, list[str]]] = [
    ("21", TableFormat.LINES, ["21"]),
    ("21, 22;23 24\t25", TableFormat.LINES, ["21", "22", "23", "24", "25"]),
    ('["21","22", "23"]', TableFormat.LINES, ["21", "22", "23"]),
    ("('21','22')", TableFormat.LINES, ["21", "22"]),
    ("“21” ‘22’ '23", TableFormat.LINES, ["21", "22", "'23"]),
    ("21\n22\n\n23\n", TableFormat.LINES, ["21", "22", "23"]),
    ("\ufeff21\r\n22\r\n", TableFormat.LINES, ["21", "22"]),
    ("user_id\n21\n22", TableFormat.CSV, ["21", "22"]),
    ("name\tuid\nTom\t21\n", TableFormat.CSV, ["21"]),
    ('{"uid": 21, "name": "Tom"}\n', TableFormat.JSON_LINES, ["21"]),
]


@pytest.mark.parametrize(("text", "written", "users"), PASTED)
def test_pasted_text_is_understood(text: str, written: TableFormat, users: list[str]) -> None:
    found = inspect(pasted(text))
    assert (found.layout.format, found.recipients, found.findings) == (written, len(users), ())
    assert found.source is not None
    assert [sample for column in found.columns if column.is_user for sample in column.samples] == users[:3]


def test_a_list_over_several_lines_is_none() -> None:
    with pytest.raises(Unreadable, match="A list stands here"):
        pasted('[\n"21",\n"22"\n]')


def test_a_look_for_a_draft_finds_its_columns_and_what_it_lacks() -> None:
    text = "uid;c;x\n21;Tom;1\n22;;2\n"
    found = inspect(pasted(text), draft(None, content='{"content":"Hi {c}, {d}"}'))
    assert found.source == RecipientSource("uid", text=text.strip(), values=(("c", "c"),), format=TableFormat.CSV)
    assert [(column.name, column.is_user, column.placeholders, column.samples) for column in found.columns] == [
        ("uid", True, (), ("21", "22")),
        ("c", False, ("c",), ("Tom", "")),
        ("x", False, (), ("1", "2")),
    ]
    assert [(finding.severity, finding.field) for finding in found.findings] == [
        (Severity.ERROR, "content"),
        (Severity.WARNING, "recipients.values.c"),
    ]


def test_without_a_draft_every_other_column_may_be_wanted() -> None:
    found = inspect(RecipientSource("", text="user_id,a,b,a\n21,x,=1,z\n"))
    assert found.source is not None
    assert found.source.values == (("a", "a"), ("b", "b"))
    assert [finding.field for finding in found.findings] == ["recipients.values.a"]
    assert found.columns[3].samples == ()


def test_what_cannot_be_guessed_is_asked_for() -> None:
    found = inspect(RecipientSource("", text="a,b\n1,2\n"))
    assert (found.source, found.recipients) == (None, 0)
    assert found.findings[0].message.startswith("which column holds the user ids cannot be told")
    told = inspect(RecipientSource("b", text="a,b\n1,2\n"))
    assert told.recipients == 1


def test_a_lone_column_may_be_people_without_a_header() -> None:
    found = inspect(RecipientSource("", text="alice\nbob\n"))
    assert found.findings[0].message.startswith("“alice” is taken for the name of the column; if it is a user id")
    assert inspect(RecipientSource("", text="uid\nbob\n")).findings == ()
    found = inspect(RecipientSource("", text="21\n22\n"))
    assert (found.source, found.findings[0].severity) == (None, Severity.ERROR)
    assert found.findings[0].message.startswith("“21” looks like a user id")


def test_a_file_that_breaks_off_is_shown_as_far_as_it_goes() -> None:
    found = inspect(RecipientSource("", text='user_id\n21\n"22\n'))
    assert [(column.name, column.samples) for column in found.columns] == [("user_id", ("21",))]
    assert "line 3: a quotation mark is opened here" in found.findings[0].message


def test_ten_thousand_columns_are_no_trouble() -> None:
    header = ",".join(["user_id", *(f"c{number}" for number in range(10_000))])
    found = inspect(RecipientSource("", text=f"{header}\n{'1,' * 10_000}1\n"))
    assert (len(found.columns), found.recipients, found.findings) == (10_001, 1, ())


def test_a_kind_for_one_audience_takes_none() -> None:
    with pytest.raises(DraftError, match=r"rongcloud\.push goes to one audience"):
        inspect(pasted("21"), Draft("rongcloud.push", "a", push()))
