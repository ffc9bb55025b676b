"""The sandbox as a process: how it starts, where it says it is, how it ends."""

from __future__ import annotations

import json
import signal
import socket
from pathlib import Path

import pytest

from pushtui.domain.errors import SandboxError
from pushtui.sandbox.ports import listen
from tests.sandbox.client import client_for, running, spawn


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
