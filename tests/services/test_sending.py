"""Sending: journaled first, at most once, and true about what happened."""

from __future__ import annotations

import asyncio
import json
import shutil
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any, NoReturn

import pytest

from pushtui.domain.attempt import Attempt, AttemptState, SentRequest
from pushtui.domain.draft import Draft
from pushtui.domain.errors import AccountError, JournalError, Refused
from pushtui.domain.plan import Plan
from pushtui.domain.run import Run
from pushtui.domain.secret import MASK, Secret
from pushtui.journal import Journal
from pushtui.paths import Paths
from pushtui.providers.transport import Timeouts, connections
from pushtui.services.sending import Sending
from pushtui.services.services import Services
from tests.bodies import push
from tests.sandbox.client import ROOT, SandboxClient
from tests.services.conftest import sandbox_account

ACCEPTED, REJECTED, UNKNOWN = AttemptState.ACCEPTED, AttemptState.REJECTED, AttemptState.UNKNOWN


def draft(**changes: Any) -> Draft:
    return Draft("rongcloud.push", "sandbox", push(**changes))


def phrase(plan: Plan) -> str:
    return plan.ritual.phrase


async def send(services: Services, **changes: Any) -> Run:
    plan = await services.planning.plan(draft(**changes))
    return await services.sending.send(plan, phrase(plan))


async def test_a_push_is_accepted_and_kept_with_everything(services: Services, sandbox: SandboxClient) -> None:
    run = await send(services)
    assert run.state is ACCEPTED
    outcome = run.outcome
    assert outcome is not None and outcome.answer is not None
    newest = sandbox.inbox()[0]
    assert outcome.message_uid == outcome.push_id == newest["id"]
    assert outcome.request_id == newest["request_id"]
    assert outcome.answer.status == 200
    assert json.loads(run.attempts[0].request.body) == push()
    assert dict(run.attempts[0].request.headers)["Signature"] == MASK
    assert sandbox.accepted() == 1
    assert (await services.history.runs()) == [run]
    assert run.draft == draft()


async def test_states_are_told_in_their_order(services: Services) -> None:
    seen: list[Attempt] = []
    plan = await services.planning.plan(draft())
    await services.sending.send(plan, phrase(plan), seen.append)
    assert [attempt.state for attempt in seen] == [AttemptState.PLANNED, AttemptState.IN_FLIGHT, ACCEPTED]


FAULTS: list[tuple[str, dict[str, Any], AttemptState, str, int]] = [
    ("reset-before", {}, UNKNOWN, "may or may not have accepted", 0),
    ("answer-lost", {}, UNKNOWN, "may or may not have accepted", 1),
    ("half-body", {}, UNKNOWN, "no whole answer came back", 1),
    ("html-5xx", {}, UNKNOWN, "HTTP 502 with an HTML page", 0),
    ("html-200", {}, UNKNOWN, "HTTP 200 with an HTML page", 0),
    ("invalid-json", {}, UNKNOWN, "something that is not its JSON", 1),
    ("rate-limited", {}, REJECTED, "shares 2 an hour and 3 a day", 0),
    ("internal-error", {}, UNKNOWN, "not known", 0),
    ("internal-timeout", {}, UNKNOWN, "not known", 1),
]


@pytest.mark.parametrize(("fault", "values", "state", "words", "accepted"), FAULTS, ids=[case[0] for case in FAULTS])
async def test_faults_end_in_the_right_state_and_are_never_repeated(
    services: Services,
    sandbox: SandboxClient,
    fault: str,
    values: dict[str, Any],
    state: AttemptState,
    words: str,
    accepted: int,
) -> None:
    sandbox.fault(fault, **values)
    run = await send(services)
    assert run.outcome is not None
    assert (run.state, len(run.attempts)) == (state, 1)
    assert words in run.outcome.message
    assert sandbox.requests() == 1
    assert sandbox.accepted() == accepted


async def test_a_provider_that_falls_silent_is_unknown(services: Services, sandbox: SandboxClient) -> None:
    sandbox.fault("hold")
    impatient = Sending(
        services.accounts,
        services.planning,
        services.journal,
        services.clock,
        services.randomness,
        timeouts=Timeouts(connect=5, read=0.2, total=5),
    )
    plan = await services.planning.plan(draft())
    run = await impatient.send(plan, phrase(plan))
    assert run.outcome is not None
    assert run.state is UNKNOWN
    assert "fell silent" in run.outcome.message
    assert sandbox.accepted() == 1


