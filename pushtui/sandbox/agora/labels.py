"""Push labels and who has them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pushtui.domain.json_body import JsonObject, JsonValue
from pushtui.providers.agora import labels
from pushtui.providers.agora.base_model import Nothing, Page
from pushtui.providers.agora.codes import Key
from pushtui.providers.agora.labels_model import LABELS_PER_APP, LabelUsers, NewLabel
from pushtui.sandbox.agora.data import Label
from pushtui.sandbox.agora.moments import milliseconds
from pushtui.sandbox.agora.paging import cut
from pushtui.sandbox.agora.subject import BARE, Subject, argument
from pushtui.sandbox.agora.switches import pushing
from pushtui.sandbox.agora.words import FAILED_INSIDE, NO_USER, taken
from pushtui.sandbox.cloud import Call, Operation, Refusal

if TYPE_CHECKING:
    from pushtui.sandbox.state import SandboxState

PAGE = 100


def create_label(state: SandboxState, _call: Call, request: NewLabel) -> JsonObject:
    """Create a label."""
    if find_label(state, request.name) is not None:
        raise taken("label", "name", request.name)
    if len(state.agora.labels) >= LABELS_PER_APP:
        raise Refusal(Key.ARGUMENT, f"labels exceed the limit, max {LABELS_PER_APP}")
    label = Label(request.name, request.description or "", milliseconds(state))
    state.agora.labels[label.name] = label
    return {"data": {"name": label.name, "description": label.description, "createdAt": label.created}}


def list_labels(state: SandboxState, _call: Call, request: Page) -> JsonObject:
    """Answer a page of labels, newest first."""
    chosen, cursor = cut(list(reversed(state.agora.labels.values())), request, PAGE)
    return {"data": [_printed(label) for label in chosen], **cursor}


def read_label(state: SandboxState, call: Call, _request: Nothing) -> JsonObject:
    """Answer a label."""
    return {"data": _printed(_label(state, call))}


def delete_label(state: SandboxState, call: Call, _request: Nothing) -> JsonObject:
    """Take a label away, from its users too."""
    del state.agora.labels[_label(state, call).name]
    return {"data": "success"}


def add_users(state: SandboxState, call: Call, request: LabelUsers) -> JsonObject:
    """Give a label to users; some may fail."""
    label, limit = _label(state, call), state.settings.agora.users_per_label
    done: list[JsonValue] = []
    failed: dict[str, JsonValue] = {}
    for index, name in enumerate(dict.fromkeys(request.usernames)):
        if name not in state.agora.users:
            failed[name] = NO_USER
        elif call.spoils(index):
            failed[name] = FAILED_INSIDE
        elif name not in label.users and len(label.users) >= limit:
            failed[name] = "label users exceed the limit"
        else:
            label.users.setdefault(name, milliseconds(state))
            done.append(name)
    return {"data": {"success": done, "fail": failed}}


def remove_users(state: SandboxState, call: Call, request: LabelUsers) -> JsonObject:
    """Take a label from users; whoever does not have it fails."""
    label = _label(state, call)
    done: list[JsonValue] = []
    failed: dict[str, JsonValue] = {}
    for index, name in enumerate(dict.fromkeys(request.usernames)):
        if name not in label.users:
            failed[name] = "user not in label"
        elif call.spoils(index):
            failed[name] = FAILED_INSIDE
        else:
            del label.users[name]
            done.append(name)
    return {"data": {"success": done, "fail": failed}}


def list_users(state: SandboxState, call: Call, request: Page) -> JsonObject:
    """Answer a page of the users who have a label."""
    chosen, cursor = cut(list(_label(state, call).users.items()), request, PAGE)
    return {"data": [{"username": name, "created": created} for name, created in chosen], **cursor}


def read_user(state: SandboxState, call: Call, _request: Nothing) -> JsonObject:
    """Answer since when a user has a label."""
    users, name = _label(state, call).users, call.parameters["member"]
    if name not in users:
        raise Refusal(Key.NO_SUCH_RESOURCE)
    return {"data": {"username": name, "created": users[name]}}


def find_label(state: SandboxState, name: str) -> Label | None:
    """Return a label; whether case counts is a setting."""
    if state.settings.agora.label_case_counts:
        return state.agora.labels.get(name)
    wanted = name.lower()
    return next((label for label in state.agora.labels.values() if label.name.lower() == wanted), None)


def known_label(state: SandboxState, name: str) -> Label:
    """Return a label; raises Refusal."""
    label = find_label(state, name)
    if label is None:
        missing = state.settings.agora.unknown_label_answers_404
        raise Refusal(Key.NO_SUCH_RESOURCE) if missing else Refusal(Key.ARGUMENT)
    return label


def _label(state: SandboxState, call: Call) -> Label:
    return known_label(state, call.parameters["label"])


def _printed(label: Label) -> JsonObject:
    return {
        "name": label.name,
        "description": label.description,
        "count": len(label.users),
        "createdAt": label.created,
    }


OPERATIONS = (
    Operation(labels.CREATE_LABEL, create_label, pushing),
    Operation(labels.LIST_LABELS, list_labels, pushing),
    Operation(labels.READ_LABEL, read_label, pushing),
    Operation(labels.DELETE_LABEL, delete_label, pushing),
    Operation(labels.ADD_LABEL_USERS, add_users, pushing),
    Operation(labels.REMOVE_LABEL_USERS, remove_users, pushing),
    Operation(labels.LIST_LABEL_USERS, list_users, pushing),
    Operation(labels.READ_LABEL_USER, read_user, pushing),
)
SUBJECTS = (Subject(BARE, argument, OPERATIONS),)
