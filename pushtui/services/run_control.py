"""Runs that go on without a terminal: started in a process of their own, watched, paused, stopped and resumed.

Processes talk through the journal only: what is wished stands there, and so does how far a run is.
"""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
import threading
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING

import pushtui
from pushtui.domain.attempt import AttemptState
from pushtui.domain.confirmation import ritual_again
from pushtui.domain.errors import JournalError, Refused
from pushtui.domain.run import Count, Tally, Wish, stale_rest
from pushtui.files import private_folder
from pushtui.providers.kinds import kind_named
from pushtui.services.completing import all_done
from pushtui.services.run_questions import Doubt, Rest, ritual_of_rest

if TYPE_CHECKING:
    from datetime import datetime

    from pushtui.domain.clock import Clock
    from pushtui.domain.run import Run
    from pushtui.journal import Journal
    from pushtui.paths import Paths
    from pushtui.services.pacing import Sleep

LOOK_AGAIN = 1.0
"""Seconds between two looks at a run that goes on."""
START_PATIENCE = 20.0
"""Seconds for a new process to take a run over, on a machine that is busy."""
END_PATIENCE = 10.0
"""Seconds for a process that did not begin to end by itself."""
START_LOOK = 0.1
MEMORY = 10
"""Looks over which a rate is averaged."""
LOG_TAIL = 400
"""Characters of a process's last words in an error."""


@dataclass(frozen=True, slots=True)
class Progress:
    """A run at a moment."""

    run: Run
    rate: float | None = None
    """Recipients a second that were answered lately; None while nothing is known."""

    @property
    def seconds_left(self) -> float | None:
        """How long what is planned takes at this rate."""
        left = self.run.tally.of(AttemptState.PLANNED).recipients
        return left / self.rate if self.rate else None


@dataclass(frozen=True, slots=True)
class RunControl:
    """Commands runs of any process, through the journal."""

    journal: Journal
    paths: Paths
    clock: Clock
    read_only: bool = False
    sleep: Sleep = asyncio.sleep

    async def pause(self, run_id: str) -> Run:
        """Let a run wait; no further request leaves once this returns. Refused if nobody sends it."""
        return await self._wish(run_id, Wish.PAUSE)

    async def go_on(self, run_id: str) -> Run:
        """End the pause of a run that a process holds. Refused if nobody sends it."""
        return await self._wish(run_id, Wish.NONE)

    async def stop(self, run_id: str) -> Run:
        """End the process that sends a run, once what is under way has ended; the rest stays planned."""
        return await self._wish(run_id, Wish.STOP)

    async def hand_over(self, run_id: str) -> Run:
        """End the process that sends a run, as `stop` does, so that another one can go on with it.

        Refused while it is paused, or told to stop: whoever wished that would see it sent all the same.
        """
        return await self._wish(run_id, Wish.HAND_OVER)

    async def rest(self, run_id: str) -> Rest:
        """Return what of a run is planned now, for a person to confirm."""
        run = await self.journal.run(run_id)
        return Rest(run, ritual_of_rest(run))

    async def doubt(self, run_id: str) -> Doubt:
        """Return what of a run is unknown, for a person to decide about.

        Refused while a process sends the run, and for kinds whose audience only the provider knows.
        """
        run = await self.journal.run(run_id)
        if kind_named(run.draft.kind).batching is None:
            raise Refused(_open_as_draft(run))
        if run.sending:
            raise Refused(f"The run {run.id[:8]} is being sent. Stop it first.")
        left = [run.tally.of(state) for state in (AttemptState.UNKNOWN, AttemptState.IN_FLIGHT)]
        unknown = Count(sum(count.batches for count in left), sum(count.recipients for count in left))
        return Doubt(run, unknown, ritual_again(unknown.recipients, run.environment))

    async def retry_unknown(self, run_id: str, reason: str, confirmed_by: str = "") -> tuple[Run, int]:
        """Plan the requests once more of which nobody knows whether they were accepted; return how many.

        It is a person's decision, since people may get the same twice: `confirmed_by` is what the ritual of their
        `doubt` asks for, and the reason is kept. Refused without either, and where `doubt` is.
        """
        self._refuse_if_read_only()
        if not reason.strip():
            raise Refused("Why it is safe, or wanted, to send them once more has to be said. Nothing was changed.")
        doubt = await self.doubt(run_id)
        if not doubt.unknown.batches:
            return doubt.run, 0
        if not doubt.ritual.accepts(confirmed_by):
            raise Refused(f"Not confirmed: {doubt.warning} Type “{doubt.ritual.phrase}”. Nothing was changed.")
        await self.journal.retry_unknown(doubt.run.id, reason.strip(), doubt.unknown)
        return await self.journal.run(doubt.run.id), doubt.unknown.batches

    async def detach(self, run_id: str, confirmed: Tally | None = None) -> Run:
        """Start a process of its own that sends what of a run is planned, and return when it has taken it over.

        For callers who had a person confirm that: the run, or what `ritual_of_rest` asks for. `confirmed` is how the
        run stood then; refused if its rest has become another. Refused if another process sends it, or if nothing is
        left; JournalError with that process's own words if it does not begin. Whatever is raised, that process is no
        more and nothing leaves later.
        """
        self._refuse_if_read_only()
        run = await self.journal.run(run_id)
        if run.sending or run.state.final:
            raise Refused(f"The run {run.id[:8]} is being sent already." if run.sending else _nothing_left(run))
        if confirmed is not None and run.tally.rest != confirmed.rest:
            raise stale_rest(run.id)
        process = await asyncio.to_thread(_start, run, self._log(run.id))
        try:
            return await self._taken_over(process, run)
        except BaseException:
            await all_done([asyncio.create_task(asyncio.to_thread(_end, process))])
            raise

    async def _taken_over(self, process: subprocess.Popen[bytes], run: Run) -> Run:
        """Wait until a process has begun; end one that takes too long, and look once more then."""
        deadline, in_time = self.clock.monotonic() + START_PATIENCE, True
        while True:
            over = process.poll() is not None
            now = await self.journal.run(run.id)  # After the look at the process, whose last words it holds then.
            if now.sending or now.state.final or _went_further(run, now):
                return now
            if over:
                raise JournalError(await self._no_sender(now, in_time=in_time))
            in_time = self.clock.monotonic() < deadline
            await (self.sleep(START_LOOK) if in_time else asyncio.to_thread(_end, process))

    async def follow(self, run_id: str, every: float = LOOK_AGAIN) -> AsyncIterator[Progress]:
        """Yield how far a run is, every so many seconds while somebody sends it, and at its end."""
        async for progress in self.watch(run_id, every):
            yield progress
            if not progress.run.sending:
                return

    async def watch(self, run_id: str, every: float = LOOK_AGAIN) -> AsyncIterator[Progress]:
        """Yield how far a run is, every so many seconds, whether or not somebody sends it: another may begin to."""
        tallies: list[Tally] = []
        first = (await self.journal.run(run_id)).tally.latest_at
        while True:
            run = await self.journal.run(run_id)
            if run.tally.latest_at != first:
                tallies = [*tallies[1 - MEMORY :], run.tally]
            yield Progress(run, _rate(tallies, self.clock.now()) if run.sending else None)
            await self.sleep(every)

    async def _no_sender(self, run: Run, *, in_time: bool) -> str:
        """Say that a process was started and sends nothing, now or later."""
        happened = "ended at once" if in_time else f"did not begin within {START_PATIENCE:.0f} seconds and was ended"
        said = await asyncio.to_thread(_tail, self._log(run.id))
        return (
            f"The process that should send the run {run.id[:8]} {happened}; the run stands as before: "
            f"{run.state_words}. {said}"
        ).strip()

    async def _wish(self, run_id: str, wish: Wish) -> Run:
        self._refuse_if_read_only()
        run = await self.journal.run(run_id)
        await self.journal.wish(run.id, wish)
        return await self.journal.run(run.id)

    def _refuse_if_read_only(self) -> None:
        if self.read_only:
            raise Refused("This session is read-only: nothing was changed.")

    def _log(self, run_id: str) -> Path:
        return self.paths.logs / f"run-{run_id}.log"


