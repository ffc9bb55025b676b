"""What RongCloud forgives in forms and bodies, and how it packs its answers."""

from __future__ import annotations

import gzip
import json
from urllib.parse import urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pushtui.sandbox.rongcloud.reading import read_fields
from tests.sandbox.client import SandboxClient
from tests.sandbox.rongcloud.app_server import post

DND = "/conversation/notification/set.json"
DND_BODY = "requestId=u&targetId=t&conversationType=6&unpushLevel=5"


@given(st.lists(st.tuples(st.text(min_size=1), st.text(min_size=1))))
def test_repeated_keys_are_lists_in_their_order(pairs: list[tuple[str, str]]) -> None:
    fields = read_fields(urlencode(pairs).encode())
    assert fields == {name: [value for other, value in pairs if other == name] for name, _ in pairs}


@pytest.mark.parametrize(
    ("form", "fields"),
    [
        (b"a=1,2&a=3", {"a": ["1,2", "3"]}),
        ("a=你好 李".encode(), {"a": ["你好 李"]}),
        (b"a=%E4%BD%A0+b", {"a": ["你 b"]}),
        (b"a=&b&c=1", {"c": ["1"]}),
        (b'r=[{"id":"x=y"}]', {"r": ['[{"id":"x=y"}]']}),
        (b"a=%ff\xff", {"a": ["��"]}),
        (b"a=1;b=2", {"a": ["1;b=2"]}),
        (b"", {}),
    ],
)
def test_forms(form: bytes, fields: dict[str, list[str]]) -> None:
    assert read_fields(form) == fields


@pytest.mark.parametrize(
    "kind", ["", "text/plain", "application/json", "application/x-www-form-urlencoded; charset=UTF-8"]
)
def test_the_content_type_does_not_matter(sandbox: SandboxClient, kind: str) -> None:
    assert post(sandbox, DND, DND_BODY, **{"Content-Type": kind}).code == 200


@pytest.mark.parametrize(
    ("form", "code"),
    [
        (DND_BODY + "&unknown=1", 200),
        (DND_BODY.replace("=6", "= 6 "), 200),
        (DND_BODY.replace("=5", "=-1"), 200),
        (DND_BODY.replace("=5", "=--5"), 1002),
        (DND_BODY.replace("=5", "=" + "5" * 5000), 1002),
        (DND_BODY.replace("=5", "="), 1002),
        (DND_BODY.replace("requestId=u", "requestId="), 1002),
        (DND_BODY + "&unpushLevel=nonsense", 200),
    ],
)
def test_numbers_are_texts_and_the_first_of_several_counts(sandbox: SandboxClient, form: str, code: int) -> None:
    assert post(sandbox, DND, form).code == code


@pytest.mark.parametrize("value", [True, "True", "true", 1, "1", False, "false", 0, None])
def test_booleans_and_numbers_in_json(sandbox: SandboxClient, value: object) -> None:
    body = {
        "fromUserId": "u",
        "objectName": "RC:TxtMsg",
        "content": "{}",
        "toUserId": ["123"],
        "values": [{}],
        "disablePush": value,
        "contentAvailable": value if value not in ("True", "true", "false") else "1",
    }
    assert post(sandbox, "/message/system/publish_template.json", body).code == 200


def test_answers_are_packed_if_both_sides_want_it(sandbox: SandboxClient) -> None:
    user = {"userId": "123"}
    wanted = {"Accept-Encoding": "gzip, deflate"}
    plain = post(sandbox, "/user/info.json", user, **wanted)
    assert "content-encoding" not in plain.headers
    sandbox.settings(rongcloud__gzip=True)
    packed = post(sandbox, "/user/info.json", user, **wanted)
    assert packed.headers["content-encoding"] == "gzip"
    assert json.loads(gzip.decompress(packed.body)) == plain.json
    assert packed.body[4:8] == bytes(4), "the time of packing would make the same answer other bytes"
    refused = post(sandbox, "/user/info.json", {}, **wanted)
    assert json.loads(gzip.decompress(refused.body))["code"] == 1003
    assert "content-encoding" not in post(sandbox, "/user/info.json", user).headers
