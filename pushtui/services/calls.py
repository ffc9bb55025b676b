"""Calls to the providers that are no pushes: what is read of users and apps, and what is set."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from pushtui.domain.errors import NotSent, OutcomeUnknown, ProviderError, Refused
from pushtui.domain.json_body import JsonObject
from pushtui.providers.addressing import request_for
from pushtui.providers.base import Purpose
from pushtui.providers.errors import AuthenticationFailed, ConnectionLost, FailedInside, RateExceeded, TokenExpired
from pushtui.providers.kinds import PROVIDERS
from pushtui.reports import write_report
from pushtui.services.hiding import Hiding
from pushtui.services.pacing import Pace, Sleep, wait_after
from pushtui.services.signing import Signing

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from pushtui.domain.account import Account
    from pushtui.domain.attempt import Answer
    from pushtui.domain.clock import Clock, Randomness
    from pushtui.domain.plan import PlannedRequest
    from pushtui.domain.secret import Secret
    from pushtui.providers.base import Endpoint, Provider, Signature, TokenRequest
    from pushtui.providers.transport import Pool, Timeouts
    from pushtui.services.accounts import Accounts

NOTHING: Mapping[str, str] = MappingProxyType({})
READING = (5.0, 10.0, 15.0)
"""Seconds that a read waits for a connection, for each piece of the answer and for all of it: somebody looks on."""
PATIENCE = 5.0
"""Seconds that a read is held back at most when the provider says that it was asked too fast."""


@dataclass(frozen=True, slots=True)
class Told:
    """What a provider answered."""

    body: JsonObject
    """As the provider wrote it."""
    received_at: datetime
    """By this machine's clock."""
    server_time: datetime | None = None
    """By the provider's, where the answer says."""
    elapsed: float = 0.0
    """Seconds from the first byte out to the last byte in."""


@dataclass(frozen=True, slots=True)
class _Call:
    """One call, before it is signed."""

    account: Account
    provider: Provider
    endpoint: Endpoint[Any]
    request: PlannedRequest
    purpose: Purpose


