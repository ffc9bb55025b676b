"""The inbox, read from what the sandbox's control API answers."""

from __future__ import annotations

import asyncio

import pytest

from pushtui.domain.account import Account, Environment
from pushtui.domain.errors import SandboxError
from pushtui.domain.json_body import JsonValue
from pushtui.services.inbox import read_inbox, why_no_inbox
from pushtui.services.sandbox_control import SandboxControl
from pushtui.services.sandbox_feed import InboxFeed
from tests.addresses import address_line
from tests.sandbox.client import SandboxClient
from tests.sandbox.clouds import NAMES, SEND_PATHS, clouds_of


def account(environment: Environment) -> Account:
    return Account("it", "rongcloud", environment, ("https://api.example.com",))


def test_a_push_is_read_with_all_its_deliveries(sandbox: SandboxClient) -> None:
    sandbox.push()
    raw = sandbox.control("GET", "/inbox")
    page = read_inbox(raw)
    (push,) = page.pushes
    assert (page.sequence, push.sequence, push.cloud, push.path) == (1, 1, "rongcloud", "/push.json")
    assert len(push.deliveries) == len(raw["pushes"][0]["deliveries"])
    assert push.shown == sum(1 for item in raw["pushes"][0]["deliveries"] if item["notification"])
    assert {delivery.push_id for delivery in push.deliveries} == {push.id}
    assert [*push.recipients] == raw["pushes"][0]["recipients"]


def test_a_send_of_each_cloud_is_read(sandbox: SandboxClient) -> None:
    clouds = clouds_of(address_line(sandbox))
    for cloud in NAMES:
        clouds.send(cloud)
    pushes = read_inbox(sandbox.control("GET", "/inbox")).pushes
    assert [(push.cloud, push.path) for push in reversed(pushes)] == [(cloud, SEND_PATHS[cloud]) for cloud in NAMES]
    assert all(delivery.message for delivery in pushes[-1].deliveries)


@pytest.mark.parametrize(
    "answer",
    [None, [], {}, {"pushes": {}}, {"pushes": [{"id": "1"}]}, {"pushes": [7]}, {"pushes": [], "sequence": "1"}],
)
def test_anything_else_is_an_error_for_people(answer: JsonValue) -> None:
    with pytest.raises(SandboxError, match="of another version"):
        read_inbox(answer)


def test_there_is_an_inbox_only_for_a_sandbox_that_is_connected() -> None:
    assert why_no_inbox(account(Environment.SANDBOX), connected=True) is None
    assert why_no_inbox(None, connected=True) is None
    assert "pushtui demo" in (why_no_inbox(account(Environment.SANDBOX), connected=False) or "")
    assert "is live" in (why_no_inbox(account(Environment.LIVE), connected=True) or "")


@pytest.fixture
async def feed(sandbox: SandboxClient) -> InboxFeed:
    """What is known after one send; it keeps two."""
    sandbox.settings(limits=False)
    sandbox.push()
    feed = InboxFeed(SandboxControl(sandbox.control_url), kept=2, wait=20)
    await feed.begin()
    return feed


def ids(sandbox: SandboxClient) -> list[str]:
    return [push["id"] for push in sandbox.inbox()]


async def test_a_send_ends_the_wait(sandbox: SandboxClient, feed: InboxFeed) -> None:
    waiting = asyncio.create_task(feed.wait())
    await asyncio.to_thread(sandbox.push)
    assert await waiting is True
    assert [push.id for push in feed.pushes] == ids(sandbox)


async def test_what_came_meanwhile_is_all_there_and_the_oldest_make_way(
    sandbox: SandboxClient, feed: InboxFeed
) -> None:
    for _ in range(3):
        sandbox.push()
    assert await feed.wait() is True
    assert ([push.id for push in feed.pushes], feed.sequence, feed.restarted) == (ids(sandbox)[:2], 4, False)


async def test_without_news_nothing_changes(sandbox: SandboxClient, feed: InboxFeed) -> None:
    feed._wait = 0
    before = feed.pushes
    assert await feed.wait() is False
    assert feed.pushes == before


@pytest.mark.parametrize("pushes", [0, 1, 5])
async def test_a_reset_is_noticed_whatever_came_after_it(sandbox: SandboxClient, feed: InboxFeed, pushes: int) -> None:
    sandbox.reset()
    sandbox.settings(limits=False)
    for _ in range(pushes):
        sandbox.push()
    assert await feed.wait() is True
    assert feed.restarted
    assert ([push.id for push in feed.pushes], feed.sequence) == (ids(sandbox)[:2], pushes)


async def test_a_send_that_left_the_view_is_not_asked_for(sandbox: SandboxClient, feed: InboxFeed) -> None:
    kept = feed.pushes[0]
    assert await feed.renew(kept.id) == kept
    assert await feed.renew("another") is None
