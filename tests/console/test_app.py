from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from pushtui.console.app import PushtuiApp
from pushtui.console.guarded import run_guarded
from pushtui.console.options import ConsoleOptions
from pushtui.console.widgets.key_bar import KeyBar
from pushtui.console.widgets.top_bar import TopBar
from pushtui.domain.account import Environment
from pushtui.domain.errors import JournalError
from pushtui.domain.secret import MASK, Secret
from pushtui.paths import Paths
from tests.console.conftest import FrozenClock, MakeApp, notices
from tests.terminal.apps.screens import STUBS, ComposeStub, account

HEAVY = {"pydantic", "httpx", "keyring", "sqlite3"}


def top(app: PushtuiApp) -> str:
    return app.screen.query_one(TopBar).render().plain


def bottom(app: PushtuiApp) -> str:
    return app.screen.query_one(KeyBar).render().plain


def test_the_first_paint_imports_nothing_heavy(tmp_path: Path) -> None:
    program = """
import asyncio, sys
from pathlib import Path
from pushtui.console import start
from pushtui.console.options import ConsoleOptions
from pushtui.domain.clock import SystemClock
from pushtui.paths import Paths
from tests.terminal.apps.screens import STUBS
from pushtui.console.app import PushtuiApp

async def main():
    here = Path(sys.argv[1])
    app = PushtuiApp(object(), ConsoleOptions(Paths(here, here, here), SystemClock()), screens=STUBS)
    async with app.run_test():
        print(" ".join(sorted(sys.modules)))
asyncio.run(main())
"""
    done = subprocess.run([sys.executable, "-c", program, str(tmp_path)], capture_output=True, text=True, check=True)
    assert "pushtui.console.app" in done.stdout.split()
    assert HEAVY.isdisjoint(done.stdout.split())


@pytest.mark.parametrize(("key", "text"), [("f3", "F3 History"), ("f4", "F4 Sandbox"), ("f5", "F5 Accounts")])
async def test_function_keys_show_the_screens(make_app: MakeApp, key: str, text: str) -> None:
    app = make_app()
    async with app.run_test() as pilot:
        assert app.current_mode == "compose"
        await pilot.press(key)
        bar = app.screen.query_one(TopBar)
        current = [piece.text.strip() for piece in bar.pieces(120) if "bar-current" in piece.style]
        assert current == [text]
        await pilot.press("f2")
        assert isinstance(app.screen, ComposeStub)


@pytest.mark.parametrize("environment", list(Environment))
@pytest.mark.parametrize("width", [20, 40, 60, 80, 120])
async def test_the_environment_is_named_on_every_screen(
    make_app: MakeApp, environment: Environment, width: int
) -> None:
    app = make_app(used=account(environment, "an-account-with-a-rather-long-nam"))
    async with app.run_test(size=(width, 24)) as pilot:
        for key in ("f2", "f3", "f4", "f5"):
            await pilot.press(key)
            assert f"{environment.mark} {environment.value.upper()}" in top(app)
            assert len(top(app)) <= width


async def test_live_is_loud(make_app: MakeApp) -> None:
    app = make_app(used=account(Environment.LIVE))
    async with app.run_test():
        assert app.screen.query_one(TopBar).has_class("-live")
        app.account = account(Environment.SANDBOX)
        assert not app.screen.query_one(TopBar).has_class("-live")


async def test_80_columns_hold_all_that_matters(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)):
        tabs = "F2 Compose F3 History F4 Sandbox F5 Accounts"
        assert " ".join(top(app).split()) == f"○ SANDBOX sandbox · RongCloud {tabs}"
        assert " ".join(bottom(app).split()) == "F1 Help F6 JSON F7 Open F8 Save F9 Review Ctrl+P Commands F10 Quit"


@pytest.mark.parametrize("width", [30, 50, 70])
async def test_the_key_bar_never_loses_the_way_out(make_app: MakeApp, width: int) -> None:
    app = make_app()
    async with app.run_test(size=(width, 24)):
        assert "F10 Quit" in bottom(app)
        assert len(bottom(app)) <= width


async def test_a_click_on_a_tab_or_key_does_what_the_key_does(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=(120, 24)) as pilot:
        await pilot.click(TopBar, offset=(top(app).index("F3") + 3, 0))
        assert app.current_mode == "history"
        await pilot.click(KeyBar, offset=(bottom(app).index("F10"), 0))
    assert app.return_code == 0


