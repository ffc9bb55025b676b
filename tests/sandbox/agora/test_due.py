"""What happens without a request: dates that come, people who come online, handsets that get or lose their token."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from pushtui.sandbox.agora.data import Task
from pushtui.sandbox.agora.delivery import Push, deliver_push
from pushtui.sandbox.app import SandboxApp
from pushtui.sandbox.gates import Gates
from pushtui.sandbox.inbox import KEPT_SENDS
from pushtui.sandbox.rongcloud.front import RONGCLOUD
from pushtui.sandbox.state import SandboxState
from tests.sandbox.agora.client import PUSH, AgoraClient
from tests.sandbox.direct import PORT, ask
from tests.sandbox.states import NOON, state_at

LATER = {"startDate": "2026-11-22 15:30:00", **PUSH}
BADGE = {"pushMessage": {"title": "News", "content": "Hello", "config": {"badge": {"addNum": 1}}}}


def push(agora: AgoraClient, user: str, **values: Any) -> Any:
    agora.sandbox.advance(2)
    return agora.ok("POST", f"/push/sync/{user}", {**PUSH, **values})["data"]


def shown(agora: AgoraClient) -> Any:
    return agora.sandbox.control("GET", "/sends")["shown"]


def test_a_push_for_later_shows_nothing_yet(agora: AgoraClient) -> None:
    agora.ok("POST", "/push/list/label", {"targets": ["vip"], **LATER})
    (sent,) = agora.sandbox.inbox()
    assert "omar" in sent["recipients"]
    assert agora.reason("omar-honor") == "Planned for 2026-11-22 15:30 (UTC)."
    assert shown(agora) == {}
    assert agora.sandbox.accepted() == 1


def test_a_push_for_later_goes_out_when_its_date_comes(agora: AgoraClient) -> None:
    agora.ok("POST", "/push/list/label", {"targets": ["vip"], **LATER, **BADGE})
    push(agora, "omar", **BADGE)
    assert agora.got("omar-honor")["notification"]["badge"] == 1
    agora.sandbox.freeze("2026-11-22T15:29:59Z")
    assert shown(agora) == {"omar": 1}
    agora.sandbox.advance(1)
    planned = agora.sandbox.inbox()[1]
    (delivery,) = [item for item in planned["deliveries"] if item["handset"]["id"] == "omar-honor"]
    assert (delivery["notification"]["title"], delivery["notification"]["badge"]) == ("News", 2)
    assert delivery["reason"] == ""
    assert shown(agora)["omar"] == 2
    assert agora.sandbox.accepted() == 2
    agora.sandbox.advance(3600)
    assert shown(agora)["omar"] == 2


def test_a_push_for_later_meets_users_as_they_are_at_its_date(agora: AgoraClient) -> None:
    agora.ok("PUT", "/users/amelie/notification/user/amelie", {"ignoreInterval": "15:00-16:00"})
    agora.ok("POST", "/push/list/label", {"targets": ["vip"], **LATER})
    agora.ok("PUT", "/users/omar/notification/user/omar", {"type": "NONE"})
    agora.sandbox.freeze("2026-11-22T20:00:00Z")
    assert agora.reason("amelie-fcm").startswith("user ignore push: quiet time 15:00-16:00 (UTC), it is 15:30")
    assert agora.reason("omar-honor").startswith("user ignore push: the mode for the app is NONE")
    assert agora.texts("123-ios") == ("News", "Hello")


def test_a_push_for_later_survives_a_snapshot(agora: AgoraClient) -> None:
    agora.ok("POST", "/push/task", LATER)
    snapshot = agora.sandbox.control("GET", "/snapshot")
    agora.sandbox.reset()
    agora.sandbox.control("POST", "/snapshot", snapshot)
    agora.sandbox.freeze("2026-11-22T15:30:00Z")
    assert agora.texts("omar-honor") == ("News", "Hello")


def test_a_push_that_is_kept_arrives_when_the_user_comes_online(agora: AgoraClient) -> None:
    assert [item["pushStatus"] for item in push(agora, "amelie", strategy=1)] == ["SUCCESS"]
    assert "keeps the push" in agora.reason("amelie-fcm")
    agora.person("amelie", language="de")
    assert "keeps the push" in agora.reason("amelie-fcm")
    agora.person("amelie", online=True)
    assert agora.got("amelie-fcm")["message"] == "News · Hello"
    assert "came online" in agora.reason("amelie-fcm")
    assert shown(agora) == {}


def test_each_kept_push_arrives_once_and_for_its_user_alone(agora: AgoraClient) -> None:
    agora.ok("POST", "/push/single", {"targets": ["amelie", "omar"], "strategy": 1, **PUSH})
    agora.ok("POST", "/push/single", {"targets": ["amelie"], "strategy": 1, "pushMessage": {"title": "Second"}})
    agora.person("amelie", online=True)
    second, first = agora.sandbox.inbox()
    assert second["deliveries"][0]["message"] == "Second"
    assert {item["user"]: item["message"] for item in first["deliveries"]} == {"amelie": "News · Hello", "omar": ""}
    agora.person("amelie", online=False)
    agora.person("omar", online=True)
    assert {item["message"] for item in agora.sandbox.inbox()[1]["deliveries"]} == {"News · Hello"}


def test_a_kept_push_may_be_a_failure(agora: AgoraClient) -> None:
    agora.sandbox.settings(agora__kept_push_succeeds=False)
    assert push(agora, "amelie", strategy=1) == [{"pushStatus": "FAIL", "desc": "user offline"}]


def test_a_handset_without_its_token_is_not_reached(agora: AgoraClient) -> None:
    agora.person("amelie", has_push_token=False)
    assert push(agora, "amelie") == [{"pushStatus": "FAIL", "desc": "no push binding"}]
    assert "lost the vendor's token" in agora.reason("amelie-fcm")
    agora.message("amelie")
    assert agora.reason("amelie-fcm").startswith("no push binding")
    agora.person("amelie", has_push_token=True)
    assert push(agora, "amelie")[0]["pushStatus"] == "SUCCESS"


def test_a_handset_that_gets_its_token_tells_it(agora: AgoraClient) -> None:
    assert agora.ok("GET", "/users/tunde/push/binding")["entities"] == []
    agora.person("tunde", has_push_token=True)
    (bound,) = agora.ok("GET", "/users/tunde/push/binding")["entities"]
    assert bound["device_id"] == "tunde-fcm"
    assert push(agora, "tunde")[0]["pushStatus"] == "SUCCESS"


def test_a_handset_that_was_unbound_stays_so_until_it_gets_another_token(agora: AgoraClient) -> None:
    path = "/users/amelie/push/binding"
    agora.ok("PUT", path, {"device_id": "amelie-fcm", "device_token": "", "notifier_name": ""})
    agora.person("amelie", hides_details=True)
    assert agora.ok("GET", path)["entities"] == []
    agora.person("amelie", has_push_token=False)
    agora.person("amelie", has_push_token=True)
    assert [item["device_id"] for item in agora.ok("GET", path)["entities"]] == ["amelie-fcm"]


def test_a_first_login_binds(agora: AgoraClient) -> None:
    assert push(agora, "guest-7")[0]["pushStatus"] == "FAIL"
    agora.person("guest-7", online=True)
    agora.person("guest-7", online=False)
    assert push(agora, "guest-7")[0]["pushStatus"] == "SUCCESS"
    assert agora.texts("guest-7-ios") == ("News", "Hello")


def test_a_later_push_that_replaces_is_not_replaced_by_what_it_replaced(agora: AgoraClient) -> None:
    collapsing = {"pushMessage": {"title": "t", "apns": {"collapseId": "c"}}}
    agora.ok("POST", "/push/list/label", {"targets": ["vip"], "startDate": "2026-11-22 15:30:00", **collapsing})
    push(agora, "123", **collapsing)
    agora.sandbox.freeze("2026-11-22T15:30:00Z")
    reasons = {push["id"]: push["deliveries"][0]["reason"] for push in agora.sandbox.inbox()}
    now, later = reasons.values()
    assert now.startswith(f"Replaced by push {list(reasons)[1]}")
    assert later == ""


def test_what_waited_replaces_nothing_that_came_later(agora: AgoraClient) -> None:
    collapsing = {"pushMessage": {"title": "t", "apns": {"collapseId": "c"}}}
    unbound = {"device_id": "zoe-hw", "device_token": "", "notifier_name": ""}
    agora.ok("PUT", "/users/zoe/push/binding", unbound)
    push(agora, "zoe", strategy=0, **collapsing)
    push(agora, "zoe", **collapsing)
    agora.person("zoe", online=True)
    newer, older = agora.sandbox.inbox()
    assert newer["deliveries"][0]["reason"] == ""
    assert [item["message"] for item in older["deliveries"]] == ["", "t"]
    assert older["deliveries"][0]["reason"].startswith("Replaced by push")


def app_of(state: SandboxState) -> SandboxApp:
    return SandboxApp(state, Gates({}, state.faults), {PORT: RONGCLOUD})


def test_a_request_to_another_cloud_brings_what_became_due_since_the_last_one() -> None:
    state = state_at()
    state.agora.tasks["7"] = Task(["omar"], {"title": "t"}, 2, int(NOON.timestamp() * 1000) + 1000)
    ask(app_of(state), "POST", "/push.json", {}, b"")
    assert (list(state.agora.tasks), dict(state.inbox.shown)) == (["7"], {})
    state.clock.advance(timedelta(seconds=1))
    ask(app_of(state), "POST", "/push.json", {}, b"")
    assert (list(state.agora.tasks), dict(state.inbox.shown)) == ([], {"omar": 1})


def test_a_person_s_change_is_heard_of_before_it_is_answered() -> None:
    state = state_at()
    deliver_push(state, state.agora.users["amelie"], Push("7", {"title": "t"}, 1, NOON))
    assert state.agora.users["amelie"].kept == ["7"]
    ask(app_of(state), "POST", "/_sandbox/people", {"Host": "localhost"}, b'{"id": "amelie", "online": true}')
    assert (state.agora.users["amelie"].kept, state.changed_people) == ([], set())


def test_no_more_pushes_are_kept_for_a_user_than_the_inbox_knows() -> None:
    state = state_at()
    user = state.agora.users["amelie"]
    for number in range(KEPT_SENDS + 1):
        deliver_push(state, user, Push(str(number), {"title": "t"}, 1, NOON))
    assert (len(user.kept), user.kept[0]) == (KEPT_SENDS, "1")
