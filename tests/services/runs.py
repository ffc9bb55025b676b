"""Drafts for many people, and what tests do with their runs."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any
from unittest import mock

from pushtui.domain.attempt import AttemptState
from pushtui.domain.draft import Draft
from pushtui.domain.plan import Plan
from pushtui.domain.recipient import RecipientSource
from pushtui.domain.run import Run
from pushtui.providers.kinds import KINDS
from pushtui.services.services import Services

KIND = "rongcloud.system-template"
PATH = "/message/system/publish_template.json"
BODY: dict[str, Any] = {
    "fromUserId": "news",
    "objectName": "RC:TxtMsg",
    "content": '{"content":"Hello {name}"}',
    "pushContent": ["Hello {name}"],
}


def rows(count: int) -> str:
    """Write so many people as CSV."""
    return "id,name\n" + "".join(f"user-{number},Person {number}\n" for number in range(1, count + 1))


def template(count: int) -> Draft:
    """Return a draft for so many people."""
    return Draft(KIND, "sandbox", BODY, RecipientSource("id", text=rows(count), values=(("name", "name"),)))


@contextmanager
def batches_of(most: int) -> Iterator[None]:
    """Let few people need several requests."""
    kind = KINDS[KIND]
    assert kind.batching is not None
    with mock.patch.dict(KINDS, {KIND: replace(kind, batching=replace(kind.batching, most=most))}):
        yield


async def plan_for(services: Services, count: int) -> Plan:
    """Plan a template for so many people."""
    plan = await services.planning.plan(template(count))
    assert plan.sendable, plan.findings
    return plan


async def begun(services: Services, count: int) -> Run:
    """Journal a run for so many people that nobody sends yet."""
    plan = await plan_for(services, count)
    return await services.sending.begin(plan, plan.ritual.phrase)


def counted(run: Run) -> dict[str, int]:
    """Return how many people stand in each state."""
    return {state.value: count.recipients for state, count in run.tally.counts.items()}


async def ends(services: Services, run: Run) -> dict[str, AttemptState]:
    """Return the state of everybody."""
    return {result.user: result.state async for result in services.results.of(run)}


async def until(services: Services, run: Run, wanted: Callable[[Run], bool]) -> Run:
    """Look at a run until it is as wanted."""
    for _ in range(6000):
        now = await services.history.run(run.id)
        if wanted(now):
            return now
        await asyncio.sleep(0.005)
    raise AssertionError("It never is.")
