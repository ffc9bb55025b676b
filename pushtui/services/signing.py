"""What signs the requests of each account: its secret, or a token that stands for it for a while."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING

from pushtui.providers.base import Token, TokenRequest

if TYPE_CHECKING:
    from pushtui.domain.account import Account
    from pushtui.domain.clock import Clock, Randomness
    from pushtui.domain.json_body import JsonObject
    from pushtui.domain.secret import Secret
    from pushtui.providers.base import Provider, TokenMaker
    from pushtui.services.accounts import Accounts

Asking = Callable[["Account", TokenRequest], Awaitable["JsonObject"]]
"""Asks a provider for a token and returns its answer."""


@dataclass(slots=True)
class _Entry:
    """What is known about one account."""

    account: Account
    secret: Secret | None = None
    token: Token | None = None
    ahead: timedelta = timedelta()
    """How far the provider's clock is ahead of this machine's, once that has mattered."""
    making: asyncio.Lock = field(default_factory=asyncio.Lock)


class Signing:
    """Secrets and tokens of the accounts that are in use, read and made once."""

    def __init__(self, accounts: Accounts, clock: Clock, randomness: Randomness, ask: Asking) -> None:
        self._accounts = accounts
        self._clock = clock
        self._randomness = randomness
        self._ask = ask
        self._entries: dict[str, _Entry] = {}

    async def key(self, provider: Provider, account: Account) -> Secret:
        """Return what signs the next request; SecretUnavailable or a ProviderError if there is none."""
        entry = self._entry(account)
        async with entry.making:
            if entry.secret is None:
                entry.secret = (await self._accounts.secret(account.name)).secret
            if provider.token is None:
                return entry.secret
            if entry.token is None or self._clock.now() + entry.ahead >= entry.token.renew_at:
                entry.token = await self._token(provider.token, entry, entry.secret)
            return entry.token.value

    def expired(self, account: Account, key: Secret, ahead: timedelta) -> None:
        """Have another token made, by the provider's clock, unless that was done since `key`."""
        entry = self._entry(account)
        if entry.token is not None and entry.token.value is key:
            entry.token, entry.ahead = None, ahead

    def forget(self, account: Account) -> None:
        """Read the secret again before the next request; it may have been changed."""
        self._entries.pop(account.name, None)

    def _entry(self, account: Account) -> _Entry:
        """Return what is known; nothing is, once the account is described otherwise."""
        known = self._entries.get(account.name)
        if known is None or known.account != account:
            known = self._entries[account.name] = _Entry(account)
        return known

    async def _token(self, make: TokenMaker, entry: _Entry, secret: Secret) -> Token:
        there = self._clock.now() + entry.ahead
        made = make(entry.account, secret, there, self._randomness)
        return made if isinstance(made, Token) else made.read(await self._ask(entry.account, made), there)
