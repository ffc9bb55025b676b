"""What a busy sandbox says on its standard streams: its address, and nothing that opens anything."""

from __future__ import annotations

import json
import socket
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

from tests.sandbox.client import SandboxClient
from tests.sandbox.clouds import NAMES, Clouds, running_clouds

GARBAGE = (
    b"GET /%zz?usersig=garbled HTTP/1.1\r\nHost: x\r\n\r\n",
    b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
    b"POST /push.json HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\n{",
    b"GET / HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n",
    b"GET /" + b"x" * 70_000 + b" HTTP/1.1\r\nHost: x\r\n\r\n",
    b"POST /v4/openim/x HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
)


def abuse(clouds: Clouds) -> list[str]:
    """Call with right, wrong, foreign and garbled credentials; return all that must not be told."""
    sandbox = clouds.sandbox
    token, foreign = clouds.agora.token(), clouds.agora.token(certificate="f" * 32)
    sig, expired = clouds.tencent.user_sig(), clouds.tencent.user_sig(expire=1)
    told = [token, foreign, sig, expired, quote(sig, safe=""), sandbox.app_secret, sandbox.signed()["Signature"]]
    told += [clouds.agora.app_certificate, clouds.agora.client_secret, clouds.tencent.key]
    for number, cloud in enumerate(NAMES):
        clouds.send(cloud, number)
    for wrong in (foreign, token[:-9], "x", "Ünicode".encode("latin-1").decode("latin-1"), "007" + "A" * 90):
        clouds.send("agora", token=wrong)
    for wrong in (expired, sig[:-9], "x", sig.upper()):
        clouds.send("tencent", token=wrong)
    sandbox.push(b'{"platform":', Signature="wrong")
    grant = {"grant_type": "client_credentials", "client_id": clouds.agora.client_id}
    opened = clouds.call("agora", "POST", "/token", {**grant, "client_secret": clouds.agora.client_secret}).send()
    clouds.call("agora", "POST", "/token", {**grant, "client_secret": "wrong"}).send()
    for cloud in NAMES:
        for garbage in GARBAGE:
            _throw(clouds.base_url(cloud), garbage)
    for fault in ("token-expired", "internal-error", "half-body"):
        sandbox.fault(fault)
    _quietly(clouds)
    _control_abuse(sandbox)
    return [*told, opened.json["access_token"]]


def _quietly(clouds: Clouds) -> None:
    for cloud in NAMES:
        try:
            clouds.send(cloud)
        except OSError:
            pass
        except Exception as error:  # noqa: BLE001 - a body that stops is an exception of http.client's
            assert type(error).__name__ == "IncompleteRead"


def _control_abuse(sandbox: SandboxClient) -> None:
    for method, path, body in (("POST", "/snapshot", {"a": 1}), ("GET", "/nowhere", None), ("PUT", "/state", None)):
        sandbox.raw_control(method, path, body)


def _throw(base_url: str, garbage: bytes) -> None:
    address = urlsplit(base_url)
    with socket.create_connection((address.hostname or "", address.port or 0), timeout=10) as connection:
        connection.sendall(garbage)
        connection.shutdown(socket.SHUT_WR)
        try:
            while connection.recv(65536):
                pass
        except ConnectionResetError:
            return


def test_nothing_that_opens_anything_is_ever_told(tmp_path: Path) -> None:
    with running_clouds(tmp_path) as (process, clouds):
        told = abuse(clouds)
        kept: Any = clouds.sandbox.control("GET", "/inbox")
        out, err = process.communicate(timeout=20)
    assert process.returncode == 0
    assert (out, err) == ("", "")
    seen = json.dumps(kept, ensure_ascii=False)
    assert [secret for secret in told if secret in seen] == []
