"""A run on its way: what is planned leaves in its turn, and each end is kept before the next step.

Everything that decides what may still leave is in the journal, so that a run that is cut off anywhere goes on
from there: accepted requests stay, those under way become unknown, planned ones are sent.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from pushtui.domain.attempt import Attempt, AttemptState, Outcome
from pushtui.domain.errors import JournalError, PushtuiError, Refused
from pushtui.domain.plan import PlannedRequest
from pushtui.domain.run import Run, Wish
from pushtui.services.completing import all_done
from pushtui.services.exchange import closed, stopped
from pushtui.services.health import Health, over_the_rate
from pushtui.services.lane import Lane
from pushtui.services.pacing import LOOK_UP

if TYPE_CHECKING:
    from pushtui.domain.account import Account
    from pushtui.domain.secret import Secret
    from pushtui.journal import Journal
    from pushtui.providers.base import DraftKind
    from pushtui.providers.transport import Prepared
    from pushtui.services.exchange import Exchange
    from pushtui.services.pacing import Pace, Sleep

Watch = Callable[[Attempt], None]
"""Told of each attempt whenever its state changes; what it raises is reported and changes nothing."""

WORKERS = 16
"""Requests under way at once, so that slow answers do not slow the pace."""
READ_AHEAD = 32
"""Planned attempts in memory."""
GRACE = 5.0
"""Seconds that a run of many requests waits for answers when it is told to end."""
ASK_AGAIN = 0.5
"""Seconds between looks at the journal while a run is paused."""


@dataclass(frozen=True, slots=True)
class Course:
    """What a run needs to go on: a journaled run, and the account that sends it."""

    run: Run
    kind: DraftKind
    account: Account
    secret: Secret

    @property
    def for_many(self) -> bool:
        """Whether its requests stand for themselves: one may wait while others go on."""
        return self.kind.batching is not None


class Runner:
    """Sends the planned requests of a run that this process has claimed."""

    def __init__(
        self, course: Course, journal: Journal, exchange: Exchange, pace: Pace, watch: Watch, sleep: Sleep
    ) -> None:
        self._course = course
        self._journal = journal
        self._exchange = exchange
        self._pace = pace
        self._watch = watch
        self._sleep = sleep
        self._health = Health(course.account.hosts, course.kind, exchange.clock, pace)
        self._over = asyncio.Event()
        self._ahead: deque[Attempt] = deque()
        self._last_number = 0
        self._told_in_vain = False
        self._heeded_at = exchange.clock.monotonic()
        self._feeding = asyncio.Lock()
        self._asking = asyncio.Lock()

    async def go(self) -> str:
        """Send until nothing is planned, somebody wishes otherwise, or too much goes wrong; return why, then.

        Raises what the journal raises; nothing more leaves then.
        """
        count = WORKERS if self._course.for_many else 1
        workers = [asyncio.create_task(self._work()) for _ in range(count)]
        try:
            await asyncio.wait(workers)
        except asyncio.CancelledError:
            self._over.set()
            await self._let_end(workers)
            _raise_first(workers)
            raise
        _raise_first(workers)
        return self._health.halt

    async def _let_end(self, workers: Sequence[asyncio.Task[None]]) -> None:
        """Wait a moment for what is under way, then no longer; what is known is written in any case."""
        try:
            if self._course.for_many:
                await asyncio.wait(workers, timeout=GRACE)
        except asyncio.CancelledError:
            pass  # Told twice: the answers are not waited for.
        for worker in workers:
            worker.cancel()
        await all_done(workers)  # The journal is being written; leaving now would lose what is known.

    async def _work(self) -> None:
        lane = Lane(self._exchange.channel() if self._course.for_many else None)
        try:
            while (attempt := await self._next(lane)) is not None:
                await self._carry(attempt, lane)
        except BaseException:
            self._over.set()
            raise
        finally:
            await lane.close()

    async def _next(self, lane: Lane) -> Attempt | None:
        """Return a planned attempt that nobody has taken up yet."""
        attempt = await self._planned()
        if attempt is None:
            await lane.settle()  # The outcome may plan the same request once more.
            attempt = await self._planned()
        return attempt

    async def _planned(self) -> Attempt | None:
        async with self._feeding:
            if not self._ahead and not self._over.is_set():
                run_id = self._course.run.id
                self._ahead.extend(await self._journal.planned(run_id, self._last_number, READ_AHEAD))
            if not self._ahead or self._over.is_set():
                return None
            attempt = self._ahead.popleft()
            self._last_number = attempt.number
            return attempt

    async def _carry(self, attempt: Attempt, lane: Lane) -> None:
        """Send an attempt when its turn comes, unless the run ends before."""
        wish = Wish.PAUSE
        while wish is Wish.PAUSE:
            if not (self._health.is_clear and self._pace.is_free):
                await lane.settle()
                await self._unless_over(self._turn(attempt))
            if self._over.is_set():
                return
            wish = await self._send(attempt, lane)
            if wish is Wish.PAUSE:
                await self._unless_over(self._while_paused())
        if wish.ends or self._health.halt:
            self._over.set()

    async def _turn(self, attempt: Attempt) -> None:
        await self._health.clear()
        await self._pace.take(attempt.recipients, self._heed)

    async def _heed(self) -> None:
        """End the run if somebody wishes that while all wait; asked once for all of them."""
        now = self._exchange.clock.monotonic()
        if now - self._heeded_at < LOOK_UP:
            return
        self._heeded_at = now
        if (await self._journal.wished(self._course.run.id)).ends:
            self._over.set()

    async def _while_paused(self) -> None:
        async with self._asking:
            while await self._journal.wished(self._course.run.id) is Wish.PAUSE:
                await self._sleep(ASK_AGAIN)

    async def _unless_over(self, wait: Coroutine[Any, Any, None]) -> None:
        """Wait for something, but no longer than until the run ends."""
        waits = [asyncio.create_task(wait), asyncio.create_task(self._over.wait())]
        try:
            done, _ = await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for one in waits:
                one.cancel()
        if waits[0] in done:
            waits[0].result()

    async def _send(self, attempt: Attempt, lane: Lane) -> Wish:
        """Mark the attempt, send it, and write how it ended, wherever the way is cut off."""
        host = self._health.host
        prepared = self._prepare(attempt, host)
        self._tell(attempt)
        sent_at = self._exchange.clock.now()
        try:
            wish = await self._journal.mark_in_flight(attempt.id, prepared.sent, sent_at)
        except Refused:
            raise  # Somebody else has it, so nothing about it is ours to write.
        except BaseException:
            await self._finish(attempt, stopped(prepared.request_id), again=self._course.for_many)
            raise
        if wish is Wish.NONE:
            departed = replace(attempt, state=AttemptState.IN_FLIGHT, request=prepared.sent, sent_at=sent_at)
            await self._perform(departed, prepared, host, lane)
        return wish

    async def _perform(self, attempt: Attempt, prepared: Prepared, host: str, lane: Lane) -> None:
        outcome, again = stopped(prepared.request_id), self._course.for_many
        try:
            await lane.settle()
            self._tell(attempt)
            outcome, again = closed(prepared.request_id), False
            departed_at = self._health.departs(attempt.id)
            outcome = await self._exchanged(attempt, prepared, lane)
            again = self._again(outcome)
            self._health.learn(outcome, host, departed_at)
        except BaseException:
            await self._finish(attempt, outcome, again=again)
            raise
        lane.finish(self._finish(attempt, outcome, again=again))
        if not self._course.for_many:
            await lane.settle()

    async def _exchanged(self, attempt: Attempt, prepared: Prepared, lane: Lane) -> Outcome:
        try:
            return await self._exchange.perform(self._course.kind, prepared, lane.channel)
        finally:
            self._health.lands(attempt.id)

    def _again(self, outcome: Outcome) -> bool:
        """Tell whether a request surely did nothing and is worth another try."""
        if self._course.for_many:
            return not outcome.reached or over_the_rate(outcome, self._course.kind.provider)
        return not outcome.reached and self._health.another_host

    async def _finish(self, attempt: Attempt, outcome: Outcome, *, again: bool) -> None:
        ended_at = self._exchange.clock.now()
        then = self._exchange.randomness.identifier() if again else ""
        try:
            await self._journal.finish(attempt.id, outcome, ended_at, then)
        except PushtuiError as error:
            raise JournalError(
                f"The attempt ended “{outcome.state}” ({outcome.title}: {outcome.message}), but the journal could not "
                f"keep that: {error.message} The history may call it unknown."
            ) from None
        self._tell(replace(attempt, state=outcome.state, ended_at=ended_at, outcome=outcome))

    def _tell(self, attempt: Attempt) -> None:
        """Show how an attempt stands; that nobody can see it is no reason to lose what is known of it, nor to stop."""
        try:
            self._watch(attempt)
        except Exception as error:  # noqa: BLE001 - a request may have left, whatever the watcher met
            if not self._told_in_vain:
                self._exchange.report(error)
            self._told_in_vain = True

    def _prepare(self, attempt: Attempt, host: str) -> Prepared:
        course, sent = self._course, attempt.request
        content_type = next((value for name, value in sent.headers if name.lower() == "content-type"), "")
        path = _path(sent.url, course.account.hosts)
        request = PlannedRequest(sent.method, course.account.hosts, path, content_type, sent.body.encode())
        return self._exchange.prepare(course.kind, course.account, course.secret, request, host)


def _path(url: str, hosts: Sequence[str]) -> str:
    """Return what follows the host, which may have a path of its own."""
    known = next((host for host in hosts if url.startswith(host)), None)
    if known is not None:
        return url.removeprefix(known)
    parts = urlsplit(url)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path


def _raise_first(workers: Sequence[asyncio.Task[None]]) -> None:
    """Raise what the first of them failed with, an error rather than a cancellation."""
    failures = [worker.exception() for worker in workers if not worker.cancelled()]
    for failure in failures:
        if failure is not None:
            raise failure
    if any(worker.cancelled() for worker in workers):
        raise asyncio.CancelledError
