"""What the clouds tell about users: all calls at once, each value as it arrives."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Any, TypeAlias

from pushtui.domain.errors import ProviderError, PushtuiError, UsageError
from pushtui.domain.json_body import JsonObject, JsonValue
from pushtui.domain.nearest import did_you_mean
from pushtui.domain.profile import EXISTS, Fact, FactState, Profile
from pushtui.providers.errors import NoSuchUser
from pushtui.providers.kinds import PROVIDERS
from pushtui.providers.profiles import Asked, CloudProfile, NotOffered, NotTold, ProfileRead, Said, Values
from pushtui.services.calls import NOTHING

if TYPE_CHECKING:
    from pushtui.domain.account import Account
    from pushtui.domain.clock import Clock
    from pushtui.domain.conversation import Conversation
    from pushtui.providers.base import Endpoint
    from pushtui.services.accounts import Accounts
    from pushtui.services.calls import Calls

PATIENCE = 15.0
"""Seconds after which a value that did not come is given up."""
NOTED_AHEAD = timedelta(seconds=2)
"""Clocks that differ by less count as the same; most clouds tell their time in whole seconds."""
NOBODY = "no such user"
NO_SUCH_USER = f"There is {NOBODY}."

Told: TypeAlias = Callable[[Profile], None]


def nobody(_profile: Profile) -> None:
    """Tell nobody."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What shall be read of a user beyond what is always read, or nothing else than that."""

    conversations: tuple[Conversation, ...] = ()
    labels: tuple[str, ...] = ()
    """Push labels of Agora Chat to ask about."""
    only: frozenset[str] = frozenset()
    """Names of facts; empty is all of them."""


EVERYTHING = Wanted()


@dataclass(frozen=True, slots=True)
class Look:
    """A user at one account; without a profile, why nothing could be asked there."""

    account: Account
    profile: Profile | None
    problem: str = ""


class Profiles:
    """Opens profiles. A call that fails or takes too long spoils only what it would have told."""

    def __init__(self, accounts: Accounts, calls: Calls, clock: Clock, patience: float = PATIENCE) -> None:
        self._accounts = accounts
        self._calls = calls
        self._clock = clock
        self._patience = patience

    async def warm_up(self) -> None:
        """Load what the first profile needs, so that it does not wait for that."""
        await asyncio.to_thread(_load)

    async def open(self, account: Account, user: str, told: Told = nobody, wanted: Wanted = EVERYTHING) -> Profile:
        """Read all that an account's cloud tells of a user, and tell of the profile with each answer.

        The first is told before any answer, with everything awaited. Raises UsageError for what cannot be asked,
        SecretUnavailable and AccountError.
        """
        _check(user, wanted, (account,))
        asked = Asked(account, user, wanted.conversations, wanted.labels)
        opening = _Opening(self._calls, self._clock, asked, beginning(account, user, wanted.only), told)
        return await opening.run(self._patience)

    async def everywhere(
        self,
        user: str,
        told: Told = nobody,
        wanted: Wanted = EVERYTHING,
        accounts: Sequence[Account] | None = None,
    ) -> tuple[Look, ...]:
        """Open a user's profile at every account, or at some; one that cannot be asked says why."""
        asked = await self._accounts.list() if accounts is None else accounts
        _check(user, wanted, asked)
        return tuple(await asyncio.gather(*(self._look(account, user, told, wanted) for account in asked)))

    async def _look(self, account: Account, user: str, told: Told, wanted: Wanted) -> Look:
        known = wanted.only & frozenset(cloud_of(account.provider).names)
        if wanted.only and not known:
            return Look(account, None, f"Nothing of what is wanted is known at {account.provider}.")
        try:
            return Look(account, await self.open(account, user, told, replace(wanted, only=known)))
        except UsageError:
            raise
        except PushtuiError as error:
            return Look(account, None, error.message)


@cache
def cloud_of(provider: str) -> CloudProfile:
    """Return what a provider tells; its payloads are loaded only now."""
    cloud: CloudProfile = import_module(f"pushtui.providers.{provider}.profile").PROFILE
    return cloud


def _load() -> None:
    import_module("pushtui.providers.transport")
    for provider in PROVIDERS:
        cloud_of(provider)


def beginning(account: Account, user: str, only: frozenset[str] = frozenset()) -> Profile:
    """Return a profile before any answer: everything is awaited, but for what the cloud does not tell."""
    cloud = cloud_of(account.provider)
    sources = {kind.name: read.source for read in cloud.reads for kind in read.facts}
    untold = {kind.name: reason for kind, reason in cloud.untold}
    facts = (
        kind.fact(FactState.UNAVAILABLE, problem=untold[kind.name])
        if kind.name in untold
        else kind.fact(source=sources[kind.name])
        for kind in cloud.kinds
    )
    return Profile(account, user, tuple(fact for fact in facts if not only or fact.name in only))


