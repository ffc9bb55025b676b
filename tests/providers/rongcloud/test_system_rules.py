"""Findings about system messages, templates and pushes to users, and their reach."""

from __future__ import annotations

from typing import Any

import pytest

from pushtui.domain.finding import Severity
from pushtui.domain.reach import Extent
from pushtui.domain.recipient import RecipientSource
from pushtui.providers.kinds import KINDS, check, kind_named
from tests.bodies import push
from tests.providers.rongcloud.system_bodies import message, page_example, shared, template, user_push

ERROR, WARNING, ADVICE = Severity.ERROR, Severity.WARNING, Severity.ADVICE
TEMPLATE, MESSAGE, USER_PUSH = "rongcloud.system-template", "rongcloud.system", "rongcloud.push-user"
Found = set[tuple[Severity, str]]


def found(kind: str, body: dict[str, Any], source: RecipientSource | None = None) -> Found:
    return {(finding.severity, finding.field) for finding in check(kind_named(kind), body, source)}


def said(kind: str, body: dict[str, Any], source: RecipientSource | None = None) -> str:
    return "\n".join(finding.message for finding in check(kind_named(kind), body, source))


def from_file(*names: str) -> RecipientSource:
    return RecipientSource("user_id", "people.csv", values=tuple((name, name) for name in names))


def test_the_pages_example_has_no_findings() -> None:
    assert found(TEMPLATE, page_example()) == set()


def test_good_bodies_have_none() -> None:
    assert found(MESSAGE, message()) == found(USER_PUSH, user_push()) == set()
    assert found(TEMPLATE, shared(), from_file("name")) == set()


VALUES = page_example()["values"]

TEMPLATES: list[tuple[str, dict[str, Any], Found]] = [
    ("values for fewer", template(values=VALUES[:1]), {(ERROR, "values")}),
    ("texts for fewer", template(pushContent=["push{c}"]), {(ERROR, "pushContent")}),
    ("data for more", template(pushData=["a", "b", "c"]), {(ERROR, "pushData")}),
    ("no texts at all", template(pushContent=None, pushData=None), set()),
    ("empty texts", template(pushContent=[]), {(ERROR, "pushContent")}),
    (
        "more than 100",
        template(toUserId=[str(n) for n in range(101)], values=[VALUES[0]] * 101, pushContent=None, pushData=None),
        {(ERROR, "toUserId"), (ERROR, "values")},
    ),
    (
        "keys without braces",
        template(values=[{"c": "1", "d": "2", "e": "3"}] * 2),
        {(ERROR, "values"), (ERROR, "content"), (ERROR, "pushContent"), (ERROR, "pushData")},
    ),
    ("a file among ids", template(toUserId=["21", "people.csv"]), {(ADVICE, "toUserId[1]")}),
    ("a placeholder leaks", template(content='{"content":"{c}{x}"}'), {(ERROR, "content"), (ADVICE, "values")}),
    ("one leaks offline", template(pushContent=["push{x}", "push"]), {(ERROR, "pushContent")}),
    ("words in braces", template(content='{"content":"{c}{d}{e} {see below}"}'), {(WARNING, "content")}),
    ("an unused value", template(values=[value | {"{x}": "1"} for value in VALUES]), {(ADVICE, "values")}),
    ("a value that breaks JSON", template(values=[VALUES[0] | {"{c}": '"'}, VALUES[1]]), {(ERROR, "values")}),
    ("an empty value", template(values=[VALUES[0] | {"{c}": ""}, VALUES[1]]), {(WARNING, "values")}),
    ("a value that is no text", template(values=[VALUES[0] | {"{c}": 1}, VALUES[1]]), {(ERROR, "values[0].{c}")}),
    ("the same user twice", template(toUserId=["21", "21"]), {(ERROR, "toUserId")}),
    ("a blank user", template(toUserId=["21", " "]), {(ERROR, "toUserId[1]")}),
    ("an empty user", template(toUserId=["21", ""]), {(ERROR, "toUserId[1]")}),
    ("ids in one", template(toUserId=["21,22", "23"]), {(WARNING, "toUserId[0]")}),
    ("a long id", template(toUserId=["21", "x" * 65]), {(ERROR, "toUserId[1]"), (ERROR, "toUserId")}),
    ("placeholders outside strings", template(content='{"content":"{c}{d}{e}","extra":{c}}'), {(WARNING, "content")}),
    ("encoded twice", template(content='"{\\"content\\":\\"{c}{d}{e}\\"}"'), {(ERROR, "content")}),
    ("no JSON", template(content="{c}{d}{e} {"), {(ERROR, "content")}),
    (
        "too long",
        template(content='{"content":"{c}{d}{e}' + "x" * 131_072 + '"}'),
        {(ERROR, "content"), (ERROR, "toUserId")},
    ),
    ("own type", template(objectName="App:Order", content="any {c}{d}{e}"), {(ADVICE, "objectName")}),
    ("reserved", template(objectName="RC:Mine"), {(ERROR, "objectName")}),
    (
        "no text of its own",
        template(objectName="RC:InfoNtf", content='{"message":"{c}{d}{e}"}', pushContent=None),
        {(WARNING, "pushContent")},
    ),
    (
        "no text for one",
        template(objectName="RC:InfoNtf", content='{"message":"{c}{d}{e}"}', pushContent=["", "x"]),
        {(WARNING, "pushContent[0]")},
    ),
    ("no notification wanted", template(disablePush=True), {(WARNING, "pushContent"), (WARNING, "pushData")}),
    ("silent", template(contentAvailable=1), {(WARNING, "contentAvailable")}),
    (
        "not stored",
        template(objectName="RC:CmdMsg", content='{"name":"{c}","data":"{d}{e}"}', disableUpdateLastMsg=True),
        {(WARNING, "disableUpdateLastMsg")},
    ),
    ("extension", template(pushExt=['{"title":"News"}'] * 2), set()),
    ("a template of the console", template(pushContent=["", ""], pushExt=['{"templateId":"t"}'] * 2), set()),
    ("a template without room", template(pushExt=['{"templateId":"t"}'] * 2), {(WARNING, "pushExt[0]")}),
    ("extension that is no JSON", template(pushExt=["News", "{}"]), {(ERROR, "pushExt[0]")}),
    ("extension with small letters", template(pushExt=['{"pushConfigs":[{"hw":{}}]}'] * 2), {(ERROR, "pushExt[0]")}),
    ("hidden direction", template(pushContent=["a\u202eb{c}", "{c}"]), {(WARNING, "pushContent[0]")}),
    ("misspelt", template(pushContents=["x"]), {(ERROR, "pushContents")}),
]


