from __future__ import annotations

from pushtui.console.app import PushtuiApp
from pushtui.console.screens.help import HelpScreen
from pushtui.console.widgets.literal import Block, Line
from tests.console.conftest import MakeApp
from tests.terminal.apps.screens import ComposeStub


def shown(app: PushtuiApp) -> str:
    blocks = app.screen.query("Line, Block").results(Line | Block)  # type: ignore[arg-type]  # a union of types
    return "\n".join(str(block.visual) for block in blocks)


async def test_f1_explains_the_screen_and_lists_its_keys(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=(100, 40)) as pilot:
        await pilot.press("f1")
        assert isinstance(app.screen, HelpScreen)
        text = shown(app)
        assert "Write a push, then review it." in text
        assert "F9                   Plan the push" in text
        assert "F10, Ctrl+Q          Leave" in text
        assert "History: read" not in text


async def test_help_says_why_an_action_cannot_be_done(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=(140, 40)) as pilot:
        assert isinstance(app.screen, ComposeStub)
        app.screen.forbidden = "the body has 2 errors"
        await pilot.press("f1")
        assert "(not now: the body has 2 errors)" in " ".join(shown(app).split())


async def test_help_is_readable_in_a_narrow_terminal(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=(40, 12)) as pilot:
        await pilot.press("f1")
        assert max(len(line) for line in shown(app).splitlines()) <= 40


async def test_help_closes(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test() as pilot:
        await pilot.press("f1", "escape")
        assert isinstance(app.screen, ComposeStub)
