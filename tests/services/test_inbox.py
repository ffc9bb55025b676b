"""The inbox, read from what the sandbox's control API answers."""

from __future__ import annotations

import pytest

from pushtui.domain.account import Account, Environment
from pushtui.domain.errors import SandboxError
from pushtui.domain.json_body import JsonValue
from pushtui.services.inbox import read_inbox, why_no_inbox
from tests.sandbox.client import SandboxClient


def account(environment: Environment) -> Account:
    return Account("it", "rongcloud", environment, ("https://api.example.com",))


def test_a_push_is_read_with_all_its_deliveries(sandbox: SandboxClient) -> None:
    sandbox.push()
    raw = sandbox.control("GET", "/inbox")
    (push,) = read_inbox(raw)
    assert len(push.deliveries) == len(raw["pushes"][0]["deliveries"])
    assert push.shown == sum(1 for item in raw["pushes"][0]["deliveries"] if item["notification"])
    assert {delivery.push_id for delivery in push.deliveries} == {push.id}


@pytest.mark.parametrize("answer", [None, [], {}, {"pushes": {}}, {"pushes": [{"id": "1"}]}, {"pushes": [7]}])
def test_anything_else_is_an_error_for_people(answer: JsonValue) -> None:
    with pytest.raises(SandboxError, match="of another version"):
        read_inbox(answer)


def test_there_is_an_inbox_only_for_a_sandbox_that_is_connected() -> None:
    assert why_no_inbox(account(Environment.SANDBOX), connected=True) is None
    assert why_no_inbox(None, connected=True) is None
    assert "pushtui demo" in (why_no_inbox(account(Environment.SANDBOX), connected=False) or "")
    assert "is live" in (why_no_inbox(account(Environment.LIVE), connected=True) or "")
