"""From a draft to a plan, and a plan as people read it."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from pushtui.domain.errors import AccountError
from pushtui.domain.finding import PUSHTUI, Finding, Severity, in_order
from pushtui.domain.plan import KnownRuns, Plan, PlannedRequest
from pushtui.domain.quota import QuotaUse
from pushtui.providers.apps import provider_title
from pushtui.providers.base import MADE_AT_SEND, CostUnit, DraftKind
from pushtui.providers.kinds import kind_named
from pushtui.services.audience import Audience, look, reading, seen_before
from pushtui.services.batches import recipients_a_second
from pushtui.services.plan_words import gist_of
from pushtui.services.recipients.importing import Told, nobody
from pushtui.services.repeats import Repeat, repeats
from pushtui.services.time_words import clock_time
from pushtui.vault import variable_for

if TYPE_CHECKING:
    from datetime import datetime

    from pushtui.domain.account import Account
    from pushtui.domain.attempt import SentRequest
    from pushtui.domain.clock import Clock, Randomness
    from pushtui.domain.draft import Draft
    from pushtui.domain.run import Run
    from pushtui.journal import Journal
    from pushtui.providers.base import ShellHeaders
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

    async def plan(self, draft: Draft, told: Told = nobody) -> Plan:
        """Freeze a draft for sending: exact requests, reach, cost, quotas and findings.

        `told` hears, in another thread, how far the reading of many recipients is.
        """
        kind = kind_named(draft.kind)
        account = await self._account(kind, draft)
        audience = await reading(partial(look, kind, account, draft), told)
        return await self._plan(kind, account, draft, audience)

    async def renewed(self, plan: Plan) -> Plan:
        """Make a plan anew as things are now, without reading its recipients again."""
        kind = kind_named(plan.draft.kind)
        account = await self._account(kind, plan.draft)
        return await self._plan(kind, account, plan.draft, seen_before(kind, account, plan))

    async def _account(self, kind: DraftKind, draft: Draft) -> Account:
        account = await self.accounts.get(draft.account)
        self._refuse_misfit(kind, account)
        return account

    async def _plan(self, kind: DraftKind, account: Account, draft: Draft, audience: Audience) -> Plan:
        requests, since = audience.requests, _since(self.clock.now() - REPEAT_WINDOW, account)
        bodies = list(requests.body_digests())
        same = await self.journal.identical_runs(account.provider, account.app_id, bodies, since)
        again = await repeats(self.journal, kind, account, draft, requests, since)
        quotas = await self.quotas(kind, account)
        rate = recipients_a_second(kind)
        return Plan(
            id=self.randomness.identifier(),
            made_at=self.clock.now(),
            account=account,
            draft=draft,
            requests=requests,
            reach=audience.reach,
            cost={kind.endpoint.quota_group: 1} if kind.endpoint.cost_unit is CostUnit.CALL else {},
            quotas=quotas,
            findings=in_order(
                [*audience.findings, *audience.about_recipients, *_circumstances(account, same, again, quotas)]
            ),
            known=KnownRuns(since, frozenset(run.id for run in (*same, *(one.run for one in again)))),
            about_recipients=audience.about_recipients,
            demand=kind.demand(draft.body),
            seconds=requests.recipients / rate if rate else 0.0,
        )

    def misfit(self, kind: DraftKind, account: Account) -> str:
        """Say why a kind of draft cannot go to an account; empty where it can."""
        if account.provider == kind.provider.name:
            return ""
        return (
            f"“{account.name}” is an account at {provider_title(account.provider)}; {kind.name} goes to "
            f"{kind.provider.title}. Choose an account there."
        )

    def _refuse_misfit(self, kind: DraftKind, account: Account) -> None:
        problem = self.misfit(kind, account)
        if problem:
            raise AccountError(problem)

    def gist(self, draft: Draft) -> str:
        """Return what people will read, or what becomes of their setting, in a line."""
        return gist_of(draft)

    async def quotas(self, kind: DraftKind, account: Account) -> tuple[QuotaUse, ...]:
        """Count, from the journal, what each quota of a kind's endpoint has been charged: a lower bound.

        AccountError if the kind cannot go to the account.
        """
        self._refuse_misfit(kind, account)
        now, used = self.clock.now(), []
        for quota in kind.endpoint.quotas:
            since = _since(quota.window.start(now, account.zone), account)
            calls = await self.journal.counted_calls(account.provider, account.app_id, quota.group, since)
            full = len(calls) >= quota.limit
            frees_at = quota.window.frees(calls[-quota.limit], account.zone) if full else None
            used.append(QuotaUse(quota, len(calls), frees_at))
        return tuple(used)

    def preview(self, plan: Plan) -> list[SentRequest]:
        """Show the first of a plan's requests, if there is one, exactly as it will leave, the signature masked.

        Nonce, timestamp, signature and request id are made at the moment of sending.
        """
        from pushtui.providers.transport import prepare

        request = plan.requests.first
        if request is None:
            return []
        kind = kind_named(plan.draft.kind)
        signature, masked = kind.provider.preview(plan.account), kind.provider.masked
        stays_open = kind.batching is not None
        return [prepare(request, request.hosts[0], signature, masked, MADE_AT_SEND, stays_open=stays_open).sent]

    def curl(self, plan: Plan) -> str:
        """Write a plan's first request as shell commands that read the secret from its environment variable.

        The secret goes to a hash over a pipe and is never an argument of a process. Empty where a shell cannot sign.
        """
        request, shell_headers = plan.requests.first, kind_named(plan.draft.kind).provider.shell_headers
        if request is None or shell_headers is None:
            return ""
        return _curl(shell_headers(plan.account), request, variable_for(plan.account.name)) + "\n"


def _curl(shell: ShellHeaders, request: PlannedRequest, secret_variable: str) -> str:
    parts = [
        f"curl --request {request.method} {shlex.quote(request.url)}",
        *(f"--header {shlex.quote(f'{name}: {value}')}" for name, value in shell.literals),
        *(f'--header "{name}: ${variable}"' for name, variable in shell.variables),
        f"--header 'Content-Type: {request.content_type}'",
        f"--data-raw {shlex.quote(request.body.decode())}",
    ]
    return "\n".join([f'SECRET="${{{secret_variable}:?}}"', *shell.lines, " \\\n  ".join(parts)])


def _since(moment: datetime, account: Account) -> datetime:
    """Nothing counts from before the account's provider began to count."""
    return max(moment, account.began) if account.began is not None else moment


