"""The sandbox: serve it, or look into the one that runs."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable, Coroutine, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from pushtui.cli.commands import sandbox_changes as changes
from pushtui.cli.context import Context
from pushtui.cli.exits import Exit
from pushtui.cli.sandbox_grammar import DEFAULT_PORT, DEFAULT_SEED
from pushtui.cli.sandbox_views import push_document, push_lines, sends_lines, state_lines
from pushtui.cli.session import run_alone
from pushtui.domain.clock import SystemClock
from pushtui.domain.errors import UsageError
from pushtui.domain.json_body import compact
from pushtui.domain.safe_text import escaped_json
from pushtui.services.sandbox_feed import InboxFeed
from pushtui.services.sandbox_link import SandboxLink

if TYPE_CHECKING:
    from pushtui.services.inbox import InboxPush

Action: TypeAlias = Callable[[Namespace, SandboxLink, Context], Coroutine[Any, Any, int]]


def sandbox(given: Namespace, context: Context) -> int:
    """Serve, or ask the sandbox that runs."""
    if given.action in (None, "serve"):
        return _serve(given, context)
    _refuse_serving_options(given)
    return run_alone(_attached(ACTIONS[given.action], given, context))


async def _attached(action: Action, given: Namespace, context: Context) -> int:
    link = SandboxLink(context.paths, read_only=context.read_only)
    await link.attach()
    return await action(given, link, context)


def _serve(given: Namespace, context: Context) -> int:
    from pushtui.sandbox.server import SandboxOptions, serve

    chosen = vars(given)
    state = chosen.get("serve_state")
    return serve(
        SandboxOptions(
            port=chosen.get("serve_port", DEFAULT_PORT),
            seed=chosen.get("serve_seed", DEFAULT_SEED),
            json=context.output.as_json,
            limits=not chosen.get("serve_no_limits", False),
            state_file=Path(state) if state is not None else None,
        )
    )


def _refuse_serving_options(given: Namespace) -> None:
    """What is said about a sandbox to be served must not be lost on one that runs."""
    lost = [name for name in vars(given) if name.startswith("serve_")]
    if lost:
        option = lost[0].removeprefix("serve_").replace("_", "-")
        raise UsageError(
            f"--{option} before “{given.action}” is for serving a sandbox, and this one runs already. "
            f"See: pushtui sandbox {given.action} --help"
        )


async def _state(_given: Namespace, link: SandboxLink, context: Context) -> int:
    raw = await link.control.raw_state()
    lines = state_lines(await link.control.state(), link.address, SystemClock().now())
    context.output.answer(raw, lines)
    return Exit.DONE


async def _sends(_given: Namespace, link: SandboxLink, context: Context) -> int:
    sends = await link.control.sends()
    context.output.answer(sends, sends_lines(sends))
    return Exit.DONE


async def _inbox(given: Namespace, link: SandboxLink, context: Context) -> int:
    if given.limit < 1:
        raise UsageError(f"--limit: {given.limit} is given; allowed: 1 or more.")
    if given.follow:
        return await _follow(given, link, context)
    pushes = await _pushes(given, link)
    lines = [line for push in pushes for line in push_lines(push)]
    context.output.answer({"pushes": [push_document(push) for push in pushes]}, lines or ["Nothing was accepted yet."])
    return Exit.DONE


async def _pushes(given: Namespace, link: SandboxLink) -> tuple[InboxPush, ...]:
    if given.push is not None:
        return (await link.control.push(given.push),)
    return (await link.control.inbox(given.limit)).pushes


async def _follow(given: Namespace, link: SandboxLink, context: Context) -> int:
    """Write what is there, the oldest first, then each send as it arrives, until somebody ends it."""
    if given.push is not None:
        raise UsageError("--push asks for one send and --follow for all that come; leave one of them out.")
    feed = InboxFeed(link.control, given.limit)
    await feed.begin()
    _write(reversed(feed.pushes), context)
    while True:
        known = feed.sequence
        if await feed.wait():
            if feed.restarted:
                context.output.note("The sandbox began anew.")
            _write((push for push in reversed(feed.pushes) if feed.restarted or push.sequence > known), context)


def _write(pushes: Iterable[InboxPush], context: Context) -> None:
    for push in pushes:
        if context.output.as_json:
            context.output.text(escaped_json(compact(push_document(push))) + "\n")
        else:
            context.output.show(push_lines(push))
    context.output.flush()


ACTIONS: Mapping[str, Action] = {
    "inbox": _inbox,
    "state": _state,
    "sends": _sends,
    "people": changes.people,
    "faults": changes.faults,
    "settings": changes.settings,
    "clock": changes.clock,
    "reset": changes.reset,
    "save": changes.save,
    "load": changes.load,
}
