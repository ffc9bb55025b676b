"""The same message for the same people is known again in any order, in any requests, from any source."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

import pytest

from pushtui.domain.draft import Draft
from pushtui.domain.errors import Refused
from pushtui.domain.recipient import RecipientSource
from pushtui.domain.secret import Secret
from pushtui.services.recipients import sampling
from pushtui.services.services import Services
from tests.sandbox.client import SandboxClient
from tests.services.conftest import sandbox_account
from tests.services.runs import BODY, KIND, batches_of


@pytest.fixture(autouse=True)
def small_batches() -> Iterator[None]:
    """Four people a request."""
    with batches_of(4):
        yield


def people(*numbers: int) -> list[tuple[str, str]]:
    return [(f"user-{number}", f"Person {number}") for number in numbers]


def template(rows: Iterable[tuple[str, str]], **changes: Any) -> Draft:
    text = "id,name\n" + "".join(f"{user},{name}\n" for user, name in rows)
    return Draft(KIND, "sandbox", BODY | changes, RecipientSource("id", text=text, values=(("name", "name"),)))


def inside(rows: list[tuple[str, str]]) -> Draft:
    """Return the same as a body that names its people."""
    many = {
        "toUserId": [user for user, _ in rows],
        "values": [{"{name}": name} for _, name in rows],
        "pushContent": BODY["pushContent"] * len(rows),
    }
    return Draft(KIND, "sandbox", BODY | many)


async def begun(services: Services, draft: Draft) -> str:
    """Journal a run of a draft, and return the beginning of its id."""
    plan = await services.planning.plan(draft)
    return (await services.sending.begin(plan, plan.ritual.phrase)).id[:8]


async def repeats(services: Services, draft: Draft) -> list[str]:
    """Return what a plan says of runs that had the same, and see that it has to be confirmed as such."""
    plan = await services.planning.plan(draft)
    assert plan.sendable, plan.findings
    found = [finding.message for finding in plan.findings if "sending it again" in finding.message]
    assert plan.ritual.phrase.endswith(" again") is bool(found)
    assert (await services.planning.renewed(plan)).digest == plan.digest
    return found


FIRST = (*range(1, 10),)
SAME: list[tuple[str, Draft, str]] = [
    ("the same", template(people(*FIRST)), "9 of these 9 people"),
    ("in another order", template(people(*reversed(FIRST))), "9 of these 9 people"),
    ("split otherwise", template(people(20, 21, *FIRST)), "9 of these 11 people"),
    ("some of them", template(people(9, 2)), "2 of these 2 people"),
    ("in the body", inside(people(*reversed(FIRST))), "9 of these 9 people"),
    ("one with another name", template([*people(2, 3), ("user-4", "Mr. Four")]), "2 of these 3 people"),
]


@pytest.mark.parametrize(("draft", "who"), [case[1:] for case in SAME], ids=[case[0] for case in SAME])
async def test_the_same_for_the_same_people_is_told(draft: Draft, who: str, services: Services) -> None:
    run = await begun(services, template(people(*FIRST)))
    (said,) = await repeats(services, draft)
    assert said.startswith(f"the very same is in the run {run} of ")
    assert f"(9 planned) for {who}; sending it again may show it twice" in said


OTHER: list[tuple[str, Draft]] = [
    ("other people", template(people(20, 21))),
    ("another text", template(people(*FIRST), content='{"content":"Bye {name}"}')),
    ("another notification", template(people(*FIRST), pushContent=["Bye {name}"])),
    ("other values", template([(user, "dear") for user, _ in people(*FIRST)])),
    ("another sender", template(people(*FIRST), fromUserId="shop")),
]


@pytest.mark.parametrize("draft", [case[1] for case in OTHER], ids=[case[0] for case in OTHER])
async def test_something_else_is_no_repeat(draft: Draft, services: Services) -> None:
    await begun(services, template(people(*FIRST)))
    assert await repeats(services, draft) == []


@pytest.mark.parametrize(
    ("kind", "body", "field"),
    [
        (
            "rongcloud.system",
            {"fromUserId": "news", "objectName": "RC:TxtMsg", "content": '{"content":"Hi"}', "disablePush": False},
            "toUserId",
        ),
        ("rongcloud.push-user", {"notification": {"title": "T", "pushContent": "Hi"}}, "userIds"),
    ],
)
async def test_kinds_with_one_text_for_all(kind: str, body: dict[str, Any], field: str, services: Services) -> None:
    def ids(*users: str) -> Draft:
        return Draft(kind, "sandbox", body, RecipientSource("id", text="id\n" + "\n".join(users)))

    run = await begun(services, ids("a", "b", "c"))
    for draft in (ids("c", "b", "a"), Draft(kind, "sandbox", {**body, field: ["b", "c", "a"]})):
        (said,) = await repeats(services, draft)
        assert f"{run} of " in said and "for 3 of these 3 people" in said
    assert await repeats(services, ids("d")) == []


async def test_those_who_were_rejected_may_get_it_again(services: Services, sandbox: SandboxClient) -> None:
    sandbox.settings(limits=False)
    services.accounts.attach(sandbox_account(sandbox), Secret("not-the-secret"))
    plan = await services.planning.plan(template(people(1, 2, 3)))
    await services.sending.send(plan, plan.ritual.phrase)
    assert await repeats(services, template(people(3, 2, 1))) == []


async def test_of_many_a_few_are_looked_for(services: Services, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sampling, "SIZE", 16)
    await begun(services, template(people(*range(1, 101))))
    (said,) = await repeats(services, template(people(*range(100, 0, -1))))
    assert "for all or nearly all of these people" in said
    plan = await services.planning.plan(template(people(*range(51, 151))))
    assert len(plan.requests.sample) == 16
    (said,) = await repeats(services, template(people(*range(51, 151))))
    share = int(said.partition(" for about ")[2].partition(" in 100")[0])
    assert 20 <= share <= 80


async def test_another_account_is_another_matter(services: Services, sandbox: SandboxClient) -> None:
    await begun(services, template(people(1, 2)))
    other = sandbox_account(sandbox, name="other", ids={"app_key": "another"})
    services.accounts.attach(other, Secret("x"))
    assert await repeats(services, replace(template(people(2, 1)), account="other")) == []


@pytest.mark.parametrize("order", [(8, 7, 6, 5, 4, 3, 2, 1), (3, 1), (21, 22, 23, 24, 8)])
async def test_a_run_that_was_overtaken_is_not_resumed(
    services: Services, sandbox: SandboxClient, order: tuple[int, ...]
) -> None:
    sandbox.settings(limits=False)
    first = await begun(services, template(people(*range(1, 9))))
    plan = await services.planning.plan(template(people(*order)))
    later = await services.sending.send(plan, plan.ritual.phrase)
    shared = len({*range(1, 9)} & {*order})
    said = rf"later run {later.id[:8]} \({len(order)} accepted|accepted\) .*for {shared} of these 8 people"
    with pytest.raises(Refused, match=said):
        await services.sending.resume((await services.history.run(first)).id)
    assert sandbox.accepted() == -(-len(order) // 4)


async def test_a_later_run_for_others_or_one_that_was_rejected_overtakes_nobody(
    services: Services, sandbox: SandboxClient
) -> None:
    sandbox.settings(limits=False)
    run = await services.history.run(await begun(services, template(people(1, 2, 3, 4, 5))))
    await begun(services, template(people(21, 22)))
    plan = await services.planning.plan(template(people(5, 4, 3)))
    services.accounts.attach(sandbox_account(sandbox), Secret("not-the-secret"))
    await services.sending.send(plan, plan.ritual.phrase)
    services.accounts.attach(sandbox_account(sandbox), Secret(sandbox.app_secret))
    assert (await services.sending.resume(run.id)).tally.words == "5 accepted"
