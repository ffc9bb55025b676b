"""What a push, drafted or in the history, would bring one user, and whether it left for them at all."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from pushtui.domain.attempt import Attempt, AttemptState
from pushtui.domain.diagnosis import Check, Incoming, Mark
from pushtui.providers.encoding import decoded
from pushtui.providers.kinds import kind_named
from pushtui.services.recipients.importing import recipients_of
from pushtui.services.results import PAGE, uid_of
from pushtui.services.time_words import clock_time

if TYPE_CHECKING:
    from pushtui.domain.account import Account
    from pushtui.domain.draft import Draft
    from pushtui.domain.json_body import JsonObject
    from pushtui.domain.quota import QuotaUse
    from pushtui.domain.recipient import Recipient
    from pushtui.domain.run import Run
    from pushtui.journal import Journal
    from pushtui.providers.base import DraftKind
    from pushtui.services.planning import Planning

SHOWN_DIGITS = 8
AUDIENCE, QUOTA = "audience", "quota"


@dataclass(frozen=True, slots=True)
class AskedPush:
    """A push as one user would get it."""

    incoming: Incoming
    account: str
    """The name of the account it is for."""
    run: Run | None = None
    """None for a draft."""
    sent_at: datetime | None = None
    """By this machine's clock; None for what did not leave."""


@dataclass(frozen=True, slots=True)
class AskedPushes:
    """Finds pushes in the journal and in drafts."""

    journal: Journal
    planning: Planning

    async def of_run(self, prefix: str, user: str) -> AskedPush:
        """Return what a run brought a user; JournalError unless exactly one run's id starts so."""
        run = await self.journal.run(prefix)
        kind = kind_named(run.draft.kind)
        attempt, recipient = await self._attempt(run, kind, user)
        found = (*_audience(kind, recipient, user, run.recipients), _sent(kind, run, attempt, user), _left(attempt))
        incoming = Incoming(kind=kind.name, body=_body(kind, run.draft, recipient), found=found)
        left = attempt.sent_at if attempt is not None else run.tally.began_at
        return AskedPush(incoming, run.draft.account, run, left)

    async def of_draft(self, draft: Draft, user: str) -> AskedPush:
        """Return what a draft would bring a user; DraftError if its recipients cannot be read."""
        kind = kind_named(draft.kind)
        recipient, count = await asyncio.to_thread(_sought, kind, draft, user)
        incoming = Incoming(kind=kind.name, body=_body(kind, draft, recipient))
        return AskedPush(replace(incoming, found=tuple(_audience(kind, recipient, user, count))), draft.account)

    async def with_quotas(self, asked: AskedPush, account: Account) -> AskedPush:
        """Add what a draft's quotas leave; they are another account's at another cloud."""
        kind = kind_named(asked.incoming.kind)
        if asked.run is not None or kind.provider.name != account.provider:
            return asked
        quota = _quota(await self.planning.quotas(kind, account))
        return replace(asked, incoming=replace(asked.incoming, found=(*asked.incoming.found, quota)))

    async def may_have_reached(self, run: Run, user: str, since: datetime) -> bool:
        """Tell whether a run may have sent a request that names a user since a moment."""
        attempt, _ = await self._attempt(run, kind_named(run.draft.kind), user)
        sent_at = attempt.sent_at if attempt is not None else None
        return (
            attempt is not None
            and attempt.state not in (AttemptState.PLANNED, AttemptState.REJECTED)
            and (sent_at is None or sent_at >= since)
        )

    async def _attempt(self, run: Run, kind: DraftKind, user: str) -> tuple[Attempt | None, Recipient | None]:
        """Find the request that names a user; without recipients by name there is only one."""
        if kind.batching is None:
            return run.attempts[-1] if run.attempts else None, None
        after = 0
        while page := await self.journal.standing(run.id, after, PAGE):
            after = page[-1].batch
            for attempt in page:
                body = decoded(kind.endpoint.encoding, attempt.request.body)
                recipient = next((one for one in kind.batching.inline(body) if one.user == user), None)
                if recipient is not None:
                    return attempt, recipient
        return None, None


