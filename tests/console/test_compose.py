"""The compose screen, as a person uses it with the keyboard alone."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Button

from pushtui.console.screens.compose import ComposeScreen
from pushtui.console.screens.kinds import KindDialog
from pushtui.console.screens.question import Question
from pushtui.console.widgets.choices import Choices
from pushtui.console.widgets.editor import Editor
from pushtui.console.widgets.fields import FieldEditor, FixedField, LineField, TextField
from pushtui.console.workbench import Workbench
from pushtui.domain.json_body import JsonObject, dotted, parse_object
from pushtui.paths import Paths
from pushtui.services.composing import Composition
from tests.bodies import push
from tests.console.full import SMALL, WIDE, console, screen_text, settle, toasts, type_text, until
from tests.console.pages import app_of
from tests.sandbox.client import SandboxClient


def draft(pilot: Pilot[int]) -> Composition:
    return pilot.app.screen_stack[0].query_one(Workbench).composition


def body(pilot: Pilot[int]) -> JsonObject:
    found = draft(pilot).body
    assert found is not None
    return found


def focused_path(pilot: Pilot[int]) -> str:
    focused = pilot.app.focused
    return dotted(focused.spec.path) if isinstance(focused, FieldEditor) else type(focused).__name__


async def go_to(pilot: Pilot[int], path: str) -> None:
    """Go to a field's section, then down from field to field."""
    spec = next(spec for spec in draft(pilot).kind.fields if dotted(spec.path) == path)
    names = [state.name for state in draft(pilot).sections()]
    await pilot.press(*["ctrl+down"] * names.index(spec.section))
    await settle(pilot)
    while focused_path(pilot) != path:
        before = pilot.app.focused
        await pilot.press("tab")
        await pilot.pause()
        assert pilot.app.focused is not before


@pytest.mark.parametrize("size", [WIDE, SMALL])
async def test_it_opens_on_the_first_field_with_help_and_findings(
    sandbox: SandboxClient, size: tuple[int, int]
) -> None:
    async with console(sandbox, size=size) as pilot:
        text = screen_text(pilot)
        assert focused_path(pilot) == "platform"
        assert "○ SANDBOX" in text
        assert "Which systems get it" in text
        assert "nobody is named" in text
        assert "0 of 2 this hour, 0 of 3 today" in text
        assert "reach unknown" in text


async def test_a_push_is_composed_with_the_keyboard(sandbox: SandboxClient) -> None:
    async with console(sandbox) as pilot:
        await pilot.press("down", "down")
        await type_text(pilot, "vip\nbeta")
        await pilot.press("ctrl+down", "down")
        await type_text(pilot, "fromuseId1")
        await pilot.press("ctrl+down")
        await type_text(pilot, "News")
        await pilot.press("enter")
        await type_text(pilot, "Something new")
        assert body(pilot) == push(
            audience={"is_to_all": False, "tag": ["vip", "beta"]},
            message={"objectName": "RC:TxtMsg", "content": '{"content":""}'},
        )


async def test_every_field_can_be_reached_and_explains_itself(sandbox: SandboxClient) -> None:
    async with console(sandbox) as pilot:
        seen = []
        for _ in range(80):
            path = focused_path(pilot)
            if path not in seen and "." in path + "." and not path.startswith("Variant"):
                seen.append(path)
                assert path in screen_text(pilot)
            before = pilot.app.focused
            await pilot.press("down")
            await settle(pilot)
            if pilot.app.focused is before:
                break
        assert seen == [dotted(spec.path) for spec in draft(pilot).kind.fields]


async def test_findings_appear_while_typing(sandbox: SandboxClient) -> None:
    async with console(sandbox) as pilot:
        await go_to(pilot, "notification.title")
        await type_text(pilot, "t" * 50)
        assert "50 of 50 characters" in screen_text(pilot)
        await type_text(pilot, "t")
        text = screen_text(pilot)
        assert "51 of 50 characters" in text
        assert "✖ 51 characters are given; at most 50" in text


