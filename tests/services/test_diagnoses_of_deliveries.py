"""Diagnoses beside what the sandbox's handsets really showed, whatever is set, at any moment."""

from __future__ import annotations

import asyncio
import json
import operator
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pushtui.domain.account import Account
from pushtui.domain.conversation import parse_conversation
from pushtui.domain.diagnosis import Diagnosis, Incoming
from pushtui.paths import Paths
from pushtui.services.diagnosing import diagnose
from pushtui.services.profiles import Wanted
from pushtui.services.services import Services
from tests.sandbox.agora.client import GROUP
from tests.sandbox.clouds import Clouds, running_clouds
from tests.sandbox.rongcloud.app_server import TEXT, post
from tests.sandbox.tencent.client import ALL as PUSH_TO_ALL
from tests.sandbox.tencent.client import TEXT as MESSAGE
from tests.services.cloud_accounts import attach_clouds

EXAMPLES = 50
SENDER = "olena"
ZONES = ["UTC", "Asia/Shanghai", "Europe/Berlin", "America/New_York"]
CHANGES = [datetime(2026, 3, 29, 1, tzinfo=UTC), datetime(2026, 10, 25, 1, tzinfo=UTC)]
"""When Berlin changes its clocks."""


@dataclass(frozen=True, slots=True)
class World:
    """A sandbox, and services that look at it."""

    clouds: Clouds
    services: Services
    accounts: dict[str, Account]
    runner: asyncio.Runner

    def begin(self, moment: datetime, **values: str) -> None:
        """Forget everything, and stop the clock at a moment."""
        self.clouds.sandbox.reset()
        self.clouds.sandbox.freeze(moment.isoformat())
        self.clouds.sandbox.settings(**values)

    def judge(
        self, cloud: str, user: str, incoming: Incoming, moment: datetime, zone: str, conversation: str = ""
    ) -> Diagnosis:
        """Read the profile as people do, and judge it."""
        account = replace(self.accounts[cloud], push_zone=zone)
        wanted = Wanted((parse_conversation(conversation),) if conversation else ())
        profile = self.runner.run(self.services.profiles.open(account, user, wanted=wanted))
        unread = [fact.name for fact in profile.facts if fact.problem and fact.state == "failed"]
        assert unread == []
        return diagnose(profile, incoming, moment)

    def reasons(self, user: str) -> list[str | None]:
        """Return for each handset why it shows nothing of the newest send; None where it shows it."""
        deliveries = [item for item in self.clouds.sandbox.inbox()[0]["deliveries"] if item["user"] == user]
        return [None if item["notification"] else str(item["reason"]) for item in deliveries]


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """One sandbox without limits, and services over folders of their own."""
    home = tmp_path_factory.mktemp("home")
    services = Services(Paths(home / "config", home / "state", home / "data"))
    with (
        running_clouds(tmp_path_factory.mktemp("clouds"), "--no-limits") as (_process, clouds),
        asyncio.Runner() as run,
    ):
        run.run(services.journal.open())
        yield World(clouds, services, attach_clouds(services, clouds), run)
        run.run(services.calls.close())
        run.run(services.journal.close())


def agree(diagnosis: Diagnosis, reasons: list[str | None], names: dict[str, str]) -> None:
    """What shows must not be said to fail, what fails must not show, and each reason must be found.

    `names` are the checks that a reason, by its first words, must make fail or leave open.
    """
    if diagnosis.shows is not None:
        assert diagnosis.shows is (None in reasons), (diagnosis.checks, reasons)
    marks = {check.name: check.mark.value for check in diagnosis.checks}
    for reason in reasons:
        name = next((name for words, name in names.items() if reason is not None and reason.startswith(words)), None)
        assert name is None or marks[name] in ("fail", "unknown"), (reason, diagnosis.checks)


