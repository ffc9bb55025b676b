"""What a setting shall be is chosen by a person, never by the dialog."""

from __future__ import annotations

from textual.widgets import OptionList

from tests.console.full import console, type_text
from tests.console.test_user_screen import AGORA, dialog, highlight, open_user
from tests.sandbox.client import SandboxClient


async def test_enter_at_the_conversation_proposes_nothing_that_nobody_chose(sandbox: SandboxClient) -> None:
    async with console(sandbox) as pilot:
        await open_user(pilot, "amelie")
        await highlight(pilot, AGORA, "conversations")
        await pilot.press("enter")
        await dialog(pilot, "What do you want to change?")
        await pilot.press("enter")
        await dialog(pilot, "which conversation")
        assert pilot.app.screen.query_one(OptionList).highlighted is None
        await type_text(pilot, "group/42")
        await pilot.press("enter")
        await dialog(pilot, "None of these is chosen yet")
        await pilot.press("tab", "end", "enter")
        assert "group/42" in await dialog(pilot, "Change it?")
