"""The whole state, kept and brought back."""

from __future__ import annotations

import json
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.sandbox.client import running, spawn
from tests.sandbox.clouds import NAMES, NOON, Clouds, accepted, running_clouds


def busy(clouds: Clouds) -> Any:
    """Let much happen, and return the snapshot after it."""
    sandbox = clouds.sandbox
    for number, cloud in enumerate(NAMES):
        clouds.send(cloud, number)
    clouds.agora.ok("POST", "/users", [{"username": "nina"}])
    clouds.agora.ok("PUT", "/users/nina/notification/user/nina", {"ignoreInterval": "21:30-08:00"})
    clouds.agora.ok("POST", "/notification/template", {"name": "t", "title_pattern": "a", "content_pattern": "b"})
    clouds.agora.ok("POST", "/push/label", {"name": "new"})
    names = {"AttrNames": {"3": "level"}}
    clouds.call("tencent", "POST", "/v4/all_member_push/im_set_attr_name", names).send()
    clouds.call("tencent", "POST", "/v4/im_open_login_svc/account_import", {"UserID": "tom"}).send()
    clouds.call("rongcloud", "POST", "/user/tag/set.json", {"userId": "omar", "tags": ["a", "b"]}).send()
    sandbox.fault("token-expired", cloud="tencent")
    clouds.send("tencent", 9)
    sandbox.fault("html-5xx", times=7, cloud="agora", path="/push/*", probability=0.5)
    sandbox.control("POST", "/people", {"id": "dora", "online": False})
    sandbox.settings(limits=True, rongcloud__day_zone="Asia/Shanghai")
    clouds.send("rongcloud")
    sandbox.push()
    sandbox.advance(7)
    return sandbox.control("GET", "/snapshot")


def after(clouds: Clouds) -> list[Any]:
    """Return what the clouds answer from here on, and all that can be seen."""
    sandbox = clouds.sandbox
    token, sig = clouds.agora.token(), clouds.tencent.user_sig(expire=10**9)
    answers = [clouds.send("agora", token=token) for _ in range(5)]
    answers += [clouds.send("rongcloud"), clouds.send("tencent", 10), clouds.send("tencent", 11, sig)]
    answers += [sandbox.push() for _ in range(3)]
    seen = [sandbox.control("GET", path) for path in ("/state", "/inbox", "/sends", "/snapshot")]
    return [[(answer.status, answer.body, answer.headers) for answer in answers], seen]


def test_everything_goes_on_as_from_the_snapshot(clouds: Clouds) -> None:
    kept = busy(clouds)
    first = after(clouds)
    clouds.sandbox.reset()
    clouds.sandbox.control("POST", "/snapshot", kept)
    assert clouds.sandbox.control("GET", "/snapshot") == kept
    assert after(clouds) == first


def test_it_holds_no_secret(clouds: Clouds) -> None:
    kept = json.dumps(busy(clouds))
    secrets = (
        clouds.sandbox.app_secret,
        clouds.agora.app_certificate,
        clouds.agora.client_secret,
        clouds.tencent.key,
        clouds.tencent.user_sig(),
    )
    assert [secret for secret in secrets if secret in kept] == []


def test_the_accounts_stay_those_of_the_start(clouds: Clouds) -> None:
    kept = clouds.sandbox.control("GET", "/snapshot")
    assert clouds.sandbox.control("POST", "/reset", {"seed": 7})["seed"] == 7
    assert all(accepted(clouds.send(cloud)) for cloud in NAMES)
    assert clouds.sandbox.control("POST", "/snapshot", kept)["seed"] == 1


