"""A dialog while recipients are read, for as long as that takes."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any, TypeVar

from textual.app import App, ComposeResult
from textual.containers import Vertical

from pushtui.console.screens.base import Dialog
from pushtui.console.widgets.literal import Line, literal_line
from pushtui.console.widgets.reading_view import ReadingView

if TYPE_CHECKING:
    from pushtui.services.recipients.watching import ReadingWatch

Result = TypeVar("Result")

PATIENCE = 0.3
"""Seconds that a reading may take without being shown."""


class ReadingDialog(Dialog[bool]):
    """Shows how far a reading is; Esc ends it."""

    DEFAULT_CSS = """
    ReadingDialog > Vertical { width: 60; max-width: 96%; height: auto; background: $surface; padding: 1 2; }
    ReadingDialog ReadingView { margin-top: 1; }
    """

    def __init__(self, watch: ReadingWatch) -> None:
        super().__init__()
        self._watch = watch

    def compose(self) -> ComposeResult:
        with Vertical():
            yield Line(literal_line(f"Reading {self._watch.name}", "bold $primary"))
            yield ReadingView()

    def on_mount(self) -> None:
        self.query_one(ReadingView).follow(self._watch)


async def while_reading(app: App[Any], watch: ReadingWatch, work: Callable[[], Awaitable[Result]]) -> Result | None:
    """Do work that reads; what takes longer is shown and can be ended, which answers None. From a worker only."""
    task = asyncio.ensure_future(work())
    try:
        await asyncio.wait({task}, timeout=PATIENCE)
        if not task.done():
            await _shown(app, watch, task)
        return None if task.cancelled() else task.result()
    finally:
        task.cancel()


async def _shown(app: App[Any], watch: ReadingWatch, task: asyncio.Future[Any]) -> None:
    """Show the dialog until the work is done, or until the person ends it."""
    answered: asyncio.Future[bool | None] = asyncio.get_running_loop().create_future()
    dialog = ReadingDialog(watch)
    await app.push_screen(dialog, answered.set_result)
    try:
        await asyncio.wait({task, answered}, return_when=asyncio.FIRST_COMPLETED)
        if answered.done():
            task.cancel()
            await asyncio.wait({task})
    finally:
        if not answered.done():
            dialog.dismiss(None)
            await answered
