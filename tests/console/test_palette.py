from __future__ import annotations

from textual.widgets import OptionList

from pushtui.console.app import PushtuiApp
from pushtui.console.screens.palette import Palette
from tests.console.conftest import MakeApp
from tests.terminal.apps.screens import ComposeStub


def prompts(app: PushtuiApp) -> list[str]:
    return [str(option.prompt).removeprefix("› ") for option in app.screen.query_one(OptionList).options]


async def test_the_palette_finds_an_action_by_its_name(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test() as pilot:
        await pilot.press("ctrl+p")
        assert isinstance(app.screen, Palette)
        await pilot.press(*"hist")
        assert prompts(app)[0].split()[0] == "History"
        await pilot.press("enter")
        await pilot.pause()
        assert app.current_mode == "history"


async def test_the_palette_finds_words_of_a_description(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test() as pilot:
        await pilot.press("ctrl+p", *"colours")
        assert [prompt.split()[:2] for prompt in prompts(app)] == [["Next", "theme"]]


async def test_what_cannot_be_done_stays_in_view_and_says_why(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test() as pilot:
        assert isinstance(app.screen, ComposeStub)
        app.screen.forbidden = "the body has 2 errors"
        await pilot.press("ctrl+p", *"review")
        assert "not now: the body has 2 errors" in prompts(app)[0]


async def test_what_can_be_done_here_comes_first(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test() as pilot:
        await pilot.press("ctrl+p")
        hindered = ["not now" in prompt for prompt in prompts(app)]
        assert hindered == sorted(hindered)
        assert True in hindered


async def test_arrows_choose_and_escape_does_nothing(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test() as pilot:
        await pilot.press("ctrl+p", "down", "escape")
        await pilot.pause()
        assert isinstance(app.screen, ComposeStub)
        await pilot.press("ctrl+p", "down", "enter")
        await pilot.pause()
        assert app.current_mode == "history"


async def test_nothing_is_found_for_nonsense(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test() as pilot:
        await pilot.press("ctrl+p", *"qqqq", "enter")
        assert isinstance(app.screen, Palette)
        assert prompts(app) == []