async def test_a_disabled_action_says_why(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test() as pilot:
        assert isinstance(app.screen, ComposeStub)
        app.screen.forbidden = "the body has 2 errors"
        await pilot.press("f9")
        assert await notices(pilot) == ["Review: the body has 2 errors."]
        bar = app.screen.query_one(KeyBar)
        bar.renew()
        assert [piece.text for piece in bar.pieces(80) if piece.style == "bold $key dim"] == ["F9"]


async def test_a_key_of_another_screen_does_nothing(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test() as pilot:
        await pilot.press("f3", "f9")
        await app.action_perform("review")
        assert await notices(pilot) == ["Review: it belongs to Compose (F2)."]


async def test_screens_do_not_change_under_an_open_dialog(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test() as pilot:
        await pilot.press("f1", "f3")
        assert app.current_mode == "compose"
        assert await notices(pilot) == ["History: close the dialog first (Esc)."]
        await pilot.press("escape")
        assert isinstance(app.screen, ComposeStub)


async def test_ctrl_c_never_quits(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test() as pilot:
        await pilot.press("f3", "ctrl+c")
        assert await notices(pilot) == ["Ctrl+C copies what is selected, and nothing is. F10 quits."]


async def test_f12_copies_what_is_shown(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test() as pilot:
        await pilot.press("f12")
        assert app.clipboard.startswith('{\n  "platform"')
        assert (await notices(pilot))[0].startswith("The JSON: sent to your terminal's clipboard (")


async def test_f12_writes_what_is_too_long_to_a_file(make_app: MakeApp, paths: Paths) -> None:
    app = make_app()
    async with app.run_test() as pilot:
        app.screen.query_one("#editor").load_text("x" * 80_000)  # type: ignore[attr-defined]  # an Editor
        await pilot.press("f12")
        assert app.clipboard == ""
        assert (paths.state / "copied.txt").read_text() == "x" * 80_000
        assert "80000 bytes): written to" in (await notices(pilot))[0]


async def test_a_secret_never_reaches_the_clipboard(make_app: MakeApp) -> None:
    secret = Secret("a-secret-in-a-request")
    app = make_app()
    async with app.run_test():
        app.copy_to_clipboard(f"curl -H 'Key: {secret.reveal()}'")
        assert app.clipboard == f"curl -H 'Key: {MASK}'"


async def test_services_arrive_after_the_first_paint(paths: Paths) -> None:
    made: list[str] = []
    services = SimpleNamespace(
        desk="the desk",
        recovery=SimpleNamespace(flush=lambda: None),
        sandbox=SimpleNamespace(hang_up=lambda: None),
    )

    def make() -> object:
        made.append("made")
        return services

    async def opening(_given: object, _options: ConsoleOptions) -> list[str]:
        made.append("opened")
        return ["1 attempt is unknown"]

    async def closing(_given: object) -> None:
        made.append("closed")

    app = PushtuiApp(
        make,  # type: ignore[arg-type]  # what they are does not matter here
        ConsoleOptions(paths, FrozenClock()),
        opening=opening,
        closing=closing,
        screens=STUBS,
    )
    async with app.run_test() as pilot:
        arrived: object = await app.services.get()
        assert arrived is services
        desk: object = await app.desk.get()
        assert desk == "the desk"
        assert made == ["made", "opened"]
        assert await notices(pilot) == ["1 attempt is unknown"]
    assert made == ["made", "opened", "closed"]


async def test_services_that_fail_are_told_and_tell_those_who_wait(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test() as pilot:
        with pytest.raises(JournalError):
            await app.services.get()
        await pilot.pause()
        assert [notice.title for notice in app._notifications] == ["Journal"]


async def test_an_error_in_a_worker_is_reported_and_told(make_app: MakeApp, paths: Paths) -> None:
    async def fail() -> None:
        raise ZeroDivisionError("in a worker")

    app = make_app()
    async with app.run_test() as pilot:
        worker = run_guarded(app.screen, fail)
        await app.workers.wait_for_complete([worker])
        await pilot.pause()
        [report] = app.reports
        assert report.id in (await notices(pilot))[0]
        assert report.path is not None
        assert report.path.parent == paths.logs
        assert "in a worker" in report.path.read_text()


async def test_a_farewell_that_fails_blocks_nobodys_way_out(make_app: MakeApp) -> None:
    def fail() -> None:
        raise OSError("the disk is full")

    app = make_app()
    said: list[str] = []
    app.before_leaving(said.clear)
    app.before_leaving(fail)
    app.before_leaving(lambda: said.append("farewell"))
    async with app.run_test() as pilot:
        await pilot.press("f10")
    assert app.return_code == 0
    assert said == ["farewell"]
    assert len(app.reports) == 1


async def test_an_error_in_a_handler_ends_with_status_1_after_the_farewell(make_app: MakeApp) -> None:
    app = make_app()
    said: list[str] = []
    app.before_leaving(lambda: said.append("farewell"))
    with pytest.raises(RuntimeError, match="failed with"):
        async with app.run_test() as pilot:
            await pilot.press("f8")
    assert app.return_code == 1
    assert said == ["farewell"]
    assert len(app.reports) == 1
