"""What a plan takes, as people read it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pushtui.services.time_words import long_time

if TYPE_CHECKING:
    from pushtui.domain.plan import Plan


def size_words(plan: Plan) -> str:
    """Say to how many people a plan goes, in how many requests, and how long that takes."""
    requests = plan.requests
    number = f"{requests.count:,} request{'' if requests.count == 1 else 's'}"
    rate = f", about {long_time(plan.seconds)} at the provider's rate" if plan.seconds >= 1 else ""
    return f"{requests.recipients:,} recipients in {number}{rate}"
