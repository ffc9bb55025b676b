"""No secret, token or signature is in anything that a call leaves behind, even if the cloud echoes all it got."""

from __future__ import annotations

import asyncio
import json
import logging
import traceback
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from urllib.parse import unquote_plus

import pytest

from pushtui.domain.account import Account
from pushtui.domain.attempt import Answer
from pushtui.domain.clock import SystemClock, SystemRandomness
from pushtui.domain.errors import ProviderError
from pushtui.domain.json_body import JsonObject
from pushtui.domain.secret import Secret
from pushtui.providers.base import Encoding, Endpoint, Purpose
from pushtui.providers.kinds import PROVIDERS
from pushtui.providers.rongcloud.users import INFO
from pushtui.services.calls import Calls
from pushtui.services.services import Services
from tests.addresses import address_line
from tests.sandbox.client import SandboxClient
from tests.sandbox.clouds import NAMES, clouds_of
from tests.services.cloud_accounts import attach_clouds

ASK = Endpoint("ask", "POST", "/ask", Encoding.JSON, INFO.request_model, INFO.response_model, repeatable=True)
"""Any operation; what it is called matters to no cloud here."""


@dataclass
class Mirror:
    """A server that answers with all that it was sent, in one way or another."""

    reply: Callable[[str], bytes] = field(default=lambda said: b"")
    url: str = ""
    heard: str = ""

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        length = next((int(line[15:]) for line in head.splitlines() if line.lower().startswith("content-length:")), 0)
        self.heard += head + (said := head + (await reader.readexactly(length)).decode())
        writer.write(self.reply(said))
        await writer.drain()
        writer.close()


def answer(status: int, body: str, promised: int = 0) -> bytes:
    content = body.encode()
    echo = f"X-Echo: {json.dumps(body)}" if len(body) < 4000 else "X-Long: yes"
    lines = (f"HTTP/1.1 {status} Whatever", f"Content-Length: {len(content) + promised}", echo, "Connection: close")
    return "".join(f"{line}\r\n" for line in (*lines, "")).encode() + content


def envelope(said: str, status: int, code: int) -> bytes:
    """Write an error as each of the clouds would, with the echo in all of its texts."""
    texts = dict.fromkeys(("errorMessage", "error", "exception", "error_description", "ErrorInfo"), said)
    return answer(status, json.dumps({"code": code, "ErrorCode": code, "ActionStatus": "FAIL", **texts}))


MIRRORS: dict[str, Callable[[str], bytes]] = {
    "refused": lambda said: envelope(said, 401, 1004),
    "refused as Tencent does": lambda said: envelope(said, 200, 70009),
    "unknown code": lambda said: envelope(said, 400, 4711),
    "failed": lambda said: envelope(said, 500, 1000),
    "a page": lambda said: answer(502, f"<html>{said}</html>"),
    "decoded": lambda said: answer(502, f"<html>{unquote_plus(said)}</html>"),
    "cut off": lambda said: answer(200, said, promised=10),
    "no HTTP": lambda said: said.encode(),
}


@pytest.fixture
async def mirror() -> AsyncIterator[Mirror]:
    made = Mirror()
    async with await asyncio.start_server(made.serve, "127.0.0.1", 0) as started:
        made.url = f"http://127.0.0.1:{started.sockets[0].getsockname()[1]}"
        yield made


@pytest.fixture
def accounts(services: Services, sandbox: SandboxClient) -> dict[str, Account]:
    return attach_clouds(services, clouds_of(address_line(sandbox)))


@pytest.fixture
async def calls(services: Services, caplog: pytest.LogCaptureFixture) -> AsyncIterator[Calls]:
    caplog.set_level(logging.DEBUG)
    made = Calls(
        services.accounts, SystemClock(), SystemRandomness(), read_only=False, logs=services.paths.logs, sleep=nothing
    )
    yield made
    await made.close()


async def nothing(_seconds: float) -> None:
    """Sleep no time."""


def signatures_in(heard: str) -> list[str]:
    """Find what proved who was calling in requests as they came: header values, and the query's UserSig."""
    headers = [line.partition(": ") for line in heard.splitlines()]
    found = [value.removeprefix("Bearer ") for name, _, value in headers if name in ("Signature", "Authorization")]
    queries = [line.partition("usersig=")[2].partition("&")[0] for line in heard.splitlines() if "usersig=" in line]
    return [*found, *queries, *map(unquote_plus, queries)]