async def test_a_wrong_secret(services: Services, sandbox: SandboxClient) -> None:
    services.accounts.attach(sandbox_account(sandbox), Secret("not-the-right-secret"))
    run = await send(services)
    assert run.outcome is not None
    assert (run.state, run.outcome.code) == (REJECTED, 1004)
    assert "App Secret is wrong" in run.outcome.message
    assert not run.outcome.spends_quota


async def test_a_clock_skewed_by_a_day(services: Services, sandbox: SandboxClient) -> None:
    sandbox.settings(rongcloud__allowed_drift=300)
    sandbox.advance(-86_400)
    run = await send(services)
    assert run.outcome is not None
    assert run.state is REJECTED
    assert "clock is 24 h 00 min ahead of the provider's" in run.outcome.message


async def test_service_not_enabled(services: Services, sandbox: SandboxClient) -> None:
    sandbox.settings(rongcloud__broadcast_enabled=False)
    run = await send(services)
    assert run.outcome is not None
    assert (run.state, run.outcome.code, run.outcome.title) == (REJECTED, 1009, "Service not enabled")
    assert "Switch it on in RongCloud's console" in run.outcome.message


async def test_quota_exhausted(services: Services, sandbox: SandboxClient) -> None:
    for alert in ("one", "two"):
        await send(services, notification={"alert": alert})
    plan = await services.planning.plan(draft())
    assert [str(use) for use in plan.quotas] == ["2 of 2 this hour", "2 of 3 today"]
    assert any("2 of 2 this hour are used up" in finding.message for finding in plan.findings)
    run = await services.sending.send(plan, phrase(plan))
    assert run.outcome is not None
    assert (run.state, run.outcome.code, run.outcome.title) == (REJECTED, 1008, "Quota exhausted")
    assert [str(use) for use in (await services.planning.plan(draft())).quotas] == ["2 of 2 this hour", "2 of 3 today"]


