"""What tests of the history, the inbox and the accounts share."""

from __future__ import annotations

from typing import Any

from textual.pilot import Pilot
from textual.screen import ModalScreen

from pushtui.console.app import PushtuiApp
from pushtui.console.widgets.table import Table
from pushtui.domain.run import Run
from pushtui.domain.draft import Draft
from pushtui.services.services import Services
from tests.bodies import push
from tests.console.full import settle


def app_of(pilot: Pilot[int]) -> PushtuiApp:
    """Return the app that is driven."""
    assert isinstance(pilot.app, PushtuiApp)
    return pilot.app


def services_of(pilot: Pilot[int]) -> Services:
    """Return the services that the console opened."""
    services = app_of(pilot).services.value
    assert services is not None
    return services


async def send(services: Services, **changes: Any) -> Run:
    """Send a push to the sandbox."""
    plan = await services.planning.plan(Draft("rongcloud.push", "sandbox", push(**changes)))
    return await services.sending.send(plan, plan.ritual.phrase)


async def press(pilot: Pilot[int], *keys: str) -> None:
    """Press keys, and wait until what they started is done or asks something."""
    for key in keys:
        await pilot.press(key)
        await pilot.pause()
        if isinstance(pilot.app.screen, ModalScreen):
            continue
        await settle(pilot)


def rows(pilot: Pilot[int]) -> list[list[str]]:
    """Return the cells of the table that is shown."""
    table = pilot.app.screen.query_one(Table)
    return [[cell.plain for cell in table.get_row_at(number)] for number in range(table.row_count)]


def focused_id(pilot: Pilot[int]) -> str | None:
    """Return the id of what has the focus."""
    return pilot.app.focused.id if pilot.app.focused is not None else None
