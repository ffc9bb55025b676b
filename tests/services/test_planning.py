"""Plans: exact, reproducible, and readable as request and as curl."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from pushtui.domain.draft import Draft
from pushtui.domain.errors import AccountError, DraftError
from pushtui.domain.reach import Extent
from pushtui.domain.secret import MASK, Secret
from pushtui.services.services import Services
from tests.bodies import example, push
from tests.sandbox.client import SandboxClient
from tests.services.conftest import sandbox_account


def draft(**changes: Any) -> Draft:
    return Draft("rongcloud.push", "sandbox", push(**changes))


async def test_the_same_draft_has_the_same_digest_and_any_change_another(services: Services) -> None:
    plan = services.planning.plan
    first = await plan(draft())
    assert (await plan(draft())).digest == first.digest
    assert (await plan(draft())).id != first.id
    others = [
        draft(platform=["ios"]),
        draft(notification={"title": "News", "alert": "Something new!"}),
        draft(audience={"is_to_all": True}),
        draft(audience={"tag": ["vip"], "is_to_all": False, "userid": ["1"]}),
    ]
    assert len({(await plan(other)).digest for other in others} | {first.digest}) == 5


async def test_the_account_is_part_of_the_digest(services: Services, sandbox: SandboxClient) -> None:
    first = await services.planning.plan(draft())
    for change in ({"ids": {"app_key": "other"}}, {"hosts": (sandbox.base_url, "http://127.0.0.1:9")}):
        services.accounts.attach(sandbox_account(sandbox, **change), Secret(sandbox.app_secret))
        assert (await services.planning.plan(draft())).digest != first.digest


async def test_a_plan_says_reach_cost_and_quotas(services: Services) -> None:
    plan = await services.planning.plan(draft())
    assert plan.reach.extent is Extent.UNKNOWN
    assert plan.cost == {"/push.json": 1}
    assert [str(use) for use in plan.quotas] == ["0 of 2 this hour", "0 of 3 today"]
    assert plan.sendable


async def test_a_sandbox_that_begins_anew_counts_anew(services: Services, sandbox: SandboxClient) -> None:
    first = await services.planning.plan(draft())
    await services.sending.send(first, "sandbox unknown")
    services.accounts.attach(sandbox_account(sandbox, began=services.clock.now()), Secret(sandbox.app_secret))
    plan = await services.planning.plan(draft())
    assert [str(use) for use in plan.quotas] == ["0 of 2 this hour", "0 of 3 today"]
    assert plan.findings == ()


async def test_the_preview_is_what_arrives(services: Services, sandbox: SandboxClient) -> None:
    plan = await services.planning.plan(draft())
    (preview,) = services.planning.preview(plan)
    run = await services.sending.send(plan, "sandbox unknown")
    sent = run.attempts[0].request
    assert (preview.method, preview.url, preview.body) == (sent.method, sent.url, sent.body)
    assert [name for name, _ in preview.headers] == [name for name, _ in sent.headers]
    made_when_sent = {"Nonce", "Timestamp", "X-Request-ID"}
    assert [pair for pair in preview.headers if pair[0] not in made_when_sent] == [
        pair for pair in sent.headers if pair[0] not in made_when_sent
    ]
    assert dict(preview.headers)["Signature"] == MASK
    assert sandbox.inbox()[0]["body"] == json.loads(preview.body)


async def test_unknown_account_and_kind_are_named(services: Services) -> None:
    with pytest.raises(AccountError, match="sandbx"):
        await services.planning.plan(Draft("rongcloud.push", "sandbx", push()))
    with pytest.raises(DraftError, match=r"rongcloud\.push"):
        await services.planning.plan(Draft("rongcloud.pus", "sandbox", push()))


def shell(command: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run commands as a person would who pastes them."""
    return subprocess.run(
        ["sh"],
        input=command,
        env={"PATH": "/usr/local/bin:/usr/bin:/bin", **environment},
        capture_output=True,
        text=True,
        check=False,
        timeout=30,
    )


HOSTILE = 'it\'s "quoted" `id` $(id) ${HOME} \\ back 北京\n!'


@pytest.mark.skipif(not shutil.which("curl") or not shutil.which("sha1sum"), reason="curl or sha1sum is not installed")
async def test_the_curl_command_works_and_holds_no_secret(services: Services, sandbox: SandboxClient) -> None:
    plan = await services.planning.plan(Draft("rongcloud.push", "sandbox", example() | {"fromuserid": HOSTILE[:60]}))
    command = services.planning.curl(plan)
    assert sandbox.app_secret not in command
    done = shell(command, PUSHTUI_SECRET_SANDBOX=sandbox.app_secret)
    assert json.loads(done.stdout)["code"] == 200, done
    assert sandbox.inbox()[0]["body"] == plan.draft.body


async def test_a_hostile_app_key_is_no_shell(services: Services, sandbox: SandboxClient, tmp_path: Path) -> None:
    hostile = f"$(touch {tmp_path}/ran)`touch {tmp_path}/ran`$HOME'\"\\"
    services.accounts.attach(sandbox_account(sandbox, ids={"app_key": hostile}), Secret(sandbox.app_secret))
    command = services.planning.curl(await services.planning.plan(draft()))
    said = shell(f"curl() {{ printf '%s\\n' \"$@\"; }}\n{command}", PUSHTUI_SECRET_SANDBOX="secret").stdout
    assert f"App-Key: {hostile}" in said.splitlines()
    assert not (tmp_path / "ran").exists()


@pytest.mark.skipif(not shutil.which("curl"), reason="curl is not installed")
async def test_the_curl_command_asks_for_the_secret(services: Services) -> None:
    command = services.planning.curl(await services.planning.plan(draft()))
    done = shell(command)
    assert done.returncode != 0
    assert "PUSHTUI_SECRET_SANDBOX" in done.stderr
