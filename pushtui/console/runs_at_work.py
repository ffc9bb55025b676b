"""The runs that this console began: seen on every screen until they end, and asked about before one leaves."""

from __future__ import annotations

import asyncio
from enum import StrEnum
from functools import partial
from typing import TYPE_CHECKING

from pushtui.console.guarded import run_guarded
from pushtui.console.widgets.literal import toast
from pushtui.domain.attempt import AttemptState
from pushtui.domain.run import Phase

if TYPE_CHECKING:
    from pushtui.console.app import PushtuiApp
    from pushtui.domain.run import Run
    from pushtui.services.services import Services

LOOK_AGAIN = 1.0
"""Seconds between two looks while a run changes hands."""


class Leaving(StrEnum):
    """What becomes of runs when one leaves."""

    STAY = "Stay"
    STOP = "Stop and leave"
    DETACH = "Go on without me"


class RunsAtWork:
    """Looks at each of these runs once a second, for the row at the top of every screen."""

    def __init__(self, app: PushtuiApp) -> None:
        self._app = app
        self._seen: dict[str, Run] = {}
        self._handed_over: set[str] = set()
        """Those that are on their way from here to another process."""
        self._leaving = False

    def follow(self, run_id: str) -> None:
        """Show how far a run is until it ends."""
        if run_id not in self._seen:
            run_guarded(self._app, partial(self._follow, run_id), group="live")

    async def hand_over(self, run: Run) -> Run:
        """Let a process of its own go on with a run that is sent here."""
        services = await self._app.services.get()
        self._handed_over.add(run.id)
        try:
            return await services.here.hand_over(run)
        finally:
            self._handed_over.discard(run.id)
            self._leaving = False

    def leave(self) -> None:
        """Leave, but ask first what becomes of runs that are on their way here."""
        services = self._app.services.value
        if services is None or not services.here.ids or self._leaving:
            self._app.leave()
        elif self._handed_over:
            self._leaving = True
            toast(self._app, "A run is being handed over; wait a moment. F10 again leaves at once.", timeout=30)
        else:
            run_guarded(self._app, partial(self._ask, services), group="dialog", exclusive=True)

    async def _follow(self, run_id: str) -> None:
        services = await self._app.services.get()
        try:
            await self._look(services, run_id)
            await services.here.ended(run_id)
        finally:
            run = self._seen.pop(run_id, None)
            self._note()
        if run is not None and not run.sending:
            self._tell(run)

    async def _look(self, services: Services, run_id: str) -> None:
        """Look until it ends; one that is handed over has a moment between two processes."""
        while True:
            async for progress in services.runs.follow(run_id):
                self._seen[run_id] = progress.run
                self._note()
            if run_id in self._handed_over:
                await asyncio.sleep(LOOK_AGAIN)
            elif not (await services.history.run(run_id)).sending:
                return

    def _note(self) -> None:
        self._app.run_note = note_words(list(self._seen.values()))

    def _tell(self, run: Run) -> None:
        """Say that a run has ended, unless that is what the person looks at."""
        from pushtui.console.screens.run import RunScreen

        screen = self._app.screen
        if isinstance(screen, RunScreen) and screen.run.id == run.id:
            return
        fine = run.phase is Phase.DONE and run.state is AttemptState.ACCEPTED
        message = f"{run.tally.words}. {run.halt}".strip(" .") + ". F3 shows it."
        toast(self._app, message, title=f"Run {run.id[:8]}: {run.phase}", severity="information" if fine else "warning")

    async def _ask(self, services: Services) -> None:
        from pushtui.console.screens.base import ask
        from pushtui.console.screens.question import Dilemma

        runs = [await services.history.run(run_id) for run_id in services.here.ids]
        bound = [reason for run in runs if (reason := services.here.why_bound(run)) is not None]
        answers = [answer for answer in Leaving if not (bound and answer is Leaving.DETACH)]
        chosen = await ask(self._app, Dilemma(_question(runs, bound), [(answer.value, answer) for answer in answers]))
        if chosen is None or chosen is Leaving.STAY:
            return
        toast(self._app, "The answers under way are waited for. F10 again leaves at once.", timeout=30)
        self._leaving = True
        try:
            if chosen is Leaving.DETACH:
                await asyncio.gather(*(self.hand_over(run) for run in runs))
            else:
                await services.here.stop_all()
        finally:
            self._leaving = False
        self._app.leave()


async def open_run(app: PushtuiApp, services: Services, run: Run) -> None:
    """Show a run above the history, in place of whatever lies there."""
    from pushtui.console.screens.run import RunScreen

    with app.batch_update():
        await app.action_history()
        while len(app.screen_stack) > 1:
            await app.pop_screen()
        await app.push_screen(RunScreen(services, run))


def note_words(runs: list[Run]) -> str:
    """Return what the row at the top says of the runs that go on."""
    if not runs:
        return ""
    paused = all(run.phase is Phase.PAUSED for run in runs)
    percent = min(run.tally.percent for run in runs)
    name = "run" if len(runs) == 1 else f"{len(runs)} runs"
    return f"{Phase.PAUSED.mark if paused else Phase.SENDING.mark} {name} {percent} %"


def _question(runs: list[Run], bound: list[str]) -> str:
    left = sum(run.tally.of(AttemptState.PLANNED).recipients for run in runs)
    what = "A run goes" if len(runs) == 1 else f"{len(runs)} runs go"
    stays = f" It cannot go on without the console: {bound[0]}." if bound else ""
    return (
        f"{what} on here: {left:,} people are left. If you stop now, they stay planned, and the history (F3) can go on "
        f"with them at any time.{stays}"
    )
