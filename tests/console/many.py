"""What tests of drafts for many people share."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

from textual.pilot import Pilot

from pushtui.console.recipients_sheet import RecipientsSheet
from pushtui.console.widgets.needs_table import NeedsTable
from pushtui.console.workbench import Workbench
from pushtui.domain.json_body import JsonObject
from pushtui.domain.recipient import RecipientSource
from pushtui.services.composing import Composition
from pushtui.services.recipients.importing import Progress, Told
from tests.console.full import screen_text, until

KIND = "rongcloud.system-template"
BODY: dict[str, Any] = {
    "fromUserId": "fromuseId1",
    "objectName": "RC:TxtMsg",
    "content": '{"content":"Hi {name}, your code is {code}"}',
    "pushContent": ["A code for {name}"],
}
ROWS = "user_id,name,code,city\n21,Tom,123,Paris\n22,Ann,,Rome\n23,Bartholomew,456,\n"


def write_draft(folder: Path, rows: str | None = ROWS, *, body: JsonObject | None = None, **source: Any) -> Path:
    """Write a draft and, unless rows are None, the file of its recipients beside it."""
    if rows is not None:
        (folder / "people.csv").write_text(rows)
    recipients = {"file": "people.csv", "user": "user_id", "values": {"name": "name", "code": "code"}, **source}
    file = folder / "draft.json"
    file.write_text(json.dumps({"kind": KIND, "account": "sandbox", "body": body or BODY, "recipients": recipients}))
    return file


def write_inline(folder: Path, body: JsonObject) -> Path:
    """Write a draft whose recipients stand in its body."""
    file = folder / "draft.json"
    file.write_text(json.dumps({"kind": KIND, "account": "sandbox", "body": body}))
    return file


def bench(pilot: Pilot[int]) -> Workbench:
    return pilot.app.screen_stack[0].query_one(Workbench)


def draft(pilot: Pilot[int]) -> Composition:
    return bench(pilot).composition


def source(pilot: Pilot[int]) -> RecipientSource:
    found = draft(pilot).recipients
    assert found is not None
    return found


def sheet(pilot: Pilot[int]) -> RecipientsSheet:
    found = bench(pilot).recipients
    assert found is not None
    return found


def table(pilot: Pilot[int]) -> list[list[str]]:
    """Return the rows of the table of needs."""
    needs = pilot.app.screen_stack[0].query_one(NeedsTable)
    return [[cell.plain for cell in needs.get_row_at(row)] for row in range(needs.row_count)]


async def read_all(pilot: Pilot[int]) -> None:
    """Wait until the recipients are read and shown."""
    await until(pilot, lambda: bench(pilot).recipients is not None)
    await until(pilot, lambda: draft(pilot).looked and not sheet(pilot).pane.has_class("-reading"))
    await pilot.pause()


async def to_recipients(pilot: Pilot[int]) -> None:
    """Go to the section of the recipients."""
    await pilot.press("ctrl+r")
    await until(pilot, lambda: "recipients in" in screen_text(pilot))
    await read_all(pilot)


class Stuck:
    """Reads some rows and then waits, in its thread, until it may go on or nobody waits any more."""

    def __init__(self, work: Callable[..., Any]) -> None:
        self._work = work
        self.may_go_on = threading.Event()
        self.begun = threading.Event()
        self.ended = threading.Event()

    def __call__(self, *given: Any) -> Any:
        *rest, told = given
        try:
            self._wait(told)
        except BaseException:
            self.ended.set()
            raise
        return self._work(*rest, told)

    def _wait(self, told: Told) -> None:
        while not self.may_go_on.wait(0.01):
            told(Progress(540_000, 0.54))
            self.begun.set()
