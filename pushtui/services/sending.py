"""Sending a plan: journaled before it leaves, and at most once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import count
from typing import TYPE_CHECKING

from pushtui.domain.attempt import Answer, Attempt, AttemptState, Outcome, Run, SentRequest
from pushtui.domain.errors import JournalError, NotSent, OutcomeUnknown, ProviderError, PushtuiError, Refused
from pushtui.providers.base import DraftKind
from pushtui.providers.kinds import kind_named
from pushtui.reports import write_report

if TYPE_CHECKING:
    from pathlib import Path

    from pushtui.domain.clock import Clock, Randomness
    from pushtui.domain.plan import Plan, PlannedRequest
    from pushtui.domain.secret import Secret
    from pushtui.journal import Journal
    from pushtui.providers.transport import Prepared, Timeouts
    from pushtui.services.accounts import Accounts
    from pushtui.services.planning import Planning

Watch = Callable[[Attempt], None]
"""Told of each attempt whenever its state changes."""


@dataclass(frozen=True, slots=True)
class Sending:
    """Executes plans. The only place from which a push can leave."""

    accounts: Accounts
    planning: Planning
    journal: Journal
    clock: Clock
    randomness: Randomness
    read_only: bool = False
    timeouts: Timeouts | None = None
    logs: Path | None = None
    """Where unexpected errors are written down; without it their name alone is kept."""

    async def send(self, plan: Plan, confirmed_by: str, watch: Watch = lambda attempt: None) -> Run:
        """Send a plan that a person confirmed, and return the run as the journal has it.

        `confirmed_by` is what the person typed. Raises Refused before anything leaves, and
        JournalError when the journal cannot keep what happens; how the request itself ended
        is the run's state, not an exception.
        """
        await self._admit(plan, confirmed_by)
        secret = (await self.accounts.secret(plan.account.name)).secret
        run, numbers = self._run(plan), count(1)
        for request in plan.requests:
            if not await self._send_request(run, plan, request, secret, numbers, watch):
                break
        return await self.journal.run(run.id)

    async def _admit(self, plan: Plan, confirmed_by: str) -> None:
        """Refuse whatever must not leave."""
        if self.read_only or plan.account.read_only:
            raise Refused("This session or the account is read-only: nothing was sent.")
        if not plan.sendable:
            raise Refused("The draft has errors: nothing was sent.")
        ritual = plan.ritual
        if not ritual.accepts(confirmed_by) and confirmed_by != ritual.key:
            raise Refused(f"Not confirmed: type “{ritual.phrase}”. Nothing was sent.")
        fresh = await self.planning.plan(plan.draft)
        if fresh.digest != plan.digest:
            raise Refused(
                "The plan is stale: the account, the draft, the findings or the history changed since it was made. "
                "Nothing was sent; review it again.",
                title="Stale plan",
            )

    async def _send_request(
        self, run: Run, plan: Plan, request: PlannedRequest, secret: Secret, numbers: Iterator[int], watch: Watch
    ) -> bool:
        """Try the hosts in order, the next only when the one before was surely not reached; tell if one accepted."""
        kind = kind_named(plan.draft.kind)
        for host in request.hosts:
            number = next(numbers)
            prepared = self._prepare(kind, plan, request, host, secret)
            attempt = self._attempt(run, kind, prepared.sent, number)
            if number == 1:
                await self.journal.begin_run(run, attempt, plan.known)
            else:
                await self.journal.add_attempt(attempt, plan.known)
            watch(attempt)
            outcome = await self._perform(kind, attempt, prepared, watch)
            if outcome.reached:
                return outcome.state is AttemptState.ACCEPTED
        return False

    async def _perform(self, kind: DraftKind, attempt: Attempt, prepared: Prepared, watch: Watch) -> Outcome:
        """Mark the attempt, send it, and write how it ended, wherever the way is cut off."""
        outcome, sent_at = _stopped(prepared.request_id), self.clock.now()
        try:
            await self.journal.mark_in_flight(attempt.id, prepared.sent, sent_at)
            watch(replace(attempt, state=AttemptState.IN_FLIGHT, sent_at=sent_at))
            outcome = _closed(prepared.request_id)
            outcome = await self._exchange(kind, prepared)
        finally:
            await self._finish(attempt, outcome, watch)
        return outcome

    async def _exchange(self, kind: DraftKind, prepared: Prepared) -> Outcome:
        """Send once and turn whatever comes back, or does not, into an outcome."""
        from pushtui.providers.transport import Timeouts, perform

        answer: Answer | None = None
        try:
            answer = await perform(prepared, self.clock, self.timeouts or Timeouts())
            return _accepted(kind, answer, prepared.request_id, self.clock)
        except ProviderError as error:
            outcome, unforeseen = _failed(error, prepared.request_id), error.__cause__
        except Exception as error:  # noqa: BLE001 - the provider answered, and that must be kept whatever happened
            outcome, unforeseen = _unread(error, answer, prepared.request_id), error
        return outcome if unforeseen is None else self._reported(unforeseen, outcome)

    def _reported(self, error: BaseException, outcome: Outcome) -> Outcome:
        """Write an unexpected error down, and say where."""
        if self.logs is None:
            return outcome
        report = write_report(self.logs, error, self.clock.now())
        return replace(outcome, message=f"{outcome.message} {report.place}.")

    async def _finish(self, attempt: Attempt, outcome: Outcome, watch: Watch) -> None:
        ended_at = self.clock.now()
        try:
            await self.journal.finish(attempt.id, outcome, ended_at)
        except PushtuiError as error:
            raise JournalError(
                f"The attempt ended “{outcome.state}” ({outcome.title}: {outcome.message}), but the journal could not "
                f"keep that: {error.message} The history may call it unknown."
            ) from None
        watch(replace(attempt, state=outcome.state, ended_at=ended_at, outcome=outcome))

    def _prepare(self, kind: DraftKind, plan: Plan, request: PlannedRequest, host: str, secret: Secret) -> Prepared:
        from pushtui.providers.transport import prepare

        headers = kind.provider.sign(plan.account, secret, self.clock, self.randomness)
        return prepare(request, host, headers, kind.provider.secret_headers, self.randomness.identifier())

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
        )

    def _attempt(self, run: Run, kind: DraftKind, sent: SentRequest, number: int) -> Attempt:
        return Attempt(
            id=self.randomness.identifier(),
            run_id=run.id,
            number=number,
            quota_group=kind.endpoint.quota_group,
            state=AttemptState.PLANNED,
            request=sent,
            planned_at=self.clock.now(),
        )


def _accepted(kind: DraftKind, answer: Answer, request_id: str, clock: Clock) -> Outcome:
    receipt = kind.receipt(kind.provider.read(answer, clock.now()))
    return Outcome(
        state=AttemptState.ACCEPTED,
        title="Accepted",
        message=f"{kind.provider.title} accepted the push.",
        spends_quota=True,
        code=200,
        push_id=receipt.push_id,
        message_uid=receipt.message_uid,
        request_id=request_id,
        answer=answer,
    )


def _failed(error: ProviderError, request_id: str) -> Outcome:
    unknown = isinstance(error, OutcomeUnknown)
    return Outcome(
        state=AttemptState.UNKNOWN if unknown else AttemptState.REJECTED,
        title=error.title,
        message=error.message,
        spends_quota=error.spends_quota,
        code=error.code,
        request_id=request_id,
        answer=error.answer,
        reached=not isinstance(error, NotSent),
    )


def _unread(error: Exception, answer: Answer | None, request_id: str) -> Outcome:
    return Outcome(
        state=AttemptState.UNKNOWN,
        title="Outcome unknown",
        message=f"An unexpected {type(error).__name__} kept the answer from being read. The provider may or may not "
        "have accepted the push.",
        spends_quota=True,
        request_id=request_id,
        answer=answer,
    )


def _stopped(request_id: str) -> Outcome:
    return Outcome(
        state=AttemptState.REJECTED,
        title="Not sent",
        message="The send was stopped before the request left. Nothing was sent.",
        spends_quota=False,
        request_id=request_id,
        reached=False,
    )


def _closed(request_id: str) -> Outcome:
    return Outcome(
        state=AttemptState.UNKNOWN,
        title="Outcome unknown",
        message="The program was closed before the answer came. The provider may or may not have accepted the push.",
        spends_quota=True,
        request_id=request_id,
    )
