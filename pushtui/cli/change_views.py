"""Changes of settings as lines and as JSON."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from pushtui.cli.columns import shortened
from pushtui.cli.documents import account_document, findings_document
from pushtui.cli.text import (
    Line,
    Span,
    Style,
    entry,
    environment_words,
    heading,
    severity_mark,
    state_style,
    table,
)
from pushtui.cli.views import SHOWN_DIGITS
from pushtui.domain.change import ReadBack, Turn
from pushtui.domain.json_body import compact
from pushtui.services.time_words import clock_time, short_time

if TYPE_CHECKING:
    from pushtui.domain.account import Account
    from pushtui.domain.attempt import AttemptState
    from pushtui.domain.change import ChangeRequest
    from pushtui.domain.json_body import JsonObject, JsonValue
    from pushtui.providers.changes import SettingChange
    from pushtui.services.change_words import ToldChange
    from pushtui.services.changes import Proposal

SHOWN_REQUESTS = 3
SHOWN_BODY = 300
"""Characters of a request's body."""
WORDS = 44
"""Columns of a value in the list of changes."""

_TURNS = {Turn.ADDED: Style.GOOD, Turn.REMOVED: Style.BAD, Turn.CHANGED: Style.STRONG, Turn.SAME: Style.QUIET}


def proposal_lines(proposal: Proposal) -> Iterator[Line]:
    """Yield what a change would do: the difference, what is doubtful, and what would be sent."""
    where, account = proposal.where, proposal.where.account
    place = f"  {where.place}" if where.place else ""
    place_of_app = f"  {account.name}  {account.provider} {account.app_id}"
    yield (Span(f"{where.user}{place}  ", Style.STRONG), environment_words(account.environment), place_of_app)
    yield f"  {where.setting.label}"
    for line in proposal.differences:
        what = "" if line.what == where.setting.label else f"{line.what}: "
        words = f"{what}{line.before} → {line.after}" if line.turn is not Turn.SAME else f"{what}{line.before}, stays"
        yield ("  ", Span(f"  {line.turn.mark} {words}", _TURNS[line.turn]))
    for finding in proposal.findings:
        yield ("  ", severity_mark(finding.severity), f" {finding.field}: {finding.message}")
        yield ("      ", Span(str(finding.source), Style.QUIET))
    if proposal.differences:
        yield from _requests(proposal.requests)


def _requests(requests: Sequence[ChangeRequest]) -> Iterator[Line]:
    for request in requests[:SHOWN_REQUESTS]:
        body = shortened(compact(request.body), SHOWN_BODY)
        yield ("  ", Span(f"{request.method} {request.path}  {body}", Style.QUIET))
    if len(requests) > SHOWN_REQUESTS:
        yield ("  ", Span(f"and {len(requests) - SHOWN_REQUESTS:,} more requests", Style.QUIET))


def made_lines(told: ToldChange) -> Iterator[Line]:
    """Yield how a change ended, and how to take it back."""
    change = told.change
    yield (_state(change.state), f"  {told.verdict}")
    yield entry("change", change.id)
    if change.changed is not False and change.read_back in (None, ReadBack.FAILED):
        yield entry("look", f"pushtui users changes {change.id[:SHOWN_DIGITS]} --read-back")
    if told.after and change.changed:
        yield entry("undo", f"pushtui users undo {change.id[:SHOWN_DIGITS]}")


def change_lines(told: ToldChange) -> Iterator[Line]:
    """Yield all about one change."""
    change = told.change
    yield heading(f"Change {change.id[:SHOWN_DIGITS]}")
    yield entry("id", change.id)
    yield entry("made", clock_time(change.made_at))
    yield entry("account", environment_words(change.environment), f"  {change.account}")
    yield entry("user", change.user)
    yield entry("setting", f"{told.label}{f', {change.place}' if change.place else ''}")
    yield entry("before", told.before)
    yield entry("wanted", told.wanted)
    yield entry("read back", told.after or "nothing")
    yield entry("state", _state(change.state), f"  {told.verdict}")
    if change.undoes:
        yield entry("takes back", change.undoes[:SHOWN_DIGITS])
    yield from _requests(change.requests)


def change_table(changes: Sequence[ToldChange]) -> Iterator[Line]:
    """Yield changes, one a line."""
    if not changes:
        yield "No settings were changed yet."
    yield from table([_row(told) for told in changes])


def _row(told: ToldChange) -> tuple[str | Span, ...]:
    change = told.change
    setting = f"{change.setting} {change.place}".strip()
    words = f"{shortened(told.before, WORDS)} → {shortened(told.wanted, WORDS)}"
    return (
        change.id[:SHOWN_DIGITS],
        short_time(change.made_at),
        _state(change.state),
        change.account,
        change.user,
        setting,
        words,
    )


def _state(state: AttemptState) -> Span:
    return Span(f"{state.mark} {state.value}", state_style(state))


def setting_lines(accounts: Sequence[tuple[Account, Sequence[SettingChange]]]) -> Iterator[Line]:
    """Yield what can be changed at each account."""
    for account, settings in accounts:
        yield (Span(f"{account.name}  ", Style.STRONG), environment_words(account.environment), f"  {account.provider}")
        yield from table([(f"  {setting.name}", setting.scope.value, setting.syntax) for setting in settings])


def setting_document(setting: SettingChange) -> JsonObject:
    """Return what a setting is, and how its values are written."""
    return {
        "name": setting.name,
        "for": setting.scope.value,
        "label": setting.label,
        "syntax": setting.syntax,
        "help": setting.spec.help,
        "source": str(setting.spec.source),
        "clears": setting.cleared is not None,
        "undo": setting.final or None,
    }


def proposal_document(proposal: Proposal) -> JsonObject:
    """Return what a change would do."""
    where = proposal.where
    differences: list[JsonValue] = [
        {"turn": line.turn.value, "what": line.what, "before": line.before, "after": line.after}
        for line in proposal.differences
    ]
    return {
        "account": account_document(where.account),
        "user": where.user,
        "setting": where.setting.name,
        "for": where.setting.scope.value,
        "place": where.place,
        "before": proposal.intent.before,
        "wanted": proposal.intent.wanted,
        "differences": differences,
        "findings": findings_document(proposal.findings),
        "requests": [_request(request) for request in proposal.requests],
        "confirm": proposal.ritual.phrase,
        "problem": proposal.problem,
    }


def change_document(told: ToldChange) -> JsonObject:
    """Return a change as the journal has it, with its words."""
    change, end = told.change, told.change.end
    return {
        "changed": change.changed,
        "id": change.id,
        "made_at": change.made_at.isoformat(),
        "environment": change.environment.value,
        "provider": change.provider,
        "app_id": change.app_id,
        "account": change.account,
        "user": change.user,
        "setting": change.setting,
        "for": change.scope.value,
        "place": change.place,
        "before": change.before,
        "wanted": change.wanted,
        "after": change.after,
        "read_back": change.read_back.value if change.read_back is not None else None,
        "state": change.state.value,
        "requests": [_request(request) for request in change.requests],
        "accepted": end.accepted if end is not None else 0,
        "code": end.code if end is not None else None,
        "request_id": end.request_id if end is not None else "",
        "ended_at": change.ended_at.isoformat() if change.ended_at is not None else None,
        "undoes": change.undoes or None,
        "words": {"before": told.before, "wanted": told.wanted, "after": told.after, "verdict": told.verdict},
    }


def _request(request: ChangeRequest) -> JsonObject:
    return {
        "operation": request.operation,
        "method": request.method,
        "path": request.path,
        "body": request.body,
    }
