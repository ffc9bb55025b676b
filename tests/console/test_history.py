"""The history: what was sent, in a list and in full."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from pushtui.console.acting import copyable
from pushtui.console.screens.history import HistoryScreen
from pushtui.console.widgets.run_view import facts_content
from pushtui.domain.attempt import AttemptState
from pushtui.domain.draft import Draft
from tests.bodies import push
from tests.console.full import SMALL, WIDE, console, screen_text, toasts, until
from tests.console.pages import app_of, focused_id, press, rows, send, services_of
from tests.sandbox.client import SandboxClient


def shown(screen: object) -> HistoryScreen:
    assert isinstance(screen, HistoryScreen)
    return screen


async def test_an_empty_history_says_what_to_do(sandbox: SandboxClient) -> None:
    async with console(sandbox, size=SMALL) as pilot:
        await press(pilot, "f3")
        assert "Nothing was sent yet" in screen_text(pilot)
        assert "Write a push (F2)" in screen_text(pilot)
        await press(pilot, "n")
        assert toasts(pilot) == ["New from this: nothing was sent yet."]


@pytest.mark.parametrize("size", [WIDE, SMALL])
async def test_a_run_is_shown_with_outcome_times_answer_and_request(
    sandbox: SandboxClient, size: tuple[int, int]
) -> None:
    async with console(sandbox, size=size) as pilot:
        run = await send(services_of(pilot))
        assert run.outcome is not None
        await press(pilot, "f3")
        row = rows(pilot)[0]
        assert row[0] == "✔ accepted"
        assert row[2:5] == ["○ sandbox", f"sandbox {sandbox.app_key}", "unknown"]
        assert row[5:] == (["rongcloud.push", run.outcome.message_uid] if size == WIDE else [])
        text = screen_text(pilot)
        assert "Accepted. RongCloud accepted the push." in text
        assert run.outcome.message_uid in text
        assert run.outcome.request_id in text
        await press(pilot, "enter")
        assert not shown(pilot.app.screen).table.display
        await press(pilot, *["pagedown"] * 5)
        assert '"Something new"' in screen_text(pilot)


async def test_the_detail_takes_the_screen_and_gives_it_back(sandbox: SandboxClient) -> None:
    async with console(sandbox, size=SMALL) as pilot:
        await send(services_of(pilot))
        await press(pilot, "f3", "enter")
        assert focused_id(pilot) == "detail"
        assert "Enter List" in screen_text(pilot)
        await press(pilot, "escape")
        assert focused_id(pilot) == "runs"
        await press(pilot, "enter", "enter")
        assert focused_id(pilot) == "runs"


async def test_the_signature_is_masked_on_the_screen_and_in_what_is_copied(sandbox: SandboxClient) -> None:
    async with console(sandbox) as pilot:
        run = await send(services_of(pilot))
        await press(pilot, "f3", "enter")
        assert "Signature: ••••••••" in screen_text(pilot)
        copied = copyable(pilot.app.screen)
        assert copied is not None
        assert "Signature: ••••••••\n" in copied.text
        assert run.attempts[0].request.body in copied.text
        assert run.outcome is not None and run.outcome.answer is not None
        assert run.outcome.answer.body in copied.text


async def test_an_unknown_outcome_is_explained(sandbox: SandboxClient) -> None:
    sandbox.fault("answer-lost")
    async with console(sandbox, size=SMALL) as pilot:
        await send(services_of(pilot))
        await press(pilot, "f3")
        text = " ".join(screen_text(pilot).split())
        assert rows(pilot)[0][0] == "? unknown"
        assert "never sends such a push again by itself" in text
        assert "F4 shows whether the sandbox accepted it" in text


async def test_a_rejection_is_told_in_the_providers_words(sandbox: SandboxClient) -> None:
    sandbox.fault("rate-limited")
    async with console(sandbox) as pilot:
        await send(services_of(pilot))
        await press(pilot, "f3")
        assert rows(pilot)[0][0] == "✖ rejected"
        assert "RongCloud answers 1008" in screen_text(pilot)
        assert "HTTP 429" in screen_text(pilot)


async def test_a_new_run_appears_on_return_and_the_highlight_stays(sandbox: SandboxClient) -> None:
    async with console(sandbox) as pilot:
        services = services_of(pilot)
        first, second = await send(services), await send(services, audience={"tag": ["beta"], "is_to_all": False})
        await press(pilot, "f3", "down")
        screen = shown(pilot.app.screen)
        assert screen.run_shown == first
        sandbox.reset()
        third = await send(services, audience={"userid": ["123"], "is_to_all": False})
        await press(pilot, "f2", "f3")
        assert [run.id for run in screen._runs.values()] == [third.id, second.id, first.id]
        assert screen.run_shown == first
        assert screen.table.cursor_row == 2


async def test_a_highlight_on_the_newest_run_follows_to_the_next(sandbox: SandboxClient) -> None:
    async with console(sandbox) as pilot:
        await send(services_of(pilot))
        await press(pilot, "f3")
        newer = await send(services_of(pilot), audience={"userid": ["123"], "is_to_all": False})
        await press(pilot, "r")
        assert shown(pilot.app.screen).run_shown == newer


async def test_n_opens_what_was_sent_as_a_new_draft(sandbox: SandboxClient) -> None:
    async with console(sandbox) as pilot:
        await send(services_of(pilot))
        await press(pilot, "f3", "n")
        composition = services_of(pilot).desk.composition
        assert app_of(pilot).current_mode == "compose"
        assert composition.draft == Draft("rongcloud.push", "sandbox", push())
        assert composition.path is None


async def test_unsaved_changes_are_asked_about_first(sandbox: SandboxClient) -> None:
    async with console(sandbox) as pilot:
        services = services_of(pilot)
        await send(services)
        services.desk.composition.set_value(("fromuserid",), "somebody")
        await press(pilot, "f3", "n", "enter")
        assert app_of(pilot).current_mode == "history"
        assert services.desk.composition.value(("fromuserid",)) == "somebody"
        await press(pilot, "n", "tab", "enter")
        assert app_of(pilot).current_mode == "compose"
        assert services.desk.composition.value(("fromuserid",)) == "fromuseId1"


async def test_a_journal_that_cannot_be_read_is_said(sandbox: SandboxClient) -> None:
    async with console(sandbox) as pilot:
        await services_of(pilot).journal.close()
        await press(pilot, "f3")
        await until(pilot, lambda: "is closed" in " ".join(screen_text(pilot).split()))


async def test_hostile_answers_are_shown_literally(sandbox: SandboxClient) -> None:
    hostile = "\x1b]0;PWNED\x07[@click=app.bell]x[/nope]\u202e"
    async with console(sandbox) as pilot:
        run = await send(services_of(pilot), notification={"title": hostile, "alert": "x"})
        await press(pilot, "f3", "enter", *["pagedown"] * 5)
        text = screen_text(pilot)
        assert "[@click=app.bell]x[/nope]" in text
        assert not {"\x1b", "\x07", "\u202e"} & set(text)
        assert json.loads(run.attempts[0].request.body)["notification"]["title"] == hostile


async def test_each_state_has_words_of_its_own(sandbox: SandboxClient) -> None:
    async with console(sandbox) as pilot:
        run = await send(services_of(pilot))
        for state, words in ((AttemptState.PLANNED, "never left"), (AttemptState.IN_FLIGHT, "still awaited")):
            attempt = replace(run.attempts[0], state=state, outcome=None)
            assert words in facts_content(replace(run, attempts=(attempt,))).plain
