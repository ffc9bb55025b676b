from __future__ import annotations

import asyncio
import json
import os
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from pushtui.domain.account import Environment
from pushtui.domain.errors import SandboxError
from pushtui.domain.handset import Platform
from pushtui.domain.secret import redact
from pushtui.paths import Paths
from pushtui.services.inbox import read_inbox
from pushtui.services.sandbox_link import SandboxLink
from tests.addresses import address_line
from tests.sandbox.client import PAGE_EXAMPLE, SandboxClient


@pytest.fixture
def paths() -> Paths:
    return Paths.from_environment()


@pytest.fixture
async def link(paths: Paths) -> AsyncIterator[SandboxLink]:
    link = SandboxLink(paths)
    yield link
    await link.close()


def client_of(link: SandboxLink) -> SandboxClient:
    address = link.address
    return SandboxClient(address.control_url, address.base_url, address.app_key, address.app_secret.reveal())


async def test_start_ask_and_close(link: SandboxLink, paths: Paths) -> None:
    assert not link.connected
    with pytest.raises(SandboxError):
        link.accounts()
    address = await link.start()
    account, _ = link.accounts()[0]
    assert (account.name, account.provider, account.environment) == ("sandbox", "rongcloud", Environment.SANDBOX)
    assert (account.hosts, account.app_id, account.zone) == ((address.base_url,), address.app_key, "UTC")
    assert address.app_secret.reveal() not in redact(f"secret: {address.app_secret.reveal()}")

    answer = await asyncio.to_thread(client_of(link).push, PAGE_EXAMPLE)
    (push,) = (await link.control.inbox(10)).pushes
    assert (push.id, push.message_uid, push.shown, push.unknown_users) == (answer.json["id"], push.id, 2, ())
    delivery = next(item for item in push.deliveries if item.user == "123")
    assert delivery.handset.platform is Platform.IOS
    assert delivery.notification is not None
    assert (delivery.notification.text, delivery.notification.group) == ("override alert", "223")
    assert push == await link.control.push(push.id)
    assert (await link.control.sends())["accepted"] == 1

    await link.reset()
    assert (await link.control.inbox(10)).pushes == ()
    await link.close()
    assert not link.connected
    assert not paths.sandbox_file.exists()


async def test_the_address_names_all_clouds_and_hides_their_secrets(link: SandboxLink, paths: Paths) -> None:
    address = await link.start()
    said = json.loads(paths.sandbox_file.read_text())
    assert {cloud.cloud: cloud.base_url for cloud in address.clouds} == {
        name: said[name]["base_url"] for name in ("rongcloud", "agora", "tencent")
    }
    for cloud in address.clouds:
        assert set(said[cloud.cloud]) == {"base_url", *cloud.ids, *cloud.secrets}
        for name, secret in cloud.secrets.items():
            assert secret.reveal() == said[cloud.cloud][name]
            assert secret.reveal() not in repr(address)


async def test_a_reset_by_somebody_else_is_noticed_once(link: SandboxLink) -> None:
    await link.start()
    await link.is_another()
    assert not await link.is_another()
    began = link.accounts()[0][0].began
    await asyncio.to_thread(client_of(link).reset)
    assert await link.is_another()
    assert all(account.began != began for account, _ in link.accounts())
    assert not await link.is_another()


async def test_it_is_found_again_at_another_address(paths: Paths, sandbox: SandboxClient) -> None:
    paths.sandbox_file.parent.mkdir(parents=True)
    paths.sandbox_file.write_text(address_line(sandbox))
    link = SandboxLink(paths)
    await link.reconnect()
    object.__setattr__(link.address, "control_url", "http://127.0.0.1:9/_sandbox")
    with pytest.raises(SandboxError, match="did not answer"):
        await link.control.state()
    await link.reconnect()
    assert link.address.control_url == sandbox.control_url


async def test_a_second_link_attaches(link: SandboxLink, paths: Paths) -> None:
    address = await link.start()
    other = SandboxLink(paths)
    attached = await other.attach()
    assert (attached.base_url, attached.app_secret.reveal()) == (address.base_url, address.app_secret.reveal())
    await other.close()
    assert (await link.control.state()).accepted["rongcloud"] == 0


async def test_no_sandbox_to_attach_to(paths: Paths) -> None:
    with pytest.raises(SandboxError, match="pushtui sandbox"):
        await SandboxLink(paths).attach()


async def test_a_file_that_was_left_behind(paths: Paths, sandbox: SandboxClient) -> None:
    paths.sandbox_file.parent.mkdir(parents=True)
    paths.sandbox_file.write_text(
        '{"control_url":"http://127.0.0.1:9/_sandbox",'
        '"rongcloud":{"base_url":"http://127.0.0.1:9","app_key":"k","app_secret":"left-behind"}}'
    )
    link = SandboxLink(paths)
    with pytest.raises(SandboxError, match="did not end properly"):
        await link.attach()
    assert not link.connected
    paths.sandbox_file.write_text("{")
    with pytest.raises(SandboxError, match="does not say where it is"):
        await link.attach()


async def test_a_sandbox_that_went_away_is_a_sentence(link: SandboxLink) -> None:
    await link.start()
    process = link._process
    assert process is not None
    process.kill()
    await process.wait()
    with pytest.raises(SandboxError, match="did not answer"):
        await link.control.inbox(10)


async def test_a_sandbox_that_cannot_start_says_why(link: SandboxLink, paths: Paths) -> None:
    paths.sandbox_file.mkdir(parents=True)
    with pytest.raises(SandboxError, match=r"sandbox\.json cannot be written"):
        await link.start()
    assert not link.connected


async def test_it_ends_when_the_lifeline_breaks(link: SandboxLink) -> None:
    await link.start()
    process = link._process
    assert process is not None
    assert process.stdin is not None
    assert os.getsid(process.pid) == process.pid
    process.stdin.close()
    assert await asyncio.wait_for(process.wait(), 20) == 0


async def test_the_folder_one_is_in_cannot_replace_modules(
    link: SandboxLink, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "uvicorn.py").write_text("raise SystemExit('taken over')")
    monkeypatch.chdir(tmp_path)
    address = await link.start()
    assert urlsplit(address.base_url).hostname == "127.0.0.1"


@pytest.mark.parametrize("answer", [{}, {"pushes": [{}]}, {"pushes": 1}, [], None, {"pushes": [{"id": "x"}]}])
def test_an_inbox_of_another_shape_is_a_sentence(answer: dict[str, object]) -> None:
    with pytest.raises(SandboxError, match="another version"):
        read_inbox(answer)  # type: ignore[arg-type]  # wrong on purpose


async def test_a_sandbox_that_does_not_start_says_why_in_a_line(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    broken = tmp_path / "broken"
    broken.write_text("#!/bin/sh\nprintf 'Traceback:\\n  somewhere\\nImportError: no such thing\\n' >&2\nexit 1\n")
    broken.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(broken))
    with pytest.raises(SandboxError, match="did not start") as raised:
        await SandboxLink(Paths.from_environment()).start()
    assert "ImportError: no such thing (more in" in raised.value.message
    assert "Traceback" not in raised.value.message