async def test_moving_in_a_choice_does_not_choose(sandbox: SandboxClient) -> None:
    async with console(sandbox) as pilot:
        await go_to(pilot, "audience.is_to_all")
        await pilot.press("right")
        assert body(pilot)["audience"] == {"is_to_all": False}
        await pilot.press("space")
        await settle(pilot)
        assert body(pilot)["audience"] == {"is_to_all": True}
        assert "everybody" in screen_text(pilot)


async def test_a_choice_can_be_left_out_again(sandbox: SandboxClient) -> None:
    async with console(sandbox) as pilot:
        await go_to(pilot, "notification.forceShowPushContent")
        await pilot.press("right", "right", "space")
        assert body(pilot)["notification"] == {"forceShowPushContent": 1}
        await pilot.press("left", "left", "space")
        assert body(pilot)["notification"] == {}


async def test_push_only_is_a_choice_and_can_be_taken_back(sandbox: SandboxClient) -> None:
    async with console(sandbox) as pilot:
        before = body(pilot)
        await pilot.press("ctrl+down")
        await settle(pilot)
        assert isinstance(pilot.app.focused, Choices)
        await pilot.press("right", "space")
        await settle(pilot)
        assert "message" not in body(pilot)
        assert not [widget for widget in pilot.app.screen.query(".field") if isinstance(widget, FieldEditor)]
        await pilot.press("ctrl+z")
        await settle(pilot)
        assert body(pilot) == before


async def test_form_and_json_show_the_same_draft(sandbox: SandboxClient) -> None:
    async with console(sandbox) as pilot:
        await go_to(pilot, "notification.title")
        await type_text(pilot, "News")
        await pilot.press("f6")
        await settle(pilot)
        editor = pilot.app.screen.query_one("#json", Editor)
        assert parse_object(editor.text) == body(pilot)
        editor.text = json.dumps(push(notification={"title": "Changed", "alert": "x"}))
        await settle(pilot)
        await pilot.press("f6")
        await settle(pilot)
        title = next(field for field in pilot.app.screen.query(LineField) if field.spec.path[-1] == "title")
        assert title.value == "Changed"


async def test_the_form_stays_closed_while_the_json_is_wrong(sandbox: SandboxClient) -> None:
    async with console(sandbox) as pilot:
        await pilot.press("f6")
        await settle(pilot)
        await type_text(pilot, "x")
        assert "not valid JSON: line 1" in screen_text(pilot)
        await pilot.press("f6")
        await settle(pilot)
        assert any("The form opens once the JSON is valid" in toast for toast in toasts(pilot))
        assert pilot.app.screen.query_one("#json").has_focus
        await pilot.press("f9")
        await settle(pilot)
        assert isinstance(pilot.app.screen, ComposeScreen)


async def test_json_explains_the_field_under_the_cursor(sandbox: SandboxClient) -> None:
    async with console(sandbox) as pilot:
        await pilot.press("f6", *["down"] * 6)
        await settle(pilot)
        assert "audience.is_to_all" in screen_text(pilot)


async def test_a_draft_is_saved_opened_and_guarded(sandbox: SandboxClient, tmp_path: Path) -> None:
    file = tmp_path / "spring.json"
    async with console(sandbox) as pilot:
        await go_to(pilot, "notification.title")
        await type_text(pilot, "News")
        await pilot.press("f8")
        await settle(pilot)
        await type_text(pilot, str(file))
        await pilot.press("enter")
        await settle(pilot)
        assert json.loads(file.read_text())["body"]["notification"] == {"title": "News"}
        assert not draft(pilot).dirty
        await type_text(pilot, "!")
        assert "not saved" in screen_text(pilot)
    async with console(sandbox, draft=file) as pilot:
        assert draft(pilot).value(("notification", "title")) == "News"
        assert "spring.json" in screen_text(pilot)


