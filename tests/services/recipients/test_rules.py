"""What is wrong with rows, with their line numbers."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pushtui.domain.finding import Severity
from pushtui.domain.reach import Extent
from pushtui.domain.recipient import RecipientSource, TableFormat
from pushtui.services.recipients.rows import INVISIBLE_ID, faults, looks_plain
from tests.services.recipients.files import as_csv, source, surveyed, told

ERROR, WARNING, ADVICE = Severity.ERROR, Severity.WARNING, Severity.ADVICE
USER, VALUE = "recipients.user", "recipients.values.c"

CASES: list[tuple[str, str, list[tuple[Severity, str, str]]]] = [
    ("all is well", "21,Tom\n", []),
    ("numbers with signs", "21,+49 170 (12) 3-4\n22,-5\n", []),
    ("missing id", '21,x\n"",Tom\n', [(ERROR, USER, "there is no user id (line 3)")]),
    ("blank id", "  ,Tom\n", [(ERROR, USER, "there is no user id (line 2)")]),
    ("blank rows", "21,x\n,\n  , \n", [(ADVICE, "recipients", "blank rows are left out (line 3; line 4)")]),
    (
        "the same twice",
        "21,x\n22,y\n21,z\n",
        [(ERROR, USER, 'the user id came before: the message would be sent twice (line 4, as on line 2: "21")')],
    ),
    ("cases count", "a,x\nA,x\n", []),
    ("blanks", " 21,x\n", [(WARNING, USER, 'blanks at the ends of the user id count as part of it (line 2: " 21")')]),
    (
        "controls in an id",
        "2\u200b1,x\n",
        [(ERROR, USER, 'the user id holds characters that nobody sees (line 2: "2\u200b1")')],
    ),
    (
        "line break in an id",
        '"2\n1",x\n',
        [(ERROR, USER, 'the user id holds characters that nobody sees (line 2: "2\\n1")')],
    ),
    (
        "shortened by a spreadsheet",
        "1.23E+15,x\n",
        [
            (
                ERROR,
                USER,
                "a spreadsheet shortened this number; format the column as text and fill it in again "
                '(line 2: "1.23E+15")',
            )
        ],
    ),
    ("an id that only looks so", "1e5,x\n2E7A,x\n1.5,x\n1.0a,x\n", []),
    (
        "an id with decimals",
        "21.0,x\n",
        [
            (
                WARNING,
                USER,
                "some programs write whole numbers with decimals; leave them away if the user id has none "
                '(line 2: "21.0")',
            )
        ],
    ),
    ("letters that nobody sees", "2\u31641,x\n", [(ERROR, USER, f'{INVISIBLE_ID} (line 2: "2\u31641")')]),
    ("id of 64 bytes", "京" * 21 + "x,x\n", []),
    (
        "id of 65 bytes",
        "京" * 21 + "xx,x\n",
        [(ERROR, USER, f'the user id is longer than 64 UTF-8 bytes (line 2: "{"京" * 21}xx")')],
    ),
    (
        "empty value",
        "21,\n",
        [(WARNING, VALUE, "the value is empty: nothing stands in place of the placeholder (line 2)")],
    ),
    (
        "blank value",
        "21, \n22,\u00a0\u3000\n",
        [(WARNING, VALUE, "the value is blank: nobody sees anything in place of the placeholder (line 2; line 3)")],
    ),
    (
        "formulas",
        "21,=1+1\n22,@x\n23,+A1\n24,-x\n",
        [
            (
                WARNING,
                VALUE,
                "looks like a formula of a spreadsheet; it is sent as the text it is "
                '(line 2: "=1+1"; line 3: "@x"; line 4: "+A1"; and 1 more)',
            )
        ],
    ),
    (
        "controls in a value",
        "21,a\u202eb\n",
        [(WARNING, VALUE, 'the value holds characters that nobody sees (line 2: "a\u202eb")')],
    ),
    (
        "too few columns",
        "21\n",
        [
            (WARNING, "recipients", 'the row has fewer columns than the header (line 2: "1 of 2")'),
            (ERROR, VALUE, "the row has no value: people would read the placeholder as it is written (line 2)"),
        ],
    ),
    (
        "too many columns",
        "21,x,y\n22,x,\n",
        [(WARNING, "recipients", 'the row has more columns than the header, which are not used (line 2: "3 of 2")')],
    ),
    ("nobody", "", [(ERROR, "recipients", "there is nobody in it")]),
]


@pytest.mark.parametrize(("rows", "expected"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_rules(rows: str, expected: list[tuple[Severity, str, str]]) -> None:
    assert told(surveyed(source("", "c", text=f"user_id,c\n{rows}"))) == expected


QUOTE = 'a "quote"'
BREAKS = "the value would break the JSON of the content"


@pytest.mark.parametrize("value", [QUOTE, "back\\", "a\\x", "two\nlines", "tab\there", '","extra":"x', "\\"])
def test_a_value_that_breaks_the_content(value: str) -> None:
    (found,) = [
        one
        for one in told(surveyed(source("", "c", text=as_csv([("user_id", "c"), ("21", value)]))))
        if one[0] is ERROR
    ]
    assert found[1] == VALUE
    assert found[2].startswith(BREAKS)
    assert "line 2" in found[2]


@pytest.mark.parametrize("value", ["it's", "“quoted”", "a/b", "emoji 👩‍👩‍👧", "{x}", "\u3000wide"])
def test_a_value_that_does_not(value: str) -> None:
    assert told(surveyed(source("", "c", text=as_csv([("user_id", "c"), ("21", value)])))) == []


def test_escapes_are_fine_but_for_the_notification() -> None:
    text = as_csv([("user_id", "c"), ("21", 'say \\"hi\\"')])
    (found,) = told(surveyed(source("", "c", text=text)))
    assert found[:2] == (WARNING, VALUE)
    assert found[2].startswith("escapes are undone in the message, but the notification shows them")
    assert told(surveyed(source("", "c", text=text), pushContent=["News"])) == []


def test_only_values_in_the_content_can_break_it() -> None:
    text = as_csv([("user_id", "c"), ("21", QUOTE)])
    body = {"content": '{"content":"Hi"}', "pushContent": ["Hello {c}"]}
    assert told(surveyed(source("", "c", text=text), **body)) == []


def test_placeholders_outside_quotation_marks_need_json() -> None:
    text = as_csv([("user_id", "c"), ("21", "5"), ("22", '{"a":1}'), ("23", "five")])
    (found,) = told(surveyed(source("", "c", text=text), content='{"content":"x","extra":{c}}', pushContent=["x"]))
    assert found[0] is ERROR
    assert found[2].startswith(BREAKS)
    assert "line 4" in found[2]


def test_a_content_that_grows_too_long() -> None:
    text = as_csv([("user_id", "c"), ("21", "x" * 100_000), ("22", "京" * 43_600), ("23", "京" * 43_700)])
    (found,) = told(surveyed(source("", "c", text=text)))
    assert (found[0], found[1]) == (ERROR, "recipients")
    assert found[2] == "the content is longer than 131,072 UTF-8 bytes with the values filled in (line 4)"


def test_a_value_that_holds_a_placeholder() -> None:
    (found,) = told(surveyed(source("", "c", text="user_id,c\n21,a {c} b\n")))
    assert found[:2] == (WARNING, VALUE)
    assert "the value itself holds a placeholder" in found[2]


def test_a_row_of_json_without_a_value() -> None:
    text = '{"user_id":"21","c":"x"}\n{"user_id":"22"}\n{"user_id":"23","c":null}\n{"user_id":"24","c":["x"]}'
    found = told(surveyed(source("", "c", text=text, format=TableFormat.JSON_LINES)))
    assert found == [
        (
            ERROR,
            VALUE,
            "the row has no value: people would read the placeholder as it is written (line 2; line 3; line 4)",
        ),
        (ERROR, "recipients", 'an object or a list is given; text or a number is needed (line 4: "[\\"x\\"]")'),
    ]


@pytest.mark.parametrize(
    ("user", "column", "said"),
    [
        ("userid", "c", "there is no column “userid”; there are “user_id”, “c”, “d”. Did you mean “user_id”?"),
        ("user_id", "d", "2 columns are called “d”; give each a name of its own"),
        ("user_id", "x", "there is no column “x”; there are “user_id”, “c”, “d”"),
    ],
)
def test_a_column_that_is_not_there(user: str, column: str, said: str) -> None:
    wrong = RecipientSource(user, text="user_id,c,d,d\n21,x,y,z\n", values=(("c", column),))
    survey = surveyed(wrong)
    assert [message for _, _, message in told(survey)] == [said]
    assert survey.count == 0


CELLS = st.tuples(st.text(min_size=1), st.text(), st.text())


@given(CELLS)
@settings(deadline=None)
def test_what_looks_plain_has_no_faults(cells: tuple[str, str, str]) -> None:
    if looks_plain(cells):
        assert list(faults(cells, ("c", "d"))) == []


@given(st.lists(st.sampled_from(["a", "b", "c", "d"]), max_size=12))
@settings(deadline=None)
def test_every_repeated_id_is_found(users: list[str]) -> None:
    found = told(surveyed(source("", text=as_csv([("user_id",), *((user,) for user in users)]))))
    twice = [one for one in found if one[1] == USER]
    repeated = len(users) - len(set(users))
    assert len(twice) == (repeated > 0)
    assert surveyed(source("", text=as_csv([("user_id",), *((user,) for user in users)]))).count == len(users)


def test_line_breaks_of_windows_are_line_breaks() -> None:
    text = as_csv([("user_id", "c"), ("21", "two\r\nlines"), ("22", "one\rhalf")])
    found = told(surveyed(source("", "c", text=text), content='{"content":"Hi"}'))
    assert [message.partition("(")[2] for _, _, message in found] == ['line 4: "one\\rhalf")']


def test_a_header_that_looks_like_a_user_is_doubted() -> None:
    (found,) = told(surveyed(RecipientSource("21", text="21\n22\n")))
    assert found[:2] == (WARNING, USER)
    assert found[2].startswith("the column of user ids is called “21”, which looks like one")


@pytest.mark.parametrize("text", ['user_id\n21\n"22\n', "uid\n21\n"])
def test_what_cannot_be_read_to_its_end_has_no_known_reach(text: str) -> None:
    survey = surveyed(source("", text=text))
    assert (survey.reach.extent, survey.reach.reason) == (
        Extent.UNKNOWN,
        "the recipients' text cannot be read to its end",
    )
    assert surveyed(source("", text="user_id\n21\n22\n")).reach.users == 2
