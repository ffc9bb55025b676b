"""Choosing whom a draft goes to, by keyboard."""

from __future__ import annotations

import json
import threading
from pathlib import Path
from typing import Any

import pytest
from textual.events import Paste
from textual.pilot import Pilot

from pushtui.console import recipients_reader, recipients_sheet
from pushtui.console.screens.compose import ComposeScreen
from pushtui.console.screens.plan import PlanScreen
from pushtui.console.screens.recipient_files import RecipientFileDialog
from pushtui.console.screens.value_dialog import ValueDialog
from pushtui.console.widgets.ritual_pane import RitualPane
from pushtui.domain.finding import PUSHTUI, Finding, Severity
from pushtui.domain.json_body import JsonObject, JsonValue
from pushtui.domain.recipient import RecipientSource, TableEncoding, TableFormat
from pushtui.services.recipients.choosing import in_file
from pushtui.services.recipients.looking import look
from tests.console.full import SMALL, WIDE, console, screen_text, settle, toasts, type_text, until
from tests.console.many import (
    BODY,
    ROWS,
    Stuck,
    bench,
    draft,
    read_all,
    sheet,
    source,
    table,
    to_recipients,
    write_draft,
    write_inline,
)
from tests.sandbox.client import SandboxClient

HOSTILE = "a[/b]c [@click=app.quit]x[/] \x1b]0;PWNED\x07 \u202e"


async def new_template(pilot: Pilot[int]) -> None:
    """Start a template and go to its recipients."""
    await pilot.press("ctrl+n")
    await until(pilot, lambda: "What kind of draft?" in screen_text(pilot))
    await type_text(pilot, "template")
    await pilot.press("enter")
    await until(pilot, lambda: draft(pilot).kind.name == "rongcloud.system-template")
    await settle(pilot)
    await to_recipients(pilot)


async def choose_place(pilot: Pilot[int], steps: int) -> None:
    """Choose where the recipients stand, so many options to the right."""
    await pilot.press(*["right"] * steps, "space")
    await settle(pilot)


async def paste(pilot: Pilot[int], text: str) -> None:
    """Paste into what has the focus, as a terminal does."""
    pilot.app.post_message(Paste(text))
    await pilot.pause()


def findings(pilot: Pilot[int]) -> str:
    return "\n".join(finding.message for finding in draft(pilot).findings)


@pytest.mark.parametrize("size", [WIDE, SMALL])
async def test_a_file_is_chosen_and_everything_about_it_shown(
    sandbox: SandboxClient, tmp_path: Path, size: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "lists").mkdir()
    (tmp_path / "lists" / "people.csv").write_text("user_id,text,city\n21,Hello,\n21,Hi,Paris\n")
    (tmp_path / "lists" / "other.pdf").write_text("")
    monkeypatch.chdir(tmp_path)
    async with console(sandbox, size=size) as pilot:
        await new_template(pilot)
        await choose_place(pilot, 1)
        await until(pilot, lambda: isinstance(pilot.app.screen, RecipientFileDialog) and "lists/" in screen_text(pilot))
        await type_text(pilot, "lis")
        await pilot.press("enter")
        await until(pilot, lambda: "people.csv" in screen_text(pilot))
        assert "other.pdf" not in screen_text(pilot)
        await pilot.press("enter")
        await until(pilot, lambda: draft(pilot).recipients is not None)
        await read_all(pilot)
        assert (source(pilot).user, source(pilot).values) == ("user_id", (("text", "text"),))
        assert table(pilot) == [
            ["user id", "user_id", "21 · 21"],
            ["{text}", "text", "Hello · Hi"],
            ["not used", "city", "(empty) · Paris"],
        ]
        text = screen_text(pilot)
        for said in ("format, guessed", "● csv", "● utf-8", "2 recipients", "line 3, as on line 2", "exactly 2 users"):
            assert said in text