def broken(kept: Any) -> Iterator[tuple[Any, str]]:
    """Yield what is no snapshot, and words that say so."""
    yield {}, "sandbox"
    yield {**kept, "sandbox": 2}, "sandbox"
    yield {**kept, "randomness": [1]}, "cannot be loaded"
    yield {**kept, "randomness": [-1] * 625}, "cannot be loaded"
    yield {**kept, "settings": {**kept["settings"], "limits": "no"}}, "settings.limits"
    rongcloud = {**kept["settings"]["rongcloud"], "day_zone": "Mars/Base"}
    yield {**kept, "settings": {**kept["settings"], "rongcloud": rongcloud}}, "Mars/Base"
    yield {**kept, "people": {**kept["people"], "dora": {}}}, "people.dora"
    yield {**kept, "people": {}}, "nobody is"
    yield {**kept, "began": "2026-11-22T12:00:00"}, "no zone"
    yield {**kept, "clock": {"frozen": "9999-01-01T00:00:00Z", "moved": "PT0S"}}, "1970 to 9000"
    yield {**kept, "inbox": {**kept["inbox"], "sends": kept["inbox"]["sends"][1:]}}, "not numbered"
    yield {**kept, "inbox": {**kept["inbox"], "showing": {"x": 999}}}, "not numbered"
    fault = {"id": 1, "remaining": 1, "order": {"name": "latency", "seconds": -5}}
    yield {**kept, "faults": [fault]}, "seconds: -5"
    yield {**kept, "faults": [{**fault, "order": {"name": "late"}}]}, "faults"


def test_a_wrong_one_is_a_sentence_and_changes_nothing(clouds: Clouds) -> None:
    kept = busy(clouds)
    for given, words in broken(kept):
        answer = clouds.sandbox.raw_control("POST", "/snapshot", given)
        assert (answer.status, words in answer.json["error"]) == (400, True), (words, answer.body)
        assert clouds.sandbox.control("GET", "/snapshot") == kept
    assert clouds.sandbox.raw_control("POST", "/snapshot", [1]).status == 400


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_state_file_carries_over_to_the_next_process(tmp_path: Path, number: signal.Signals) -> None:
    file = tmp_path / "world.json"
    with running_clouds(tmp_path, "--seed", "5", "--state", str(file)) as (process, clouds):
        clouds.sandbox.freeze(NOON)
        kept = busy(clouds)
        secret = clouds.sandbox.app_secret
        process.send_signal(number)
        assert process.wait(timeout=20) == 0
        assert process.communicate() == ("", "")
    assert file.stat().st_mode & 0o777 == 0o600
    with running_clouds(tmp_path, "--state", str(file)) as (_process, clouds):
        assert clouds.sandbox.app_secret == secret, "the accounts are those of the file's seed"
        assert clouds.sandbox.control("GET", "/snapshot") == kept


def test_a_state_file_is_there_from_the_start(tmp_path: Path) -> None:
    file = tmp_path / "world.json"
    with running(tmp_path, "--state", str(file)):
        assert json.loads(file.read_bytes())["seed"] == 1


def test_no_limits_go_before_the_file(tmp_path: Path) -> None:
    file = tmp_path / "world.json"
    for options, limits in (((), True), (("--no-limits",), False)):
        with running(tmp_path, "--state", str(file), *options) as (_process, client):
            assert client.control("GET", "/state")["settings"]["limits"] is limits


@pytest.mark.parametrize(
    ("text", "words"),
    [("{}", "This is no snapshot of the sandbox"), ("x", "This is no snapshot of the sandbox")],
)
def test_a_wrong_state_file_is_a_sentence(tmp_path: Path, text: str, words: str) -> None:
    file = tmp_path / "world.json"
    file.write_text(text)
    out, err, status = _failed(tmp_path, file)
    assert (status, out) == (1, "")
    assert err.startswith(f"{file}: {words}")
    assert len(err.splitlines()) == 1
    assert file.read_text() == text


def test_a_place_that_cannot_be_written_is_a_sentence_at_once(tmp_path: Path) -> None:
    file = tmp_path / "nowhere" / "world.json"
    assert _failed(tmp_path, file) == ("", f"{file} cannot be written: No such file or directory.\n", 1)
    assert _failed(tmp_path, tmp_path) == ("", f"{tmp_path} cannot be read: Is a directory.\n", 1)


def _failed(home: Path, file: Path) -> tuple[str, str, int]:
    process = spawn(home, "--port", "0", "--lifeline", "--state", str(file))
    out, err = process.communicate(timeout=20)
    return out, err, process.returncode
