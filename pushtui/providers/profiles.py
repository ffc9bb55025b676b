"""How a cloud tells about one user: which calls are made, and which facts their answers hold."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol, TypeAlias, TypeVar
from zoneinfo import ZoneInfo

from pydantic import ValidationError

from pushtui.domain.errors import ProviderError
from pushtui.domain.json_body import JsonObject, JsonValue, dotted
from pushtui.domain.profile import EXISTS, Fact, FactState, Section

if TYPE_CHECKING:
    from datetime import datetime

    from pushtui.domain.account import Account
    from pushtui.domain.conversation import Conversation
    from pushtui.providers.base import Endpoint
    from pushtui.providers.wire import WireModel

AnswerT = TypeVar("AnswerT", bound="WireModel")
ResultT = TypeVar("ResultT")


class NotTold(ValueError):
    """An answer that lacks what it should say; the text says what."""


class NotOffered(Exception):
    """A server that does not have the call at all; the text says so."""


@dataclass(frozen=True, slots=True)
class FactKind:
    """A fact before it is known."""

    name: str
    label: str
    section: Section

    def fact(self, state: FactState = FactState.WAITING, source: str = "", problem: str = "") -> Fact:
        """Return the fact as it stands before any answer."""
        return Fact(self.name, self.label, self.section, state, source=source, problem=problem)


@dataclass(frozen=True, slots=True)
class Value:
    """What an answer says of one fact: for programs, and for people."""

    value: JsonValue
    words: str
    problem: str = ""
    """What of it could not be read."""


MOST_WORDS = 20
"""Of a list, people are shown so many; programs get all."""
TELLING = (ProviderError, NotTold, NotOffered)
"""Errors that concern one call and no other."""

Values: TypeAlias = Mapping[str, Value]
"""By the facts' names."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Who is asked about, and what must be named because the cloud does not list it."""

    account: Account
    user: str
    conversations: tuple[Conversation, ...] = ()
    labels: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Said:
    """A cloud's answer, and the cloud's time where it tells it, else this machine's."""

    body: JsonObject
    at: datetime


class Ask(Protocol):
    """Makes one call; raises a ProviderError."""

    def __call__(
        self, endpoint: Endpoint[Any], values: Mapping[str, str] = ..., body: JsonObject = ...
    ) -> Awaitable[Said]: ...


@dataclass(frozen=True, slots=True)
class ProfileRead:
    """A call, or some that belong together, and the facts that they tell."""

    endpoint: Endpoint[Any]
    """The call that tells the facts, or most of it."""
    facts: tuple[FactKind, ...]
    tell: Callable[[Asked, Ask], Awaitable[Values]]
    """Raises NoSuchUser, another ProviderError, NotTold or NotOffered."""
    unasked: Callable[[Asked], str] = lambda _asked: ""
    """Why there is nothing to ask for, in words; empty where there is."""

    @property
    def source(self) -> str:
        """What people call the call."""
        return f"{self.endpoint.method} {self.endpoint.path}"


@dataclass(frozen=True, slots=True)
class CloudProfile:
    """All that a cloud tells of a user, and what it does not."""

    reads: tuple[ProfileRead, ...]
    untold: tuple[tuple[FactKind, str], ...]
    """Facts that no call tells, and why."""
    hint: Callable[[str], str] = lambda _user: ""
    """Why nobody may have an id, as far as its spelling tells; empty if it does not."""
    longest_id: int = 0
    """Bytes of UTF-8 that a user's id has at most; 0 leaves it to the cloud to say that nobody has an id."""

    def excludes(self, user: str) -> str:
        """Say why nobody can have an id; empty if somebody may."""
        if self.longest_id and len(user.encode("utf-8", "surrogatepass")) > self.longest_id:
            return f"an id has at most {self.longest_id} bytes of UTF-8"
        return ""

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all facts."""
        return tuple(kind.name for kind in self.kinds)

    @property
    def kinds(self) -> tuple[FactKind, ...]:
        """All facts in the order in which people read them."""
        found = [kind for read in self.reads for kind in read.facts] + [kind for kind, _ in self.untold]
        return tuple(sorted(found, key=lambda kind: [*Section].index(kind.section)))


def one_call(
    endpoint: Endpoint[Any],
    facts: tuple[FactKind, ...],
    request: Callable[[Asked], tuple[Mapping[str, str], JsonObject]],
    read: Callable[[Said, Asked], Values],
) -> ProfileRead:
    """Declare facts that one call tells; the request is the path's values and the body."""

    async def tell(asked: Asked, ask: Ask) -> Values:
        values, body = request(asked)
        return read(await ask(endpoint, values, body), asked)

    return ProfileRead(endpoint, facts, tell)


def answer_as(model: type[AnswerT], body: JsonObject, *needed: str) -> AnswerT:
    """Read an answer into its model; NotTold names the first thing that is missing or not as documented.

    `needed` are fields whose defaults would pass for something that the cloud said.
    """
    missing = next((name for name in needed if name not in body), "")
    if missing:
        raise NotTold(f"The answer is not as documented: {missing} is missing.")
    try:
        return model.model_validate(body, strict=False)
    except ValidationError as error:
        place = dotted(error.errors(include_url=False)[0]["loc"]) or "it"
        raise NotTold(f"The answer is not as documented: {place} is missing or of another kind.") from None


async def each(calls: Mapping[str, Awaitable[ResultT]]) -> tuple[dict[str, ResultT], str]:
    """Make calls at once; return what they told by name, and in words what failed. If all fail, so does this."""
    told: dict[str, ResultT] = {}
    failed: dict[str, Exception] = {}

    async def one(name: str, call: Awaitable[ResultT]) -> None:
        try:
            told[name] = await call
        except TELLING as error:
            failed[name] = error

    await asyncio.gather(*(one(name, call) for name, call in calls.items()))
    if failed and not told:
        raise next(iter(failed.values()))
    return {name: told[name] for name in calls if name in told}, " ".join(
        f"{name}: {error}" for name, error in failed.items()
    )


EXISTS_KIND = FactKind(EXISTS, "registered", Section.USER)
FOUND: Values = {EXISTS: Value(value=True, words="yes")}
"""There is such a user; that there is none is told by the error NoSuchUser."""


def zone_time(moment: datetime, zone: str) -> str:
    """Write a moment by a zone's clock, which it names: `2026-11-22 21:30:00 Asia/Shanghai`."""
    return f"{moment.astimezone(ZoneInfo(zone)):%Y-%m-%d %H:%M:%S} {zone}"


def whose_clock(account: Account) -> str:
    """Say by which clock daily times hold: `server time (UTC)`."""
    zone = f"taken to be {account.push_zone}" if account.push_zone_assumed else account.push_zone
    return f"server time ({zone})"


def enumerated(words: Sequence[str], none: str, separator: str = ", ") -> str:
    """Write a list for people: the first few, and how many more there are; `none` where it is empty."""
    more = [f"and {len(words) - MOST_WORDS:,} more"] if len(words) > MOST_WORDS else []
    return separator.join([*words[:MOST_WORDS], *more]) or none
