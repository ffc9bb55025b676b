"""What a console opens beside its first paint: journal, sandbox, account, draft."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from pushtui.domain.errors import DraftError, SandboxError

if TYPE_CHECKING:
    from pushtui.console.options import ConsoleOptions
    from pushtui.domain.attempt import Attempt
    from pushtui.services.services import Services


async def lay_draft(services: Services, options: ConsoleOptions) -> list[str]:
    """Lay the draft that was asked for, before anybody can type; return what the person should know."""
    if options.draft is None:
        return []
    try:
        await services.desk.open(options.draft)
    except DraftError as error:
        return [f"{error.message} The form is empty instead."]
    return []


async def open_up(services: Services, options: ConsoleOptions) -> list[str]:
    """Make the services usable; return what the person should know."""
    abandoned, _ = await asyncio.gather(services.journal.open(), _reach_sandbox(services, options))
    composition = services.desk.composition
    if not composition.account:
        composition.account = options.account or await services.accounts.first_name(composition.kind.provider.name)
    return [
        *filter(None, [services.journal.notice]),
        *map(_said_of, abandoned),
    ]


def _said_of(attempt: Attempt) -> str:
    return f"Run {attempt.run_id[:8]} was under way when the program ended, so its outcome is unknown. See the history."


async def close_down(services: Services) -> None:
    """Close what was opened; runs that are sent here end first, and what of them did not leave stays planned."""
    await services.here.close()
    services.recovery.close()
    await services.calls.close()
    await services.sandbox.close()
    await services.journal.close()


async def _reach_sandbox(services: Services, options: ConsoleOptions) -> None:
    """Start a sandbox of our own if asked for; else use the one that runs, if one does."""
    sandbox = services.sandbox
    if options.sandbox:
        await sandbox.start()
    else:
        try:
            await sandbox.attach()
        except SandboxError:
            return
    services.attach_sandbox()
