"""Registration, name and portrait, online state."""

from __future__ import annotations

from tests.sandbox.client import SandboxClient
from tests.sandbox.rongcloud.app_server import AppServer, post


def test_a_registered_user_has_a_token_and_is_known(sandbox: SandboxClient) -> None:
    sandbox.freeze("2026-11-22T22:30:00Z")
    answer = post(sandbox, "/user/getToken.json", {"userId": "u1", "name": "李娜", "portraitUri": "https://x.example"})
    assert list(answer.json) == ["code", "userId", "token"]
    assert answer.json["userId"] == "u1"
    assert 0 < len(answer.json["token"]) <= 256
    assert post(sandbox, "/user/info.json", {"userId": "u1"}).json == {
        "code": 200,
        "userName": "李娜",
        "userPortrait": "https://x.example",
        "createTime": "2026-11-22 22:30:00",
    }


def test_times_are_the_data_centres(sandbox: SandboxClient) -> None:
    sandbox.freeze("2026-11-22T22:30:00Z")
    sandbox.settings(rongcloud__quiet_hours_zone="Asia/Shanghai")
    post(sandbox, "/user/getToken.json", {"userId": "u1", "name": "n"})
    assert post(sandbox, "/user/info.json", {"userId": "u1"}).json["createTime"] == "2026-11-23 06:30:00"


def test_a_second_token_overwrites_name_and_portrait_but_not_the_time(sandbox: SandboxClient) -> None:
    sandbox.freeze("2026-11-22T12:00:00Z")
    first = post(sandbox, "/user/getToken.json", {"userId": "u1", "name": "one", "portraitUri": "p"})
    sandbox.advance(3600)
    second = post(sandbox, "/user/getToken.json", {"userId": "u1", "name": "two"})
    assert first.json["token"] != second.json["token"]
    info = post(sandbox, "/user/info.json", {"userId": "u1"}).json
    assert (info["userName"], info["userPortrait"], info["createTime"]) == ("two", "", "2026-11-22 12:00:00")


def test_names_have_up_to_64_characters_and_ids_64_bytes(sandbox: SandboxClient) -> None:
    assert post(sandbox, "/user/getToken.json", {"userId": "字" * 21 + "x", "name": "名" * 64}).code == 200
    assert post(sandbox, "/user/getToken.json", {"userId": "字" * 21 + "xx", "name": "n"}).code == 1005
    assert post(sandbox, "/user/getToken.json", {"userId": "x", "name": "名" * 65}).code == 1005


def test_refresh_changes_what_is_given(sandbox: SandboxClient) -> None:
    post(sandbox, "/user/getToken.json", {"userId": "u1", "name": "one", "portraitUri": "p"})
    assert post(sandbox, "/user/refresh.json", {"userId": "u1", "name": "two"}).json == {"code": 200}
    info = post(sandbox, "/user/info.json", {"userId": "u1"}).json
    assert (info["userName"], info["userPortrait"]) == ("two", "p")
    assert post(sandbox, "/user/refresh.json", {"userId": "nobody", "name": "n"}).code == 1002


def test_online_is_a_text(sandbox: SandboxClient) -> None:
    assert post(sandbox, "/user/checkOnline.json", {"userId": "dora"}).json == {"code": 200, "status": "1"}
    assert post(sandbox, "/user/checkOnline.json", {"userId": "123"}).json == {"code": 200, "status": "0"}
    assert post(sandbox, "/user/checkOnline.json", {"userId": "nobody"}).json == {"code": 200, "status": "0"}


def test_the_development_environment_has_room_for_few(sandbox: SandboxClient) -> None:
    sandbox.settings(rongcloud__user_cap=17)
    assert [post(sandbox, "/user/getToken.json", {"userId": f"u{i}", "name": "n"}).code for i in (1, 2, 1)] == [
        200,
        2007,
        200,
    ]


def test_a_newcomer_has_a_handset_that_shows_pushes() -> None:
    app = AppServer()
    handset = app.register("u1")
    assert app.text_to("u1")[handset].notification is not None


def test_a_newcomer_without_a_handset_gets_nothing_but_counts() -> None:
    app = AppServer()
    app.state.settings = type(app.state.settings)(limits=False, new_users_have_handset=False)
    app("/user/getToken.json", {"userId": "u1", "name": "n"})
    assert app.text_to("u1") == {}
    assert (app.newest.recipients, app.newest.unknown_users) == (("u1",), ())


def test_a_token_is_not_in_the_inbox_and_not_in_the_memory() -> None:
    app = AppServer()
    token = app("/user/getToken.json", {"userId": "u1", "name": "n"})["token"]
    app.text_to("u1")
    assert token not in str(app.state.inbox) + str(app.state.rongcloud)
