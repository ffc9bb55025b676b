"""What programs read: findings, plans and runs as JSON."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from pushtui.services.draft_text import draft_document as draft_document
from pushtui.services.plan_words import gist_of

if TYPE_CHECKING:
    from datetime import datetime

    from pushtui.domain.account import Account
    from pushtui.domain.attempt import Attempt, Headers, Outcome, SentRequest
    from pushtui.domain.finding import Finding
    from pushtui.domain.json_body import JsonObject, JsonValue
    from pushtui.domain.plan import Plan
    from pushtui.domain.quota import QuotaUse
    from pushtui.domain.reach import Reach
    from pushtui.domain.run import Run, Tally, Trouble
    from pushtui.services.history import Decision


def findings_document(findings: Sequence[Finding]) -> list[JsonValue]:
    """Return findings in their order."""
    return [
        {
            "severity": finding.severity.value,
            "field": finding.field,
            "path": list(finding.path),
            "message": finding.message,
            "source": {"title": finding.source.title, "date": finding.source.date},
        }
        for finding in findings
    ]


def reach_document(reach: Reach) -> JsonObject:
    """Return a reach; `users` counts only where the extent is exactly or at most."""
    return {"extent": reach.extent.value, "users": reach.users, "reason": reach.reason}


def plan_document(plan: Plan, requests: Sequence[SentRequest], curl: str) -> JsonObject:
    """Return all of a plan."""
    cost: JsonObject = dict(plan.cost)
    return {
        "digest": plan.digest,
        "made_at": plan.made_at.isoformat(),
        "sendable": plan.sendable,
        "confirm": plan.ritual.phrase,
        "account": account_document(plan.account),
        "kind": plan.draft.kind,
        "gist": gist_of(plan.draft),
        "reach": reach_document(plan.reach),
        "cost": cost,
        "quotas": [_quota(use) for use in plan.quotas],
        "findings": findings_document(plan.findings),
        "batches": plan.requests.count,
        "recipients": plan.requests.recipients,
        "seconds": plan.seconds,
        "requests": [_request(request) for request in requests],
        "curl": curl,
    }


def account_document(account: Account) -> JsonObject:
    """Return an account; its secret is no part of it."""
    return {
        "name": account.name,
        "provider": account.provider,
        "environment": account.environment.value,
        "region": account.region,
        "hosts": list(account.hosts),
        "ids": dict(account.ids),
        "zone": account.zone,
        "push_zone": account.push_zone,
        "push_zone_assumed": account.push_zone_assumed,
        "token_exchange": account.token_exchange,
        "read_only": account.read_only,
    }


def run_document(run: Run) -> JsonObject:
    """Return a run with its attempts."""
    return {
        "id": run.id,
        "state": run.state.value,
        "phase": run.phase.value,
        "made_at": run.made_at.isoformat(),
        "environment": run.environment.value,
        "provider": run.provider,
        "app_id": run.app_id,
        "reach": run.reach,
        "plan": run.digest,
        "gist": gist_of(run.draft),
        "draft": draft_document(run.draft),
        "batches": run.batches,
        "recipients": run.recipients,
        "tally": _tally(run.tally),
        "may_have_it_already": run.tally.may_have.recipients,
        "halt": run.halt,
        "attempts": [_attempt(attempt) for attempt in run.attempts],
    }


def troubled_document(run: Run, troubles: Sequence[Trouble], decisions: Sequence[Decision]) -> JsonObject:
    """Return a run, what kept requests of it from being accepted, and what people decided about it."""
    return {**decided_document(run, decisions), "troubles": [_trouble(trouble) for trouble in troubles]}


def decided_document(run: Run, decisions: Sequence[Decision]) -> JsonObject:
    """Return a run, and what people decided about it."""
    return {**run_document(run), "decisions": [_decision(decision) for decision in decisions]}


def _decision(decision: Decision) -> JsonObject:
    return {
        "at": decision.at.isoformat(),
        "action": decision.action,
        "reason": decision.reason,
        "recipients": decision.recipients,
    }


def _trouble(trouble: Trouble) -> JsonObject:
    return {
        "state": trouble.state.value,
        "title": trouble.title,
        "message": trouble.message,
        "reached": trouble.reached,
        "planned_again": trouble.again,
        "batches": trouble.batches,
        "recipients": trouble.recipients,
        "latest_at": trouble.latest_at.isoformat(),
    }


def _tally(tally: Tally) -> JsonObject:
    return {
        state.value: {"batches": count.batches, "recipients": count.recipients} for state, count in tally.counts.items()
    }


def _quota(use: QuotaUse) -> JsonObject:
    return {
        "group": use.quota.group,
        "window": use.quota.window.value,
        "limit": use.quota.limit,
        "used": use.used,
        "frees_at": _moment(use.frees_at),
        "words": str(use),
    }


def _attempt(attempt: Attempt) -> JsonObject:
    return {
        "id": attempt.id,
        "number": attempt.number,
        "state": attempt.state.value,
        "planned_at": _moment(attempt.planned_at),
        "sent_at": _moment(attempt.sent_at),
        "ended_at": _moment(attempt.ended_at),
        "request": _request(attempt.request),
        "outcome": _outcome(attempt.outcome),
    }


def _request(request: SentRequest) -> JsonObject:
    return {
        "method": request.method,
        "url": request.url,
        "headers": _headers(request.headers),
        "body": request.body,
    }


def _outcome(outcome: Outcome | None) -> JsonValue:
    if outcome is None:
        return None
    answer = outcome.answer
    return {
        "state": outcome.state.value,
        "reached": outcome.reached,
        "title": outcome.title,
        "message": outcome.message,
        "code": outcome.code,
        "push_id": outcome.push_id,
        "message_uid": outcome.message_uid,
        "request_id": outcome.request_id,
        "answer": None
        if answer is None
        else {
            "status": answer.status,
            "headers": _headers(answer.headers),
            "body": answer.body,
            "elapsed": answer.elapsed,
        },
    }


def _headers(headers: Headers) -> list[JsonValue]:
    return [[name, value] for name, value in headers]


def _moment(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment is not None else None
