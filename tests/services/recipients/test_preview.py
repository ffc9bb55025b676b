"""Stepping through people, and the worst cases among them."""

from __future__ import annotations

import json
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from pushtui.domain.draft import Draft
from pushtui.domain.recipient import Recipient
from pushtui.services.recipients import preview
from pushtui.services.recipients.preview import Preview, Worst
from tests.services.recipients.files import KIND, as_csv, draft, source, template

PAGE = Path(__file__).parents[2] / "data" / "system_template_example.json"


def test_the_pages_example_person_by_person() -> None:
    found = Preview.look(template(), Draft(KIND, "sandbox", json.loads(PAGE.read_text())))
    assert found.count == 2
    people = [found.person(number) for number in (1, 2)]
    assert [(one.reading.user, one.reading.in_app) for one in people if one] == [("21", "123"), ("22", "456")]
    assert found.person(0) is found.person(3) is None


def test_people_of_a_source() -> None:
    text = "user_id,c\n21,Tom\n22,Jerry\n"
    found = Preview.look(template(), draft(source("", "c", text=text), content='{"content":"Hi {c} {d}"}'))
    person = found.person(2)
    assert person is not None
    assert (person.number, person.recipient.line, person.reading.in_app) == (2, 3, "Hi Jerry {d}")
    assert person.reading.leaks == ("{d}",)
    assert [one.notification.text for one in person.reading.offline if one.notification] == ["Hello Jerry"] * 3
    assert found.findings == ()


def test_those_far_behind_are_read_again(tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    path.write_text(as_csv([("user_id", "c"), *((f"u{number}", str(number)) for number in range(1, 1501))]))
    found = Preview.look(template(), draft(source(path, "c")))
    for number in (1, preview.KEPT, preview.KEPT + 1, 1500):
        person = found.person(number)
        assert person is not None
        assert person.reading.in_app == f"Hi {number}"
    assert found.person(1501) is None
    path.unlink()
    assert found.person(preview.KEPT) is not None


def test_the_worst_come_first() -> None:
    rows = [("21", "short"), ("22", " "), ("23", "a very long value"), ("24", "x"), ("25", "a long value")]
    found = Preview.look(template(), draft(source("", "c", text=as_csv([("user_id", "c"), *rows]))))
    assert [one.reading.user for one in found.longest()] == ["23", "25", "21", "22", "24"]
    assert [one.reading.user for one in found.emptiest()] == ["22", "24", "21", "25", "23"]
    assert [one.number for one in found.longest()[:2]] == [3, 5]


@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5)), max_size=40))
@settings(deadline=None)
def test_the_worst_are_those_of_all(lengths: list[tuple[int, int]]) -> None:
    worst, people = Worst(), list[tuple[int, Recipient]]()
    for number, (first, second) in enumerate(lengths, 1):
        recipient = Recipient(number, f"u{number}", (("c", "x" * first), ("d", "y" * second)))
        people.append((number, recipient))
        worst.add(number, recipient)
    longest = sorted(people, key=lambda one: (-sum(len(value) for _, value in one[1].values), one[0]))
    emptiest = sorted(
        people,
        key=lambda one: (
            -[value for _, value in one[1].values].count(""),
            sum(len(value) for _, value in one[1].values),
            one[0],
        ),
    )
    assert list(worst.longest) == longest[: preview.WORST]
    assert list(worst.emptiest) == emptiest[: preview.WORST]