@pytest.mark.parametrize(("body", "expected"), [case[1:] for case in TEMPLATES], ids=[case[0] for case in TEMPLATES])
def test_templates(body: dict[str, Any], expected: Found) -> None:
    assert found(TEMPLATE, body) == expected


FROM_FILES: list[tuple[str, dict[str, Any], tuple[str, ...], Found]] = [
    ("a column is missing", shared(), (), {(ERROR, "content"), (ERROR, "pushContent")}),
    ("a column is not used", shared(), ("name", "city"), {(ADVICE, "recipients")}),
    ("users here too", shared(toUserId=["21"]), ("name",), {(ERROR, "toUserId")}),
    ("values here too", shared(values=[{"{name}": "x"}]), ("name",), {(ERROR, "values")}),
    ("texts for several", shared(pushContent=["a", "b"]), ("name",), {(ERROR, "pushContent")}),
    ("an empty list", shared(pushData=[]), ("name",), {(ERROR, "pushData")}),
    ("no sender", shared(fromUserId=""), ("name",), {(ERROR, "fromUserId")}),
    ("a text of each one's own", shared(pushContent=["{text}"]), ("name", "text"), set()),
]


@pytest.mark.parametrize(
    ("body", "names", "expected"), [case[1:] for case in FROM_FILES], ids=[case[0] for case in FROM_FILES]
)
def test_templates_with_recipients_elsewhere(body: dict[str, Any], names: tuple[str, ...], expected: Found) -> None:
    assert found(TEMPLATE, body, from_file(*names)) == expected


MESSAGES: list[tuple[str, str, dict[str, Any], Found]] = [
    ("blank user", MESSAGE, message(toUserId=[" "]), {(ERROR, "toUserId[0]")}),
    ("twice", MESSAGE, message(toUserId=["a", "b", "a"]), {(ERROR, "toUserId")}),
    ("nobody", MESSAGE, message(toUserId=[]), {(ERROR, "toUserId")}),
    ("braces are text", MESSAGE, message(content='{"content":"{c}"}'), set()),
    ("no JSON", MESSAGE, message(content="Hi"), {(ERROR, "content")}),
    (
        "no text of its own",
        MESSAGE,
        message(objectName="RC:CmdMsg", content='{"name":"x"}'),
        {(WARNING, "pushContent")},
    ),
    (
        "nobody is to be notified",
        MESSAGE,
        message(objectName="RC:CmdMsg", content='{"name":"x"}', disablePush=True),
        set(),
    ),
    ("extension", MESSAGE, message(pushExt="[]"), {(ERROR, "pushExt")}),
    ("extension and no notification", MESSAGE, message(pushExt="{}", disablePush=True), {(WARNING, "pushExt")}),
    ("a template of the console", MESSAGE, message(pushExt='{"templateId":"t1"}'), set()),
    (
        "a template that has no room",
        MESSAGE,
        message(pushContent="Hi", pushExt='{"templateId":"t1"}'),
        {(WARNING, "pushExt")},
    ),
    (
        "a template under a title",
        MESSAGE,
        message(pushExt='{"templateId":"t1","title":"News"}'),
        {(WARNING, "pushExt")},
    ),
    (
        "a template for a type without a text of its own",
        MESSAGE,
        message(objectName="RC:CmdMsg", content='{"name":"x"}', pushExt='{"templateId":"t1"}'),
        set(),
    ),
    ("a channel", MESSAGE, message(busChannel="shop"), set()),
    ("number instead of 0 or 1", MESSAGE, message(isPersisted=2), {(ERROR, "isPersisted")}),
    ("no text", USER_PUSH, user_push(notification={"title": "x"}), {(ERROR, "notification.pushContent")}),
    (
        "alert instead",
        USER_PUSH,
        user_push(notification={"pushContent": "x", "alert": "y"}),
        {(WARNING, "notification.alert")},
    ),
    ("more than 100", USER_PUSH, user_push(userIds=[str(n) for n in range(101)]), {(ERROR, "userIds")}),
    ("twice in a push", USER_PUSH, user_push(userIds=["a", "a"]), {(ERROR, "userIds")}),
    (
        "long title",
        USER_PUSH,
        user_push(notification={"title": "x" * 51, "pushContent": "x"}),
        {(ERROR, "notification.title")},
    ),
    (
        "oppo level alone",
        USER_PUSH,
        user_push(notification={"pushContent": "x", "android": {"oppo": {"notify_level": 2}}}),
        {(ERROR, "notification.android.oppo.notify_level")},
    ),
]


