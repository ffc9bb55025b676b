"""Whom a draft goes to, as requests and as findings."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from pushtui.domain.plan import Plan, Requests
from pushtui.providers.kinds import check
from pushtui.services.batches import whole

if TYPE_CHECKING:
    from pushtui.domain.account import Account
    from pushtui.domain.draft import Draft
    from pushtui.domain.finding import Finding
    from pushtui.domain.reach import Reach
    from pushtui.providers.base import DraftKind


@dataclass(frozen=True, slots=True)
class Audience:
    """The requests that carry a draft to everybody it is for, and what a look at them told."""

    requests: Requests
    reach: Reach
    findings: tuple[Finding, ...]
    """About the body."""
    about_recipients: tuple[Finding, ...] = ()


def look(kind: DraftKind, account: Account, draft: Draft) -> Audience:
    """Look at everybody a draft is for; DraftError if they cannot be read."""
    requests = Requests.seen(partial(whole, kind, account, draft.body))
    return Audience(requests, kind.reach(draft.body), check(kind, draft.body, draft.recipients))


def seen_before(kind: DraftKind, account: Account, plan: Plan) -> Audience:
    """Return the same for an account as it is now, without reading recipients again."""
    return look(kind, account, plan.draft)
