"""One line about the draft: its kind, its file, its reach, what it costs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from textual.content import Content
from textual.events import Resize

from pushtui.console.widgets.literal import Line, joined, literal_line
from pushtui.domain.quota import QuotaUse
from pushtui.domain.reach import Extent, Reach

WIDE, NARROW = "  ·  ", " · "
LONGEST_NAME = 16


@dataclass(frozen=True, slots=True)
class _Standing:
    kind: str
    name: str
    dirty: bool
    reach: Reach | None
    quotas: Sequence[QuotaUse]
    failure: str


class StatusLine(Line):
    """Repainted only when something in it changes; where room is short, words make way before figures do."""

    _standing: _Standing | None = None

    def show_draft(
        self,
        kind: str,
        path: Path | None,
        *,
        dirty: bool,
        reach: Reach | None,
        quotas: Sequence[QuotaUse],
        failure: str = "",
    ) -> None:
        """Show where the draft stands."""
        self._standing = _Standing(kind, path.name if path else "new draft", dirty, reach, quotas, failure)
        self._draw()

    def on_resize(self, event: Resize) -> None:
        self._draw()

    def _draw(self) -> None:
        if self._standing is not None:
            contents = list(_contents(self._standing))
            room = self.content_size.width
            self.show(next((one for one in contents if one.cell_length <= room), contents[-1]))


def _contents(standing: _Standing) -> Iterator[Content]:
    """Yield the same in ever fewer words."""
    name = standing.name
    short = name if len(name) <= LONGEST_NAME else f"{name[: LONGEST_NAME - 1]}…"
    yield _line(standing, WIDE, name, " ● not saved")
    yield _line(standing, NARROW, name, " ● not saved")
    yield _line(standing, NARROW, name, " ●")
    yield _line(standing, NARROW, short, " ●")
    yield _line(standing, NARROW, short, " ●", kind=False)


def _line(standing: _Standing, separator: str, name: str, unsaved: str, *, kind: bool = True) -> Content:
    parts = [literal_line(standing.kind)] if kind else []
    parts.append(joined(literal_line(name, "bold"), literal_line(unsaved if standing.dirty else "", "$quiet")))
    if standing.failure:
        parts.append(literal_line(f"✖ {standing.failure}", "$finding-error"))
    if standing.reach is not None:
        parts.append(joined(Content("reach "), reach_content(standing.reach)))
    if standing.quotas:
        parts.append(quota_content(standing.quotas))
    return literal_line(separator).join(parts)


def reach_content(reach: Reach) -> Content:
    """Write a reach; the wider, the louder."""
    style = {Extent.EVERYBODY: "bold $finding-error", Extent.UNKNOWN: "bold $finding-warning"}.get(reach.extent, "bold")
    return literal_line(str(reach), style)


def quota_content(quotas: Sequence[QuotaUse]) -> Content:
    """Write what the journal knows to be spent: `1 of 2 this hour, 1 of 3 today`."""
    return Content(", ").join(literal_line(str(use), "bold $finding-error" if use.exhausted else "") for use in quotas)