@pytest.mark.parametrize(
    ("kind", "body", "expected"), [case[1:] for case in MESSAGES], ids=[case[0] for case in MESSAGES]
)
def test_messages(kind: str, body: dict[str, Any], expected: Found) -> None:
    assert found(kind, body) == expected


def test_what_is_said_of_many_recipients_is_said_once() -> None:
    body = template(
        toUserId=[str(n) for n in range(5)], values=[VALUES[0] | {"{c}": '"'}] * 5, pushContent=None, pushData=None
    )
    assert 'recipient 1: "\\""; recipient 2: "\\""; recipient 3: "\\""; and 2 more)' in said(TEMPLATE, body)


def test_a_leak_says_who_reads_it() -> None:
    some = template(values=[VALUES[0], {"{c}": "4", "{e}": "6"}])
    assert "{d} has no value for 1 of 2 recipients: they would read it as it is written" in said(TEMPLATE, some)
    assert "{name} has no value: everybody would read it" in said(TEMPLATE, shared(), from_file())


def test_columns_of_a_kind_without_placeholders_are_not_used() -> None:
    body = message(toUserId=None)
    assert found(MESSAGE, body, from_file()) == set()
    assert found(MESSAGE, body, from_file("name")) == {(ADVICE, "recipients.values")}


def test_a_tagged_push_takes_no_recipients() -> None:
    assert found("rongcloud.push", push(), from_file()) == {(ERROR, "recipients")}


@pytest.mark.parametrize(
    ("kind", "body", "extent", "users"),
    [
        (TEMPLATE, page_example(), Extent.EXACTLY, 2),
        (TEMPLATE, template(toUserId=["a", "a"]), Extent.EXACTLY, 1),
        (MESSAGE, message(), Extent.EXACTLY, 2),
        (USER_PUSH, user_push(), Extent.EXACTLY, 2),
        (USER_PUSH, {"userIds": "21"}, Extent.UNKNOWN, 0),
        (MESSAGE, {}, Extent.UNKNOWN, 0),
    ],
)
def test_reach(kind: str, body: dict[str, Any], extent: Extent, users: int) -> None:
    reach = kind_named(kind).reach(body)
    assert (reach.extent, reach.users) == (extent, users)


@pytest.mark.parametrize("kind", KINDS)
def test_a_new_draft_reaches_nobody_and_cannot_be_sent(kind: str) -> None:
    body = kind_named(kind).new_body()
    assert ERROR in {severity for severity, _ in found(kind, body)}
    assert kind_named(kind).reach(body).extent is Extent.UNKNOWN


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("value", ["x", 1, None, [], {}, [None], [{}], [[1]], {"a": {}}])
def test_no_nonsense_breaks_a_rule(kind: str, value: Any) -> None:
    fields = ("toUserId", "values", "pushContent", "content", "objectName", "pushExt", "userIds", "notification")
    for field in fields:
        for body in ({field: value}, template() | {field: value}, user_push() | {field: value}):
            assert isinstance(found(kind, body), set)
            assert isinstance(found(kind, body, from_file("c")), set)
            kind_named(kind).gist(body)
            kind_named(kind).reach(body)


def test_the_gist_is_what_people_read() -> None:
    assert kind_named(TEMPLATE).gist(page_example()) == "push{c} · {c}{d}{e}"
    assert kind_named(MESSAGE).gist(message()) == "Hi"
    assert kind_named(MESSAGE).gist(message(pushContent="News", content='{"content":"Hi"}')) == "News · Hi"
    assert kind_named(MESSAGE).gist(message(pushContent="News", disablePush=True)) == "Hi"
    assert kind_named(USER_PUSH).gist(user_push()) == "News · Hi"