moments = st.one_of(
    st.integers(0, 365 * 24 * 60).map(lambda minute: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minute)),
    st.builds(
        lambda change, minute: change + timedelta(minutes=minute), st.sampled_from(CHANGES), st.integers(-180, 180)
    ),
)
near = st.sampled_from([-90, -1, 0, 1, 90, 700]) | st.integers(0, 1439)
"""Minutes from the moment to an edge of a quiet time."""
users = st.sampled_from(["amelie", "zoe", "omar", "123", "chen", "lucas", "tunde", "guest-7"])


def some_of(most: int, **strategies: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    """Draw a few of several settings: of many, the first would hide the others."""
    names = st.lists(st.sampled_from([*strategies]), max_size=most, unique=True)
    return names.flatmap(lambda chosen: st.fixed_dictionaries({name: strategies[name] for name in chosen}))


modes = st.sampled_from(["ALL", "AT", "NONE"])
durations = st.sampled_from([0, 1, 60_000, 604_800_000])
edges = st.tuples(near, near)


def wall_minute(moment: datetime, zone: str) -> int:
    wall = moment.astimezone(ZoneInfo(zone))
    return wall.hour * 60 + wall.minute


agora_modes = some_of(2, mode=modes, own_mode=modes | st.just("DEFAULT"))
agora_settings = some_of(
    1,
    interval=edges | st.just("00:00-00:00"),
    duration=durations,
    own_duration=durations,
    legacy=st.tuples(st.integers(0, 23), st.integers(0, 23)),
    online=st.just(True),
    forced=st.just(True),
    silent=st.just(True),
)

HELD = "user ignore push: "
AGORA_REASONS = {
    "message ignore": "message",
    "Online": "online",
    "no push binding": "token",
    f"{HELD}quiet time": "quiet_time",
    f"{HELD}old quiet hours": "legacy_quiet_hours",
    f"{HELD}quiet for the app": "quiet_until",
    f"{HELD}quiet for": "conversation_quiet",
    f"{HELD}the mode for the app": "mode",
    f"{HELD}the mode for": "conversation",
}


def set_agora(world: World, user: str, conversation: str, given: Mapping[str, Any]) -> None:
    """Set everything over HTTP, as an app's server does."""
    agora = world.clouds.agora
    app = {"type": given.get("mode"), "ignoreDuration": given.get("duration"), "ignoreInterval": given.get("interval")}
    own = {"type": given.get("own_mode"), "ignoreDuration": given.get("own_duration")}
    for path, change in ((f"user/{user}", app), (conversation, own)):
        body = {key: value for key, value in change.items() if value is not None}
        agora.ok("PUT", f"/users/{user}/notification/{path}", body)
    if "legacy" in given:
        start, end = (f"notification_no_disturbing_{side}" for side in ("start", "end"))
        agora.ok("PUT", f"/users/{user}", dict(zip((start, end), given["legacy"], strict=True)))
        agora.ok("PUT", f"/users/{user}", {"notification_no_disturbing": True})
    agora.person(user, online="online" in given)


def interval_text(given: Any, moment: datetime, zone: str) -> str:
    """Write a quiet time whose edges lie so many minutes from a moment."""
    if isinstance(given, str):
        return given
    minutes = [(wall_minute(moment, zone) + distance) % 1440 for distance in given]
    return "-".join(f"{minute // 60:02}:{minute % 60:02}" for minute in minutes)


@given(
    users,
    st.builds(operator.or_, agora_modes, agora_settings),
    st.booleans(),
    st.sampled_from([None, [], ["me"], "all", "ALL"]),
    moments,
    st.sampled_from(ZONES),
)
@settings(max_examples=EXAMPLES)
def test_agora(
    world: World, user: str, given: dict[str, Any], grouped: bool, at: Any, moment: datetime, zone: str
) -> None:
    world.begin(moment, agora__server_zone=zone)
    if "interval" in given:
        given = {**given, "interval": interval_text(given["interval"], moment, zone)}
    kind, target = ("chatgroup", GROUP) if grouped else ("user", SENDER)
    set_agora(world, user, f"{kind}/{target}", given)
    forced, silent, mentioned = "forced" in given, "silent" in given, at == ["me"]
    all_of_them = isinstance(at, str)
    incoming = Incoming(SENDER, GROUP if grouped else "", mentioned, all_of_them, forced, silent)
    diagnosis = world.judge("agora", user, incoming, moment, zone, f"{kind}/{target}")
    named = {} if at is None else {"em_at_list": [user] if mentioned else at}
    asked = {"em_force_notification": forced, "em_ignore_notification": silent}
    path, to = ("/messages/chatgroups", GROUP) if grouped else ("/messages/users", user)
    body = {"from": SENDER, "to": [to], "type": "txt", "body": {"msg": "hi"}, "ext": {**named, **asked}}
    world.clouds.agora.ok("POST", path, body)
    agree(diagnosis, world.reasons(user), AGORA_REASONS)


levels = st.sampled_from([-1, 0, 1, 2, 4, 5])
quiet_hours = st.tuples(
    st.sampled_from([-3600, -60, -1, 0, 1, 60, 43200]) | st.integers(0, 86399),
    st.sampled_from([1, 60, 600, 1438, 1439]),
    st.sampled_from([1, 5]),
)
"""Seconds from the moment to their start, minutes, level."""
rong_settings = some_of(2, quiet_hours=quiet_hours, own_level=levels, type_level=levels, online=st.just(True))
bodies = st.sampled_from(
    [
        {"objectName": "RC:TxtMsg", "content": TEXT},
        {"objectName": "RC:TxtMsg", "content": TEXT, "disablePush": True},
        {"objectName": "RC:InfoNtf", "content": '{"message":"hi"}'},
        {"objectName": "app:news", "content": "hi"},
        {"objectName": "app:news", "content": "hi", "pushContent": "hi"},
    ]
)
audiences = st.sampled_from(
    [{"is_to_all": True}, {"tag": ["beta"]}, {"tag": ["vip"], "tag_or": ["beta", "男"]}, {"userid": ["amelie", "zoe"]}]
)
pushes = st.builds(
    lambda audience, platform, message: {
        "platform": platform,
        "audience": {"is_to_all": False, **audience},
        "notification": {"alert": "hi"},
        **({"fromuserid": SENDER, "message": {"objectName": "RC:TxtMsg", "content": TEXT}} if message else {}),
    },
    audiences,
    st.sampled_from([["ios", "android"], ["ios"], ["android"]]),
    st.booleans(),
)
RONG_REASONS = {"P17": "quiet_hours", "Online": "online", "P16": "message", "disablePush": "message"}


def set_rongcloud(world: World, user: str, given: Mapping[str, Any], moment: datetime, zone: str) -> None:
    """Set everything over HTTP, as an app's server does."""
    sandbox, owner, answers = world.clouds.sandbox, {"requestId": user, "conversationType": 6}, []
    if "quiet_hours" in given:
        ahead, minutes, level = given["quiet_hours"]
        second = (wall_minute(moment, zone) * 60 + ahead) % 86400
        clock = f"{second // 3600:02}:{second // 60 % 60:02}:{second % 60:02}"
        hours = {"userId": user, "startTime": clock, "period": minutes, "level": level}
        answers.append(post(sandbox, "/user/blockPushPeriod/set.json", hours))
    if "own_level" in given:
        own = {**owner, "targetId": SENDER, "unpushLevel": given["own_level"]}
        answers.append(post(sandbox, "/conversation/notification/set.json", own))
    if "type_level" in given:
        every = {**owner, "unpushLevel": given["type_level"]}
        answers.append(post(sandbox, "/conversation/type/notification/set.json", every))
    assert [answer.code for answer in answers] == [200] * len(answers)
    sandbox.control("POST", "/people", {"id": user, "online": "online" in given})


def rong_reasons(given: Mapping[str, Any]) -> dict[str, str]:
    """Return which check a reason belongs to; a level of 0 is none."""
    return {**RONG_REASONS, "P19": "conversation" if given.get("own_level") else "conversation_type"}


@given(users, rong_settings, bodies, moments, st.sampled_from(ZONES))
@settings(max_examples=EXAMPLES)
def test_rongcloud_system_messages(
    world: World, user: str, given: dict[str, Any], body: Any, moment: datetime, zone: str
) -> None:
    world.begin(moment, rongcloud__quiet_hours_zone=zone)
    set_rongcloud(world, user, given, moment, zone)
    message = {"fromUserId": SENDER, "toUserId": [user], **body}
    incoming = Incoming(kind="rongcloud.system", body=message)
    diagnosis = world.judge("rongcloud", user, incoming, moment, zone, f"system/{SENDER}")
    form = {**message, "disablePush": "true"} if body.get("disablePush") else message
    assert post(world.clouds.sandbox, "/message/system/publish.json", form).code == 200
    agree(diagnosis, world.reasons(user), rong_reasons(given))


@given(users, rong_settings, pushes, moments, st.sampled_from(ZONES))
@settings(max_examples=EXAMPLES)
def test_rongcloud_tagged_pushes(
    world: World, user: str, given: dict[str, Any], body: Any, moment: datetime, zone: str
) -> None:
    world.begin(moment, rongcloud__quiet_hours_zone=zone)
    set_rongcloud(world, user, given, moment, zone)
    incoming = Incoming(kind="rongcloud.push", body=body)
    diagnosis = world.judge("rongcloud", user, incoming, moment, zone, f"system/{SENDER}")
    assert world.clouds.sandbox.push(body).code == 200
    reached = user in world.clouds.sandbox.inbox()[0]["recipients"]
    audience = next(check for check in diagnosis.checks if check.name == "audience")
    assert (audience.mark.value == "fail") is not reached
    agree(diagnosis, world.reasons(user), {**rong_reasons(given), "Not addressed": "audience"})


tencent_bodies = st.fixed_dictionaries(
    {"MsgLifeTime": st.sampled_from([0, 60]), "MsgBody": st.just(MESSAGE)},
    optional={
        "Condition": st.sampled_from(
            [
                {"TagsOr": ["beta", "x"]},
                {"TagsAnd": ["vip"]},
                {"AttrsAnd": {"country": "France"}},
                {"AttrsOr": {"sex": "male"}},
            ]
        ),
        "OfflinePushInfo": st.sampled_from([{"PushFlag": 1}, {"Desc": "hi"}, {"ApnsInfo": {"ContentAvailable": 1}}]),
    },
)


@given(
    st.sampled_from(["amelie", "zoe", "tunde", "minjun", "guest-7", "lucas", "chen"]),
    tencent_bodies,
    st.sampled_from([False, False, True]),
    st.booleans(),
    moments,
)
@settings(max_examples=EXAMPLES)
def test_tencent(world: World, user: str, body: Any, online: bool, disturb: bool, moment: datetime) -> None:
    """Global do-not-disturb cannot be read, so it may hold back what nothing else does."""
    world.begin(moment)
    tencent = world.clouds.tencent
    if user != "guest-7":
        world.clouds.sandbox.control("POST", "/people", {"id": user, "online": online})
    if not disturb:
        second = int(moment.timestamp())
        dnd = {"To_Account": user, "StartTime": second - 9, "EndTime": second + 9, "IsRepeated": 0, "Level": 1}
        tencent.ok("/v4/im_msg_db_logic/admin_set_do_not_disturb", dnd)
    incoming = Incoming(kind="tencent.push", body=body)
    diagnosis = world.judge("tencent", user, incoming, moment, "UTC")
    tencent.ok(f"{PUSH_TO_ALL}im_push", {"MsgRandom": 1, **body})
    send = world.clouds.sandbox.inbox()[0]
    audience = next(check for check in diagnosis.checks if check.name == "audience")
    assert (audience.mark.value == "pass") is (user in send["recipients"]), json.dumps(body)
    names = {
        "Bit 0": "mode",
        "Online": "online",
        "Offline": "online",
        "Not online": "message",
        "PushFlag": "message",
        "Silent": "message",
        "Global": "quiet_hours",
        "No push token": "token",
    }
    agree(diagnosis, world.reasons(user), names)
