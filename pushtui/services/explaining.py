"""Answers to “why does this user get no push?”: the question as people ask it, and all that is known about it."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TYPE_CHECKING

from pushtui.domain.diagnosis import Check, Diagnosis, Incoming, Mark, Span
from pushtui.domain.errors import PushtuiError, UsageError
from pushtui.domain.typed_time import moment_on_clock
from pushtui.services.as_before import as_before, left_open, made_since
from pushtui.services.diagnosing import conversation_of, diagnose, timeline, verdict
from pushtui.services.mass_changes import facts_set_by_runs
from pushtui.services.profiles import Told, Wanted, nobody
from pushtui.services.time_words import clock_time

if TYPE_CHECKING:
    from pushtui.domain.account import Account, Environment
    from pushtui.domain.clock import Clock
    from pushtui.domain.conversation import Conversation
    from pushtui.domain.profile import Profile
    from pushtui.services.asked_pushes import AskedPush, AskedPushes
    from pushtui.services.change_words import ToldChange
    from pushtui.services.changes import Changes
    from pushtui.services.profiles import Profiles

SHOWN_CHANGES = 1000


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked about a user."""

    user: str
    incoming: Incoming = field(default_factory=Incoming)
    """The message that is meant, if it is none of the history and no draft."""
    push: AskedPush | None = None
    at: str = ""
    """The moment as people type it, by the provider's clock; empty is now, or when the push left."""


@dataclass(frozen=True, slots=True)
class Explanation:
    """The answer for one account."""

    profile: Profile
    diagnosis: Diagnosis
    verdict: str
    timeline: tuple[Span, ...]
    """The hours that follow, as for somebody who is offline."""
    notes: tuple[str, ...] = ()
    """What to bear in mind."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What one account answers; without an explanation, why it could not be asked."""

    account: Account
    explanation: Explanation | None
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Explaining:
    """Reads what a diagnosis needs, and makes it."""

    profiles: Profiles
    pushes: AskedPushes
    changes: Changes
    clock: Clock

    async def explain(self, account: Account, question: Question, told: Told = nobody) -> Explanation:
        """Answer a question for one account; raises what opening a profile does, and UsageError for the moment."""
        wanted = Wanted(asked_about(account, question))
        return await self.judge(await self.profiles.open(account, question.user, told, wanted), question)

    async def judge(self, profile: Profile, question: Question) -> Explanation:
        """Answer a question from a profile that was read with the conversation it is about."""
        if question.push is not None:
            question = replace(question, push=await self.pushes.with_quotas(question.push, profile.account))
        incoming, moment = _found_out(incoming_of(question), question.push, profile), self._moment(question, profile)
        now = not question.at and (question.push is None or question.push.sent_at is None)
        changes = [] if now else await self._made_since(moment, profile)
        before = as_before(profile, changes, conversation_of(incoming, profile.account, question.user))
        if not now:
            before = left_open(before, await self._set_by_runs(moment, profile))
        diagnosis = diagnose(before.profile, incoming, moment)
        said = " ".join([verdict(diagnosis, now=now), *before.words])
        notes = tuple(_notes(moment - profile.ahead, changes)) if self._is_past(question, moment, profile) else ()
        return Explanation(profile, diagnosis, said, timeline(before.profile, incoming, moment), notes)

    def _is_past(self, question: Question, moment: datetime, profile: Profile) -> bool:
        """Tell whether a moment was named, or is that of a push, and is over."""
        named = bool(question.at) or (question.push is not None and question.push.sent_at is not None)
        return named and moment - profile.ahead <= self.clock.now()

    async def _set_by_runs(self, moment: datetime, profile: Profile) -> dict[str, str]:
        """Find the facts that runs which set many users' may have changed since, and the last such run of each."""
        account, since = profile.account, moment - profile.ahead
        found: dict[str, str] = {}
        for kind, fact in facts_set_by_runs(account.provider).items():
            for run in await self.pushes.journal.runs_of_kind(account.provider, account.app_id, kind, since):
                here = run.environment == account.environment
                if here and await self.pushes.may_have_reached(run, profile.user, since):
                    found.setdefault(fact, run.id)
        return found

    async def _made_since(self, moment: datetime, profile: Profile) -> list[ToldChange]:
        told = await self.changes.history(SHOWN_CHANGES, profile.user)
        return made_since(told, profile, moment - profile.ahead)

    async def everywhere(self, accounts: Sequence[Account], question: Question) -> tuple[Answer, ...]:
        """Answer a question for each account at once; one that cannot be asked says why."""
        return tuple(await asyncio.gather(*(self._answer(account, question) for account in accounts)))

    async def _answer(self, account: Account, question: Question) -> Answer:
        try:
            return Answer(account, await self.explain(account, question))
        except UsageError:
            raise
        except PushtuiError as error:
            return Answer(account, None, error.message)

    def _moment(self, question: Question, profile: Profile) -> datetime:
        """Return the moment that is meant, as the provider's clock counts."""
        now = self.clock.now() + profile.ahead
        if question.at:
            return moment_on_clock(question.at, now, profile.account.push_zone)
        left = question.push.sent_at if question.push is not None else None
        return left + profile.ahead if left is not None else now


def _notes(since: datetime, changes: Sequence[ToldChange]) -> Iterator[str]:
    """Say what a look at the past cannot see, and which changes it knows of."""
    yield f"The settings are those read now; no provider tells what they were at {clock_time(since)}."
    for told in changes:
        change = told.change
        sure = change.end is not None and bool(change.end.accepted)
        made = "Changed here since, at" if sure else "Perhaps changed here since (the outcome is unknown), at"
        what = f"{told.label}{f' of {change.place}' if change.place else ''}"
        yield f"{made} {clock_time(change.made_at)}: {what}, from {told.before} to {told.wanted}."


def incoming_of(question: Question) -> Incoming:
    """Return what would reach the user: the push, if there is one, else the message."""
    return question.push.incoming if question.push is not None else question.incoming


def asked_about(account: Account, question: Question) -> tuple[Conversation, ...]:
    """Return the conversation that a profile must be read with to answer a question; none if there is none."""
    conversation = conversation_of(incoming_of(question), account, question.user)
    return (conversation,) if conversation is not None else ()


def _app(account: Account) -> tuple[str, str, Environment]:
    return account.provider, account.app_id, account.environment


def _found_out(incoming: Incoming, push: AskedPush | None, profile: Profile) -> Incoming:
    """Put what is known of the push itself by the provider's clock, and say if it went elsewhere."""
    found = [_ahead(check, profile) for check in incoming.found]
    run, account = (push.run if push is not None else None), profile.account
    if run is not None and (run.provider, run.app_id, run.environment) != _app(account):
        went = f"The run went to {run.environment} {run.app_id} at {run.provider}"
        evidence = f"{went}; {account.name} is {account.environment} {account.app_id} at {account.provider}."
        found.append(Check("account", "Account and environment", Mark.FAIL, evidence, "Ask at that account."))
    return replace(incoming, found=tuple(found))


def _ahead(check: Check, profile: Profile) -> Check:
    return replace(check, until=check.until + profile.ahead) if check.until is not None else check