async def test_an_unsaved_draft_is_offered_at_the_next_start(sandbox: SandboxClient) -> None:
    async with console(sandbox) as pilot:
        await go_to(pilot, "notification.title")
        await type_text(pilot, "Precious")
        pilot.app.exit()
    async with console(sandbox) as pilot:
        assert "An unsaved draft was left behind" in screen_text(pilot)
        await pilot.press("enter")
        await settle(pilot)
        assert draft(pilot).value(("notification", "title")) == "Precious"


async def ask_for_new(pilot: Pilot[int], *keys: str) -> None:
    """Choose a kind for a new draft, while the one in hand has changes."""
    await pilot.press("ctrl+n")
    await until(pilot, lambda: isinstance(pilot.app.screen, KindDialog))
    await pilot.press(*keys, "enter")
    await until(pilot, lambda: isinstance(pilot.app.screen, Question) and isinstance(pilot.app.focused, Button))


async def test_a_new_draft_asks_before_it_drops_one(sandbox: SandboxClient) -> None:
    async with console(sandbox) as pilot:
        await go_to(pilot, "notification.title")
        await type_text(pilot, "Precious")
        await ask_for_new(pilot)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, ComposeScreen))
        assert draft(pilot).value(("notification", "title")) == "Precious"
        await ask_for_new(pilot)
        await pilot.press("right", "enter")
        await until(pilot, lambda: draft(pilot).value(("notification", "title")) is None)


async def test_a_new_draft_is_of_the_kind_that_a_few_letters_name(sandbox: SandboxClient) -> None:
    async with console(sandbox, size=SMALL) as pilot:
        assert "Tagged push" in screen_text(pilot)
        await pilot.press("ctrl+n")
        await until(pilot, lambda: "for many named users" in screen_text(pilot))
        await type_text(pilot, "template")
        assert "rongcloud.push-user" not in screen_text(pilot)
        await pilot.press("enter")
        await until(pilot, lambda: "System template message" in screen_text(pilot))
        assert draft(pilot).kind.name == "rongcloud.system-template"
        assert focused_path(pilot) == "fromUserId"


async def test_a_kind_that_the_account_cannot_send_says_why(sandbox: SandboxClient) -> None:
    async with console(sandbox) as pilot:
        app = app_of(pilot)
        assert app.account is not None
        app.account = replace(app.account, provider="agora")
        await pilot.press("ctrl+n")
        await until(pilot, lambda: screen_text(pilot).count("not now: needs an account at RongCloud") >= 4)
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(pilot.app.screen, KindDialog)
        assert any("needs an account at RongCloud" in toast for toast in toasts(pilot))


async def test_next_finding_goes_to_its_field(sandbox: SandboxClient) -> None:
    async with console(sandbox) as pilot:
        await go_to(pilot, "audience.is_to_all")
        await pilot.press("right", "space", "f11")
        await settle(pilot)
        assert focused_path(pilot) == "fromuserid"


async def test_hostile_text_in_a_draft_is_shown_not_obeyed(sandbox: SandboxClient, tmp_path: Path) -> None:
    file = tmp_path / "hostile.json"
    hostile = "a[/b]c [@click=app.quit]x[/] \x1b]0;PWNED\x07 \u202e"
    body = push(fromuserid=hostile, zz=hostile, audience={"tag": [hostile], "is_to_all": False})
    file.write_text(json.dumps({"kind": "rongcloud.push", "account": "sandbox", "body": body}))
    async with console(sandbox, draft=file) as pilot:
        await go_to(pilot, "fromuserid")
        text = screen_text(pilot)
        assert "\x1b" not in text
        assert "a[/b]c" in text
        await pilot.press("f6")
        await settle(pilot)
        await pilot.press("f6", "f9")
        await settle(pilot)
        assert "[@click=app.quit]" in screen_text(pilot)