@pytest.fixture
def closed_port() -> Iterator[int]:
    """A port that is taken, and on which nobody listens."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        yield int(taken.getsockname()[1])


async def test_an_unreachable_host_surely_sent_nothing(
    services: Services, sandbox: SandboxClient, closed_port: int
) -> None:
    account = sandbox_account(sandbox, hosts=(f"http://127.0.0.1:{closed_port}",))
    services.accounts.attach(account, Secret(sandbox.app_secret))
    run = await send(services)
    assert run.outcome is not None
    assert (run.state, run.outcome.title) == (REJECTED, "Not sent")
    assert f"No connection to http://127.0.0.1:{closed_port}" in run.outcome.message
    assert not run.outcome.spends_quota
    assert not run.outcome.reached


NO_CLIENT = [
    ("http://127.0.0.2:9", {"ALL_PROXY": "socks5://127.0.0.1:9"}, "ImportError, Using SOCKS proxy"),
    ("http://127.0.0.2:9", {"ALL_PROXY": "ftp://127.0.0.1:9"}, "ValueError, Unknown scheme for proxy"),
    ("http://127.0.0.2:9", {"ALL_PROXY": "http://someone:hidden@[::1"}, "could be prepared: InvalidURL. Look"),
    ("https://127.0.0.2:9", {"SSL_CERT_FILE": "/nowhere/certificates.pem"}, "FileNotFoundError"),
]


@pytest.mark.parametrize(("host", "environment", "words"), NO_CLIENT, ids=[case[2].split(",")[0] for case in NO_CLIENT])
async def test_without_a_client_surely_nothing_was_sent(
    services: Services,
    sandbox: SandboxClient,
    monkeypatch: pytest.MonkeyPatch,
    host: str,
    environment: dict[str, str],
    words: str,
) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    connections._tls.cache_clear()
    services.accounts.attach(sandbox_account(sandbox, hosts=(host, sandbox.base_url)), Secret(sandbox.app_secret))
    run = await send(services)
    assert [attempt.state for attempt in run.attempts] == [REJECTED, ACCEPTED]
    outcome = run.attempts[0].outcome
    assert outcome is not None and outcome.title == "Not sent"
    assert words in outcome.message
    assert "hidden" not in outcome.message
    assert not outcome.reached and not outcome.spends_quota


@pytest.mark.parametrize("host", ["https://xn--a", "https://a:b", "https://:443"])
async def test_an_address_that_is_none_is_named_before_anything_is_written(
    services: Services, sandbox: SandboxClient, host: str
) -> None:
    services.accounts.attach(sandbox_account(sandbox, hosts=(host,)), Secret(sandbox.app_secret))
    plan = await services.planning.plan(draft())
    with pytest.raises(AccountError, match=f"address {host} "):
        services.planning.preview(plan)
    with pytest.raises(AccountError, match=f"address {host} "):
        await services.sending.send(plan, phrase(plan))
    assert await services.history.runs() == []


@pytest.fixture
async def deep_answer() -> AsyncIterator[str]:
    """The address of a server that answers everything with 200 KB of open brackets."""
    body = b"[" * 200_000

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % len(body) + body)
        await writer.drain()
        writer.close()

    async with await asyncio.start_server(answer, "127.0.0.1", 0) as server:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"


async def test_an_answer_that_is_nested_too_deeply_is_kept(
    services: Services, sandbox: SandboxClient, deep_answer: str
) -> None:
    services.accounts.attach(sandbox_account(sandbox, hosts=(deep_answer,)), Secret(sandbox.app_secret))
    run = await send(services)
    assert run.outcome is not None and run.outcome.answer is not None
    assert run.state is UNKNOWN
    assert "something that is not its JSON" in run.outcome.message
    assert len(run.outcome.answer.body) == 200_000


def breaking(*_: object, **__: object) -> NoReturn:
    raise ZeroDivisionError("of the test")


@pytest.mark.parametrize(
    ("broken", "words", "status"),
    [
        ("pushtui.services.exchange._accepted", "unexpected ZeroDivisionError kept the answer from being read", 200),
        ("httpx.Response.aiter_bytes", "unexpected ZeroDivisionError broke the exchange off", 200),
        ("httpx.AsyncClient.send", "unexpected ZeroDivisionError broke the exchange off", None),
    ],
)
async def test_an_error_that_nobody_foresaw_is_named_and_reported(
    services: Services,
    sandbox: SandboxClient,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    broken: str,
    words: str,
    status: int | None,
) -> None:
    plan = await services.planning.plan(draft())
    monkeypatch.setattr(broken, breaking)
    run = await replace(services.sending, logs=tmp_path).send(plan, phrase(plan))
    (report,) = tmp_path.glob("error-*")
    assert run.outcome is not None
    assert run.state is UNKNOWN
    assert words in run.outcome.message
    assert str(report) in run.outcome.message
    assert "of the test" in report.read_text()
    assert (run.outcome.answer.status if run.outcome.answer else None) == status


async def test_the_backup_host_is_tried_only_when_the_primary_was_not_reached(
    services: Services, sandbox: SandboxClient, closed_port: int
) -> None:
    account = sandbox_account(sandbox, hosts=(f"http://127.0.0.1:{closed_port}", sandbox.base_url))
    services.accounts.attach(account, Secret(sandbox.app_secret))
    run = await send(services)
    assert [attempt.state for attempt in run.attempts] == [REJECTED, ACCEPTED]
    assert sandbox.accepted() == 1


async def test_the_backup_host_is_not_tried_after_doubt(services: Services, sandbox: SandboxClient) -> None:
    services.accounts.attach(
        sandbox_account(sandbox, hosts=(sandbox.base_url, sandbox.base_url)), Secret(sandbox.app_secret)
    )
    sandbox.fault("answer-lost")
    run = await send(services)
    assert [attempt.state for attempt in run.attempts] == [UNKNOWN]
    assert sandbox.requests() == 1


@pytest.mark.parametrize("typed", ["", "yes", "sandbox unknown!", "SANDBOX UNKNOWN", "s"])
async def test_nothing_leaves_without_the_ritual(services: Services, sandbox: SandboxClient, typed: str) -> None:
    plan = await services.planning.plan(draft())
    with pytest.raises(Refused, match="Not confirmed"):
        await services.sending.send(plan, typed)
    assert sandbox.requests() == 0
    assert await services.history.runs() == []


async def test_one_key_is_enough_for_a_few_users(services: Services) -> None:
    plan = await services.planning.plan(draft(audience={"userid": ["123"], "is_to_all": False}))
    assert (await services.sending.send(plan, "s")).state is ACCEPTED


async def test_a_draft_with_errors_is_refused(services: Services, sandbox: SandboxClient) -> None:
    plan = await services.planning.plan(draft(notification={}))
    with pytest.raises(Refused, match="has errors"):
        await services.sending.send(plan, phrase(plan))
    assert sandbox.requests() == 0


async def test_read_only_refuses(services: Services, sandbox: SandboxClient) -> None:
    plan = await services.planning.plan(draft())
    services.accounts.attach(sandbox_account(sandbox, read_only=True), Secret(sandbox.app_secret))
    with pytest.raises(Refused):
        await services.sending.send(plan, phrase(plan))
    assert "read-only" in (await services.planning.plan(draft())).findings[0].message
    assert sandbox.requests() == 0


async def test_a_plan_is_stale_once_the_account_changed(
    services: Services, sandbox: SandboxClient, closed_port: int
) -> None:
    plan = await services.planning.plan(draft())
    account = sandbox_account(sandbox, hosts=(f"http://127.0.0.1:{closed_port}",))
    services.accounts.attach(account, Secret(sandbox.app_secret))
    with pytest.raises(Refused, match="stale"):
        await services.sending.send(plan, phrase(plan))


async def test_the_same_plan_is_never_sent_twice(services: Services, sandbox: SandboxClient) -> None:
    plan = await services.planning.plan(draft())
    first, second = await asyncio.gather(
        *(services.sending.send(plan, phrase(plan)) for _ in range(2)), return_exceptions=True
    )
    assert {type(first), type(second)} == {Run, Refused}
    assert sandbox.requests() == 1


async def test_an_identical_push_is_pointed_out_and_needs_a_phrase_of_its_own(
    services: Services, sandbox: SandboxClient
) -> None:
    first = await services.planning.plan(draft())
    await services.sending.send(first, phrase(first))
    plan = await services.planning.plan(draft())
    assert "the very same push was accepted" in plan.findings[0].message
    with pytest.raises(Refused):
        await services.sending.send(plan, phrase(first))
    assert sandbox.accepted() == 1
    await services.sending.send(plan, f"{phrase(first)} again")
    assert sandbox.accepted() == 2


async def test_what_was_rejected_is_repeated_with_the_phrase_it_had(services: Services, sandbox: SandboxClient) -> None:
    sandbox.settings(rongcloud__broadcast_enabled=False)
    first = await services.planning.plan(draft())
    await services.sending.send(first, phrase(first))
    sandbox.settings(rongcloud__broadcast_enabled=True)
    assert phrase(await services.planning.plan(draft())) == phrase(first)


async def test_a_cancelled_send_is_unknown(services: Services, sandbox: SandboxClient) -> None:
    sandbox.fault("hold")
    in_flight = asyncio.Event()
    plan = await services.planning.plan(draft())

    def watch(attempt: Attempt) -> None:
        if attempt.state is AttemptState.IN_FLIGHT:
            in_flight.set()

    sending = asyncio.create_task(services.sending.send(plan, phrase(plan), watch))
    await in_flight.wait()
    sending.cancel()
    with pytest.raises(asyncio.CancelledError):
        await sending
    (run,) = await services.history.runs()
    assert run.state is UNKNOWN
    assert run.outcome is not None and "closed before the answer came" in run.outcome.message


async def test_a_send_that_is_cancelled_before_it_leaves_was_not_sent(
    services: Services, sandbox: SandboxClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan = await services.planning.plan(draft())
    mark = Journal.mark_in_flight

    async def cancelled_meanwhile(journal: Journal, attempt_id: str, request: SentRequest, at: datetime) -> None:
        await mark(journal, attempt_id, request, at)
        raise asyncio.CancelledError

    monkeypatch.setattr(Journal, "mark_in_flight", cancelled_meanwhile)
    with pytest.raises(asyncio.CancelledError):
        await services.sending.send(plan, phrase(plan))
    await assert_not_sent(services, sandbox)


async def test_a_watcher_that_fails_neither_stops_a_push_nor_hides_its_result(
    services: Services, sandbox: SandboxClient
) -> None:
    def watch(_attempt: Attempt) -> None:
        raise ZeroDivisionError

    plan = await services.planning.plan(draft())
    run = await services.sending.send(plan, phrase(plan), watch)
    assert (run.state, sandbox.accepted()) == (ACCEPTED, 1)


async def assert_not_sent(services: Services, sandbox: SandboxClient) -> None:
    (run,) = await services.history.runs()
    assert run.outcome is not None
    assert (run.state, run.outcome.title, run.outcome.reached) == (REJECTED, "Not sent", False)
    assert sandbox.requests() == 0
    plan = await services.planning.plan(draft())
    assert [str(use) for use in plan.quotas] == ["0 of 2 this hour", "0 of 3 today"]


async def test_two_consoles_that_confirm_the_same_at_once_send_it_once(
    services: Services, sandbox: SandboxClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = Services(Paths.from_environment())
    await other.journal.open()
    other.accounts.attach(sandbox_account(sandbox), Secret(sandbox.app_secret))
    plans = [await console.planning.plan(draft()) for console in (services, other)]
    admitted, admit = asyncio.Barrier(2), Sending._admit

    async def admit_together(sending: Sending, plan: Plan, confirmed_by: str) -> None:
        await admit(sending, plan, confirmed_by)
        await admitted.wait()

    monkeypatch.setattr(Sending, "_admit", admit_together)
    ends = await asyncio.gather(
        *(console.sending.send(plan, phrase(plan)) for console, plan in zip((services, other), plans, strict=True)),
        return_exceptions=True,
    )
    await other.journal.close()
    assert {type(end) for end in ends} == {Run, Refused}
    assert sandbox.requests() == 1


async def test_an_outcome_that_the_journal_refuses_is_still_said(
    services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def refuse(*_: object) -> NoReturn:
        raise Refused("It has ended already.")

    plan = await services.planning.plan(draft())
    monkeypatch.setattr(Journal, "finish", refuse)
    with pytest.raises(JournalError, match=r"ended “accepted”.*RongCloud accepted the push.*It has ended already"):
        await services.sending.send(plan, phrase(plan))


async def test_an_outcome_is_not_lost_to_another_start_that_took_the_sender_for_dead(
    services: Services, sandbox: SandboxClient
) -> None:
    sandbox.fault("hold")
    plan = await services.planning.plan(draft())
    in_flight = asyncio.Event()

    def watch(attempt: Attempt) -> None:
        if attempt.state is AttemptState.IN_FLIGHT:
            in_flight.set()

    sending = asyncio.create_task(services.sending.send(plan, phrase(plan), watch))
    await in_flight.wait()
    await asyncio.to_thread(wait_until_accepted, sandbox)
    shutil.rmtree(services.paths.locks)
    other = Services(Paths.from_environment())
    assert [attempt.state for attempt in await other.journal.open()] == [UNKNOWN]
    await other.journal.close()
    await asyncio.to_thread(sandbox.control, "DELETE", "/faults")
    run = await sending
    assert run.outcome is not None
    assert run.state is ACCEPTED
    assert "took this process for dead" in run.outcome.message


async def test_a_journal_that_cannot_be_written_sends_nothing(services: Services, sandbox: SandboxClient) -> None:
    plan = await services.planning.plan(draft())
    await services.journal.close()
    with pytest.raises(JournalError):
        await services.sending.send(plan, phrase(plan))
    assert sandbox.requests() == 0


KILLED = """
import asyncio, os, signal, sys
from pushtui.domain.account import Account, Environment
from pushtui.domain.attempt import AttemptState
from pushtui.domain.draft import Draft
from pushtui.domain.secret import Secret
from pushtui.paths import Paths
from pushtui.services.services import Services
from tests.bodies import push

