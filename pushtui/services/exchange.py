"""One request and its answer: the only place from which a push can leave."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from pushtui.domain.attempt import AttemptState, Outcome
from pushtui.domain.errors import NotSent, OutcomeUnknown, ProviderError
from pushtui.reports import write_report

if TYPE_CHECKING:
    from pathlib import Path

    from pushtui.domain.account import Account
    from pushtui.domain.attempt import Answer
    from pushtui.domain.clock import Clock, Randomness
    from pushtui.domain.plan import PlannedRequest
    from pushtui.domain.secret import Secret
    from pushtui.providers.base import DraftKind
    from pushtui.providers.transport import Channel, Prepared, Timeouts
    from pushtui.reports import Report


@dataclass(frozen=True, slots=True)
class Exchange:
    """Signs requests and sends each once, with what the whole session has in common."""

    clock: Clock
    randomness: Randomness
    timeouts: Timeouts | None = None
    logs: Path | None = None
    """Where unexpected errors are written down; without it their name alone is kept."""

    def prepare(
        self, kind: DraftKind, account: Account, secret: Secret, request: PlannedRequest, host: str
    ) -> Prepared:
        """Sign a request; raises AccountError if the host is none."""
        from pushtui.providers.transport import prepare

        signature = kind.provider.sign(account, secret, self.clock, self.randomness)
        masked, stays_open = kind.provider.masked, kind.batching is not None
        return prepare(request, host, signature, masked, self.randomness.identifier(), stays_open=stays_open)

    def channel(self) -> Channel:
        """Make a way for requests that follow each other."""
        from pushtui.providers.transport import Channel

        return Channel()

    async def perform(self, kind: DraftKind, prepared: Prepared, channel: Channel | None = None) -> Outcome:
        """Send once and turn whatever comes back, or does not, into an outcome."""
        from pushtui.providers.transport import Timeouts, perform

        answer: Answer | None = None
        try:
            answer = await perform(prepared, self.clock, self.timeouts or Timeouts(), channel)
            return _accepted(kind, answer, prepared.request_id, self.clock)
        except ProviderError as error:
            outcome, unforeseen = _failed(error, prepared.request_id), error.__cause__
        except Exception as error:  # noqa: BLE001 - the provider answered, and that must be kept whatever happened
            outcome, unforeseen = _unread(error, answer, prepared.request_id), error
        return outcome if unforeseen is None else self._reported(unforeseen, outcome)

    def report(self, error: BaseException) -> Report | None:
        """Write an unexpected error down, if there is a place for that."""
        return write_report(self.logs, error, self.clock.now()) if self.logs is not None else None

    def _reported(self, error: BaseException, outcome: Outcome) -> Outcome:
        """Write an unexpected error down, and say where."""
        report = self.report(error)
        return replace(outcome, message=f"{outcome.message} {report.place}.") if report else outcome


def stopped(request_id: str) -> Outcome:
    """Return the outcome of a request that was held back in the last moment."""
    return Outcome(
        state=AttemptState.REJECTED,
        title="Not sent",
        message="The send was stopped before the request left. Nothing was sent.",
        spends_quota=False,
        request_id=request_id,
        reached=False,
    )


def closed(request_id: str) -> Outcome:
    """Return the outcome of a request whose answer nobody waited for."""
    return Outcome(
        state=AttemptState.UNKNOWN,
        title="Outcome unknown",
        message="The program was closed before the answer came. The provider may or may not have accepted the push.",
        spends_quota=True,
        request_id=request_id,
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