def _circumstances(
    account: Account, same: Sequence[Run], again: Sequence[Repeat], quotas: Sequence[QuotaUse]
) -> list[Finding]:
    """Findings that lie not in the draft but around it."""
    closed = Finding(Severity.ERROR, (), f"the account “{account.name}” is read-only: nothing can be sent", PUSHTUI)
    told = frozenset(one.run.id for one in again)
    said = [*map(_to_people, again), *(_repeat(run) for run in same if run.id not in told)]
    shown_twice = [Finding(Severity.WARNING, (), one, PUSHTUI) for one in said]
    full = [Finding(Severity.WARNING, (), _full(use, use.frees_at), use.quota.source) for use in quotas if use.frees_at]
    return [*([closed] if account.read_only else []), *shown_twice, *full]


def _full(use: QuotaUse, frees_at: datetime) -> str:
    return f"{use} are used up, as far as the journal knows: it will be refused before {clock_time(frees_at)}"


def _to_people(repeat: Repeat) -> str:
    run = repeat.run
    return (
        f"the very same is in the run {run.id[:8]} of {clock_time(run.made_at)} ({_standing(run)}) for {repeat.who}; "
        "sending it again may show it twice"
    )


def _repeat(run: Run) -> str:
    when = clock_time(run.made_at)
    if run.batches > 1:
        return (
            f"some of it was in the run {run.id[:8]} of {when} ({_standing(run)}); sending it again may show it twice"
        )
    return f"the very same push was {_FATE[run.state]} at {when} (run {run.id[:8]}); sending it again may show it twice"


def _standing(run: Run) -> str:
    """Say how a run stands; while it is sent that changes, and no plan would hold for long."""
    return "being sent" if run.sending else run.state_words


_FATE: dict[str, str] = {
    "planned": "about to be sent",
    "in flight": "sent and has no answer yet",
    "accepted": "accepted",
    "rejected": "rejected",
    "unknown": "sent with unknown outcome",
}