async def test_a_path_can_be_typed_and_one_that_leads_nowhere_says_so(sandbox: SandboxClient, tmp_path: Path) -> None:
    async with console(sandbox, draft=write_draft(tmp_path)) as pilot:
        await to_recipients(pilot)
        await pilot.press("down", "end", *["backspace"] * 20)
        assert source(pilot).is_empty
        await type_text(pilot, "gone.csv")
        assert source(pilot).file == "gone.csv"
        await pilot.press("tab")
        await read_all(pilot)
        assert "✖ cannot be read" in screen_text(pilot)
        assert "gone.csv: it cannot be read: No such file" in findings(pilot)
        await pilot.press("alt+z")
        await read_all(pilot)
        assert source(pilot).file == "people.csv"
        assert "3 recipients" in screen_text(pilot)


async def test_a_draft_whose_file_vanished_says_so_when_it_is_opened(sandbox: SandboxClient, tmp_path: Path) -> None:
    async with console(sandbox, draft=write_draft(tmp_path, None), size=SMALL) as pilot:
        await read_all(pilot)
        assert "people.csv: it cannot be read: No such file" in screen_text(pilot)
        assert not draft(pilot).dirty


async def test_a_column_is_changed_by_a_person(sandbox: SandboxClient, tmp_path: Path) -> None:
    async with console(sandbox, draft=write_draft(tmp_path, values={"name": "name"}), size=SMALL) as pilot:
        await to_recipients(pilot)
        assert ["{code}", "✖ no column", ""] in table(pilot)
        await pilot.press(*["down"] * 4, "down", "down", "enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, ValueDialog))
        assert "What fills {code}?" in screen_text(pilot)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, ComposeScreen))
        await read_all(pilot)
        assert dict(source(pilot).values) == {"name": "name", "code": "code"}
        await pilot.press("down", "enter")
        await until(pilot, lambda: "What does “city” fill?" in screen_text(pilot))
        await pilot.press("down", "enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, ComposeScreen))
        await read_all(pilot)
        assert dict(source(pilot).values) == {"name": "city", "code": "code"}
        assert draft(pilot).dirty


async def test_format_and_encoding_can_be_said(sandbox: SandboxClient, tmp_path: Path) -> None:
    file = write_draft(tmp_path)
    (tmp_path / "people.csv").write_text("user_id,name,code\n21,北京,1\n", encoding="gb18030")
    async with console(sandbox, draft=file) as pilot:
        await to_recipients(pilot)
        assert ["{name}", "name", "北京"] in table(pilot)
        assert "● gb18030" in screen_text(pilot)
        await pilot.press("down", "down", "down", "left", "space")
        await until(pilot, lambda: source(pilot).encoding is TableEncoding.UTF_16)
        await read_all(pilot)
        assert "✖ cannot be read" in screen_text(pilot)
        await pilot.press("alt+z")
        await read_all(pilot)
        await pilot.press("down", "down", "right", "space")
        await until(pilot, lambda: source(pilot).format is TableFormat.TSV)
        await read_all(pilot)
        assert "“user_id,name,code” is taken for the name of the column" in toasts(pilot)[-1]


@pytest.mark.parametrize("size", [WIDE, SMALL])
async def test_rows_are_pasted(sandbox: SandboxClient, size: tuple[int, int]) -> None:
    async with console(sandbox, size=size) as pilot:
        await new_template(pilot)
        await choose_place(pilot, 2)
        await pilot.press("down")
        await paste(pilot, "user_id\ttext\r\n21\tHello\r\n22\tHi\r\n")
        await read_all(pilot)
        assert source(pilot).text == "user_id\ttext\n21\tHello\n22\tHi\n"
        assert table(pilot) == [["user id", "user_id", "21 · 22"], ["{text}", "text", "Hello · Hi"]]
        await type_text(pilot, "23")
        await read_all(pilot)
        assert "3 recipients" in screen_text(pilot)
        await pilot.press("alt+z")
        await until(pilot, lambda: source(pilot).is_empty)
        assert "paste or type rows first" in screen_text(pilot)


async def test_what_is_pasted_beside_the_fields_is_rows(sandbox: SandboxClient) -> None:
    async with console(sandbox) as pilot:
        await new_template(pilot)
        await paste(pilot, "21, 22, 23")
        await read_all(pilot)
        assert source(pilot).format is TableFormat.LINES
        assert "3 recipients" in screen_text(pilot)


async def test_what_is_shown_is_what_would_be_sent(sandbox: SandboxClient) -> None:
    async with console(sandbox) as pilot:
        await new_template(pilot)
        await choose_place(pilot, 2)
        await pilot.press("down")
        await paste(pilot, "user_id,text\n21,a\n")
        await type_text(pilot, "2")
        assert source(pilot).text.endswith("\n2")
        sheet(pilot).pane.rows_field.text = ""
        await pilot.pause()
        assert source(pilot).is_empty


async def test_findings_about_rows_follow_the_text(sandbox: SandboxClient, tmp_path: Path) -> None:
    async with console(sandbox, draft=write_draft(tmp_path)) as pilot:
        await read_all(pilot)
        assert "the value is empty" in findings(pilot)
        draft(pilot).set_value(("content",), '{"content":"Hi {name}"}')
        sheet(pilot).read()
        await read_all(pilot)
        assert "the value is empty" in findings(pilot)
        assert "{code} stands in no template" in findings(pilot)


async def test_the_next_finding_leads_to_the_recipients(sandbox: SandboxClient, tmp_path: Path) -> None:
    async with console(sandbox, draft=write_draft(tmp_path, ROWS + "21,x,y,z\n"), size=SMALL) as pilot:
        await read_all(pilot)
        await pilot.press("f11")
        await read_all(pilot)
        assert "recipients in" in screen_text(pilot)
        assert pilot.app.focused is sheet(pilot).pane.needs


async def test_a_long_reading_shows_how_far_it_is_and_can_be_ended(
    sandbox: SandboxClient, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stuck = Stuck(look)
    async with console(sandbox, draft=write_draft(tmp_path), size=SMALL) as pilot:
        await to_recipients(pilot)
        monkeypatch.setattr(recipients_reader, "look", stuck)
        await pilot.press("ctrl+r")
        await until(pilot, lambda: "54 %" in screen_text(pilot))
        assert "540,000 rows · Esc cancels" in screen_text(pilot)
        await pilot.press("down", "f1")
        await until(pilot, lambda: "recipients.file" in screen_text(pilot))
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(pilot.app.screen, ComposeScreen))
        await pilot.press("escape")
        await until(pilot, stuck.ended.is_set)
        await settle(pilot)
        assert "54 %" not in screen_text(pilot)
        assert any("Not all recipients were read" in toast for toast in toasts(pilot))
        stuck.may_go_on.set()
        await pilot.press("ctrl+r")
        await read_all(pilot)
        assert "3 recipients" in screen_text(pilot)


async def test_a_file_that_is_still_looked_at_never_gets_into_another_draft(
    sandbox: SandboxClient, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, may_go_on = threading.Event(), threading.Event()

    def slow(*given: Any) -> RecipientSource:
        begun.set()
        may_go_on.wait(10)
        return in_file(*given)

    monkeypatch.setattr(recipients_sheet, "in_file", slow)
    async with console(sandbox, draft=write_draft(tmp_path)) as pilot:
        await to_recipients(pilot)
        await pilot.press("down", "end", "backspace", "enter")
        await until(pilot, begun.is_set)
        bench(pilot).desk.new("sandbox")
        await bench(pilot).show_draft()
        may_go_on.set()
        await settle(pilot)
        assert draft(pilot).recipients is None


async def test_one_key_brings_a_few_recipients_back_into_the_body(sandbox: SandboxClient, tmp_path: Path) -> None:
    async with console(sandbox, draft=write_draft(tmp_path)) as pilot:
        await to_recipients(pilot)
        await pilot.press("alt+r")
        await until(pilot, lambda: draft(pilot).recipients is None)
        await settle(pilot)
        assert draft(pilot).value(("toUserId",)) == ["21", "22", "23"]
        assert '{"{name}":"Tom","{code}":"123"}' in screen_text(pilot)
        assert "exactly 3 users" in screen_text(pilot)
        await pilot.press("alt+z")
        await until(pilot, lambda: draft(pilot).recipients is not None)
        assert draft(pilot).value(("toUserId",)) is None


async def test_more_than_a_body_takes_are_let_go_and_can_be_taken_back(sandbox: SandboxClient, tmp_path: Path) -> None:
    rows = "user_id,name,code\n" + "".join(f"u{number},n,c\n" for number in range(101))
    async with console(sandbox, draft=write_draft(tmp_path, rows)) as pilot:
        await to_recipients(pilot)
        await pilot.press("alt+r")
        await until(pilot, lambda: draft(pilot).recipients is None)
        assert any("takes 1 to 100 recipients" in toast for toast in toasts(pilot))
        await pilot.press("alt+z")
        await until(pilot, lambda: draft(pilot).recipients is not None)


async def test_values_in_the_body_are_an_object_a_line(sandbox: SandboxClient) -> None:
    async with console(sandbox) as pilot:
        await new_template(pilot)
        await pilot.press("down")
        await type_text(pilot, "21\n22")
        await pilot.press("tab")
        await type_text(pilot, '{"{text}":"123"}\n{"{text}":"456"}')
        await pilot.pause()
        assert draft(pilot).value(("values",)) == [{"{text}": "123"}, {"{text}": "456"}]
        await pilot.press(*["up"] * 4)
        assert pilot.app.focused is sheet(pilot).pane.where_field


async def test_recipients_are_saved_and_survive_a_killed_console(sandbox: SandboxClient, tmp_path: Path) -> None:
    (tmp_path / "more.csv").write_text("user_id,name,code\n1,a,b\n")
    async with console(sandbox, draft=write_draft(tmp_path)) as pilot:
        await to_recipients(pilot)
        await pilot.press("down", "end", *["backspace"] * 20)
        await type_text(pilot, "more.csv")
        await pilot.press("enter")
        await until(pilot, lambda: source(pilot).file == "more.csv")
        pilot.app.exit()
    async with console(sandbox) as pilot:
        await until(pilot, lambda: "An unsaved draft was left behind" in screen_text(pilot))
        await pilot.press("enter")
        await until(pilot, lambda: draft(pilot).recipients is not None)
        assert source(pilot).path == tmp_path / "more.csv"
        await read_all(pilot)
        await pilot.press("f8")
        await until(pilot, lambda: not draft(pilot).dirty)
        assert '"more.csv"' in (tmp_path / "draft.json").read_text()


async def test_hostile_columns_and_rows_are_shown_not_obeyed(sandbox: SandboxClient, tmp_path: Path) -> None:
    rows = f'user_id,name,"{HOSTILE}"\n21,"{HOSTILE}","{HOSTILE}"\n"{HOSTILE}",x,y\n'
    async with console(sandbox, draft=write_draft(tmp_path, rows, values={"name": "name"}), size=SMALL) as pilot:
        await to_recipients(pilot)
        text = screen_text(pilot)
        assert "\x1b" not in text
        assert "a[/b]c" in text
        await pilot.press("down", "down", "down", "down", "end", "enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, ValueDialog))
        assert "a[/b]c" in screen_text(pilot)
        await pilot.press("escape")


async def test_a_tagged_push_has_no_recipients_of_its_own(sandbox: SandboxClient) -> None:
    async with console(sandbox) as pilot:
        for key in ("ctrl+r", "ctrl+l", "alt+r"):
            await pilot.press(key)
            await pilot.pause()
            assert "goes to an audience" in toasts(pilot)[-1]


IN_BODY: JsonObject = {**BODY, "content": '{"content":"Hi"}', "pushContent": ["Hi", "Hi"], "toUserId": ["alice", "bob"]}


@pytest.mark.parametrize("size", [WIDE, SMALL])
@pytest.mark.parametrize(("steps", "said"), [(1, "choose a file first"), (2, "paste or type rows first")])
async def test_recipients_that_are_not_shown_are_not_sent_to(
    sandbox: SandboxClient, tmp_path: Path, steps: int, said: str, size: tuple[int, int]
) -> None:
    async with console(sandbox, draft=write_inline(tmp_path, IN_BODY), size=size) as pilot:
        await to_recipients(pilot)
        await choose_place(pilot, steps)
        if steps == 1:
            await until(pilot, lambda: isinstance(pilot.app.screen, RecipientFileDialog))
            await pilot.press("escape")
        await until(pilot, lambda: isinstance(pilot.app.screen, ComposeScreen))
        assert toasts(pilot) == ["Alt+Z brings back the recipients in the body."]
        assert f"✖ nobody yet: {said}" in screen_text(pilot)
        assert Finding(Severity.ERROR, ("recipients",), said, PUSHTUI) in draft(pilot).findings
        await pilot.press("f9")
        await until(pilot, lambda: isinstance(pilot.app.screen, PlanScreen))
        await settle(pilot)
        assert pilot.app.screen.query_one(RitualPane).phrase.display is False
        assert "alice" not in screen_text(pilot)
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(pilot.app.screen, ComposeScreen))
        await pilot.press("alt+z")
        await until(pilot, lambda: draft(pilot).recipients is None)
        assert draft(pilot).value(("toUserId",)) == ["alice", "bob"]


async def test_the_plan_names_the_first_recipients(sandbox: SandboxClient, tmp_path: Path) -> None:
    people: list[JsonValue] = ["alice", "bob", "carol", "dave", "erin"]
    file = write_inline(tmp_path, {**IN_BODY, "toUserId": people, "pushContent": ["Hi"] * len(people)})
    async with console(sandbox, draft=file, size=SMALL) as pilot:
        await pilot.press("f9")
        await until(pilot, lambda: isinstance(pilot.app.screen, PlanScreen))
        await settle(pilot)
        assert "exactly 5 users  the user ids given: alice, bob, carol and 2 more" in screen_text(pilot)


async def test_a_file_that_is_left_for_rows_is_named_and_comes_back(sandbox: SandboxClient, tmp_path: Path) -> None:
    async with console(sandbox, draft=write_draft(tmp_path), size=SMALL) as pilot:
        await to_recipients(pilot)
        await choose_place(pilot, 1)
        assert toasts(pilot)[-1] == "Alt+Z brings back people.csv."
        assert "paste or type rows first" in findings(pilot)
        await pilot.press("alt+z")
        await read_all(pilot)
        assert (source(pilot).file, dict(source(pilot).values)) == ("people.csv", {"name": "name", "code": "code"})


async def test_an_empty_place_is_no_part_of_a_saved_draft(sandbox: SandboxClient, tmp_path: Path) -> None:
    file = write_inline(tmp_path, IN_BODY)
    async with console(sandbox, draft=file) as pilot:
        await to_recipients(pilot)
        await choose_place(pilot, 2)
        await pilot.press("ctrl+s")
        await until(pilot, lambda: not draft(pilot).dirty)
    saved = json.loads(file.read_text())
    assert "recipients" not in saved
    assert "toUserId" not in saved["body"]


async def test_many_rows_push_nothing_out_of_sight(sandbox: SandboxClient) -> None:
    async with console(sandbox, size=SMALL) as pilot:
        await new_template(pilot)
        await choose_place(pilot, 2)
        await pilot.press("down")
        await paste(pilot, "user_id,text\n" + "".join(f"{number},Hello\n" for number in range(49)))
        await read_all(pilot)
        text = screen_text(pilot)
        for said in ("format", "49 recipients", "user_id", "{text}"):
            assert said in text


async def test_the_highlighted_kind_has_a_shape_and_the_current_one_another(sandbox: SandboxClient) -> None:
    async with console(sandbox, size=SMALL) as pilot:
        await pilot.press("ctrl+n")
        await until(pilot, lambda: "› ● Tagged push" in screen_text(pilot))
        await pilot.press("down")
        await until(pilot, lambda: "  ● Tagged push" in screen_text(pilot))
        assert screen_text(pilot).count("› ") == 1
