"""The sandbox as a process: how it starts, where it says it is, how it ends."""

from __future__ import annotations

import http.client
import json
import signal
import socket
from contextlib import ExitStack
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from pushtui.domain.errors import SandboxError
from pushtui.sandbox.ports import listen, listen_all
from tests.sandbox.client import client_for, running, spawn
from tests.sandbox.clouds import NAMES, running_clouds


def test_one_line_of_json_and_a_private_file_that_goes_with_it(tmp_path: Path) -> None:
    file = tmp_path / "state" / "pushtui" / "sandbox.json"
    with running(tmp_path) as (process, client):
        said = json.loads(file.read_bytes())
        assert said.pop("pid") == process.pid
        assert client_for(json.dumps(said)) == client
        assert file.stat().st_mode & 0o777 == 0o600
        assert not client.control_url.endswith("/")
        assert not client.base_url.endswith("/")
        assert client.push().code == 200
    assert process.returncode == 0
    assert not file.exists()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_a_signal_is_a_clean_end_even_while_requests_are_held(tmp_path: Path, number: signal.Signals) -> None:
    with running(tmp_path) as (process, client):
        client.fault("hold")
        with socket.create_connection(("127.0.0.1", int(client.base_url.rpartition(":")[2]))) as connection:
            connection.sendall(b"POST /push.json HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\n{}")
            while not client.requests():
                pass
            process.send_signal(number)
            assert process.wait(timeout=20) == 0
        assert process.communicate()[1] == ""


def test_the_line_has_exactly_what_scripts_need(tmp_path: Path) -> None:
    with running_clouds(tmp_path) as (_process, clouds):
        said = json.loads(clouds.line)
    assert clouds.line.count("\n") == 1
    assert {name: sorted(value) if isinstance(value, dict) else "" for name, value in said.items()} == {
        "control_url": "",
        "rongcloud": ["app_key", "app_secret", "base_url"],
        "agora": ["app_certificate", "app_id", "app_name", "base_url", "client_id", "client_secret", "org_name"],
        "tencent": ["admin", "base_url", "sdkappid", "secret_key"],
    }
    urls = [said["control_url"], *(said[name]["base_url"] for name in NAMES)]
    assert len({urlsplit(url).port for url in urls}) == 4
    assert [urlsplit(url).path for url in urls] == ["/_sandbox", "", "", ""]


@pytest.mark.parametrize("fault", [{"name": "latency", "seconds": 600}, {"name": "slow-body", "seconds": 600}])
def test_a_signal_hurries_what_is_slow(tmp_path: Path, fault: dict[str, Any]) -> None:
    with running_clouds(tmp_path) as (process, clouds):
        clouds.sandbox.fault(**fault)
        request = clouds.sending("rongcloud", ["amelie"])
        connection = http.client.HTTPConnection(urlsplit(request.base_url).netloc, timeout=20)
        connection.request(request.method, request.path, request.body, dict(request.headers))
        while not clouds.sandbox.control("GET", "/sends")["requests"]:
            pass
        process.send_signal(signal.SIGTERM)
        assert json.loads(connection.getresponse().read())["code"] == 200
        connection.close()
        assert process.wait(timeout=20) == 0
        assert process.communicate() == ("", "")


def test_a_signal_ends_waiting_for_news_and_closed_ports(tmp_path: Path) -> None:
    with running_clouds(tmp_path) as (process, clouds):
        clouds.sandbox.fault("refuse", cloud="agora", seconds=600)
        control = urlsplit(clouds.sandbox.control_url)
        connection = http.client.HTTPConnection(control.netloc, timeout=20)
        connection.request("GET", f"{control.path}/inbox?after=0&wait=30")
        clouds.sandbox.control("GET", "/state")
        process.send_signal(signal.SIGINT)
        assert json.loads(connection.getresponse().read())["pushes"] == []
        connection.close()
        assert process.wait(timeout=20) == 0
        assert process.communicate() == ("", "")