def _check(user: str, wanted: Wanted, accounts: Sequence[Account]) -> None:
    if not user.strip():
        raise UsageError("The user's id is empty.")
    names = sorted({name for account in accounts for name in cloud_of(account.provider).names})
    for name in sorted(wanted.only.difference(names)):
        allowed = f"allowed: {', '.join(names)}." if names else "there is no account."
        raise UsageError(f"“{name}” is no value that can be read; {allowed}{did_you_mean(name, names)}")


class _Opening:
    """One profile while its answers come in."""

    def __init__(self, calls: Calls, clock: Clock, asked: Asked, profile: Profile, told: Told) -> None:
        self._calls = calls
        self._clock = clock
        self._asked = asked
        self._told = told
        self._ahead = timedelta()
        self._profile = profile

    async def run(self, patience: float) -> Profile:
        """Make all calls at once; what they told stays if one of them must be given up."""
        self._told(self._profile)
        cloud, wanted = cloud_of(self._asked.account.provider), {fact.name for fact in self._profile.facts}
        reads = [read for read in cloud.reads if wanted.intersection(kind.name for kind in read.facts)]
        excluded = cloud.excludes(self._asked.user)
        if excluded:
            nobody = (fact for read in reads for fact in self._nobody(read, f"{NOBODY}: {excluded}"))
            self._take([replace(fact, source="", read_at=None) for fact in nobody])
            return self._profile
        tasks = [asyncio.create_task(self._read(read, patience)) for read in reads]
        try:
            for answer in asyncio.as_completed(tasks):
                self._take(await answer)
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
        return self._profile

    def _take(self, facts: Sequence[Fact]) -> None:
        """Put facts into the profile, and tell of it."""
        ahead = self._ahead if abs(self._ahead) >= NOTED_AHEAD else timedelta()
        profile = replace(self._profile.told(facts), ahead=ahead)
        self._profile = profile.told(fact for before in profile.facts if (fact := _fitted(before, profile)) != before)
        self._told(self._profile)

    async def _read(self, read: ProfileRead, patience: float) -> list[Fact]:
        """Make a read's calls; whatever a cloud answers, or not at all, becomes facts."""
        reason = read.unasked(self._asked)
        if reason:
            return _all(read, FactState.UNAVAILABLE, reason)
        try:
            async with asyncio.timeout(patience):
                values = await read.tell(self._asked, self._ask)
        except NoSuchUser:
            return self._nobody(read)
        except NotOffered as error:
            return _all(read, FactState.UNAVAILABLE, str(error))
        except TimeoutError:
            return _all(read, FactState.FAILED, f"No answer came within {patience:g} s.")
        except ProviderError as error:
            return _all(read, FactState.FAILED, f"{error.title}: {error.message}")
        except NotTold as error:
            return _all(read, FactState.FAILED, str(error))
        return self._known(read, values)

    async def _ask(
        self, endpoint: Endpoint[Any], values: Mapping[str, str] = NOTHING, body: JsonObject | None = None
    ) -> Said:
        told = await self._calls.read(self._asked.account, endpoint, values, body)
        if told.server_time is not None:
            self._ahead = told.server_time - told.received_at
        return Said(told.body, told.server_time or told.received_at)

    def _known(self, read: ProfileRead, values: Values) -> list[Fact]:
        now = self._clock.now()
        return [
            replace(
                kind.fact(FactState.KNOWN, read.source, values[kind.name].problem),
                value=values[kind.name].value,
                words=values[kind.name].words,
                read_at=now,
            )
            for kind in read.facts
        ]

    def _nobody(self, read: ProfileRead, words: str = "") -> list[Fact]:
        """Return a read's facts as they are for somebody who does not exist."""
        hint = cloud_of(self._asked.account.provider).hint(self._asked.user)
        words = words or (f"{NOBODY}. {hint}" if hint else NOBODY)
        now, absent = self._clock.now(), _all(read, FactState.NOT_APPLICABLE, NO_SUCH_USER)
        return [
            replace(fact, state=FactState.KNOWN, value=False, words=words, problem="", read_at=now)
            if fact.name == EXISTS
            else fact
            for fact in absent
        ]


def _all(read: ProfileRead, state: FactState, problem: str) -> list[Fact]:
    return [kind.fact(state, read.source, problem) for kind in read.facts]


def _fitted(fact: Fact, profile: Profile) -> Fact:
    """Fit a fact to whether the user exists: nothing set means nothing for nobody, and somebody is not left out."""
    if profile.exists is False and fact.state is FactState.KNOWN and fact.name != EXISTS and _is_nothing(fact.value):
        return replace(fact, state=FactState.NOT_APPLICABLE, value=None, words="", problem=NO_SUCH_USER)
    if profile.exists is True and fact.state is FactState.NOT_APPLICABLE:
        return replace(fact, state=FactState.FAILED, problem="The answer says that there is no such user.")
    return fact


def _is_nothing(value: JsonValue) -> bool:
    """Tell whether nothing is set, at any depth."""
    if isinstance(value, dict):
        return all(map(_is_nothing, value.values()))
    return not value