def _open_as_draft(run: Run) -> str:
    short = run.id[:8]
    return (
        f"The run {short} went to an audience in one request; it is not sent again as it is. Open it as a new draft, "
        f"in the history or with `pushtui history {short} --draft`, and send that with its own confirmation."
    )


def _nothing_left(run: Run) -> str:
    return f"Nothing of the run {run.id[:8]} is left to send."


def _went_further(before: Run, now: Run) -> bool:
    """Tell whether a process has sent something of a run meanwhile, although it no longer does."""
    return now.tally != before.tally or now.halt != before.halt


def _ended(tally: Tally) -> int:
    return sum(count.recipients for state, count in tally.counts.items() if state.final)


def _rate(tallies: Sequence[Tally], now: datetime) -> float | None:
    """Count the people who were answered since an answer, over the time since that answer.

    Counted from a look, the requests that were answered just behind it would weigh too much.
    """
    if not tallies or tallies[0].latest_at is None:
        return None
    seconds, people = (now - tallies[0].latest_at).total_seconds(), _ended(tallies[-1]) - _ended(tallies[0])
    return people / seconds if people > 0 and seconds > 0 else None


def _start(run: Run, log: Path) -> subprocess.Popen[bytes]:
    """Start `pushtui runs resume` in a session of its own, which no terminal ends; it is for what was confirmed."""
    confirmed = f"--confirm={ritual_of_rest(run).phrase}"
    command = [sys.executable, "-m", "pushtui", "runs", "resume", run.id, confirmed]
    try:
        with _opened(log) as said:
            process = subprocess.Popen(  # noqa: S603 - our own program, and an id of our own making
                command,
                stdin=subprocess.DEVNULL,
                stdout=said,
                stderr=said,
                cwd=Path(pushtui.__file__).parent.parent,
                start_new_session=True,
            )
    except OSError as error:
        raise JournalError(f"No process can be started for the run: {error.strerror}. It stays planned.") from None
    threading.Thread(target=process.wait, name=f"run-{run.id[:8]}", daemon=True).start()
    return process


def _end(process: subprocess.Popen[bytes]) -> None:
    """Return when a process is no more: asked first, so that it can let go of what it began."""
    process.terminate()
    try:
        process.wait(END_PATIENCE)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _opened(log: Path) -> IO[bytes]:
    private_folder(log.parent)
    return os.fdopen(os.open(log, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb")


def _tail(log: Path) -> str:
    try:
        return log.read_text(errors="replace")[-LOG_TAIL:].strip()
    except OSError:
        return ""
