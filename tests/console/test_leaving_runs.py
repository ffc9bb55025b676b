"""A run goes on while one looks elsewhere, and is asked about before one leaves."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from textual.pilot import Pilot

from pushtui.console.runs_at_work import note_words
from pushtui.domain.run import Phase
from pushtui.services.services import Services
from tests.console.full import screen_text, toasts, until
from tests.console.pages import app_of, press, services_of
from tests.console.runs import asked, begin_here, everybody_once, hold, let_go, said, slow, unpaced
from tests.sandbox.client import SandboxClient
from tests.services.runs import PATH, batches_of


@pytest.fixture(autouse=True)
def small_batches() -> Iterator[None]:
    """Four people a request."""
    with batches_of(4):
        yield


def top(pilot: Pilot[int]) -> str:
    """Return the row at the top."""
    return screen_text(pilot).splitlines()[0]


async def test_every_screen_shows_how_far_the_run_is(sandbox: SandboxClient) -> None:
    slow(sandbox)
    async with unpaced(sandbox) as pilot:
        await begin_here(pilot, 400)
        assert "run" not in top(pilot)
        for key in ("f2", "f4", "f5"):
            await press(pilot, key)
            await until(pilot, lambda: "▶ run " in top(pilot))
        await until(pilot, lambda: "run" not in top(pilot))
        assert toasts(pilot)[-1] == "400 accepted. F3 shows it."
        assert everybody_once(sandbox, 400)


async def test_a_row_below_does_not_have_the_screen_above_painted(
    sandbox: SandboxClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    hold(sandbox)
    async with unpaced(sandbox) as pilot:
        screen, painted = await begin_here(pilot, 40), []
        monkeypatch.setattr(screen, "refresh", lambda *regions, **_options: painted.append(regions))
        app_of(pilot).run_note = "▶ run 99 %"
        await pilot.pause()
        assert painted == []
        monkeypatch.undo()
        await press(pilot, "escape")
        assert "▶ run" in top(pilot)
        let_go(sandbox)


async def test_a_run_that_stops_by_itself_is_told_wherever_one_is(sandbox: SandboxClient) -> None:
    slow(sandbox)
    async with unpaced(sandbox) as pilot:
        await begin_here(pilot, 400)
        await press(pilot, "f2")
        let_go(sandbox)
        sandbox.fault("html-5xx", times=None, path=PATH)
        await until(pilot, lambda: any("in a row" in words for words in toasts(pilot)))


async def test_staying_changes_nothing(sandbox: SandboxClient) -> None:
    hold(sandbox)
    async with unpaced(sandbox) as pilot:
        screen = await begin_here(pilot, 400)
        for keys in (["enter"], ["escape"]):
            await asked(pilot, "f10")
            assert "A run goes on here" in screen_text(pilot)
            await press(pilot, *keys)
        let_go(sandbox)
        await until(pilot, lambda: screen.run.phase is Phase.DONE)
        assert app_of(pilot).is_running


async def left(pilot: Pilot[int]) -> Services:
    """Wait until the console is left, and return services that look at what it left behind."""
    paths = services_of(pilot).paths
    await until(pilot, lambda: app_of(pilot)._exit)
    return Services(paths)


@pytest.mark.parametrize(
    ("keys", "phases"), [(["tab"], {Phase.STOPPED}), (["tab", "tab"], {Phase.SENDING, Phase.DONE})]
)
async def test_one_may_stop_it_or_let_it_go_on(sandbox: SandboxClient, keys: list[str], phases: set[Phase]) -> None:
    hold(sandbox)
    async with unpaced(sandbox) as pilot:
        screen = await begin_here(pilot, 400)
        await asked(pilot, "f10", *keys)
        await pilot.press("enter")
        let_go(sandbox)
        slow(sandbox)
        services = await left(pilot)
    await services.journal.open()
    run = await services.history.run(screen.run.id)
    assert run.phase in phases
    assert "in flight" not in run.tally.words or run.sending
    async for progress in services.runs.follow(run.id):
        run = progress.run
    assert "unknown" not in run.tally.words
    assert run.phase is (Phase.STOPPED if Phase.STOPPED in phases else Phase.DONE)
    await services.journal.close()


async def test_what_could_not_go_on_elsewhere_is_not_offered(
    sandbox: SandboxClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    hold(sandbox)
    async with unpaced(sandbox) as pilot:
        monkeypatch.setattr(type(services_of(pilot).sandbox), "is_ours", True)
        screen = await begin_here(pilot, 400)
        await asked(pilot, "f10")
        assert "Go on without me" not in screen_text(pilot)
        assert "It cannot go on without the console: this sandbox ends with" in said(pilot)
        await press(pilot, "enter", "d")
        assert "this sandbox ends with the console" in toasts(pilot)[-1]
        let_go(sandbox)
        await until(pilot, lambda: screen.run.phase is Phase.DONE)


async def test_a_second_time_leaves_at_once(sandbox: SandboxClient) -> None:
    hold(sandbox)
    async with unpaced(sandbox) as pilot:
        await begin_here(pilot, 40)
        await asked(pilot, "f10", "tab")
        await pilot.press("enter")
        await until(pilot, lambda: any("F10 again" in words for words in toasts(pilot)))
        assert not app_of(pilot)._exit
        await pilot.press("f10")
        await until(pilot, lambda: app_of(pilot)._exit)
        let_go(sandbox)


async def test_an_idle_console_leaves_without_a_question(sandbox: SandboxClient) -> None:
    async with unpaced(sandbox) as pilot:
        await pilot.press("f10")
        await until(pilot, lambda: app_of(pilot)._exit)


def test_no_run_needs_no_words() -> None:
    assert note_words([]) == ""
