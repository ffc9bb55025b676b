"""Push aliases over a socket, and what recipients see."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.sandbox.client import SandboxClient
from tests.sandbox.rongcloud.app_server import AppServer, post


def remarks(*pairs: tuple[str, str]) -> str:
    return json.dumps([{"id": sender, "remark": alias} for sender, alias in pairs], ensure_ascii=False)


def listed(sandbox: SandboxClient, **page: Any) -> Any:
    return post(sandbox, "/user/remarks/get.json", {"userId": "u", **page}).json


def test_setting_one_again_replaces_it_and_leaves_the_others(sandbox: SandboxClient) -> None:
    post(sandbox, "/user/remarks/set.json", {"userId": "u", "remarks": remarks(("a", "1"), ("b", "2"))})
    post(sandbox, "/user/remarks/set.json", {"userId": "u", "remarks": remarks(("a", "李"))})
    assert listed(sandbox) == {
        "code": 200,
        "total": 2,
        "users": [{"id": "a", "remark": "李"}, {"id": "b", "remark": "2"}],
    }


def test_pages_of_fifty(sandbox: SandboxClient) -> None:
    for start in (0, 100):
        many = remarks(*((f"s{i}", f"r{i}") for i in range(start, start + 100 if start == 0 else start + 3)))
        assert post(sandbox, "/user/remarks/set.json", {"userId": "u", "remarks": many}).code == 200
    sizes = [len(listed(sandbox, page=page)["users"]) for page in (1, 2, 3, 4)]
    assert sizes == [50, 50, 3, 0]
    assert listed(sandbox, page=2, size=2)["users"] == [{"id": "s2", "remark": "r2"}, {"id": "s3", "remark": "r3"}]
    assert listed(sandbox, page=9)["total"] == 103


def test_nobody_has_none(sandbox: SandboxClient) -> None:
    assert listed(sandbox) == {"code": 200, "total": 0, "users": []}


@pytest.mark.parametrize(("code", "status"), [(200, 200), (1015, 200), (1002, 400)])
def test_deleting_takes_one_and_what_is_not_there_is_a_setting(sandbox: SandboxClient, code: int, status: int) -> None:
    sandbox.settings(rongcloud__missing_data_code=code)
    post(sandbox, "/user/remarks/set.json", {"userId": "u", "remarks": remarks(("a", "1"), ("b", "2"))})
    one = {"userId": "u", "targetId": "a"}
    assert post(sandbox, "/user/remarks/del.json", one).json == {"code": 200}
    again = post(sandbox, "/user/remarks/del.json", one)
    assert (again.status, again.code) == (status, code)
    assert listed(sandbox)["users"] == [{"id": "b", "remark": "2"}]


def title(app: AppServer, sender: str, recipient: str = "123") -> str:
    shown = app.text_to(recipient, fromUserId=sender)[f"{recipient}-ios"].notification
    assert shown is not None
    return shown.title


def test_recipients_see_their_own_alias_else_the_name_else_none() -> None:
    app = AppServer()
    assert title(app, "amelie") == "Amélie Dubois"
    app("/user/remarks/set.json", {"userId": "123", "remarks": remarks(("amelie", "Mel"), ("nobody", "Ghost"))})
    assert title(app, "amelie") == "Mel"
    assert title(app, "amelie", "zoe") == "Amélie Dubois"
    assert title(app, "nobody") == "Ghost"
    app("/user/remarks/del.json", {"userId": "123", "targetId": "amelie"})
    app("/user/refresh.json", {"userId": "amelie", "name": "Amélie D."})
    assert title(app, "amelie") == "Amélie D."


def test_a_sender_without_token_has_no_name() -> None:
    app = AppServer()
    assert title(app, "guest-7") == title(app, "nobody") == "Demo"
    app("/user/getToken.json", {"userId": "guest-7", "name": "Guest"})
    assert title(app, "guest-7") == "Guest"


def test_a_title_of_the_extension_beats_the_alias() -> None:
    app = AppServer()
    app("/user/remarks/set.json", {"userId": "123", "remarks": remarks(("amelie", "Mel"))})
    shown = app.text_to("123", fromUserId="amelie", pushExt='{"title":"News"}')["123-ios"].notification
    assert shown is not None
    assert shown.title == "News"


def test_aliases_hold_in_tagged_pushes_too() -> None:
    app = AppServer()
    app("/user/remarks/set.json", {"userId": "123", "remarks": remarks(("amelie", "Mel"))})
    message = {"objectName": "RC:TxtMsg", "content": '{"content":"hi"}'}
    audience = {"is_to_all": False, "userid": ["123"]}
    body = {"platform": ["ios"], "fromuserid": "amelie", "audience": audience, "message": message}
    app("/push.json", {**body, "notification": {"alert": "x"}})
    shown = app.deliveries["123-ios"].notification
    assert shown is not None
    assert shown.title == "Mel"
    assert app.deliveries["123-ios"].message == "hi"
