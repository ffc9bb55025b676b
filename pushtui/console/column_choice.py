"""Asking which column fills what."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from textual.app import App

from pushtui.console.screens.base import ask
from pushtui.console.widgets.needs_table import shown
from pushtui.services.recipients.choosing import Need, filled_by, likely_column, needs

if TYPE_CHECKING:
    from pushtui.domain.draft import Draft
    from pushtui.domain.recipient import RecipientSource
    from pushtui.services.recipients.inspecting import Inspection

NAME_WIDTH = 20


async def ask_for_column(
    app: App[Any], found: Inspection, source: RecipientSource, need: Need
) -> RecipientSource | None:
    """Ask which column fills something, the likeliest first; return the source with that. From a worker only."""
    likely = need.column or likely_column(need, found)
    columns = sorted(found.columns, key=lambda column: column.name != likely)
    choices = [(f"{column.name:<{NAME_WIDTH}} {shown(column.samples)}", column.name) for column in columns]
    if need.placeholder and need.column:
        choices.append(("nothing", ""))
    text = f"The columns of {source.name}, and their first rows."
    chosen = await _pick(app, f"What fills {need.label}?", text, choices, need.column)
    return None if chosen is None else filled_by(source, need, chosen)


async def ask_for_need(
    app: App[Any], found: Inspection, draft: Draft, source: RecipientSource, column: str
) -> RecipientSource | None:
    """Ask what a column fills; return the source with that. From a worker only."""
    wanted = {need.label: need for need in needs(found, source, draft)}
    text = "It takes the place of the column that fills this now, if one does."
    chosen = await _pick(app, f"What does “{column}” fill?", text, [(label, label) for label in wanted], "")
    return None if chosen is None else filled_by(source, wanted[chosen], column)


async def _pick(app: App[Any], title: str, text: str, choices: list[tuple[str, str]], current: str) -> str | None:
    from pushtui.console.screens.value_dialog import ValueDialog

    picked: list[str] = []

    async def accept(value: str) -> None:
        picked.append(value)

    await ask(app, ValueDialog(title, text, accept, choices=choices, value=current))
    return picked[0] if picked else None
