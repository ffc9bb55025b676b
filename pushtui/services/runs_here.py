"""Runs that this process sends beside whatever else it does, and how it hands one over to a process of its own."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from pushtui.domain.account import Environment
from pushtui.domain.attempt import AttemptState
from pushtui.domain.errors import Refused
from pushtui.domain.run import Phase, Wish, stale_rest
from pushtui.services.recipients.importing import Told, nobody

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from pushtui.domain.plan import Plan
    from pushtui.domain.run import Run
    from pushtui.services.run_control import RunControl
    from pushtui.services.run_questions import Rest
    from pushtui.services.sandbox_link import SandboxLink
    from pushtui.services.sending import Sending


class RunsHere:
    """Begins and resumes runs without waiting for their end; what must be known stands in the journal."""

    def __init__(self, sending: Sending, runs: RunControl, sandbox: SandboxLink) -> None:
        self._sending = sending
        self._runs = runs
        self._sandbox = sandbox
        self._tasks: dict[str, asyncio.Task[Run]] = {}

    @property
    def ids(self) -> tuple[str, ...]:
        """The runs that are on their way here."""
        return tuple(run_id for run_id, task in self._tasks.items() if not task.done())

    async def begin(self, plan: Plan, confirmed_by: str, told: Told = nobody) -> Run:
        """Write the run of a plan that a person confirmed, and begin to send it. Raises what `Sending.begin` does."""
        run = await self._sending.begin(plan, confirmed_by, told)
        await self._begun(self._carry(run), run.id)
        return run

    async def resume(self, rest: Rest, confirmed_by: str) -> None:
        """Begin to send the rest of a run. Refused unless a person confirmed it, and if it has become another."""
        rest.expect(confirmed_by)
        task = self._carry(rest.run)
        await self._begun(task, rest.run.id)
        if task.done():
            task.result()

    async def resume_elsewhere(self, rest: Rest, confirmed_by: str) -> Run:
        """Have a process of its own send the rest of a run. Refused as `resume` is."""
        self._refuse_if_bound(rest.run)
        rest.expect(confirmed_by)
        return await self._runs.detach(rest.run.id, rest.run.tally)

    async def hand_over(self, run: Run) -> Run:
        """End the sending of a run here, once what is under way has ended, and let a process of its own go on.

        Nothing is sent twice, since the journal says what is still planned. Refused where that process could not
        go on, if the run was paused or stopped or stops by itself meanwhile, and if more people are left then than
        before; JournalError if the process does not begin. The rest stays planned then.
        """
        before = await self._runs.journal.run(run.id)
        self._refuse_if_bound(before)
        await self._end(before.id, self._runs.hand_over)
        now = await self._runs.journal.run(before.id)
        if now.state.final:
            return now
        reason = now.halt or await self._why_not_wished(now.id)
        if reason:
            raise Refused(f"The run {now.id[:8]} is not handed over; it has stopped: {reason}", title="Stopped")
        if _to_come(now) > _to_come(before):
            raise stale_rest(now.id)
        return await self._runs.detach(now.id, now.tally)

    async def stop(self, run_id: str) -> None:
        """End the sending of a run here, and return once what was under way has ended."""
        await self._end(run_id, self._runs.stop)

    async def _end(self, run_id: str, wish: Callable[[str], Awaitable[Run]]) -> None:
        task = self._tasks.get(run_id)
        if task is None or task.done():
            return
        try:
            await wish(run_id)
        except Refused:
            if (await self._runs.journal.run(run_id)).sending:
                raise
        await asyncio.wait((task,))  # It may have ended just before, and nobody sends it any more.

    async def _why_not_wished(self, run_id: str) -> str:
        """Say what ended a run that was to be handed over, unless that did."""
        stopped = await self._runs.journal.wished(run_id) is Wish.STOP
        return "somebody told it to stop." if stopped else ""

    async def stop_all(self) -> None:
        """End the sending of all runs here, and return once what was under way has ended."""
        await asyncio.gather(*(self.stop(run_id) for run_id in self.ids))

    async def ended(self, run_id: str) -> None:
        """Wait until this process no longer sends a run; raises what ended it, if something did."""
        task = self._tasks.get(run_id)
        if task is not None:
            await asyncio.shield(task)

    async def close(self) -> None:
        """Give the answers under way a moment, and end; what is planned stays planned."""
        tasks = [task for task in self._tasks.values() if not task.done()]
        for task in tasks:
            task.cancel()
        if tasks:
            await asyncio.wait(tasks)

    def why_bound(self, run: Run) -> str | None:
        """Say why no other process could go on with a run; None if one could."""
        if run.phase is Phase.PAUSED:
            return "it is paused; a process of its own would send at once"
        if run.environment is Environment.SANDBOX and self._sandbox.is_ours:
            return "this sandbox ends with the console; `pushtui sandbox` serves one that stays"
        return None

    def _refuse_if_bound(self, run: Run) -> None:
        reason = self.why_bound(run)
        if reason is not None:
            raise Refused(f"The run {run.id[:8]} cannot go on elsewhere: {reason}.")

    def _carry(self, run: Run) -> asyncio.Task[Run]:
        """Send what was planned of a run when it was looked at."""
        task = asyncio.create_task(self._sending.resume(run.id, confirmed=run.tally))
        task.add_done_callback(_heard)
        self._tasks[run.id] = task
        return task

    async def _begun(self, task: asyncio.Task[Run], run_id: str) -> None:
        """Wait until the journal knows that the run is being sent, or that it is over already."""
        while not task.done() and not (await self._runs.journal.run(run_id)).sending:
            await asyncio.wait((task,), timeout=BEGUN_LOOK)


BEGUN_LOOK = 0.05
"""Seconds between looks at whether a run has begun."""


def _to_come(run: Run) -> int:
    """Count those whom a run may yet send to; what is under way may be planned once more."""
    return sum(run.tally.of(state).recipients for state in (AttemptState.PLANNED, AttemptState.IN_FLIGHT))


def _heard(task: asyncio.Task[Run]) -> None:
    """Take note of a failure: `ended` tells it to whoever waits, and the journal keeps it."""
    if not task.cancelled():
        task.exception()
