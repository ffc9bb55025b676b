"""Whether an account works, found out by one harmless call to each of its hosts."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from pushtui.domain.errors import NotSent, OutcomeUnknown, ProviderError, SecretUnavailable
from pushtui.providers.answering import skew_words
from pushtui.providers.errors import NotFound, QuotaExhausted, RateExceeded, ServiceNotEnabled
from pushtui.providers.kinds import PROVIDERS
from pushtui.providers.probes import PROBES

if TYPE_CHECKING:
    from datetime import datetime

    from pushtui.domain.account import Account
    from pushtui.domain.clock import Clock
    from pushtui.services.accounts import Accounts
    from pushtui.services.calls import Calls

_PROVEN = (ServiceNotEnabled, RateExceeded, QuotaExhausted)
"""Errors that only those get who are let in."""


class Standing(StrEnum):
    """How an account stands with its provider."""

    WORKS = "works"
    LIMITED = "works, but not for everything"
    REFUSED = "does not work"
    UNCERTAIN = "cannot be told"

    @property
    def mark(self) -> str:
        """A shape of one cell."""
        marks = {Standing.WORKS: "✔", Standing.LIMITED: "▲", Standing.REFUSED: "✖", Standing.UNCERTAIN: "?"}
        return marks[self]

    @property
    def good(self) -> bool:
        return self in (Standing.WORKS, Standing.LIMITED)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What one host made of a harmless call."""

    host: str
    standing: Standing
    title: str
    words: str
    """What is wrong and what to do, or that nothing is."""
    elapsed: float | None = None
    """Seconds of the answer; None where none came."""
    ahead: timedelta | None = None
    """How far the provider's clock is ahead of this machine's; None where its answer does not say."""


@dataclass(frozen=True, slots=True)
class AccountTests:
    """Tests accounts; changes nothing."""

    accounts: Accounts
    calls: Calls
    clock: Clock

    async def test(self, name: str) -> tuple[Verdict, ...]:
        """Ask every host of an account, and say of each how the account stands there."""
        account = await self.accounts.get(name)
        return tuple(await asyncio.gather(*(self._test(account, host) for host in account.hosts)))

    async def _test(self, account: Account, host: str) -> Verdict:
        probe = PROBES[account.provider]
        try:
            told = await self.calls.read(replace(account, hosts=(host,)), probe.endpoint, probe.values, probe.body)
        except SecretUnavailable as error:
            return Verdict(host, Standing.REFUSED, error.title, error.message)
        except ProviderError as error:
            return self._failed(account, host, error)
        return self._verdict(account, host, None, told.elapsed, told.server_time)

    def _failed(self, account: Account, host: str, error: ProviderError) -> Verdict:
        answer = error.answer
        there = PROVIDERS[account.provider].told_at(answer) if answer is not None else None
        return self._verdict(account, host, error, answer.elapsed if answer is not None else None, there)

    def _verdict(
        self, account: Account, host: str, error: ProviderError | None, elapsed: float | None, there: datetime | None
    ) -> Verdict:
        now, title = self.clock.now(), PROVIDERS[account.provider].title
        standing, short, words = _judged(title, error)
        skew = skew_words(there, now)
        if skew and skew not in words:
            words = f"{words} {skew}"
        return Verdict(host, standing, short, words, elapsed, there - now if there is not None else None)


def _judged(provider: str, error: ProviderError | None) -> tuple[Standing, str, str]:
    """Return how an account stands, in a word or two, and in full."""
    if error is None or isinstance(error, NotFound):
        return Standing.WORKS, "Works", f"{provider} knows the app and accepts the secret."
    if isinstance(error, _PROVEN):
        return Standing.LIMITED, error.title, f"{provider} knows the app and accepts the secret, but: {error.message}"
    if isinstance(error, NotSent):
        check = "Check region or base URL, the network, and what the environment says of proxies."
        return Standing.UNCERTAIN, "Not reached", f"{error.message} {check}"
    if isinstance(error, OutcomeUnknown):
        check = "If that stays so, check region or base URL, and what is between here and there."
        return Standing.UNCERTAIN, error.title, f"{error.message} {check}"
    return Standing.REFUSED, error.title, error.message
