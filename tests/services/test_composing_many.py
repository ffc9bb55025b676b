"""The editing of a draft that goes to many: its recipients, what is known of them, and taking changes back."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from pushtui.domain.account import Account, Environment
from pushtui.domain.reach import Extent
from pushtui.services.composing import Composition
from pushtui.services.kind_choices import kind_choices
from pushtui.services.recipients.looking import look
from tests.services.recipients.files import draft, source

ROWS = "user_id,c\n21,123\n22,456\n"
CONTENT = ("content",)


def composition(text: str = ROWS) -> Composition:
    return Composition.of(draft(source("", "c", text=text)))


def read(composed: Composition) -> Composition:
    composed.take_look(look(composed.draft))
    return composed


def messages(composed: Composition) -> str:
    return "\n".join(finding.message for finding in composed.findings)


def test_whom_it_goes_to_has_a_section_of_its_own() -> None:
    composed = Composition.new("rongcloud.system-template", "sandbox")
    assert [state.name for state in composed.sections()] == ["Message", "Notification", "Recipients"]
    assert [spec.path for spec in composed.visible_fields("Recipients")] == [("toUserId",), ("values",)]
    composed.set_recipients(source("", text=ROWS))
    assert composed.visible_fields("Recipients") == []
    assert "toUserId" not in composed.text
    assert composed.sections()[-1].filled == 1


def test_undo_brings_back_recipients_and_text() -> None:
    composed = Composition.new("rongcloud.system-template", "sandbox")
    before = composed.content
    composed.set_recipients(source("", text=ROWS))
    composed.set_value(CONTENT, '{"content":"Hi {c}"}')
    composed.set_recipients(None)
    composed.undo()
    assert composed.recipients == source("", text=ROWS)
    composed.undo()
    composed.undo()
    assert composed.content == before


def test_rows_that_are_typed_are_taken_back_at_once() -> None:
    composed = Composition.new("rongcloud.system-template", "sandbox")
    for end in range(10, len(ROWS)):
        composed.set_recipients(source("", text=ROWS[:end]), typed=True)
    composed.undo()
    assert composed.recipients is None


def test_reading_tells_reach_and_findings() -> None:
    composed = composition("user_id,c\n21,1\n21,2\n")
    assert composed.reach is not None
    assert composed.reach.extent is Extent.UNKNOWN
    assert not composed.looked
    read(composed)
    assert (composed.reach.extent, composed.reach.users, composed.looked) == (Extent.EXACTLY, 2, True)
    found = next(finding for finding in composed.findings if "came before" in finding.message)
    assert composed.section_of(found) == "Recipients"


def test_findings_about_rows_outlive_a_change_of_the_text_only_where_they_are_read_again_at_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    composed = read(composition("user_id,c\n21,1\n21,2\n"))
    composed.set_value(CONTENT, '{"content":"Hello {c}"}')
    assert "came before" in messages(composed)
    assert not composed.looked
    monkeypatch.setattr("pushtui.services.recipients.looking.QUICK", 1)
    composed.set_value(CONTENT, '{"content":"Hello, {c}"}')
    assert "came before" not in messages(composed)
    assert composed.reach is not None
    assert composed.reach.users == 2


def test_what_was_read_of_others_does_not_count() -> None:
    composed = composition()
    earlier = look(composed.draft)
    composed.set_recipients(source("", "c", text=ROWS + "23,789\n"))
    composed.take_look(earlier)
    assert composed.known is None


def test_columns_that_were_guessed_become_the_drafts_own() -> None:
    composed = Composition.of(draft(source("", text=ROWS)))
    read(composed)
    assert composed.recipients is not None
    assert composed.recipients.values == (("c", "c"),)
    assert composed.looked


def test_a_file_that_is_gone_is_an_error(tmp_path: Path) -> None:
    composed = read(Composition.of(draft(source(tmp_path / "gone.csv", "c"))))
    assert "No such file" in messages(composed)
    assert composed.sections()[-1].worst is not None


def test_bringing_recipients_back_into_the_body_is_one_step() -> None:
    composed = composition()
    before = composed.content
    composed.bring_back({**composed.draft.body, "toUserId": ["21"], "values": [{"{c}": "1"}]})
    assert (composed.recipients, composed.value(("toUserId",))) == (None, ["21"])
    composed.undo()
    assert composed.content == before


def test_kinds_that_an_account_cannot_send_say_why() -> None:
    assert {choice.why_not for choice in kind_choices(None)} == {""}
    account = Account("a", "rongcloud", Environment.TEST, ("https://example.com",))
    assert {choice.why_not for choice in kind_choices(account)} == {""}
    assert {choice.why_not for choice in kind_choices(replace(account, provider="agora"))} == {
        "needs an account at RongCloud"
    }
    assert all(choice.about for choice in kind_choices(None))
