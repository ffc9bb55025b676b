"""From a draft to a plan, and a plan as people read it."""

from __future__ import annotations

import hashlib
import shlex
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from pushtui.domain.errors import AccountError
from pushtui.domain.finding import PUSHTUI, Finding, Severity, in_order
from pushtui.domain.json_body import compact
from pushtui.domain.plan import KnownRuns, Plan, PlannedRequest
from pushtui.domain.quota import QuotaUse
from pushtui.providers.base import MADE_AT_SEND, CostUnit, DraftKind
from pushtui.providers.kinds import check, kind_named
from pushtui.services.time_words import clock_time
from pushtui.vault import variable_for

if TYPE_CHECKING:
    from datetime import datetime

    from pushtui.domain.account import Account
    from pushtui.domain.attempt import Run, SentRequest
    from pushtui.domain.clock import Clock, Randomness
    from pushtui.domain.draft import Draft
    from pushtui.journal import Journal
    from pushtui.services.accounts import Accounts

REPEAT_WINDOW = timedelta(hours=24)
"""An identical push within this time is pointed out."""


@dataclass(frozen=True, slots=True)
class Planning:
    """Makes plans; reads accounts and journal, changes nothing."""

    accounts: Accounts
    journal: Journal
    clock: Clock
    randomness: Randomness

    async def plan(self, draft: Draft) -> Plan:
        """Freeze a draft for sending: exact requests, reach, cost, quotas and findings."""
        kind = kind_named(draft.kind)
        account = await self.accounts.get(draft.account)
        if account.provider != kind.provider.name:
            raise AccountError(
                f"“{account.name}” is an account at {account.provider}; {kind.name} needs one at {kind.provider.name}."
            )
        request = _request(kind, account, draft)
        since = _since(self.clock.now() - REPEAT_WINDOW, account)
        same = await self._same(account, request, since)
        quotas = await self.quotas(kind, account)
        return Plan(
            id=self.randomness.identifier(),
            made_at=self.clock.now(),
            account=account,
            draft=draft,
            requests=(request,),
            reach=kind.reach(draft.body),
            cost={kind.endpoint.quota_group: 1} if kind.endpoint.cost_unit is CostUnit.CALL else {},
            quotas=quotas,
            findings=in_order([*check(kind, draft.body), *_circumstances(account, same, quotas)]),
            known=KnownRuns(since, frozenset(run.id for run in same)),
        )

    def gist(self, draft: Draft) -> str:
        """Return what people will read, in a line."""
        return kind_named(draft.kind).gist(draft.body)

    async def quotas(self, kind: DraftKind, account: Account) -> tuple[QuotaUse, ...]:
        """Count, from the journal, what each quota of a kind's endpoint has been charged: a lower bound."""
        now, used = self.clock.now(), []
        for quota in kind.endpoint.quotas:
            since = _since(quota.window.start(now, account.zone), account)
            calls = await self.journal.counted_calls(account.provider, account.app_id, quota.group, since)
            full = len(calls) >= quota.limit
            frees_at = quota.window.frees(calls[-quota.limit], account.zone) if full else None
            used.append(QuotaUse(quota, len(calls), frees_at))
        return tuple(used)

    def preview(self, plan: Plan) -> list[SentRequest]:
        """Show a plan's requests exactly as they will leave, the signature masked.

        Nonce, timestamp, signature and request id are made at the moment of sending.
        """
        from pushtui.providers.transport import prepare

        provider = kind_named(plan.draft.kind).provider
        headers = provider.preview_headers(plan.account)
        return [
            prepare(request, request.hosts[0], headers, provider.secret_headers, MADE_AT_SEND).sent
            for request in plan.requests
        ]

    def curl(self, plan: Plan) -> str:
        """Write a plan as shell commands that read the secret from its environment variable.

        The secret goes to a hash over a pipe and is never an argument of a process.
        """
        variable = variable_for(plan.account.name)
        return "\n\n".join(_curl(plan, request, variable) for request in plan.requests) + "\n"

    async def _same(self, account: Account, request: PlannedRequest, since: datetime) -> list[Run]:
        digest = hashlib.sha256(request.body).hexdigest()
        return await self.journal.identical_runs(account.provider, account.app_id, digest, since)


def _curl(plan: Plan, request: PlannedRequest, secret_variable: str) -> str:
    shell = kind_named(plan.draft.kind).provider.shell_headers(plan.account)
    parts = [
        f"curl --request {request.method} {shlex.quote(request.url)}",
        *(f"--header {shlex.quote(f'{name}: {value}')}" for name, value in shell.literals),
        *(f'--header "{name}: ${variable}"' for name, variable in shell.variables),
        f"--header 'Content-Type: {request.content_type}'",
        f"--data-raw {shlex.quote(request.body.decode())}",
    ]
    return "\n".join([f'SECRET="${{{secret_variable}:?}}"', *shell.lines, " \\\n  ".join(parts)])


def _request(kind: DraftKind, account: Account, draft: Draft) -> PlannedRequest:
    endpoint = kind.endpoint
    return PlannedRequest(
        endpoint.method, account.hosts, endpoint.path, endpoint.encoding.value, compact(draft.body).encode()
    )


def _since(moment: datetime, account: Account) -> datetime:
    """Nothing counts from before the account's provider began to count."""
    return max(moment, account.began) if account.began is not None else moment


def _circumstances(account: Account, same: list[Run], quotas: Sequence[QuotaUse]) -> list[Finding]:
    """Findings that lie not in the draft but around it."""
    closed = Finding(Severity.ERROR, (), f"the account “{account.name}” is read-only: nothing can be sent", PUSHTUI)
    repeats = [Finding(Severity.WARNING, (), _repeat(run), PUSHTUI) for run in same]
    full = [Finding(Severity.WARNING, (), _full(use, use.frees_at), use.quota.source) for use in quotas if use.frees_at]
    return [*([closed] if account.read_only else []), *repeats, *full]


def _full(use: QuotaUse, frees_at: datetime) -> str:
    return f"{use} are used up, as far as the journal knows: it will be refused before {clock_time(frees_at)}"


def _repeat(run: Run) -> str:
    when = clock_time(run.made_at)
    return f"the very same push was {_FATE[run.state]} at {when} (run {run.id[:8]}); sending it again may show it twice"


_FATE: dict[str, str] = {
    "planned": "about to be sent",
    "in flight": "sent and has no answer yet",
    "accepted": "accepted",
    "rejected": "rejected",
    "unknown": "sent with unknown outcome",
}
