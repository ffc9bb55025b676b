"""The sandbox: serve it, or ask the one that runs."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable, Coroutine, Iterator, Mapping
from dataclasses import asdict
from typing import TYPE_CHECKING, Any, TypeAlias

from pushtui.cli.context import Context
from pushtui.cli.exits import Exit
from pushtui.cli.session import run_alone
from pushtui.cli.text import Line, Span, Style, heading, table
from pushtui.services.sandbox_link import SandboxLink
from pushtui.services.time_words import clock_time

if TYPE_CHECKING:
    from pushtui.domain.handset import Delivery
    from pushtui.domain.json_body import JsonObject
    from pushtui.services.inbox import InboxPush


def sandbox(given: Namespace, context: Context) -> int:
    """Serve, or ask the sandbox that runs."""
    if given.action == "serve":
        return _serve(given, context)
    if given.action == "reset":
        context.refuse_if_read_only("`sandbox reset`")
    return run_alone(ACTIONS[given.action](SandboxLink(context.paths), context))


def _serve(given: Namespace, context: Context) -> int:
    from pushtui.sandbox.server import SandboxOptions, serve

    return serve(SandboxOptions(given.port, given.seed, context.output.as_json, not given.no_limits))


async def _inbox(link: SandboxLink, context: Context) -> int:
    await link.attach()
    pushes = await link.inbox()
    context.output.answer({"pushes": [_push_document(push) for push in pushes]}, _push_lines(pushes))
    return Exit.DONE


async def _state(link: SandboxLink, context: Context) -> int:
    await link.attach()
    state = await link.state()
    context.output.answer(state, _state_lines(state, link.address.base_url))
    return Exit.DONE


async def _reset(link: SandboxLink, context: Context) -> int:
    await link.attach()
    await link.reset()
    context.output.answer({"reset": True}, ["The sandbox is as it was at its beginning."])
    return Exit.DONE


Action: TypeAlias = Callable[[SandboxLink, Context], Coroutine[Any, Any, int]]

ACTIONS: Mapping[str, Action] = {"inbox": _inbox, "state": _state, "reset": _reset}


def _push_lines(pushes: list[InboxPush]) -> Iterator[Line]:
    if not pushes:
        yield "No push was accepted yet."
    for push in pushes:
        shown = f"shown by {push.shown} of {len(push.deliveries)} handsets"
        yield heading(f"{clock_time(push.at)}  push {push.id}, {shown}")
        yield from table([_delivery_row(delivery) for delivery in push.deliveries])
        for user in push.unknown_users:
            yield f"  {user}: nobody has this user id"
        yield ""


def _delivery_row(delivery: Delivery) -> tuple[str | Span, ...]:
    handset = delivery.handset
    shown = delivery.notification
    kind = f"{handset.platform} {handset.vendor}".strip()
    if shown is None:
        return (f"  {delivery.user}", kind, Span(f"✖ {delivery.reason}", Style.QUIET))
    return (f"  {delivery.user}", kind, f"✔ {shown.title}: {shown.text}")


def _push_document(push: InboxPush) -> JsonObject:
    return {
        "id": push.id,
        "message_uid": push.message_uid,
        "request_id": push.request_id,
        "at": push.at.isoformat(),
        "body": push.body,
        "deliveries": [asdict(delivery) for delivery in push.deliveries],
        "unknown_users": list(push.unknown_users),
    }


def _state_lines(state: JsonObject, base_url: str) -> Iterator[Line]:
    yield heading(f"The sandbox at {base_url}")
    for name, value in state.items():
        if isinstance(value, list):
            yield f"  {name}: {len(value)}"
        elif isinstance(value, dict):
            yield f"  {name}: {', '.join(f'{key} {item}' for key, item in value.items()) or 'none'}"
        else:
            yield f"  {name}: {value}"
