"""The history while runs go on: live, whoever sends them, and quiet when nobody does."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from pushtui.console.screens.history import HistoryScreen
from pushtui.console.screens.run import RunScreen
from tests.console.full import WIDE, screen_text, until
from tests.console.pages import press, rows, send, services_of
from tests.console.runs import hold, let_go, sent, unpaced
from tests.sandbox.client import SandboxClient
from tests.services.runs import PATH, batches_of, begun


@pytest.fixture(autouse=True)
def small_batches() -> Iterator[None]:
    """Four people a request."""
    with batches_of(4):
        yield


async def test_a_run_that_goes_on_is_followed(sandbox: SandboxClient) -> None:
    hold(sandbox)
    async with unpaced(sandbox, size=WIDE) as pilot:
        services = services_of(pilot)
        run = await begun(services, 40)
        await services.here.resume(await services.runs.rest(run.id), "sandbox 40")
        await press(pilot, "f3")
        assert rows(pilot)[0][0] == "▶ 0 %"
        assert "▶ sending: 40 in flight" in screen_text(pilot)
        let_go(sandbox)
        await until(pilot, lambda: rows(pilot)[0][0] == "✔ accepted")
        assert "✔ done" in screen_text(pilot)


async def test_a_run_of_another_process_is_followed(sandbox: SandboxClient) -> None:
    hold(sandbox)
    async with unpaced(sandbox) as pilot:
        services = services_of(pilot)
        run = await begun(services, 40)
        await services.runs.detach(run.id)
        await press(pilot, "f3")
        assert rows(pilot)[0][0].startswith("▶")
        await services.runs.pause(run.id)
        await until(pilot, lambda: rows(pilot)[0][0] == "‖ 0 %")
        let_go(sandbox)
        await services.runs.go_on(run.id)
        await until(pilot, lambda: rows(pilot)[0][0] == "✔ accepted")


async def test_nothing_is_read_again_while_nobody_sends(sandbox: SandboxClient) -> None:
    async with unpaced(sandbox) as pilot:
        await sent(services_of(pilot), 10)
        await begun(services_of(pilot), 10)
        await press(pilot, "f3")
        assert [row[0] for row in rows(pilot)] == ["■ stopped", "✔ accepted"]
        await until(pilot, lambda: not [worker for worker in pilot.app.workers if worker.group == "live"])


async def test_looking_elsewhere_ends_the_looking(sandbox: SandboxClient) -> None:
    hold(sandbox)
    async with unpaced(sandbox) as pilot:
        services = services_of(pilot)
        run = await begun(services, 40)
        await services.here.resume(await services.runs.rest(run.id), "sandbox 40")
        await press(pilot, "f3")
        assert [worker for worker in pilot.app.workers if worker.group == "live"]
        await press(pilot, "f2")
        await until(pilot, lambda: not [worker for worker in pilot.app.workers if worker.group == "live"])
        let_go(sandbox)


async def test_enter_opens_a_run_for_many_and_the_detail_of_any_other(sandbox: SandboxClient) -> None:
    sandbox.fault("answer-lost", times=1, path=PATH)
    async with unpaced(sandbox) as pilot:
        await sent(services_of(pilot), 10)
        await send(services_of(pilot))
        await press(pilot, "f3", "enter")
        history = pilot.app.screen
        assert isinstance(history, HistoryScreen) and history.reading
        await press(pilot, "escape", "down")
        assert rows(pilot)[1][0] == "? unknown"
        assert "Enter Run" in screen_text(pilot)
        await press(pilot, "enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, RunScreen))
        await press(pilot, "escape")
        await until(pilot, lambda: pilot.app.screen is history)
        assert history.table.cursor_row == 1
