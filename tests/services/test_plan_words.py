"""What a plan takes, in words."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from pushtui.services.plan_words import size_words
from pushtui.services.services import Services
from tests.services.runs import batches_of, plan_for


@pytest.fixture(autouse=True)
def small_batches() -> Iterator[None]:
    """Four people a request."""
    with batches_of(4):
        yield


@pytest.mark.parametrize(
    ("people", "said"),
    [
        (1, "1 recipient in 1 request, less than 1 s at 100 a second"),
        (4, "4 recipients in 1 request, less than 1 s at 100 a second"),
        (10, "10 recipients in 3 requests of up to 4, less than 1 s at 100 a second"),
        (4321, "4,321 recipients in 1,081 requests of up to 4, about 43 s at 100 a second"),
    ],
)
async def test_size(people: int, said: str, services: Services) -> None:
    plan = await plan_for(services, people)
    assert size_words(plan) == said
    assert str(plan.reach) == f"exactly {people:,} user{'' if people == 1 else 's'}"
