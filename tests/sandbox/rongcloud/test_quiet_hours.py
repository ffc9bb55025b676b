"""Quiet hours: set, read, deleted, and when they hold."""

from __future__ import annotations

from datetime import time, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pushtui.sandbox.rongcloud.data import QuietHours
from tests.sandbox.client import SandboxClient
from tests.sandbox.rongcloud.app_server import AppServer, post
from tests.sandbox.states import NOON, state_at

MIDNIGHT = NOON.replace(hour=0)


def read(sandbox: SandboxClient) -> Any:
    return post(sandbox, "/user/blockPushPeriod/get.json", {"userId": "u"}).json


def test_what_is_set_as_level_is_read_as_un_push_level(sandbox: SandboxClient) -> None:
    window = {"userId": "u", "startTime": "22:00:00", "period": 540, "level": 5}
    assert post(sandbox, "/user/blockPushPeriod/set.json", window).json == {"code": 200}
    assert read(sandbox) == {"code": 200, "data": {"startTime": "22:00:00", "period": 540, "unPushLevel": 5}}


def test_the_second_window_replaces_the_first(sandbox: SandboxClient) -> None:
    for start in ("22:00:00", "00:00:00"):
        post(sandbox, "/user/blockPushPeriod/set.json", {"userId": "u", "startTime": start, "period": 1439})
    assert read(sandbox)["data"] == {"startTime": "00:00:00", "period": 1439, "unPushLevel": 1}


def test_without_a_level_it_is_one_unless_the_setting_says_otherwise(sandbox: SandboxClient) -> None:
    window = {"userId": "u", "startTime": "22:00:00", "period": 540}
    assert post(sandbox, "/user/blockPushPeriod/set.json", window).code == 200
    sandbox.settings(rongcloud__quiet_hours_level_required=True)
    answer = post(sandbox, "/user/blockPushPeriod/set.json", window)
    assert (answer.code, answer.json["errorMessage"]) == (1002, "ParamError:level is required.")


@pytest.mark.parametrize("code", [200, 1015, 1002])
def test_deleting(sandbox: SandboxClient, code: int) -> None:
    sandbox.settings(rongcloud__missing_data_code=code)
    post(sandbox, "/user/blockPushPeriod/set.json", {"userId": "u", "startTime": "22:00:00", "period": 540})
    assert post(sandbox, "/user/blockPushPeriod/delete.json", {"userId": "u"}).code == 200
    assert read(sandbox)["data"] == {"startTime": "", "period": 0, "unPushLevel": 0}
    assert post(sandbox, "/user/blockPushPeriod/delete.json", {"userId": "u"}).code == code


@pytest.mark.parametrize(
    ("start", "period", "quiet", "loud"),
    [
        ("22:00:00", 540, ("22:00:00", "23:59:59", "00:00:00", "06:59:59"), ("21:59:59", "07:00:00", "12:00:00")),
        ("09:00:00", 60, ("09:00:00", "09:59:59"), ("08:59:59", "10:00:00")),
        ("23:59:30", 1, ("23:59:30", "00:00:29"), ("23:59:29", "00:00:30")),
        ("00:00:00", 1439, ("00:00:00", "23:58:59", "23:59:00", "23:59:59"), ()),
        ("00:00:01", 1439, ("00:00:01", "23:59:00"), ("00:00:00", "23:59:01")),
        ("12:00:00", 0, (), ("12:00:00", "11:59:59")),
    ],
)
@pytest.mark.parametrize("level", [1, 5])
def test_when_it_is_quiet(start: str, period: int, quiet: tuple[str, ...], loud: tuple[str, ...], level: int) -> None:
    def notified(at: str) -> bool:
        clock = time.fromisoformat(at)
        app = AppServer(state_at(NOON.replace(hour=clock.hour, minute=clock.minute, second=clock.second)))
        window = {"userId": "123", "startTime": start, "period": period, "level": level}
        app("/user/blockPushPeriod/set.json", window)
        delivery = app.text_to("123")["123-ios"]
        assert delivery.message == "hi"
        assert delivery.notification or delivery.reason.startswith("P17: quiet hours ")
        return delivery.notification is not None

    assert [at for at in quiet if notified(at)] == []
    assert [at for at in loud if not notified(at)] == []


def test_the_clock_is_the_data_centres() -> None:
    night = AppServer(state_at(NOON.replace(hour=16), rongcloud__quiet_hours_zone="Asia/Shanghai"))
    night("/user/blockPushPeriod/set.json", {"userId": "123", "startTime": "23:00:00", "period": 120})
    assert night.text_to("123")["123-ios"].reason == (
        "P17: quiet hours 23:00–01:00 (Asia/Shanghai), level 1; it is 00:00."
    )


@given(st.integers(0, 86399), st.integers(0, 1439), st.integers(0, 86399))
def test_a_window_holds_for_its_period_and_no_longer(start: int, minutes: int, after: int) -> None:
    window = QuietHours((MIDNIGHT + timedelta(seconds=start)).time(), minutes)
    moment = MIDNIGHT + timedelta(seconds=start + after)
    assert window.hold(moment) is (after < minutes * 60 or (start, minutes) == (0, 1439))
