"""Reads and changes at the providers, over HTTP to the sandbox."""

from __future__ import annotations

from pushtui.providers.rongcloud.users import CHECK_ONLINE
from pushtui.services.services import Services
from tests.sandbox.client import SandboxClient


async def test_a_user_is_read(services: Services, sandbox: SandboxClient) -> None:
    account = await services.accounts.get("sandbox")
    told = await services.calls.read(account, CHECK_ONLINE, body={"userId": "amelie"})
    assert told.body["code"] == 200 and told.body["status"] in ("0", "1")
    assert told.server_time is not None
    await services.calls.close()