def test_a_signal_does_not_wait_for_requests_that_never_come_whole(tmp_path: Path) -> None:
    with running_clouds(tmp_path) as (process, clouds):
        address = urlsplit(clouds.base_url("tencent"))
        target = (address.hostname or "", address.port or 0)
        with socket.create_connection(target) as half, socket.create_connection(target) as started:
            half.sendall(b"POST /v4/x HTTP/1.1\r\nHost: x\r\nContent-Length: 50\r\n\r\n{")
            started.sendall(b"POST /v4/x HTTP/1.1\r\nHo")
            while not clouds.sandbox.control("GET", "/sends")["requests"]:
                pass
            process.send_signal(signal.SIGTERM)
            assert process.wait(timeout=20) == 0
        assert process.communicate() == ("", "")


@pytest.mark.parametrize("number", [0, 1, 2, 3])
def test_any_taken_port_of_the_four_is_told(tmp_path: Path, number: int) -> None:
    with ExitStack() as stack:
        first = _four_free_ports()
        stack.enter_context(socket.create_server(("127.0.0.1", first + number)))
        process = spawn(tmp_path, "--port", str(first), "--lifeline")
        out, err = process.communicate(timeout=20)
    assert (process.returncode, out) == (1, "")
    assert err.startswith(f"Port {first + number} is taken")


def test_ports_follow_each_other(tmp_path: Path) -> None:
    first = _four_free_ports()
    process = spawn(tmp_path, "--port", str(first), "--json", "--lifeline")
    said = json.loads(process.communicate(timeout=20)[0])
    assert [urlsplit(said[name]["base_url"]).port for name in NAMES] == [first + 1, first + 2, first + 3]
    assert urlsplit(said["control_url"]).port == first


def _four_free_ports() -> int:
    """Return the first of four ports that were free a moment ago."""
    for first in range(23000, 32000, 4):
        try:
            for listener in listen_all(first, 4):
                listener.close()
        except SandboxError:
            continue
        return first
    raise AssertionError("no four ports are free")


def test_the_newest_sandbox_keeps_its_file(tmp_path: Path) -> None:
    file = tmp_path / "state" / "pushtui" / "sandbox.json"
    with running(tmp_path) as (first, _):
        with running(tmp_path) as (second, _):
            first.communicate(timeout=20)
            assert json.loads(file.read_bytes())["pid"] == second.pid
        assert not file.exists()


def test_a_taken_port_is_a_sentence(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        process = spawn(tmp_path, "--port", str(port))
        out, err = process.communicate(timeout=20)
    assert (process.returncode, out) == (1, "")
    assert err == f"Port {port} is taken, perhaps by another sandbox. Stop that, or choose --port 0 for a free one.\n"


def test_an_impossible_port_is_a_sentence() -> None:
    with pytest.raises(SandboxError, match="from 1 to 65535"):
        listen(70000)


def test_small_answers_leave_at_once() -> None:
    with listen(0) as listener:
        assert listener.proto == socket.IPPROTO_TCP
        assert listener.getsockname()[0] == "127.0.0.1"


def test_the_seed_decides_the_secret_and_limits_can_be_off(tmp_path: Path) -> None:
    with (
        running(tmp_path / "a", "--seed", "2") as (_, first),
        running(tmp_path / "b", "--seed", "2", "--no-limits") as (_, second),
        running(tmp_path / "c", "--seed", "3") as (_, third),
    ):
        assert first.app_secret == second.app_secret != third.app_secret
        assert [second.push().code for _ in range(4)] == [200] * 4


def test_words_for_people(tmp_path: Path) -> None:
    process = spawn(tmp_path, "--port", "0", "--lifeline")
    out, err = process.communicate(timeout=20)
    assert (process.returncode, err) == (0, "")
    assert "on this machine only" in out
    assert "http://127.0.0.1:" in out
    assert "Ctrl+C stops it." in out
    for title in ("RongCloud", "Agora Chat", "Tencent Chat", "control API"):
        assert f"  {title} " in out
    for account in ("app_key", "app_secret", "org_name", "app_certificate", "client_secret", "sdkappid", "secret_key"):
        assert f"    {account} " in out
