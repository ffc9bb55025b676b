"""Where recipients stand, as a draft file says it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pushtui.domain.draft import Draft
from pushtui.domain.errors import DraftError
from pushtui.domain.json_body import JsonValue, pretty
from pushtui.domain.recipient import Recipient, RecipientSource, TableEncoding, TableFormat
from pushtui.paths import Paths
from pushtui.providers.kinds import kind_named
from pushtui.services.composing import Composition
from pushtui.services.draft_text import draft_text, read_draft
from pushtui.services.drafts import Drafts
from pushtui.services.recipients.importing import recipients_of
from pushtui.services.schemas import schema_of

KIND = "rongcloud.system-template"
BODY: dict[str, Any] = {"fromUserId": "news", "objectName": "RC:TxtMsg", "content": '{"content":"Hi {name}"}'}
FILE = RecipientSource("user_id", "people.csv", values=(("name", "first name"),))

WORD = st.text(st.characters(exclude_categories=["Cs"]), min_size=1)
NAME = WORD.filter(lambda name: not name.startswith("{"))
SOURCES = st.builds(
    RecipientSource,
    user=WORD,
    file=WORD,
    values=st.dictionaries(NAME, WORD).map(lambda found: tuple(found.items())),
    format=st.none() | st.sampled_from(TableFormat),
    encoding=st.none() | st.sampled_from(TableEncoding),
    sheet=st.just("") | WORD,
)


@given(SOURCES, st.booleans())
@settings(deadline=None)
def test_what_is_written_is_read_again(source: RecipientSource, as_text: bool) -> None:
    source = replace(source, file="", text=source.file) if as_text else source
    draft = Draft(KIND, "sandbox", {**BODY}, source)
    assert read_draft(draft_text(draft)) == draft


def test_it_is_written_for_people() -> None:
    assert draft_text(Draft(KIND, "sandbox", {}, FILE)).endswith(
        '"recipients": {\n    "file": "people.csv",\n    "user": "user_id",\n'
        '    "values": {\n      "name": "first name"\n    }\n  }\n}\n'
    )


def test_other_names_of_formats_and_encodings_are_known() -> None:
    given: JsonValue = {"file": "p", "user": "id", "format": "Excel", "encoding": "GBK"}
    source = read_draft(pretty({"kind": KIND, "account": "a", "body": {}, "recipients": given})).recipients
    assert source is not None
    assert (source.format, source.encoding) == (TableFormat.XLSX, TableEncoding.GB18030)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("people.csv", "“recipients” is text; it must be an object such as"),
        ({}, "needs either “file” or “text”"),
        ({"file": "p", "text": "x", "user": "id"}, "needs either “file” or “text”"),
        ({"file": "p"}, "“recipients.user” is missing or empty"),
        ({"file": "", "user": "id"}, "“recipients.file” is missing or empty"),
        ({"file": 1, "user": "id"}, "“recipients.file” is a number; it must be text"),
        ({"file": "p", "user": "id", "value": {}}, "Unknown key “recipients.value”; .* Did you mean “values”"),
        ({"file": "p", "user": "id", "values": ["name"]}, "“recipients.values” is a list; it must be an object"),
        ({"file": "p", "user": "id", "values": {"{name}": "name"}}, "without braces: “name”, not “{name}”"),
        ({"file": "p", "user": "id", "values": {"name": None}}, "“recipients.values.name” is null; it must be text"),
        ({"file": "p", "user": "id", "format": "csvv"}, "recipients.format: “csvv” is given; allowed: csv, .*“csv”"),
        ({"file": "p", "user": "id", "encoding": "latin-1"}, "recipients.encoding: “latin-1” is given; allowed: utf-8"),
    ],
)
def test_what_is_no_source_is_explained(given: Any, said: str) -> None:
    with pytest.raises(DraftError, match=said):
        read_draft(pretty({"kind": KIND, "account": "a", "body": {}, "recipients": given}))


@pytest.fixture
def drafts(tmp_path: Path) -> Drafts:
    return Drafts(Paths(tmp_path / "config", tmp_path / "state", tmp_path / "data"))


def people(draft: Draft) -> list[Recipient]:
    return list(recipients_of(kind_named(draft.kind), draft))


async def test_the_file_is_found_beside_the_draft_wherever_that_goes(drafts: Drafts, tmp_path: Path) -> None:
    shop, other = tmp_path / "shop", tmp_path / "other"
    shop.mkdir()
    other.mkdir()
    (shop / "people.csv").write_text("user_id,first name\n21,Tom\n")
    (shop / "welcome.json").write_text(draft_text(Draft(KIND, "a", {**BODY}, FILE)))
    opened = (await drafts.open(shop / "welcome.json")).draft
    assert people(opened) == [Recipient(2, "21", (("name", "Tom"),))]

    await drafts.save(shop / "again.json", opened, None)
    assert '"file": "people.csv"' in (shop / "again.json").read_text()
    await drafts.save(other / "moved.json", opened, None)
    assert f'"file": "{shop}/people.csv"' in (other / "moved.json").read_text()
    await drafts.save(tmp_path / "up.json", opened, None)
    assert '"file": "shop/people.csv"' in (tmp_path / "up.json").read_text()
    for path in (shop / "again.json", other / "moved.json", tmp_path / "up.json"):
        assert people((await drafts.open(path)).draft) == people(opened)


def test_editing_keeps_the_recipients() -> None:
    composition = Composition.of(Draft(KIND, "a", {**BODY}, FILE))
    assert not composition.dirty
    composition.set_value(("fromUserId",), "shop")
    assert composition.draft == Draft(KIND, "a", {**BODY, "fromUserId": "shop"}, FILE)
    assert not composition.findings


def test_recipients_move_out_of_the_body_and_back() -> None:
    body = {**BODY, "toUserId": ["21"], "values": [{"{name}": "Tom"}]}
    composition = Composition.of(Draft(KIND, "a", body))
    composition.set_recipients(FILE)
    assert composition.dirty
    assert composition.draft == Draft(KIND, "a", {**BODY}, FILE)
    assert not composition.findings
    composition.set_recipients(None)
    assert {finding.field for finding in composition.findings} == {"toUserId", "values"}


def test_the_schema_lets_recipients_stand_in_one_place() -> None:
    schema: dict[str, Any] = schema_of(KIND)
    assert schema["properties"]["body"]["required"] == ["fromUserId", "objectName", "content"]
    assert schema["else"]["properties"]["body"]["required"] == ["toUserId", "values"]
    assert schema["then"]["properties"]["body"]["not"] == {
        "anyOf": [{"required": ["toUserId"]}, {"required": ["values"]}]
    }
    source = schema["properties"]["recipients"]
    assert source["properties"]["format"]["enum"] == ["csv", "tsv", "jsonl", "xlsx", "lines"]
    assert "values" in source["properties"]
    assert "values" not in schema_of("rongcloud.system")["properties"]["recipients"]["properties"]  # type: ignore[index,call-overload,operator]
    assert "recipients" not in schema_of("rongcloud.push")["properties"]  # type: ignore[operator]
