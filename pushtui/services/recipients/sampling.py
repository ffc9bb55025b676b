"""A few of the people of a plan, the same few in whatever order they stand, and what each of them gets."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Container, Iterable, Iterator, Mapping
from heapq import heappop, heappush
from typing import TYPE_CHECKING
from zlib import crc32

from pushtui.providers.encoding import decoded, encoded

if TYPE_CHECKING:
    from pushtui.domain.json_body import JsonObject
    from pushtui.domain.recipient import Recipient
    from pushtui.providers.base import Batching, DraftKind

SIZE = 256
"""People in a sample: what holds for a share of them holds for that of all, give or take 6 in 100."""
_ANY = 1 << 32
"""Above all checksums."""


class Sampler:
    """Chooses those with the lowest checksums of their ids, in memory that does not grow with the people."""

    def __init__(self, kind: DraftKind, batching: Batching, body: JsonObject) -> None:
        self._kind = kind
        self._batching = batching
        self._body = body
        self._chosen: list[tuple[int, str]] = []
        self._messages: dict[str, str] = {}

    @property
    def messages(self) -> dict[str, str]:
        """The chosen, each with a digest of what they get."""
        return dict(sorted(self._messages.items()))

    def of(self, recipients: Iterable[Recipient]) -> Iterator[Recipient]:
        """Yield all recipients of a body that names none, choosing some on the way."""
        limit = _ANY
        for recipient in recipients:
            mark = _mark(recipient.user)
            if mark < limit:
                limit = self._choose(mark, recipient)
            yield recipient

    def _choose(self, mark: int, recipient: Recipient) -> int:
        """Take one, drop the last one that is too many, and return what others have to be below."""
        content = encoded(self._kind.endpoint.encoding, self._batching.body(self._body, [recipient])).decode()
        self._messages.update(messages(self._kind, self._batching, content, (recipient.user,)))
        heappush(self._chosen, (-mark, recipient.user))
        if len(self._chosen) > SIZE:
            self._messages.pop(heappop(self._chosen)[1], None)
        return -self._chosen[0][0] if len(self._chosen) == SIZE else _ANY


def messages(kind: DraftKind, batching: Batching, content: str, among: Container[str]) -> dict[str, str]:
    """Return a digest of what a request's body, as it is on the wire, brings to each of some users."""
    body = decoded(kind.endpoint.encoding, content)
    users = enumerate(batching.users(body))
    return {user: _digest(batching.personal(body, index)) for index, user in users if user in among}


def more_messages(
    kind: DraftKind, batching: Batching, contents: Iterable[str], sample: Mapping[str, str]
) -> dict[str, str]:
    """Return the sample of all those of a sample, and of bodies as they are on the wire."""
    found = dict(sample)
    for content in contents:
        found |= all_messages(kind, batching, decoded(kind.endpoint.encoding, content))
    return {user: found[user] for user in sorted(found, key=_mark)[:SIZE]}


def all_messages(kind: DraftKind, batching: Batching, body: JsonObject) -> dict[str, str]:
    """Return the sample of a body that names its recipients itself."""
    few = sorted(batching.users(body), key=_mark)[:SIZE]
    return messages(kind, batching, encoded(kind.endpoint.encoding, body).decode(), frozenset(few))


def _mark(user: str) -> int:
    return crc32(user.encode("utf-8", "surrogatepass"))


def _digest(message: JsonObject) -> str:
    return hashlib.sha256(json.dumps(message, sort_keys=True).encode()).hexdigest()
