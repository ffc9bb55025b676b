"""A plan as people read it before they confirm."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Grid
from textual.content import Content

from pushtui.console.widgets.literal import Block, joined, lines, literal_line
from pushtui.console.widgets.ritual_pane import ritual_words
from pushtui.console.widgets.side_panel import finding_line
from pushtui.console.widgets.status_line import quota_content, reach_content
from pushtui.console.widgets.top_bar import chip_of
from pushtui.domain.account import Environment
from pushtui.services.plan_words import size_words
from pushtui.services.time_words import clock_time

if TYPE_CHECKING:
    from pushtui.domain.confirmation import Ritual
    from pushtui.domain.plan import Plan


class PlanFacts(Grid):
    """Who, where, at what cost, and all findings."""

    DEFAULT_CSS = """
    PlanFacts { grid-size: 2; grid-columns: 10 1fr; grid-rows: auto; height: auto; }
    PlanFacts Block { height: auto; }
    """

    def __init__(self, plan: Plan, gist: str) -> None:
        super().__init__()
        self._plan = plan
        self._gist = gist

    def compose(self) -> ComposeResult:
        for name, content in _facts(self._plan, self._gist):
            yield Block(literal_line(name, "$quiet"))
            yield Block(content)


def _facts(plan: Plan, gist: str) -> list[tuple[str, Content]]:
    account = plan.account
    found = [finding_line(finding) for finding in plan.findings]
    return [
        ("says", literal_line(gist or "no text", "bold")),
        ("who", joined(reach_content(plan.reach), literal_line(f"  {plan.reach.reason}", "$quiet"))),
        ("where", joined(chip_of(account.environment).content, literal_line(f" {account.name}", "bold"))),
        ("app", literal_line(f"{account.app_id} at {account.hosts[0]}")),
        ("cost", _cost(plan)),
        ("digest", literal_line(plan.short_digest, "$quiet")),
        ("findings", lines(*(found or [literal_line("✔ none", "$success")]))),
    ]


def _cost(plan: Plan) -> Content:
    """Write what the push takes of its quotas, and until when a full one is full, or how long it takes."""
    if not plan.quotas:
        return literal_line(size_words(plan), "$quiet")
    used = joined(quota_content(plan.quotas), literal_line(" used; this takes one more", "$quiet"))
    full = [
        literal_line(f"✖ full {use.quota.window.words} until {clock_time(use.frees_at)}", "bold $finding-error")
        for use in plan.quotas
        if use.frees_at is not None
    ]
    return lines(used, *full)


def question_content(plan: Plan, ritual: Ritual) -> Content:
    """Say what confirms the send, or why it cannot be sent."""
    if not plan.sendable:
        return literal_line("✖ There are errors to mend first: nothing can be sent.", "bold $finding-error")
    verb = (
        "Send to LIVE users" if plan.account.environment is Environment.LIVE else f"Send to {plan.account.environment}"
    )
    return ritual_words(f"{verb}?", ritual)
