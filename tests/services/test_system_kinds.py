"""The kinds of draft for named users, from a file of recipients to what handsets show."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest

from pushtui.domain.attempt import AttemptState
from pushtui.domain.draft import Draft
from pushtui.domain.reach import Extent
from pushtui.domain.reading import Reading
from pushtui.domain.recipient import RecipientSource, TableEncoding
from pushtui.domain.run import Run
from pushtui.providers.kinds import kind_named
from pushtui.providers.rongcloud.templates import personal
from pushtui.services.recipients.preview import Preview
from pushtui.services.services import Services
from tests.sandbox.client import SandboxClient
from tests.services.recipients.files import as_csv, as_excel, as_json_lines

DATA = Path(__file__).parents[1] / "data"
PEOPLE = [("u-1", "Tom"), ("用户2", "张伟"), ("u+3 =4", "José “Pepe”")]
CONTENT = '{"content":"Hi {name}"}'

DRAFTS: list[tuple[str, dict[str, Any]]] = [
    (
        "rongcloud.system-template",
        {"fromUserId": "news", "objectName": "RC:TxtMsg", "content": CONTENT, "pushContent": ["Hello {name}!"]},
    ),
    (
        "rongcloud.system",
        {
            "fromUserId": "news",
            "objectName": "RC:TxtMsg",
            "content": '{"content":"a=1&b=2 + {name}"}',
            "pushContent": "50% & more",
            "disableUpdateLastMsg": True,
            "isPersisted": 1,
        },
    ),
    ("rongcloud.push-user", {"notification": {"title": "News", "pushContent": "Something & new"}}),
]


def register(sandbox: SandboxClient, user: str, name: str) -> None:
    form = urlencode({"userId": user, "name": name}).encode()
    headers = {**sandbox.signed(), "Content-Type": "application/x-www-form-urlencoded"}
    assert sandbox.request("POST", "/user/getToken.json", form, headers).code == 200


@pytest.fixture
def people(sandbox: SandboxClient, tmp_path: Path) -> Path:
    """A file of people whom the sandbox knows, as a Chinese Excel writes it."""
    for user, name in PEOPLE:
        register(sandbox, user, name)
    path = tmp_path / "people.csv"
    rows = "".join(f"{user};{name}\r\n" for user, name in PEOPLE)
    path.write_text(f"user_id;name\r\n{rows}", encoding="gb18030", newline="")
    return path


def planned(kind: str, body: dict[str, Any], people: Path) -> Draft:
    batching = kind_named(kind).batching
    assert batching is not None
    values = tuple((name, name) for name in batching.placeholders(body))
    source = RecipientSource("user_id", str(people), values=values, encoding=TableEncoding.GB18030)
    return Draft(kind, "sandbox", body, source)


def texts(reading: Reading) -> set[str]:
    return {one.notification.text for one in reading.offline if one.notification}


@pytest.mark.parametrize(("kind", "body"), DRAFTS, ids=[kind for kind, _ in DRAFTS])
async def test_what_handsets_show_is_what_the_preview_said(
    kind: str, body: dict[str, Any], people: Path, services: Services, sandbox: SandboxClient
) -> None:
    draft = planned(kind, body, people)
    plan = await services.planning.plan(draft)
    assert not plan.findings
    assert (plan.reach.extent, plan.reach.users) == (Extent.EXACTLY, 3)
    run = await services.sending.send(plan, plan.ritual.phrase)
    assert run.state is AttemptState.ACCEPTED, run.outcome

    preview = Preview.look(kind_named(kind), draft)
    readings = {one.reading.user: one.reading for number in (1, 2, 3) if (one := preview.person(number))}
    shown: dict[str, set[str]] = {}
    messages: dict[str, set[str]] = {}
    for delivery in (one for send in sandbox.inbox() for one in send["deliveries"]):
        messages.setdefault(delivery["user"], set()).add(delivery["message"])
        if delivery["notification"]:
            shown.setdefault(delivery["user"], set()).add(delivery["notification"]["text"])
    assert shown == {user: texts(reading) for user, reading in readings.items()}
    assert messages == {user: {reading.in_app} for user, reading in readings.items()}
    assert sandbox.control("GET", "/sends")["recipients"] == {user: 1 for user, _ in PEOPLE}


async def test_a_plan_says_what_is_wrong_with_its_rows(people: Path, services: Services) -> None:
    with people.open("a", encoding="gb18030", newline="") as file:
        file.write('u-1;x\r\n;y\r\nu-5;"a ""b"""\r\n')
    plan = await services.planning.plan(planned(*DRAFTS[0], people))
    assert not plan.sendable
    assert [finding.field for finding in plan.findings] == [
        "recipients.user",
        "recipients.values.name",
        "recipients.user",
    ]


PAGE = [("user", "c", "d", "e", "data"), ("21", "1", "2", "3", "pushd"), ("22", "4", "5", "6", "pushd6")]
"""The people of the page's example; the data of each is one text there and another text here."""
WRITERS: dict[str, Callable[[Path], object]] = {
    "csv": lambda path: path.write_text(as_csv(PAGE), encoding="utf-8-sig"),
    "tsv": lambda path: path.write_text(as_csv(PAGE, "\t"), encoding="utf-16"),
    "jsonl": lambda path: path.write_text(as_json_lines(PAGE)),
    "xlsx": lambda path: as_excel(PAGE, path),
}


@pytest.mark.parametrize("ending", WRITERS)
async def test_the_example_of_the_page_from_a_file_of_people_to_handsets(
    ending: str, services: Services, sandbox: SandboxClient, tmp_path: Path
) -> None:
    for user in ("21", "22"):
        register(sandbox, user, f"User {user}")
    WRITERS[ending](tmp_path / f"people.{ending}")
    page = json.loads((DATA / "system_template_example.json").read_text())
    body = {
        **{name: page[name] for name in ("fromUserId", "objectName", "content")},
        "pushContent": page["pushContent"][:1],
        "pushData": ["{data}"],
    }
    values = tuple((name, name) for name in PAGE[0][1:])
    source = RecipientSource("user", f"people.{ending}", values=values, folder=str(tmp_path))
    plan = await services.planning.plan(Draft("rongcloud.system-template", "sandbox", body, source))
    assert [one.message for one in plan.findings] == [], plan.findings
    run = await services.sending.send(plan, plan.ritual.phrase)
    assert run.state is AttemptState.ACCEPTED, run.outcome

    (sent,) = sandbox.inbox()
    filled = [personal(sent["body"], index) for index in range(2)]
    assert filled == [personal(page, index) for index in range(2)]
    deliveries = {item["user"]: item for item in sent["deliveries"]}
    assert {user: item["message"] for user, item in deliveries.items()} == {"21": "123", "22": "456"}
    shown = {user: item["notification"]["text"] for user, item in deliveries.items()}
    assert shown == {"21": "push1", "22": "push4"}
    assert set(run_uids(run)) == {"21", "22"}


def run_uids(run: Run) -> dict[str, str]:
    """Return the UID of each one's message."""
    answer = run.outcome.answer if run.outcome else None
    assert answer is not None
    return {item["userId"]: item["messageUID"] for item in json.loads(answer.body)["messageUIDs"]}
