"""The control API as calls, over the socket."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from pushtui.domain.errors import Refused, SandboxError, UsageError
from pushtui.domain.json_body import JsonObject
from pushtui.domain.typed_time import seconds_of
from pushtui.services.sandbox_clock import set_clock, time_words
from pushtui.services.sandbox_control import SandboxControl, SandboxRefused
from pushtui.services.sandbox_values import fault_values, setting_value, value_words
from pushtui.services.sandbox_world import KnownFault, SandboxTime, Setting, read_faults, read_settings, read_state
from tests.sandbox.client import SandboxClient

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.fixture
def control(sandbox: SandboxClient) -> SandboxControl:
    return SandboxControl(sandbox.control_url)


async def fault(control: SandboxControl, name: str) -> KnownFault:
    return next(one for one in (await control.faults()).known if one.name == name)


async def setting(control: SandboxControl, name: str) -> Setting:
    return next(one for one in await control.settings() if one.name == name)


async def test_the_state_is_read(control: SandboxControl, sandbox: SandboxClient) -> None:
    await asyncio.to_thread(sandbox.push)
    state = await control.state()
    assert (state.seed, state.accepted, state.requests) == (1, {"rongcloud": 1, "agora": 0, "tencent": 0}, 1)
    zoe = next(person for person in state.people if person.id == "zoe")
    assert [phone.handset.vendor for phone in zoe.phones] == ["", "hw"]
    assert (zoe.online, zoe.connected, zoe.phones[0].has_push_token) == (False, True, True)


async def test_faults_are_set_counted_and_removed(control: SandboxControl, sandbox: SandboxClient) -> None:
    first = await control.set_fault("html-5xx", status=503, path="/push.json")
    assert (first.cloud, first.path, first.remaining, first.parameters["status"]) == ("*", "/push.json", 1, 503)
    assert (await asyncio.to_thread(sandbox.push)).status == 503
    second = await control.set_fault("refuse", cloud="agora")
    assert (second.cloud, second.path, second.remaining) == ("agora", "*", None)
    assert [one.id for one in (await control.faults()).waiting] == [second.id]
    assert await control.remove_faults(second.id) == 1
    assert await control.remove_faults() == 0
    with pytest.raises(SandboxRefused, match=r"^There is no fault “holt”; did you mean “hold”"):
        await control.set_fault("holt")


async def test_only_what_differs_from_its_default_is_said(control: SandboxControl) -> None:
    latency = await fault(control, "latency")
    typed = {"cloud": "agora", "path": " ", "times": "1", "probability": "0.5", "seconds": "1", "accepted": "off"}
    assert fault_values(latency, typed) == {"cloud": "agora", "probability": 0.5, "accepted": False}
    assert fault_values(latency, {"times": "always"}) == {"times": None}
    for wrong, told in (
        ({"times": "often"}, "times: “often” is given; a whole number"),
        ({"seconds": "x"}, "a number"),
    ):
        with pytest.raises(UsageError, match=told):
            fault_values(latency, wrong)


async def test_settings_are_read_changed_and_typed(control: SandboxControl) -> None:
    await control.change_settings({"rongcloud.broadcast_enabled": False})
    switch = await setting(control, "rongcloud.broadcast_enabled")
    assert (switch.value, switch.default, switch.changed, switch.cloud) == (False, True, True, "rongcloud")
    assert setting_value(switch, "ON") is True
    code = await setting(control, "rongcloud.too_many_items_code")
    assert (setting_value(code, "1005"), code.choices) == (1005, (1002, 1005, 1502))
    with pytest.raises(UsageError, match="“perhaps” is given; on or off is needed"):
        setting_value(switch, "perhaps")
    with pytest.raises(SandboxRefused, match=r"did you mean “rongcloud\.day_zone”"):
        await control.change_settings({"rongcloud.dayzone": "UTC"})


async def test_people_change(control: SandboxControl) -> None:
    person = await control.change_person("zoe", online=True, language="fr", handset="zoe-hw", hides_details=True)
    assert (person.online, person.language) == (True, "fr")
    assert [phone.handset.hides_details for phone in person.phones] == [False, True]
    with pytest.raises(SandboxRefused, match="amelie"):
        await control.change_person("amelia", online=True)


async def test_the_clock_does_what_is_ordered(control: SandboxControl) -> None:
    assert await set_clock(control, NOON.isoformat()) == SandboxTime(NOON, True)
    assert await set_clock(control, "-90m") == SandboxTime(NOON - timedelta(minutes=90), True)
    assert await set_clock(control, "1.5") == SandboxTime(NOON - timedelta(minutes=90) + timedelta(seconds=1.5), True)
    assert (await set_clock(control, "follow")).frozen is False
    assert (await set_clock(control, "freeze")).frozen is True
    with pytest.raises(UsageError, match="“noon” is no time"):
        await set_clock(control, "noon")
    with pytest.raises(SandboxRefused):
        await set_clock(control, "9000000d")


async def test_a_snapshot_brings_everything_back(control: SandboxControl, sandbox: SandboxClient) -> None:
    await asyncio.to_thread(sandbox.push)
    snapshot = await control.snapshot()
    await control.reset(7)
    assert (await control.state()).seed == 7
    await control.restore(snapshot)
    assert ((await control.state()).seed, sandbox.accepted()) == (1, 1)
    with pytest.raises(SandboxRefused):
        await control.restore({"seed": 1})


async def test_a_read_only_session_changes_nothing(sandbox: SandboxClient) -> None:
    control = SandboxControl(sandbox.control_url, read_only=True)
    sandbox.fault("hold")
    for change in (
        control.reset(),
        control.freeze(NOON),
        control.advance(1),
        control.follow(),
        control.set_fault("hold"),
        control.remove_faults(),
        control.change_settings({"limits": False}),
        control.change_person("zoe", online=True),
        control.restore({}),
    ):
        with pytest.raises(Refused, match="read-only"):
            await change
    assert len((await control.faults()).waiting) == 1


async def test_what_is_no_sandbox_is_said(sandbox: SandboxClient) -> None:
    with pytest.raises(SandboxError, match="did not answer"):
        await SandboxControl("http://127.0.0.1:9/_sandbox").state()
    with pytest.raises(SandboxError):
        await SandboxControl(sandbox.base_url).state()


@pytest.mark.parametrize("read", [read_state, read_faults, read_settings])
@pytest.mark.parametrize("answer", [{}, {"settings": 1, "faults": [], "known": 1}, {"settings": [{}], "faults": [{}]}])
def test_answers_of_another_shape_are_sentences(read: Callable[[JsonObject], object], answer: JsonObject) -> None:
    with pytest.raises(SandboxError, match="another version"):
        read(answer)


@pytest.mark.parametrize(
    ("text", "seconds"), [("90", 90), ("+90s", 90), ("15m", 900), ("2 h", 7200), ("-1d", -86400), ("0.5", 0.5)]
)
def test_durations(text: str, seconds: float) -> None:
    assert seconds_of(text) == seconds


@pytest.mark.parametrize("text", ["", "h", "1w", "one", "1h30m", "1e3", "²"])
def test_no_durations(text: str) -> None:
    with pytest.raises(UsageError):
        seconds_of(text)


def test_the_clock_in_words() -> None:
    assert time_words(SandboxTime(NOON, False), NOON + timedelta(seconds=1)) == "clock as here"
    ahead = SandboxTime(NOON + timedelta(days=1, hours=2, seconds=3), False)
    assert time_words(ahead, NOON) == "clock 1 d 2 h 3 s ahead"
    assert time_words(SandboxTime(NOON, False), NOON + timedelta(minutes=5)) == "clock 5 min behind"
    assert time_words(SandboxTime(NOON, True), NOON).startswith("clock frozen at 2026-11-2")


def test_values_in_words() -> None:
    assert [value_words(value) for value in (True, False, 3, 1.0, "x", None)] == ["on", "off", "3", "1", "x", "null"]
