"""One line about the draft: its file, its reach, what it costs."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from textual.content import Content

from pushtui.console.widgets.literal import Line, joined, literal_line
from pushtui.domain.quota import QuotaUse
from pushtui.domain.reach import Extent, Reach

SEPARATOR = "  ·  "


class StatusLine(Line):
    """Repainted only when something in it changes."""

    def show_draft(
        self, path: Path | None, *, dirty: bool, reach: Reach | None, quotas: Sequence[QuotaUse], failure: str = ""
    ) -> None:
        """Show where the draft stands."""
        name = path.name if path else "new draft"
        parts = [joined(literal_line(name, "bold"), literal_line(" ● not saved" if dirty else "", "$quiet"))]
        if failure:
            parts.append(literal_line(f"✖ {failure}", "$finding-error"))
        if reach is not None:
            parts.append(joined(Content("reach "), reach_content(reach)))
        if quotas:
            parts.append(quota_content(quotas))
        self.show(Content(SEPARATOR).join(parts))


def reach_content(reach: Reach) -> Content:
    """Write a reach; the wider, the louder."""
    style = {Extent.EVERYBODY: "bold $finding-error", Extent.UNKNOWN: "bold $finding-warning"}.get(reach.extent, "bold")
    return literal_line(str(reach), style)


def quota_content(quotas: Sequence[QuotaUse]) -> Content:
    """Write what the journal knows to be spent: `1 of 2 this hour, 1 of 3 today`."""
    return Content(", ").join(literal_line(str(use), "bold $finding-error" if use.exhausted else "") for use in quotas)
