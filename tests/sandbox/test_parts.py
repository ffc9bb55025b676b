"""Clock, chance, settings, quota counter, world, tolerance: the parts that need no socket."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from typing import Any

import pytest
from pydantic import ValidationError

from pushtui.domain.finding import PUSHTUI
from pushtui.domain.handset import Platform
from pushtui.domain.quota import Quota, Rate, Window
from pushtui.providers.rongcloud.push_model import PushRequest
from pushtui.sandbox.chance import SeededRandomness
from pushtui.sandbox.clock import ClockError, SandboxClock
from pushtui.sandbox.limits import Buckets, CallCounter
from pushtui.sandbox.rongcloud.data import QuietHours
from pushtui.sandbox.routing import Router, segments_of
from pushtui.sandbox.setting import SettingError
from pushtui.sandbox.settings import SandboxSettings, as_json, changed, declared, settings_help
from pushtui.sandbox.tolerance import NotReadable, coerce, read_form, read_object
from pushtui.sandbox.world import PEOPLE
from tests.sandbox.states import NOON, StoppedClock, state_at


def test_the_clock_follows_freezes_advances_and_follows_again() -> None:
    clock = SandboxClock(StoppedClock())
    assert (clock.now(), clock.frozen, clock.monotonic()) == (NOON, False, 7.0)
    clock.advance(timedelta(hours=1))
    assert clock.now() == NOON + timedelta(hours=1)
    clock.freeze(datetime(2030, 1, 1, tzinfo=UTC))
    assert (clock.now(), clock.frozen) == (datetime(2030, 1, 1, tzinfo=UTC), True)
    clock.advance(timedelta(days=-1))
    assert clock.now() == datetime(2029, 12, 31, tzinfo=UTC)
    clock.follow()
    assert (clock.now(), clock.frozen) == (NOON, False)


def test_a_clock_out_of_bounds_stays_where_it_is() -> None:
    clock = SandboxClock(StoppedClock())
    with pytest.raises(ClockError, match="1970 to 9000"):
        clock.freeze(datetime(9999, 12, 31, tzinfo=UTC))
    with pytest.raises(ClockError):
        clock.advance(timedelta.max)
    assert (clock.now(), clock.frozen) == (NOON, False)


def test_the_same_seed_gives_the_same_ids() -> None:
    first, second, other = SeededRandomness(1), SeededRandomness(1), SeededRandomness(2)
    made = [first.message_uid(), first.push_id(), first.request_id(), first.identifier(), first.nonce()]
    assert made == [second.message_uid(), second.push_id(), second.request_id(), second.identifier(), second.nonce()]
    assert made[0] != other.message_uid()
    assert [len(part) for part in made[0].split("-")] == [4, 4, 4, 4]
    assert [len(made[1]), len(made[2]), len(made[3]), len(made[4])] == [22, 32, 36, 16]


def test_settings_change_together_or_not_at_all() -> None:
    before = SandboxSettings()
    after = changed(before, {"limits": False, "rongcloud.allowed_drift": 60})
    assert (after.limits, after.rongcloud.allowed_drift, before.limits) == (False, 60, True)
    with pytest.raises(SettingError, match="allowed_drift"):
        changed(before, {"limits": False, "rongcloud.allowed_drift": "60"})


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"rongcloud.broadcast_enable": False}, "did you mean “rongcloud.broadcast_enabled”"),
        ({"zzz": 1}, "known: limits"),
        ({"limits": 1}, "true or false is needed"),
        ({"rongcloud.allowed_drift": True}, "a whole number is needed"),
        ({"rongcloud.allowed_drift": -1}, "0 to 1000000000"),
        ({"rongcloud.too_many_items_code": 1003}, "1002, 1005, 1502"),
        ({"rongcloud.day_zone": "Mars/Base"}, "not a time zone"),
        ({"rongcloud.quiet_hours_zone": "../../etc/passwd"}, "not a time zone"),
    ],
)
def test_a_wrong_setting_says_what_is_allowed(values: dict[str, Any], words: str) -> None:
    with pytest.raises(SettingError, match=words.replace(".", r"\.")):
        changed(SandboxSettings(), values)


def test_every_setting_is_explained() -> None:
    lines = settings_help().splitlines()
    assert [line.split(" = ")[0] for line in lines] == list(declared()) == list(as_json(SandboxSettings()))
    assert all(line.endswith(".") for line in lines)


HOURLY = Quota("g", 2, Window.HOUR, PUSHTUI)
DAILY = Quota("g", 3, Window.DAY, PUSHTUI)


def test_a_sliding_hour_frees_after_sixty_minutes() -> None:
    calls = CallCounter()
    calls.count("g", NOON)
    calls.count("g", NOON + timedelta(minutes=30))
    calls.count("other", NOON)
    assert calls.exhausted([HOURLY, DAILY], NOON + timedelta(minutes=59, seconds=59), "UTC") is HOURLY
    assert calls.exhausted([HOURLY, DAILY], NOON + timedelta(minutes=60), "UTC") is None
    assert calls.used(DAILY, NOON + timedelta(hours=2), "UTC") == 2


def test_a_natural_day_ends_at_midnight_of_its_zone() -> None:
    calls = CallCounter()
    for hour in (0, 2, 4):
        calls.count("g", NOON + timedelta(hours=hour))
    assert calls.exhausted([DAILY], datetime(2026, 11, 22, 23, 59, 59, tzinfo=UTC), "UTC") is DAILY
    assert calls.exhausted([DAILY], datetime(2026, 11, 23, tzinfo=UTC), "UTC") is None
    assert calls.used(DAILY, NOON + timedelta(hours=4), "Asia/Shanghai") == 1


def test_the_world_has_every_kind_of_handset_and_trouble() -> None:
    handsets = [item for user in PEOPLE for item in user.handsets]
    assert len(PEOPLE) >= 12
    assert {item.handset.platform for item in handsets} == set(Platform)
    assert {item.handset.vendor for item in handsets} >= {"honor", "hw", "mi", "oppo", "vivo", "fcm"}
    assert len({item.handset.id for item in handsets}) == len(handsets)
    assert {"123", "456", "fromuseId1"} <= {user.id for user in PEOPLE}
    for count in (
        sum(user.away > timedelta(days=30) for user in PEOPLE),
        sum(item.quiet_hours is not None for item in state_at().rongcloud.preferences.values()),
        sum(not person.connected for person in PEOPLE),
        sum(item.handset.hides_details for item in handsets),
        sum(not item.has_push_token for item in handsets),
    ):
        assert count == 1


@pytest.mark.parametrize(
    ("clock", "quiet"), [((21, 59), False), ((22, 0), True), ((3, 0), True), ((6, 59), True), ((7, 0), False)]
)
def test_quiet_hours_cross_midnight(clock: tuple[int, int], quiet: bool) -> None:
    hours = QuietHours(time(22, 0), 9 * 60)
    assert hours.hold(NOON.replace(hour=clock[0], minute=clock[1])) is quiet
    assert str(hours) == "22:00–07:00"


def tolerant(**changes: Any) -> PushRequest:
    body = {"platform": ["ios"], "audience": {"is_to_all": False}, "notification": {"alert": "x"}, **changes}
    return coerce(PushRequest, body, {("audience", "is_to_all"): False})


def test_unknown_fields_are_ignored() -> None:
    assert tolerant(zz=1, notification={"alert": "x", "ios": {"zz": {}}}).notification.alert == "x"


@pytest.mark.parametrize("given", ["true", "True", 1, "1", True])
def test_booleans_come_in_many_shapes(given: Any) -> None:
    assert tolerant(audience={"is_to_all": given}).audience.is_to_all is True


def test_numbers_may_be_text_or_booleans() -> None:
    request = tolerant(
        notification={"alert": "x", "forceShowPushContent": "1", "ios": {"contentAvailable": True, "badge": "7"}}
    )
    assert request.notification.forceShowPushContent == 1
    assert request.notification.ios is not None
    assert (request.notification.ios.contentAvailable, request.notification.ios.badge) == (1, 7)


def test_absent_is_to_all_and_empty_tags_are_fine() -> None:
    audience = tolerant(audience={"tag": [], "userid": ["123"]}).audience
    assert (audience.is_to_all, audience.tag) == (False, [])


@pytest.mark.parametrize("given", ["yes", "on", "t", "no", 1.0, 2, " true"])
def test_no_other_shape_is_a_boolean(given: Any) -> None:
    with pytest.raises(ValidationError):
        tolerant(audience={"is_to_all": given})


def test_null_and_empty_count_as_absent_where_a_field_may_be_absent() -> None:
    request = tolerant(notification={"alert": "x", "title": "", "ios": None, "android": {"alert": ""}})
    assert request.notification.title is None
    assert request.notification.android is not None
    assert request.notification.android.alert is None


@pytest.mark.parametrize(
    "changes",
    [
        {"platform": ["windows"]},
        {"audience": {"is_to_all": "perhaps"}},
        {"notification": {"alert": 7}},
        {"notification": {"alert": "x", "forceShowPushContent": "2"}},
        {"fromuserid": "x" * 65},
    ],
)
def test_the_rest_is_not_forgiven(changes: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        tolerant(**changes)


@pytest.mark.parametrize(
    "body", [b"", b"x", b"[]", b'"x"', b'{"a":NaN}', b'{"a":"\\ud800"}', b'{"a":' * 200 + b"1" + b"}" * 200, b"\xff"]
)
def test_only_a_sane_json_object_is_read(body: bytes) -> None:
    with pytest.raises(NotReadable):
        read_object(body)


def test_a_form_keeps_repeated_keys_commas_and_raw_characters() -> None:
    body = 'toUserId=a,b&toUserId=c&name=李+娜&remarks=[{"id":"u"}]&empty=&sign=%2B'.encode()
    assert read_form(body) == {
        "toUserId": ["a,b", "c"],
        "name": ["李 娜"],
        "remarks": ['[{"id":"u"}]'],
        "empty": [""],
        "sign": ["+"],
    }
    assert read_form(b"") == {}
    assert read_form(b"x=%ff") == {"x": ["�"]}


RATE = Rate("r", 100, 1.0, PUSHTUI)


def test_a_bucket_is_full_at_first_and_refills_evenly() -> None:
    buckets = Buckets()
    assert buckets.exhausted([RATE], 100, NOON) is None
    assert buckets.exhausted([RATE], 101, NOON) is RATE
    buckets.take([RATE], 100, NOON)
    assert buckets.exhausted([RATE], 1, NOON) is RATE
    assert buckets.exhausted([RATE], 1, NOON + timedelta(milliseconds=9)) is RATE
    assert buckets.exhausted([RATE], 1, NOON + timedelta(milliseconds=10)) is None
    assert buckets.left(RATE, NOON + timedelta(hours=1)) == 100


def test_what_was_taken_in_a_time_to_come_does_not_count() -> None:
    buckets, calls = Buckets(), CallCounter()
    buckets.take([RATE], 100, NOON)
    calls.count("g", NOON)
    calls.count("g", NOON)
    earlier = NOON - timedelta(hours=1)
    assert buckets.left(RATE, earlier) == 100
    assert calls.exhausted([HOURLY, DAILY], earlier, "UTC") is None
    buckets.take([RATE], 40, earlier)
    assert buckets.left(RATE, earlier) == 60


@pytest.mark.parametrize(
    "body",
    [
        b'{"a": NaN}',
        b'{"a": 1e999}',
        b'{"a": 9223372036854775808}',
        b'{"a": "\\ud800"}',
        '{"a": 1}'.encode("utf-16"),
        '{"a": 1}'.encode("utf-8-sig"),
        b'{"a": [' + b"0," * 20_000 + b"0]}",
        b'{"a": ' + b"[" * 100 + b"]" * 100 + b"}",
        b"[1]",
        b"{",
        b'{"a": ' + b"9" * 5000 + b"}",
    ],
)
def test_what_is_no_body(body: bytes) -> None:
    with pytest.raises(NotReadable):
        read_object(body)


def test_what_is_a_body() -> None:
    assert read_object('{"a": 9223372036854775807, "é": "\\ud83d\\ude00", "b": -1.5e3}'.encode()) == {
        "a": 2**63 - 1,
        "é": "😀",
        "b": -1500.0,
    }
    with pytest.raises(NotReadable):
        read_form(b"&".join([b"a=1"] * 20_001))


@pytest.mark.parametrize(
    ("path", "found"),
    [
        (b"/users/a", (0, {"user": "a"})),
        (b"//users//a", (0, {"user": "a"})),
        (b"/users/all", (1, {})),
        (b"/users/a%2Fb", (0, {"user": "a/b"})),
        (b"/users/%ff", (0, {"user": "�"})),
        (b"/users/a/", None),
        (b"http://api.example:80/users/a", (0, {"user": "a"})),
        (b"HTTPS://api.example//users/all", (1, {})),
        (b"http://api.example", None),
        (b"/users", None),
        (b"/", None),
    ],
)
def test_a_path_without_braces_goes_first(path: bytes, found: tuple[int, dict[str, str]] | None) -> None:
    router = Router([("GET", "/users/{user}"), ("GET", "/users/all"), ("PUT", "/users/{user}")])
    assert router.find("GET", segments_of(path)) == found


def test_the_methods_of_a_path() -> None:
    router = Router([("GET", "/users/{user}"), ("PUT", "/users/{user}"), ("POST", "/users")])
    assert set(router.methods(("users", "a"))) == {"GET", "PUT"}
    assert router.methods(("nowhere",)) == ()
    assert router.find("DELETE", ("users", "a")) is None
