"""A change of a setting: what it would do, and what became of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from textual.content import Content

from pushtui.console.widgets.literal import joined, lines, literal, literal_line
from pushtui.console.widgets.outcome import state_content
from pushtui.console.widgets.table import Cell, Column, Row
from pushtui.domain.change import Turn
from pushtui.domain.json_body import compact
from pushtui.services.time_words import clock_time, short_time

if TYPE_CHECKING:
    from pushtui.domain.change import ChangeRequest
    from pushtui.services.change_words import ToldChange
    from pushtui.services.changes import Proposal

COLUMNS = (
    Column("When", 14),
    Column("State", 12),
    Column("Account", 16, spare=2),
    Column("Setting", 20),
    Column("Before → wanted", 20, stretches=True, spare=1),
)
NAME = 12
MOST_LINES = 10
SHOWN_REQUESTS = 2


def change_row(told: ToldChange) -> Row:
    """Write a change as a row."""
    change = told.change
    return Row(
        change.id,
        (
            Cell(short_time(change.made_at)),
            Cell(f"{change.state.mark} {change.state.value}"),
            Cell(change.account),
            Cell(f"{change.setting} {change.place}".strip()),
            Cell(f"{told.before} → {told.wanted}".replace("\n", "; ")),
        ),
    )


def change_content(told: ToldChange) -> Content:
    """Write how a change ended: before, wanted, and what was read back."""
    change = told.change
    setting = f"{told.label}{f', {change.place}' if change.place else ''}"
    return lines(
        joined(state_content(change.state), literal(f"  {told.verdict}")),
        _fact("setting", f"{setting} of {change.user} at {change.account}"),
        _fact("before", told.before),
        _fact("wanted", told.wanted),
        _fact("read back", told.after or "nothing"),
        _fact("made", f"{clock_time(change.made_at)}, change {change.id[:8]}"),
        *([_fact("takes back", change.undoes[:8])] if change.undoes else []),
        *(literal_line(_request(request), "$quiet") for request in change.requests[:SHOWN_REQUESTS]),
    )


def proposal_text(proposal: Proposal) -> str:
    """Write what a change would do, and what would be sent, as plain text."""
    where = proposal.where
    place = f", {where.place}" if where.place else ""
    heading = f"{where.setting.label}{place} of {where.user} at {where.account.name} ({where.account.environment})"
    return "\n".join((heading, "", *_differences(proposal), *_findings(proposal), "", *_requests(proposal)))


def _differences(proposal: Proposal) -> Iterator[str]:
    label, found = proposal.where.setting.label, proposal.differences
    for line in found[:MOST_LINES]:
        what = "" if line.what == label else f"{line.what}: "
        values = f"{line.before}, stays" if line.turn is Turn.SAME else f"{line.before} → {line.after}"
        yield f"{line.turn.mark} {what}{values}"
    if len(found) > MOST_LINES:
        yield f"  and {len(found) - MOST_LINES} more"


def _findings(proposal: Proposal) -> Iterator[str]:
    for finding in proposal.findings:
        yield f"{finding.severity.mark} {finding.message}"


def _requests(proposal: Proposal) -> Iterator[str]:
    requests = proposal.requests
    yield from (_request(request) for request in requests[:SHOWN_REQUESTS])
    if len(requests) > SHOWN_REQUESTS:
        yield f"and {len(requests) - SHOWN_REQUESTS} more requests"


def _request(request: ChangeRequest) -> str:
    body = compact(request.body)
    return f"{request.method} {request.path}  {body[:200]}{'…' if len(body) > 200 else ''}"


def _fact(name: str, value: str) -> Content:
    return joined(literal_line(f"{name:<{NAME}}", "$quiet"), literal_line(value))