class Calls:
    """Reads and changes at the providers; calls may run side by side.

    A read is repeated once where that can help; a change only if it surely was not made.
    """

    def __init__(
        self,
        accounts: Accounts,
        clock: Clock,
        randomness: Randomness,
        *,
        read_only: bool,
        timeouts: Timeouts | None = None,
        logs: Path | None = None,
        sleep: Sleep = asyncio.sleep,
    ) -> None:
        self._clock = clock
        self._randomness = randomness
        self._read_only = read_only
        self._timeouts = timeouts
        self._logs = logs
        self._sleep = sleep
        self._signing = Signing(accounts, clock, randomness, self._ask)
        self._pools: dict[tuple[str, Purpose], Pool] = {}
        self._paces: dict[tuple[str, str, str], Pace] = {}
        self._turned: dict[str, int] = {}
        """How often an account's host was surely not reached, so that the next one is asked."""

    async def read(
        self,
        account: Account,
        endpoint: Endpoint[Any],
        values: Mapping[str, str] = NOTHING,
        body: JsonObject | None = None,
    ) -> Told:
        """Ask a provider; `values` fill the path's segments, `body` is the body, or the query where there is none.

        Raises Rejected, OutcomeUnknown or NotSent; UsageError for a value that cannot stand in an address;
        SecretUnavailable.
        """
        call = self._call(account, endpoint, values, body or {}, Purpose.READ)
        try:
            return await self._attempt(call)
        except (NotSent, ConnectionLost, TokenExpired, FailedInside):
            return await self._attempt(call)
        except RateExceeded as error:
            if wait_after(error.answer, self._clock.now()) > PATIENCE:
                raise
            return await self._attempt(call)

    async def write(
        self,
        account: Account,
        endpoint: Endpoint[Any],
        values: Mapping[str, str] = NOTHING,
        body: JsonObject | None = None,
    ) -> Told:
        """Change something at a provider, as `read` asks; Refused where nothing may be changed.

        It is repeated only if it surely was not done: no connection, or a token whose time was over.
        """
        if self._read_only or account.read_only:
            raise Refused("This session or the account is read-only: nothing was changed.")
        call = self._call(account, endpoint, values, body or {}, Purpose.CHANGE)
        try:
            return await self._attempt(call)
        except (NotSent, TokenExpired):
            return await self._attempt(call)

    async def close(self) -> None:
        """Close all connections."""
        pools, self._pools = list(self._pools.values()), {}
        for pool in pools:
            await pool.close()

    def _call(
        self, account: Account, endpoint: Endpoint[Any], values: Mapping[str, str], body: JsonObject, purpose: Purpose
    ) -> _Call:
        provider = PROVIDERS[account.provider]
        request = request_for(endpoint, account.hosts, provider.base_path(account), values, body)
        return _Call(account, provider, endpoint, request, purpose)

    async def _attempt(self, call: _Call) -> Told:
        """Sign and send once, and take note of what a failure says about the next time."""
        key = await self._signing.key(call.provider, call.account)
        pace = self._pace(call)
        await pace.take(1)
        signature = call.provider.sign(call.account, key, self._clock, self._randomness)
        try:
            told = await self._exchange(call, signature)
        except ProviderError as error:
            self._heed(call, key, pace, error)
            raise
        pace.went_well()
        return told

    def _heed(self, call: _Call, key: Secret, pace: Pace, error: ProviderError) -> None:
        """Let the next request wait, go elsewhere or be signed anew."""
        now, account = self._clock.now(), call.account
        if isinstance(error, NotSent):
            self._turned[account.name] = self._turned.get(account.name, 0) + 1
        elif isinstance(error, TokenExpired):
            there = call.provider.told_at(error.answer) if error.answer is not None else None
            self._signing.expired(account, key, (there or now) - now)
        elif isinstance(error, AuthenticationFailed):
            self._signing.forget(account)
        elif isinstance(error, RateExceeded):
            pace.slow_down(min(wait_after(error.answer, now), PATIENCE))

    async def _ask(self, account: Account, request: TokenRequest) -> JsonObject:
        """Ask for a token; its answer is not kept, since it may hold one."""
        call = self._call(account, request.endpoint, NOTHING, request.body, Purpose.READ)
        await self._pace(call).take(1)
        try:
            return (await self._exchange(call, request.signature)).body
        except ProviderError as error:
            error.answer = None
            raise

    async def _exchange(self, call: _Call, signature: Signature) -> Told:
        """Send once and read the answer; a ProviderError tells whatever went wrong, without any secret."""
        from pushtui.providers.transport import Timeouts, perform, prepare

        masked, request_id = call.provider.masked, self._randomness.identifier()
        host = self._host(call)
        prepared = prepare(call.request, host, signature, masked, request_id, stays_open=True)
        usual = Timeouts(*READING) if call.purpose is Purpose.READ else Timeouts()
        timeouts, way = self._timeouts or usual, self._pool(host, call.purpose)
        try:
            answer = await perform(prepared, self._clock, timeouts, way, call.purpose.value)
            return self._understood(call, answer, request_id)
        except ProviderError as error:
            raise self._shown(call, signature, error) from None

    def _understood(self, call: _Call, answer: Answer, request_id: str) -> Told:
        now = self._clock.now()
        try:
            body = call.provider.read(answer, now, call.purpose)
            return Told(body, now, call.provider.told_at(answer), answer.elapsed)
        except ProviderError as error:
            error.request_id = error.request_id or request_id
            raise
        except Exception as error:
            happened = f"An unexpected {type(error).__name__} kept the answer from being read."
            unread = OutcomeUnknown(f"{happened} {call.purpose.value}", request_id=request_id, answer=answer)
            raise unread from error

    def _shown(self, call: _Call, signature: Signature, error: ProviderError) -> ProviderError:
        """Take secrets out of an error, fit its title to what was asked, and write an unforeseen one down."""
        hide = Hiding(signature, call.provider.masked)
        if error.__cause__ is not None and self._logs is not None:
            report = write_report(self._logs, error.__cause__, self._clock.now(), hide.text)
            error.message += f" {report.place}."
        if isinstance(error, OutcomeUnknown) and call.purpose is Purpose.READ:
            error.title = "No usable answer"
        error.message = hide.text(error.message)
        error.args = (error.message,)
        if error.answer is not None:
            error.answer = hide.answer(error.answer)
        return error

    def _host(self, call: _Call) -> str:
        hosts = call.request.hosts
        return hosts[self._turned.get(call.account.name, 0) % len(hosts)]

    def _pool(self, host: str, purpose: Purpose) -> Pool:
        """Return the connections to a host; those for changes are not used again once they were idle."""
        from pushtui.providers.transport import IDLE, LONGER_IDLE, Pool

        known = self._pools.get((host, purpose))
        if known is None:
            known = self._pools[host, purpose] = Pool(LONGER_IDLE if purpose is Purpose.READ else IDLE)
        return known

    def _pace(self, call: _Call) -> Pace:
        """Return the pace of an endpoint's rates, which other endpoints of the app may share."""
        rate = min(call.endpoint.rates, key=lambda rate: rate.limit / rate.seconds, default=None)
        key = (call.account.provider, call.account.app_id, rate.group if rate else call.endpoint.path)
        if key not in self._paces:
            self._paces[key] = Pace(rate.limit / rate.seconds if rate else 0.0, self._clock, self._sleep)
        return self._paces[key]
