"""Sending a plan: confirmed, journaled before it leaves, and at most once."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

from pushtui.domain.attempt import Attempt, AttemptState, SentRequest
from pushtui.domain.errors import PushtuiError, Refused
from pushtui.domain.run import Run, Tally
from pushtui.providers.kinds import kind_named
from pushtui.services.audience import reading
from pushtui.services.batches import rate_group, recipients_a_second
from pushtui.services.completing import done_or_undone
from pushtui.services.exchange import Exchange
from pushtui.services.pacing import Pace, Sleep
from pushtui.services.recipients.importing import Progress, Told, nobody
from pushtui.services.repeats import Repeat, overtaken_by
from pushtui.services.running import Course, Runner, Watch

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from pushtui.domain.account import Account
    from pushtui.domain.clock import Clock, Randomness
    from pushtui.domain.plan import Plan, PlannedRequest
    from pushtui.journal import Journal
    from pushtui.journal.spool import Spool
    from pushtui.providers.base import DraftKind
    from pushtui.providers.transport import Timeouts
    from pushtui.services.accounts import Accounts
    from pushtui.services.planning import Planning


@dataclass(frozen=True, slots=True)
class Sending:
    """Executes plans, and goes on with runs that were cut off."""

    accounts: Accounts
    planning: Planning
    journal: Journal
    clock: Clock
    randomness: Randomness
    read_only: bool = False
    timeouts: Timeouts | None = None
    logs: Path | None = None
    """Where unexpected errors are written down; without it their name alone is kept."""
    paced: bool = True
    """False leaves out the provider's rates, for measuring what else takes time."""
    sleep: Sleep = field(default=asyncio.sleep)

    async def send(
        self, plan: Plan, confirmed_by: str, watch: Watch = lambda attempt: None, told: Told = nobody
    ) -> Run:
        """Send a plan that a person confirmed, and return the run as the journal has it.

        `confirmed_by` is what the person typed. Raises Refused before anything leaves, and
        JournalError when the journal cannot keep what happens; how the requests themselves ended
        is the run's state, not an exception. `told` hears, in another thread, how far the writing of many
        requests is.
        """
        return await self._go(await self._begin(plan, confirmed_by, told), watch)

    async def begin(self, plan: Plan, confirmed_by: str, told: Told = nobody) -> Run:
        """Write the run of a plan that a person confirmed, and leave the sending of it to another process."""
        course = await self._begin(plan, confirmed_by, told)
        await self.journal.release_run(course.run.id)
        return await self.journal.run(course.run.id)

    async def resume(self, run_id: str, watch: Watch = lambda attempt: None, confirmed: Tally | None = None) -> Run:
        """Send what of a run is still planned, and return the run as the journal has it.

        Refused while another process sends it or another run that shares its rate, if its account is another than
        was confirmed, and if something that is left to send is in a later run too. `confirmed` is how the run stood
        when a person confirmed to send the rest: refused if the rest is another when it is claimed.
        """
        run = await self.journal.run(run_id)
        course = await self._course(run)
        claim = self.journal.claim_run(run.id, confirmed)
        await done_or_undone(claim, partial(self.journal.release_run, run.id))
        return await self._go(course, watch)

    async def expect_turn(self, plan: Plan) -> None:
        """Refuse while another run is being sent that shares the plan's rate, before a person confirms in vain."""
        account = plan.account
        await self.journal.expect_alone(account.provider, account.app_id, rate_group(kind_named(plan.draft.kind)))

    async def expect_turn_of(self, run: Run) -> None:
        """Do so for what is left of a run."""
        await self.journal.expect_alone(run.provider, run.app_id, run.rate_group, run.id)

    async def _begin(self, plan: Plan, confirmed_by: str, told: Told) -> Course:
        """Write a run with all its requests; from then on the journal alone says what is sent."""
        await self._admit(plan, confirmed_by)
        kind = kind_named(plan.draft.kind)
        secret = (await self.accounts.secret(plan.account.name)).secret
        course = Course(self._run(plan), kind, plan.account, secret)
        self._check_hosts(course, plan)
        with self.journal.spool() as spool:  # Who is cancelled while it is filled leaves a thread that ends over it.
            await reading(partial(self._fill, spool, course, plan), told)
            beginning = self.journal.begin_run(course.run, spool, plan.known)
            await done_or_undone(beginning, partial(self.journal.release_run, course.run.id))
        return course

    async def _go(self, course: Course, watch: Watch) -> Run:
        rate = recipients_a_second(course.kind) if self.paced else 0.0
        pace, exchange = Pace(rate, self.clock, self.sleep), self._exchange
        halt = ""
        try:
            halt = await Runner(course, self.journal, exchange, pace, watch, self.sleep).go()
        except PushtuiError as error:
            halt = f"{error.title}: {error.message}"
            raise
        finally:
            with suppress(PushtuiError):  # The run is then taken for one of a dead process, which it soon is.
                await self.journal.release_run(course.run.id, halt)
        return await self.journal.run(course.run.id)

    async def _admit(self, plan: Plan, confirmed_by: str) -> None:
        """Refuse whatever must not leave."""
        self._refuse_if_read_only(plan.account)
        if not plan.sendable:
            raise Refused("The draft has errors: nothing was sent.")
        ritual = plan.ritual
        if not ritual.accepts(confirmed_by) and confirmed_by != ritual.key:
            raise Refused(f"Not confirmed: type “{ritual.phrase}”. Nothing was sent.")
        fresh = await self.planning.renewed(plan)
        if fresh.digest != plan.digest:
            raise _stale("the account, the draft, the findings or the history")

    async def _course(self, run: Run) -> Course:
        """Find out how to go on with a run."""
        account = await self.accounts.get(run.draft.account)
        self._refuse_if_read_only(account)
        if (account.provider, account.app_id, account.environment) != (run.provider, run.app_id, run.environment):
            raise Refused(
                f"The account “{account.name}” is {account.environment} {account.app_id} now; the run was confirmed "
                f"for {run.environment} {run.app_id}. Nothing was sent."
            )
        if run.hosts and account.hosts != run.hosts:
            raise Refused(
                f"The account “{account.name}” goes to {_listed(account.hosts)} now; the run was confirmed for "
                f"{_listed(run.hosts)}. Nothing was sent; set the account back to go on."
            )
        if run.state.final:
            raise Refused(f"Nothing of the run {run.id[:8]} is left to send.")
        kind = kind_named(run.draft.kind)
        for repeat in (await overtaken_by(self.journal, kind, run))[:1]:
            raise Refused(_overtaken(run, repeat), title="Overtaken")
        secret = (await self.accounts.secret(account.name)).secret
        return Course(run, kind, account, secret)

    def _refuse_if_read_only(self, account: Account) -> None:
        if self.read_only or account.read_only:
            raise Refused("This session or the account is read-only: nothing was sent.")

    def _check_hosts(self, course: Course, plan: Plan) -> None:
        """Raise AccountError for an address that is none, before anything is written."""
        request = plan.requests.first
        if request is None:
            raise Refused("There is nobody to send to. Nothing was sent.")
        for host in request.hosts:
            self._exchange.prepare(course.kind, course.account, course.secret, request, host)

    def _fill(self, spool: Spool, course: Course, plan: Plan, told: Told) -> None:
        """Make all requests once more, comparing them with what was planned."""
        expected, written = plan.requests.body_digests(), 0
        for number, request in enumerate(plan.requests, start=1):
            if request.body_sha256 != next(expected, None):
                raise _stale(_recipients_of(plan))
            spool.add(self._attempt(course.run, course.kind, request, number))
            written += request.recipients
            told(Progress(written, number / plan.requests.count))
        if next(expected, None) is not None:
            raise _stale(_recipients_of(plan))

    @property
    def _exchange(self) -> Exchange:
        return Exchange(self.clock, self.randomness, self.timeouts, self.logs)

    def _run(self, plan: Plan) -> Run:
        return Run(
            id=self.randomness.identifier(),
            plan_id=plan.id,
            digest=plan.digest,
            made_at=self.clock.now(),
            environment=plan.account.environment,
            provider=plan.account.provider,
            app_id=plan.account.app_id,
            draft=plan.draft,
            reach=str(plan.reach),
            batches=plan.requests.count,
            recipients=plan.requests.recipients,
            hosts=plan.account.hosts,
            rate_group=rate_group(kind_named(plan.draft.kind)),
        )

    def _attempt(self, run: Run, kind: DraftKind, request: PlannedRequest, number: int) -> Attempt:
        headers = (("Content-Type", request.content_type),)
        return Attempt(
            id=self.randomness.identifier(),
            run_id=run.id,
            number=number,
            quota_group=kind.endpoint.quota_group,
            state=AttemptState.PLANNED,
            request=SentRequest(request.method, request.url, headers, request.body.decode()),
            planned_at=self.clock.now(),
            batch=number,
            recipients=request.recipients,
        )


def _recipients_of(plan: Plan) -> str:
    source = plan.draft.recipients
    return f"the recipients in {source.file}" if source is not None and source.file else "the recipients"


def _overtaken(run: Run, repeat: Repeat) -> str:
    later = repeat.run
    return (
        f"What is left of the run {run.id[:8]} is for {run.tally.of(AttemptState.PLANNED).recipients:,} people; the "
        f"later run {later.id[:8]} ({later.state_words}) has the very same for {repeat.who}. Nothing was sent; plan a "
        "new draft for whoever still misses it."
    )


def _listed(hosts: Sequence[str]) -> str:
    return ", then ".join(hosts)


def _stale(what: str) -> Refused:
    return Refused(
        f"The plan is stale: {what} changed since it was made. Nothing was sent; review it again.", title="Stale plan"
    )
