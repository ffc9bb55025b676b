"""A draft as the requests that carry it: one, or as many as its recipients need."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TYPE_CHECKING

from pushtui.domain.plan import PlannedRequest
from pushtui.providers.base import Batching, CostUnit, DraftKind
from pushtui.providers.encoding import encoded

if TYPE_CHECKING:
    from pushtui.domain.account import Account
    from pushtui.domain.json_body import JsonObject
    from pushtui.domain.recipient import Recipient

ROOM = 2
"""So many requests fit into what a rate allows in a second.

One that took all of it would have to arrive to the millisecond: a little late, and the next one comes too early
and is refused. It also halves the number of people whom a lost answer leaves in doubt.
"""


def batch_size(kind: DraftKind, batching: Batching) -> int:
    """Return how many recipients a request gets, so that pacing can be exact."""
    endpoint = kind.endpoint
    if endpoint.cost_unit is not CostUnit.RECIPIENT:
        return batching.most
    rooms = (int(rate.limit / rate.seconds) // ROOM for rate in endpoint.rates)
    return max(min((batching.most, *rooms)), 1)


def recipients_a_second(kind: DraftKind) -> float:
    """Return the provider's rate in recipients; 0 where none counts them."""
    endpoint = kind.endpoint
    if endpoint.cost_unit is not CostUnit.RECIPIENT:
        return 0.0
    return min((rate.limit / rate.seconds for rate in endpoint.rates), default=0.0)


def rate_group(kind: DraftKind) -> str:
    """Name what shares the rate that a run keeps to; empty where none counts recipients."""
    endpoint = kind.endpoint
    counted = endpoint.rates if endpoint.cost_unit is CostUnit.RECIPIENT else ()
    return min(counted, key=lambda rate: rate.limit / rate.seconds).group if counted else ""


def whole(kind: DraftKind, account: Account, body: JsonObject) -> Iterator[PlannedRequest]:
    """Yield the one request whose body is the draft's own."""
    yield _request(kind, account, body, len(kind.batching.users(body)) if kind.batching else 0)


def split(
    kind: DraftKind, account: Account, body: JsonObject, recipients: Iterable[Recipient]
) -> Iterator[PlannedRequest]:
    """Yield requests for so many recipients as each takes, made as they are asked for."""
    batching = kind.batching
    assert batching is not None
    following, size = iter(recipients), batch_size(kind, batching)
    while batch := list(islice(following, size)):
        yield _request(kind, account, batching.body(body, batch), len(batch))


def _request(kind: DraftKind, account: Account, body: JsonObject, recipients: int) -> PlannedRequest:
    endpoint = kind.endpoint
    path, content = kind.provider.base_path(account) + endpoint.path, encoded(endpoint.encoding, body)
    return PlannedRequest(endpoint.method, account.hosts, path, endpoint.encoding.value, content, recipients=recipients)
