"""The history, read over the real journal."""

from __future__ import annotations

import pytest

from pushtui.domain.draft import Draft
from pushtui.domain.errors import JournalError
from pushtui.services.services import Services
from tests.bodies import push


async def send(services: Services, user: str) -> str:
    body = push(audience={"userid": [user], "is_to_all": False})
    plan = await services.planning.plan(Draft("rongcloud.push", "sandbox", body))
    return (await services.sending.send(plan, plan.ritual.phrase)).id


async def test_runs_come_newest_first_and_as_many_as_asked_for(services: Services) -> None:
    first, second = await send(services, "123"), await send(services, "456")
    assert [run.id for run in await services.history.runs()] == [second, first]
    assert [run.id for run in await services.history.runs(1)] == [second]


async def test_a_run_is_found_by_the_beginning_of_its_id(services: Services) -> None:
    first = await send(services, "123")
    assert (await services.history.run(first[:8])).id == first
    with pytest.raises(JournalError, match="No run's id begins with"):
        await services.history.run("no-such-run")