async def test_a_draft_given_at_the_start_is_in_the_form_before_anybody_can_type(
    sandbox: SandboxClient, tmp_path: Path
) -> None:
    file = tmp_path / "given.json"
    body = push(audience={"userid": ["a", "c"], "is_to_all": False})
    file.write_text(json.dumps({"kind": "rongcloud.push", "account": "sandbox", "body": body}))
    async with console(sandbox, draft=file) as pilot:
        field = next(field for field in pilot.app.screen.query(TextField) if field.spec.path[-1] == "userid")
        assert field.text == "a\nc"
        field.focus()
        await pilot.press("end", "x")
        await pilot.pause()
        assert draft(pilot).value(("audience", "userid")) == ["ax", "c"]


async def test_a_draft_that_cannot_be_opened_leaves_everything_else_usable(
    sandbox: SandboxClient, tmp_path: Path
) -> None:
    async with console(sandbox, draft=tmp_path / "nowhere.json") as pilot:
        assert any("There is no file" in toast for toast in toasts(pilot))
        assert "○ SANDBOX" in screen_text(pilot)
        assert draft(pilot).account == "sandbox"


async def test_the_bar_shows_the_account_of_the_draft_in_hand(sandbox: SandboxClient, tmp_path: Path) -> None:
    accounts = Paths.from_environment().accounts_file
    accounts.parent.mkdir(parents=True)
    values = {"provider": "rongcloud", "environment": "live", "region": "beijing", "app_key": "k"}
    lines = ["[accounts.shop]", *(f'{key} = "{value}"' for key, value in values.items())]
    accounts.write_text("\n".join(lines))
    accounts.chmod(0o600)
    for name in ("shop", "gone"):
        text = json.dumps({"kind": "rongcloud.push", "account": name, "body": push()})
        (tmp_path / f"{name}.json").write_text(text)
    async with console(sandbox) as pilot:
        await open_file(pilot, tmp_path / "shop.json")
        await until(pilot, lambda: "▲ LIVE" in screen_text(pilot).splitlines()[0])
        await pilot.press("f9")
        await until(pilot, lambda: "Send to LIVE users?" in screen_text(pilot))
        assert "▲ LIVE" in screen_text(pilot).splitlines()[0]
        await pilot.press("escape")
        await until(pilot, lambda: "F9 Review" in screen_text(pilot))
        await open_file(pilot, tmp_path / "gone.json")
        await until(pilot, lambda: "LIVE" not in screen_text(pilot).splitlines()[0])
        assert "SANDBOX" not in screen_text(pilot).splitlines()[0]


async def open_file(pilot: Pilot[int], file: Path) -> None:
    """Open a draft file by its path."""
    await pilot.press("f7")
    await until(pilot, lambda: "Open a draft" in screen_text(pilot))
    await type_text(pilot, str(file))
    await pilot.press("enter")
    await until(pilot, lambda: file.name in screen_text(pilot))


async def test_a_read_only_session_says_so_and_cannot_send(sandbox: SandboxClient, tmp_path: Path) -> None:
    file = tmp_path / "push.json"
    file.write_text(json.dumps({"kind": "rongcloud.push", "account": "sandbox", "body": push()}))
    async with console(sandbox, draft=file, read_only=True) as pilot:
        await until(pilot, lambda: "read-only" in screen_text(pilot).splitlines()[0])
        await pilot.press("f9")
        await until(pilot, lambda: "nothing can be sent" in screen_text(pilot))
        assert not pilot.app.screen.query_one("#phrase").display
    assert sandbox.requests() == 0


async def test_a_value_that_no_editor_can_hold_is_left_as_it_is(sandbox: SandboxClient, tmp_path: Path) -> None:
    file = tmp_path / "odd.json"
    body = push(audience={"userid": ["a\u2028b"], "is_to_all": False})
    file.write_text(json.dumps({"kind": "rongcloud.push", "account": "sandbox", "body": body}))
    async with console(sandbox, draft=file) as pilot:
        pilot.app.screen.query_one(FixedField).focus()
        await pilot.press("x", "f6")
        await settle(pilot)
        await pilot.press("f6")
        await settle(pilot)
        assert draft(pilot).body == body
        assert not draft(pilot).dirty