def die_at(attempt):
    if attempt.state is AttemptState.IN_FLIGHT and sys.argv[4] == "in flight":
        os.kill(os.getpid(), signal.SIGKILL)

async def main():
    services = Services(Paths.from_environment())
    await services.journal.open()
    account = Account("sandbox", "rongcloud", Environment.SANDBOX, (sys.argv[1],), {"app_key": sys.argv[2]})
    services.accounts.attach(account, Secret(sys.argv[3]))
    plan = await services.planning.plan(Draft("rongcloud.push", "sandbox", push()))
    await services.sending.send(plan, plan.ritual.phrase, die_at)

asyncio.run(main())
"""


@pytest.mark.parametrize(("moment", "accepted"), [("in flight", 0), ("waiting for the answer", 1)])
async def test_a_killed_process_leaves_one_unknown_attempt_and_no_second_send(
    sandbox: SandboxClient, isolated_home: Path, moment: str, accepted: int
) -> None:
    sandbox.fault("hold")
    process = sender(sandbox, moment)
    if moment != "in flight":
        await asyncio.to_thread(wait_until_accepted, sandbox)
        process.send_signal(signal.SIGKILL)
    assert await asyncio.to_thread(process.wait, 30) == -signal.SIGKILL
    services = Services(Paths.from_environment())
    (abandoned,) = await services.journal.open()
    (run,) = await services.history.runs()
    assert [attempt.id for attempt in run.attempts] == [abandoned.id]
    assert run.state is UNKNOWN
    assert await services.journal.open() == []
    await services.journal.close()
    assert sandbox.accepted() == sandbox.requests() == accepted


def sender(sandbox: SandboxClient, moment: str) -> subprocess.Popen[bytes]:
    """Start a process that sends one push and dies at a moment."""
    arguments = [sandbox.base_url, sandbox.app_key, sandbox.app_secret, moment]
    return subprocess.Popen([sys.executable, "-c", KILLED, *arguments], cwd=ROOT)


def wait_until_accepted(sandbox: SandboxClient) -> None:
    """Ask now and then until the sandbox has accepted a push; AssertionError after half a minute."""
    pause = threading.Event()
    assert any(sandbox.accepted() or pause.wait(0.05) for _ in range(600))
