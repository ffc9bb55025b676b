"""Whoever looks at recipients sees the same people: the plan, the preview, and what is sent."""

from __future__ import annotations

import json

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from pushtui.domain.finding import Severity
from pushtui.domain.recipient import RecipientSource, TableFormat
from pushtui.services.recipients.inspecting import inspect
from pushtui.services.recipients.preview import Preview
from tests.services.recipients.files import as_csv, draft, read, source, surveyed, template, told

BLANK = [
    "",
    " ",
    "\t",
    "\u00a0",
    "\u3000",
    "\u200b",
    "\ufeff",
    "\u2060\u00ad",
    "\u200d",
    "\ufe0f",
    "\u3164",
    "\u2800",
    "\x1f",
]
CELL = st.one_of(st.sampled_from([*BLANK, "21", " 21", "21\u200b", "=1"]), st.text(max_size=3))
ROWS = st.lists(st.lists(CELL, max_size=3), max_size=8)
MARKS = ["21", "22"]


def check_that_all_agree(recipients: RecipientSource) -> None:
    """Compare whom each of those who read recipients sees."""
    people, survey = read(recipients), surveyed(recipients)
    preview = Preview.look(template(), draft(recipients))
    assert survey.count == preview.count == inspect(recipients, draft(recipients)).recipients == len(people)
    seen = [preview.person(number) for number in range(1, preview.count + 1)]
    assert [one.recipient for one in seen if one] == people


@given(rows=ROWS)
@example(rows=[[cell, ""] for cell in BLANK])
@settings(deadline=None)
def test_in_a_table(rows: list[list[str]]) -> None:
    check_that_all_agree(source("", "c", text=as_csv([("user_id", "c"), *rows])))


@given(rows=st.lists(st.dictionaries(st.sampled_from(["user_id", "c"]), st.one_of(st.none(), CELL)), max_size=8))
@settings(deadline=None)
def test_in_json_lines(rows: list[dict[str, str | None]]) -> None:
    lines = [json.dumps(row) for row in ({"user_id": "0", "c": ""}, *rows)]
    check_that_all_agree(source("", "c", text="\n".join(lines), format=TableFormat.JSON_LINES))


@given(lines=st.lists(CELL, max_size=8))
@settings(deadline=None)
def test_in_plain_lines(lines: list[str]) -> None:
    check_that_all_agree(source("", text="\n".join(["0", *lines]), format=TableFormat.LINES))


@pytest.mark.parametrize("blank", BLANK)
def test_a_blank_id_is_nobody(blank: str) -> None:
    recipients = source(
        "", "c", text=as_csv([("user_id", "c"), ("21", "x"), (blank, "y"), ("22", "z"), (blank, blank)])
    )
    assert [one.user for one in read(recipients)] == MARKS
    found = told(surveyed(recipients))
    assert [(severity, path) for severity, path, _ in found] == [
        (Severity.ERROR, "recipients.user"),
        (Severity.ADVICE, "recipients"),
    ]
    assert "there is no user id (line 3)" in found[0][2]