def _sought(kind: DraftKind, draft: Draft, user: str) -> tuple[Recipient | None, int]:
    """Look for a user among a draft's recipients, and count those before."""
    count = 0
    for count, recipient in enumerate(recipients_of(kind, draft), start=1):
        if recipient.user == user:
            return recipient, count
    return None, count


def _body(kind: DraftKind, draft: Draft, recipient: Recipient | None) -> JsonObject:
    """Return the body as it goes to one recipient, where it holds none itself."""
    if draft.recipients is None or kind.batching is None or recipient is None:
        return draft.body
    own = {key: value for key, value in draft.body.items() if key not in kind.batching.fields}
    return kind.batching.body(own, [recipient])


def _audience(kind: DraftKind, recipient: Recipient | None, user: str, count: int) -> tuple[Check, ...]:
    """Say whether a user is among the recipients by name; an audience is judged by the user's tags instead."""
    if kind.batching is None:
        return ()
    if recipient is not None:
        return (Check(AUDIENCE, "Audience", Mark.PASS, f"{user} is one of its recipients."),)
    evidence = f"{user} is none of its {count:,} recipients." if count else "It has no recipients."
    return (Check(AUDIENCE, "Audience", Mark.FAIL, evidence, "Look at the list that it was made from."),)


def _sent(kind: DraftKind, run: Run, attempt: Attempt | None, user: str) -> Check:
    """Say whether the request for a user left, and what the provider said to it."""
    name, number = f"The run {run.id[:SHOWN_DIGITS]}", run.id[:SHOWN_DIGITS]
    if attempt is None or attempt.state is AttemptState.PLANNED:
        for_others = attempt is None and bool(run.tally.of(AttemptState.ACCEPTED).batches)
        if for_others:
            return Check("sent", "Sent", Mark.NOT_APPLICABLE, f"{name} went to others.")
        step = f"See: pushtui runs show {number}"
        return Check("sent", "Sent", Mark.FAIL, f"{name} has not sent it to {user}.", step)
    when = f" at {clock_time(attempt.sent_at)}" if attempt.sent_at is not None else ""
    outcome, step = attempt.outcome, f"See: pushtui history {number}"
    if outcome is None:
        return Check("sent", "Sent", Mark.UNKNOWN, f"{name} sent it{when}; no answer came yet.", step)
    if attempt.state is AttemptState.ACCEPTED:
        uid = uid_of(kind, attempt, user) or outcome.message_uid or outcome.push_id
        return Check("sent", "Sent", Mark.PASS, f"{name} sent it{when}; accepted{f' as {uid}' if uid else ''}.")
    mark = Mark.FAIL if attempt.state is AttemptState.REJECTED else Mark.UNKNOWN
    said = f"{name} sent it{when}: {attempt.state_words}. {outcome.title}: {outcome.message}"
    return Check("sent", "Sent", mark, said, step)


def _left(attempt: Attempt | None) -> Check:
    over = attempt is not None and attempt.state is AttemptState.ACCEPTED
    words = "It was accepted, so quotas did not keep it back." if over else "What became of it says so above."
    return Check(QUOTA, "Quota", Mark.NOT_APPLICABLE, words)


def _quota(uses: Sequence[QuotaUse]) -> Check:
    """Say what is left; a lower bound, since others may send too."""
    if not uses:
        return Check(QUOTA, "Quota", Mark.NOT_APPLICABLE, "No quota counts it.")
    said = f"{', '.join(map(str, uses))}, as far as the journal knows."
    frees = [use.frees_at for use in uses if use.exhausted and use.frees_at is not None]
    if not frees:
        return Check(QUOTA, "Quota", Mark.PASS, said)
    return Check(QUOTA, "Quota", Mark.FAIL, said, "Send it once a slot is free.", max(frees))
