"""Whom a draft goes to, as requests and as findings."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from pushtui.domain.plan import Plan, PlannedRequest, Requests
from pushtui.providers.kinds import check
from pushtui.services.batches import split, whole
from pushtui.services.recipients.importing import Progress, Survey, Told, nobody, recipients_of
from pushtui.services.recipients.sampling import Sampler, all_messages

if TYPE_CHECKING:
    from pushtui.domain.account import Account
    from pushtui.domain.draft import Draft
    from pushtui.domain.finding import Finding
    from pushtui.domain.json_body import JsonObject
    from pushtui.domain.reach import Reach
    from pushtui.providers.base import DraftKind

Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Audience:
    """The requests that carry a draft to everybody it is for, and what a look at them told."""

    requests: Requests
    reach: Reach
    findings: tuple[Finding, ...]
    """About the body."""
    about_recipients: tuple[Finding, ...] = ()


def look(kind: DraftKind, account: Account, draft: Draft, told: Told) -> Audience:
    """Look at everybody a draft is for; what keeps them from being read is a finding."""
    findings, batching = check(kind, draft.body, draft.recipients), kind.batching
    if draft.recipients is None or batching is None:
        requests = Requests.seen(partial(whole, kind, account, draft.body))
        sample = all_messages(kind, batching, draft.body) if batching else {}
        return Audience(replace(requests, sample=sample), kind.reach(draft.body), findings)
    survey, sampler = Survey(kind, draft, told), Sampler(kind, batching, _own(kind, draft))
    requests = Requests.seen(lambda: split(kind, account, _own(kind, draft), sampler.of(survey)))
    again = replace(requests, make=partial(_again, kind, account, draft), sample=sampler.messages)
    return Audience(again, survey.reach, findings, survey.findings)


def seen_before(kind: DraftKind, account: Account, plan: Plan) -> Audience:
    """Return what a plan saw for an account as it is now, without reading recipients again."""
    draft, first = plan.draft, plan.requests.first
    if draft.recipients is None or kind.batching is None:
        return look(kind, account, draft, nobody)
    requests = replace(
        plan.requests,
        make=partial(_again, kind, account, draft),
        first=replace(first, hosts=account.hosts) if first is not None else None,
    )
    findings = check(kind, draft.body, draft.recipients)
    return Audience(requests, plan.reach, findings, plan.about_recipients)


async def reading(work: Callable[[Told], Result], told: Told) -> Result:
    """Read recipients in a thread, where `told` is called too; a cancelled reading ends with its next report."""
    ended = threading.Event()

    def heeding(progress: Progress) -> None:
        if ended.is_set():
            raise _Ended
        told(progress)

    try:
        return await asyncio.to_thread(work, heeding)
    except asyncio.CancelledError:
        ended.set()
        raise


class _Ended(Exception):
    """Nobody waits for the reading any more."""


def _again(kind: DraftKind, account: Account, draft: Draft) -> Iterator[PlannedRequest]:
    return split(kind, account, _own(kind, draft), recipients_of(kind, draft))


def _own(kind: DraftKind, draft: Draft) -> JsonObject:
    """Return a draft's body without recipients."""
    fields = kind.batching.fields if kind.batching else ()
    return {key: value for key, value in draft.body.items() if key not in fields}
