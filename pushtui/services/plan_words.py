"""What a plan takes, as people read it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pushtui.services.time_words import long_time

if TYPE_CHECKING:
    from pushtui.domain.draft import Draft
    from pushtui.domain.plan import Plan


def size_words(plan: Plan) -> str:
    """Say to how many people a plan goes, in how many requests, and how long that takes."""
    requests = plan.requests
    said = in_requests(requests.recipients, requests.count)
    if requests.count > 1 and requests.first is not None:
        said += f" of up to {requests.first.recipients}"
    if plan.seconds:
        rate = requests.recipients / plan.seconds
        long = f"about {long_time(plan.seconds)}" if plan.seconds >= 1 else "less than 1 s"
        said += f", {long} at {rate:,.0f} a second"
    return said


def gist_of(draft: Draft) -> str:
    """Return what people will read, or what becomes of their setting, in a line; empty for a kind not known here."""
    from pushtui.providers.kinds import KINDS

    return KINDS[draft.kind].gist(draft.body) if draft.kind in KINDS else ""


def in_requests(recipients: int, requests: int) -> str:
    """Say how many people how many requests name."""
    people = f"{recipients:,} recipient{'' if recipients == 1 else 's'}"
    return f"{people} in {requests:,} request{'' if requests == 1 else 's'}"
