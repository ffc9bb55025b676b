"""Sending pushes: to one user, to users, to labels, to everybody."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from pydantic_core import ErrorDetails

from pushtui.domain.json_body import JsonObject
from pushtui.providers.agora import pushes
from pushtui.providers.agora.codes import Key
from pushtui.providers.agora.pushes_model import PushToAll, PushToLabels, PushToOne, PushToUsers
from pushtui.sandbox.agora.delivery import status_of
from pushtui.sandbox.agora.labels import known_label
from pushtui.sandbox.agora.sending import Order, bad_message, send
from pushtui.sandbox.agora.subject import BARE, Subject, field
from pushtui.sandbox.agora.switches import pushing
from pushtui.sandbox.agora.words import FAILED_INSIDE, NO_USER, invalid
from pushtui.sandbox.cloud import Call, Operation, Refusal

if TYPE_CHECKING:
    from pushtui.domain.handset import Delivery
    from pushtui.sandbox.state import SandboxState

RUNNING_TASKS = 3
SOONEST, LATEST = timedelta(hours=1), timedelta(days=30)
DATE_FORMAT = "%Y-%m-%d %H:%M:%S"
ASYNC = {"pushStatus": "ASYNC_SUCCESS", "desc": "async success."}


def push_now(state: SandboxState, call: Call, request: PushToOne) -> JsonObject:
    """Push to one user, and answer what became of it."""
    target = call.parameters["target"]
    delivered = send(state, call, request, Order(pushes.PUSH_NOW.path, [target]))
    if target not in delivered:
        return {"data": [{"pushStatus": "FAIL", "desc": NO_USER}]}
    return {"data": status_of(state, delivered[target])}


def push_later(state: SandboxState, call: Call, request: PushToOne) -> JsonObject:
    """Push to one user, and answer before anything became of it."""
    target = call.parameters["target"]
    delivered = send(state, call, request, Order(pushes.PUSH_LATER.path, [target]))
    return {"data": [_status(target, set(), delivered)]}


def push_users(state: SandboxState, call: Call, request: PushToUsers) -> JsonObject:
    """Push to users by name; some may fail."""
    targets = list(dict.fromkeys(request.targets))
    spoiled = {name for index, name in enumerate(targets) if call.spoils(index)}
    order = Order(pushes.PUSH_USERS.path, [name for name in targets if name not in spoiled])
    delivered = send(state, call, request, order)
    return {"data": [{"id": name, **_status(name, spoiled, delivered)} for name in targets]}


def push_labels(state: SandboxState, call: Call, request: PushToLabels) -> JsonObject:
    """Push to those who have all of the labels."""
    if len(request.targets) > state.settings.agora.labels_per_push:
        raise invalid("targets")
    first, *others = [known_label(state, name).users for name in request.targets]
    chosen = [name for name in first if all(name in users for users in others)]
    return {"data": {"taskId": _run(state, call, request, pushes.PUSH_LABELS.path, chosen)}}


def push_all(state: SandboxState, call: Call, request: PushToAll) -> JsonObject:
    """Push to everybody."""
    return {"data": _run(state, call, request, pushes.PUSH_ALL.path, list(state.agora.users))}


def _status(name: str, spoiled: set[str], delivered: Mapping[str, list[Delivery]]) -> JsonObject:
    if name in spoiled:
        return {"pushStatus": "ERROR", "desc": FAILED_INSIDE}
    return {**ASYNC} if name in delivered else {"pushStatus": "FAIL", "desc": NO_USER}


def _run(state: SandboxState, call: Call, request: PushToLabels | PushToAll, path: str, names: list[str]) -> int:
    """Send as a task, now or at its date, and return the task's id."""
    at = _start(state, request.startDate)
    if len(state.agora.tasks) >= RUNNING_TASKS:
        raise Refusal(Key.PUSH_LIMIT if state.settings.agora.too_many_tasks_answer_403 else Key.RATE_LIMIT)
    task = int(state.randomness.letters(1, "123456789") + state.randomness.letters(17, "0123456789"))
    send(state, call, request, Order(path, names, str(task), at))
    return task


def _start(state: SandboxState, given: str | None) -> datetime | None:
    """Read a date in the server's time; raises Refusal unless it is an hour to 30 days ahead."""
    if given is None:
        return None
    try:
        wall = datetime.strptime(given, DATE_FORMAT)
    except ValueError:
        raise invalid("startDate") from None
    at = wall.replace(tzinfo=ZoneInfo(state.settings.agora.server_zone))
    if not SOONEST <= at - state.clock.now() <= LATEST:
        raise invalid("startDate")
    return at


def _object(details: ErrorDetails, _given: JsonObject) -> Refusal:
    """Object to the message as such, or to what stands beside it."""
    wrong = field(details)
    return bad_message(wrong) if wrong.startswith("pushMessage") else invalid(wrong)


OPERATIONS = (
    Operation(pushes.PUSH_NOW, push_now, pushing),
    Operation(pushes.PUSH_LATER, push_later, pushing),
    Operation(pushes.PUSH_USERS, push_users, pushing),
    Operation(pushes.PUSH_LABELS, push_labels, pushing),
    Operation(pushes.PUSH_ALL, push_all, pushing),
)
SUBJECTS = (Subject(BARE, _object, OPERATIONS),)
