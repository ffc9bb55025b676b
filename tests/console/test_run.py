"""The run screen: how far a run is, what goes wrong, and the keys that steer it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from textual.pilot import Pilot

from pushtui.console.acting import copyable
from pushtui.console.screens.confirm import ConfirmDialog
from pushtui.console.screens.history import HistoryScreen
from pushtui.console.screens.question import Question
from pushtui.domain.run import INTERRUPTED, Phase, Run
from pushtui.services.exchange import closed
from tests.console.full import SMALL, WIDE, screen_text, settle, toasts, type_text, until
from tests.console.pages import app_of, press, services_of
from tests.console.runs import (
    asked,
    begin_here,
    begin_nowhere,
    draft_for,
    everybody_once,
    hold,
    let_go,
    open_latest,
    sent,
    slow,
    unpaced,
)
from tests.sandbox.client import SandboxClient
from tests.services.runs import PATH, batches_of, begun


@pytest.fixture(autouse=True)
def small_batches() -> Iterator[None]:
    """Four people a request."""
    with batches_of(4):
        yield


def words(pilot: Pilot[int]) -> str:
    """Return the screen without line breaks."""
    return " ".join(screen_text(pilot).split())


@pytest.mark.parametrize("size", [WIDE, SMALL])
async def test_the_ritual_leads_to_a_run_on_its_way(
    sandbox: SandboxClient, tmp_path: Path, size: tuple[int, int]
) -> None:
    slow(sandbox)
    async with unpaced(sandbox, size=size, draft=draft_for(tmp_path, 100)) as pilot:
        await pilot.press("f9")
        await until(pilot, lambda: "sandbox 100" in screen_text(pilot))
        await pilot.press("tab")
        await type_text(pilot, "sandbox 100\n")
        await until(pilot, lambda: "sending from this console" in screen_text(pilot))
        assert app_of(pilot).current_mode == "history"
        text = screen_text(pilot)
        for part in ("Hello {name}", "○ SANDBOX", "exactly 100 users", "✔ accepted", "○ planned", "Nothing so far"):
            assert part in text
        await until(pilot, lambda: "✔ done" in screen_text(pilot))
        assert "100 %" in screen_text(pilot)
        await press(pilot, "f2")
        assert app_of(pilot).current_mode == "compose"
        assert len(pilot.app.screen_stack) == 1
        assert everybody_once(sandbox, 100)


async def test_a_run_pauses_and_goes_on(sandbox: SandboxClient) -> None:
    hold(sandbox)
    async with unpaced(sandbox) as pilot:
        screen = await begin_here(pilot, 400)
        await press(pilot, "p")
        assert "‖ paused in this console" in screen_text(pilot) and "p Go on" in screen_text(pilot)
        before = sandbox.requests(PATH)
        await asked(pilot, "s", "enter")
        await press(pilot, "d")
        assert "it is paused; a process of its own would send at once" in toasts(pilot)[-1]
        assert screen.run.phase is Phase.PAUSED
        let_go(sandbox)
        await press(pilot, "space")
        await until(pilot, lambda: screen.run.phase is Phase.DONE)
        assert sandbox.requests(PATH) > before
        assert everybody_once(sandbox, 400)


async def test_a_stopped_run_is_resumed_by_the_ritual_of_those_who_are_left(sandbox: SandboxClient) -> None:
    hold(sandbox)
    async with unpaced(sandbox) as pilot:
        screen = await begin_here(pilot, 400)
        await asked(pilot, "s", "tab", "enter")
        let_go(sandbox)
        await until(pilot, lambda: screen.run.phase is Phase.STOPPED)
        left = screen.run.tally.words.split()[-2]
        assert f"r             sends to the {left} who are left" in screen_text(pilot)
        await press(pilot, "p")
        assert toasts(pilot)[-1] == "Pause: nobody sends it now."
        await asked(pilot, "r")
        assert isinstance(pilot.app.screen, ConfirmDialog)
        assert f"Send to {left} SANDBOX users?" in screen_text(pilot)
        await press(pilot, "enter")
        assert screen.run.phase is Phase.STOPPED
        await asked(pilot, "r", "tab")
        await type_text(pilot, f"sandbox {left}\n")
        await until(pilot, lambda: screen.run.phase is Phase.DONE)
        assert everybody_once(sandbox, 400)


async def test_a_question_is_not_answered_by_accident(sandbox: SandboxClient) -> None:
    hold(sandbox)
    async with unpaced(sandbox) as pilot:
        screen = await begin_here(pilot, 400)
        await asked(pilot, "s")
        assert isinstance(pilot.app.screen, Question)
        await press(pilot, "enter")
        assert screen.run.sending
        await asked(pilot, "s", "escape")
        let_go(sandbox)
        await until(pilot, lambda: screen.run.phase is Phase.DONE)


async def test_few_who_are_left_take_one_key(sandbox: SandboxClient) -> None:
    async with unpaced(sandbox) as pilot:
        screen = await begin_nowhere(pilot, 10)
        assert "■ stopped" in screen_text(pilot)
        await asked(pilot, "r")
        assert "or just press s" in words(pilot)
        await press(pilot, "s")
        await until(pilot, lambda: screen.run.phase is Phase.DONE)
        assert everybody_once(sandbox, 10)


async def test_a_run_that_stops_by_itself_says_why_and_what_to_do(sandbox: SandboxClient) -> None:
    sandbox.fault("html-5xx", times=None, path=PATH)
    async with unpaced(sandbox, size=WIDE) as pilot:
        await begin_here(pilot, 400)
        await until(pilot, lambda: "▲ It stopped by itself." in screen_text(pilot))
        text = words(pilot)
        assert "5 times “unknown” in a row" in text
        assert "who are left, once the cause is mended" in text
        assert "Enter, 4 shows the" in text
        assert "HTTP 502 with an HTML page" in text
        assert "What went wrong ? unknown" in text


async def test_refusals_for_being_too_fast_are_told_as_sent_once_more(sandbox: SandboxClient) -> None:
    sandbox.fault("rate-limited", times=1, path=PATH, retry_after="1")
    async with unpaced(sandbox) as pilot:
        screen = await begin_here(pilot, 40)
        await until(pilot, lambda: "planned once more since" in words(pilot))
        await until(pilot, lambda: screen.run.phase is Phase.DONE)
        assert "✖ rejected 0" in words(pilot)
        assert everybody_once(sandbox, 40)


async def test_the_latest_request_is_one_key_away(sandbox: SandboxClient) -> None:
    async with unpaced(sandbox, size=WIDE) as pilot:
        await sent(services_of(pilot), 10)
        await open_latest(pilot)
        assert "Enter shows everybody with their message UID" in words(pilot)
        await press(pilot, "f6")
        assert "HTTP 200" in screen_text(pilot) and '"messageUIDs"' in screen_text(pilot)
        copied = copyable(pilot.app.screen)
        assert copied is not None and "Signature: ••••••••" in copied.text
        await press(pilot, "f6")
        assert "What went wrong" in screen_text(pilot)


async def test_a_run_of_a_dead_process_is_interrupted(sandbox: SandboxClient) -> None:
    async with unpaced(sandbox) as pilot:
        services = services_of(pilot)
        run = await begun(services, 30)
        await services.journal.claim_run(run.id)
        await services.journal.release_run(run.id, INTERRUPTED)
        await press(pilot, "f3")
        assert "■ interrupted" in screen_text(pilot)
        assert "■ interrupted: 30 planned" in screen_text(pilot)
        await press(pilot, "enter")
        await until(pilot, lambda: "▲ Interrupted." in screen_text(pilot))
        assert "r sends to the 30 who are left" in words(pilot)


async def test_a_run_of_another_process_is_followed_and_steered(sandbox: SandboxClient) -> None:
    hold(sandbox)
    async with unpaced(sandbox) as pilot:
        services = services_of(pilot)
        run = await begun(services, 400)
        await services.runs.detach(run.id)
        await press(pilot, "f3")
        screen = await open_latest(pilot)
        assert "sending by a process of its own" in screen_text(pilot)
        await press(pilot, "d")
        assert toasts(pilot)[-1] == "Detach: a process of its own sends it already."
        await press(pilot, "p")
        assert screen.run.phase is Phase.PAUSED
        await press(pilot, "escape")
        assert isinstance(pilot.app.screen, HistoryScreen)
        assert "‖" in screen_text(pilot)
        await press(pilot, "enter", "p")
        let_go(sandbox)
        await until(pilot, lambda: "✔ done" in screen_text(pilot))
        assert everybody_once(sandbox, 400)


async def test_detaching_hands_over_and_nobody_gets_it_twice(sandbox: SandboxClient) -> None:
    hold(sandbox)
    async with unpaced(sandbox) as pilot:
        screen = await begin_here(pilot, 400)
        await pilot.press("d")
        await until(pilot, lambda: "… handing over" in screen_text(pilot))
        let_go(sandbox)
        slow(sandbox, 0.1)
        await until(pilot, lambda: "sending by a process of its own" in screen_text(pilot))
        assert not services_of(pilot).here.ids
        await until(pilot, lambda: screen.run.phase is Phase.DONE)
        assert everybody_once(sandbox, 400)


async def test_a_pause_just_before_detaching_holds(sandbox: SandboxClient) -> None:
    slow(sandbox)
    async with unpaced(sandbox) as pilot:
        screen = await begin_here(pilot, 400)
        await press(pilot, "p", "d")
        await until(pilot, lambda: any("is paused" in words for words in toasts(pilot)))
        await until(pilot, lambda: "‖ paused in this console" in screen_text(pilot))
        assert services_of(pilot).here.ids == (screen.run.id,)
        let_go(sandbox)
        await press(pilot, "p")
        await until(pilot, lambda: screen.run.phase is Phase.DONE)
        assert everybody_once(sandbox, 400)


async def test_a_run_that_another_begins_to_send_is_seen_and_steered(sandbox: SandboxClient) -> None:
    async with unpaced(sandbox) as pilot:
        screen = await begin_nowhere(pilot, 400)
        assert "■ stopped" in screen_text(pilot)
        hold(sandbox)
        services = services_of(pilot)
        await services.here.resume(await services.runs.rest(screen.run.id), "sandbox 400")
        await press(pilot, "p")
        await until(pilot, lambda: "‖ paused in this console" in screen_text(pilot))
        assert toasts(pilot) == []
        await services.runs.go_on(screen.run.id)
        await until(pilot, lambda: "▶ sending from this console" in screen_text(pilot))
        let_go(sandbox)
        await until(pilot, lambda: screen.run.phase is Phase.DONE)


async def test_more_who_are_left_than_were_confirmed_are_asked_about_anew(sandbox: SandboxClient) -> None:
    async with unpaced(sandbox) as pilot:
        services = services_of(pilot)
        screen = await begin_nowhere(pilot, 40)
        rest = await services.runs.rest(screen.run.id)
        pages = await services.journal.planned(rest.run.id, 0, 5)
        now = services.sending.clock.now()
        await services.journal.claim_run(rest.run.id)
        await services.journal.mark_in_flight(pages[0].id, pages[0].request, now)
        await services.journal.finish(pages[0].id, closed("an id"), now)
        await services.journal.release_run(rest.run.id)
        await asked(pilot, "r", "tab")
        doubt = await services.runs.doubt(rest.run.id)
        await services.runs.retry_unknown(rest.run.id, "the log has none", doubt.ritual.phrase)
        await type_text(pilot, "sandbox 36\n")
        await until(pilot, lambda: any("changed since the question was asked" in words for words in toasts(pilot)))
        assert sandbox.requests(PATH) == 0
        await until(pilot, lambda: "sends to the 40 who are left; 4 may have it already" in words(pilot))


async def test_a_read_only_session_only_looks(sandbox: SandboxClient) -> None:
    async with unpaced(sandbox) as pilot:
        screen = await begin_nowhere(pilot, 30)
        services_of(pilot).read_only = True
        await press(pilot, "r", "d")
        assert toasts(pilot) == ["Resume: this session is read-only.", "Detach: this session is read-only."]
        assert screen.run.phase is Phase.STOPPED


async def test_nothing_is_painted_while_nothing_changes(sandbox: SandboxClient) -> None:
    hold(sandbox)
    async with unpaced(sandbox) as pilot:
        screen = await begin_here(pilot, 40)
        await settle(pilot)
        looks = 0
        painted: list[object] = []
        update = pilot.app._display
        journal = services_of(pilot).journal
        look = journal.run

        def display(*given: object, **named: object) -> None:
            painted.append(given)
            update(*given, **named)  # type: ignore[arg-type]  # passed on as it came

        async def looked(prefix: str) -> Run:
            nonlocal looks
            looks += 1
            return await look(prefix)

        journal.run = looked  # type: ignore[method-assign]  # counted
        await until(pilot, lambda: looks >= 1)
        pilot.app._display = display  # type: ignore[method-assign]  # counted
        await until(pilot, lambda: looks >= 5)
        assert painted == []
        let_go(sandbox)
        await until(pilot, lambda: screen.run.phase is Phase.DONE)
