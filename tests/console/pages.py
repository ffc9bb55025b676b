"""What tests of the history, the inbox and the accounts share."""

from __future__ import annotations

from typing import Any

from textual.pilot import Pilot
from textual.screen import ModalScreen
from textual.widget import Widget

from pushtui.console.app import PushtuiApp
from pushtui.console.screens.sandbox import SandboxScreen
from pushtui.console.widgets.table import Table
from pushtui.domain.draft import Draft
from pushtui.domain.run import Run
from pushtui.services.services import Services
from tests.bodies import push
from tests.console.full import settle, until


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
    """Return the cells of the table that is shown, if one is."""
    tables = [table for table in pilot.app.screen.query(Table) if _shown(table)]
    return [[cell.plain for cell in table.get_row_at(row)] for table in tables for row in range(table.row_count)]


def _shown(widget: Widget) -> bool:
    return all(node.display for node in widget.ancestors_with_self if isinstance(node, Widget))


async def open_sandbox(pilot: Pilot[int], *keys: str) -> SandboxScreen:
    """Go to the sandbox's screen, wait until it knows what there is, and press keys."""
    await press(pilot, "f4")
    screen = pilot.app.screen
    assert isinstance(screen, SandboxScreen)
    await until(pilot, lambda: bool(screen.inbox.count) or screen.has_class("-gone"))
    await press(pilot, *keys)
    return screen


def focused_id(pilot: Pilot[int]) -> str | None:
    """Return the id of what has the focus."""
    return pilot.app.focused.id if pilot.app.focused is not None else None