def left_behind(error: ProviderError, caplog: pytest.LogCaptureFixture, logs: Path) -> str:
    """Gather all that a failed call leaves."""
    told: list[object] = [error.message, error.args, error.answer, repr(error), str(error), vars(error), caplog.text]
    reports = [path.read_text() for path in logs.rglob("*") if path.is_file()] if logs.exists() else []
    frames = "".join(traceback.format_exception(error))
    return "\n".join([*map(str, told), *map(repr, told), *reports, frames])


@pytest.mark.parametrize("cloud", NAMES)
@pytest.mark.parametrize("kind", MIRRORS)
async def test_what_a_cloud_echoes_is_masked(
    kind: str,
    cloud: str,
    mirror: Mirror,
    accounts: dict[str, Account],
    calls: Calls,
    services: Services,
    caplog: pytest.LogCaptureFixture,
) -> None:
    mirror.reply = MIRRORS[kind]
    account = replace(accounts[cloud], hosts=(mirror.url,))
    secret = (await services.accounts.secret(account.name)).secret.reveal()
    for call in (calls.read, calls.write):
        with pytest.raises(ProviderError) as caught:
            await call(account, ASK, body={"userId": "amelie"})
        text = left_behind(caught.value, caplog, services.paths.logs)
        signatures = signatures_in(mirror.heard)
        assert signatures and secret not in mirror.heard
        for forbidden in (secret, *signatures):
            assert forbidden not in text


@pytest.mark.parametrize("kind", MIRRORS)
async def test_a_token_that_is_asked_for_leaves_nothing_either(
    kind: str,
    mirror: Mirror,
    accounts: dict[str, Account],
    calls: Calls,
    services: Services,
    caplog: pytest.LogCaptureFixture,
) -> None:
    mirror.reply = MIRRORS[kind]
    ids = {"org_name": "o", "app_name": "a", "client_id": "c"}
    account = replace(accounts["agora"], name="by-client", hosts=(mirror.url,), ids=ids)
    services.accounts.attach(account, Secret("YXA6-the-secret-of-the-client"))
    with pytest.raises(ProviderError) as caught:
        await calls.read(account, ASK)
    assert "YXA6-the-secret-of-the-client" in mirror.heard
    assert "YXA6-the-secret-of-the-client" not in left_behind(caught.value, caplog, services.paths.logs)


async def test_a_token_cut_off_is_not_kept(
    mirror: Mirror, accounts: dict[str, Account], calls: Calls, services: Services, caplog: pytest.LogCaptureFixture
) -> None:
    mirror.reply = lambda said: answer(200, '{"access_token":"YWMtNEVER-SHOWN', promised=20)
    account = replace(accounts["agora"], name="by-client", hosts=(mirror.url,), ids={"app_id": "x", "client_id": "c"})
    services.accounts.attach(account, Secret("YXA6-the-secret-of-the-client"))
    with pytest.raises(ProviderError) as caught:
        await calls.read(account, ASK)
    assert "YWMtNEVER-SHOWN" not in left_behind(caught.value, caplog, services.paths.logs)


@pytest.mark.parametrize("cloud", NAMES)
async def test_an_unforeseen_error_is_written_down_without_them(
    cloud: str,
    mirror: Mirror,
    accounts: dict[str, Account],
    calls: Calls,
    services: Services,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    mirror.reply = lambda said: envelope(said, 200, 200)

    def stumble(answer: Answer, now: datetime, purpose: Purpose = Purpose.READ) -> JsonObject:
        raise ZeroDivisionError(answer.body)

    monkeypatch.setattr(
        "pushtui.services.calls.PROVIDERS", {**PROVIDERS, cloud: replace(PROVIDERS[cloud], read=stumble)}
    )
    account = replace(accounts[cloud], hosts=(mirror.url,))
    with pytest.raises(ProviderError, match=r"An unexpected ZeroDivisionError .*Report [0-9a-f]{8} is in") as caught:
        await calls.read(account, ASK)
    text = left_behind(caught.value, caplog, services.paths.logs)
    for forbidden in signatures_in(mirror.heard):
        assert forbidden not in text
