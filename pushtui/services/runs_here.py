"""Runs that this process sends beside whatever else it does, and how it hands one over to a process of its own."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import TYPE_CHECKING

from pushtui.domain.account import Environment
from pushtui.domain.errors import Refused
from pushtui.domain.run import Phase
from pushtui.services.recipients.importing import Told, nobody
from pushtui.services.run_control import ritual_of_rest

if TYPE_CHECKING:
    from pushtui.domain.confirmation import Ritual
    from pushtui.domain.plan import Plan
    from pushtui.domain.run import Run
    from pushtui.services.run_control import RunControl
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
        await self._begun(self._carry(run.id), run.id)
        return run

    async def ritual(self, run: Run) -> Ritual:
        """Return what a person has to do so that the rest of a run is sent."""
        return ritual_of_rest(run)

    async def resume(self, run: Run, confirmed_by: str) -> None:
        """Begin to send what of a run is planned. Refused unless a person confirmed that."""
        await self._check(run, confirmed_by)
        task = self._carry(run.id)
        await self._begun(task, run.id)
        if task.done():
            task.result()

    async def resume_elsewhere(self, run: Run, confirmed_by: str) -> Run:
        """Have a process of its own send what of a run is planned. Refused unless a person confirmed that."""
        self._refuse_if_bound(run)
        await self._check(run, confirmed_by)
        return await self._runs.detach(run.id)

    async def hand_over(self, run: Run) -> Run:
        """End the sending of a run here, once what is under way has ended, and let a process of its own go on.

        Nothing is sent twice, since the journal says what is still planned. Refused where that process could not
        go on; JournalError if it does not begin, and then the rest stays planned.
        """
        self._refuse_if_bound(run)
        await self.stop(run.id)
        now = await self._runs.journal.run(run.id)
        return now if now.state.final else await self._runs.detach(run.id)

    async def stop(self, run_id: str) -> None:
        """End the sending of a run here, and return once what was under way has ended."""
        task = self._tasks.get(run_id)
        if task is not None and not task.done():
            with suppress(Refused):  # It has just ended, and nobody sends it any more.
                await self._runs.stop(run_id)
            await asyncio.wait((task,))

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

    async def _check(self, run: Run, confirmed_by: str) -> None:
        ritual = await self.ritual(run)
        if not ritual.accepts(confirmed_by) and confirmed_by != ritual.key:
            raise Refused(f"Not confirmed: type “{ritual.phrase}”. Nothing was sent.")

    def _carry(self, run_id: str) -> asyncio.Task[Run]:
        task = asyncio.create_task(self._sending.resume(run_id))
        task.add_done_callback(_heard)
        self._tasks[run_id] = task
        return task

    async def _begun(self, task: asyncio.Task[Run], run_id: str) -> None:
        """Wait until the journal knows that the run is being sent, or that it is over already."""
        while not task.done() and not (await self._runs.journal.run(run_id)).sending:
            await asyncio.wait((task,), timeout=BEGUN_LOOK)


BEGUN_LOOK = 0.05
"""Seconds between looks at whether a run has begun."""


def _heard(task: asyncio.Task[Run]) -> None:
    """Take note of a failure: `ended` tells it to whoever waits, and the journal keeps it."""
    if not task.cancelled():
        task.exception()
