"""What a draft brings one user: from whom, with a message or without, and what its notification says."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from pushtui.domain.diagnosis import Incoming
from pushtui.domain.json_body import JsonObject, JsonValue
from pushtui.providers.rongcloud.rendering import NothingShown
from pushtui.providers.rongcloud.rule_words import strings
from pushtui.providers.rongcloud.system_rendering import message_as_push, user_push_as_push
from pushtui.providers.rongcloud.templates import personal


@dataclass(frozen=True, slots=True)
class Parcel:
    """What one user is sent."""

    sender: str
    """Whose message it is; empty for a notification alone, which belongs to no conversation."""
    users: tuple[str, ...] | None
    """Whom it names; None where it has an audience instead."""
    push: JsonObject | NothingShown
    """The notification as a `/push.json` body."""


def parcel_of(incoming: Incoming, user: str) -> Parcel | None:
    """Return what a push brings a user; None for a chat message."""
    read = _READERS.get(incoming.kind)
    return read(incoming.body or {}, user) if read is not None else None


def _tagged(body: JsonObject, _user: str) -> Parcel:
    sender = _text(body.get("fromuserid")) if body.get("message") else ""
    return Parcel(sender, None, body)


def _template(body: JsonObject, user: str) -> Parcel:
    users = strings(body.get("toUserId"))
    own = personal(body, users.index(user) if user in users else 0)
    return Parcel(_text(body.get("fromUserId")), tuple(users), message_as_push(own))


def _system(body: JsonObject, _user: str) -> Parcel:
    return Parcel(_text(body.get("fromUserId")), tuple(strings(body.get("toUserId"))), message_as_push(body))


def _user_push(body: JsonObject, _user: str) -> Parcel:
    return Parcel("", tuple(strings(body.get("userIds"))), user_push_as_push(body))


def _text(value: JsonValue) -> str:
    return value if isinstance(value, str) else ""


_READERS: Mapping[str, Callable[[JsonObject, str], Parcel]] = {
    "rongcloud.push": _tagged,
    "rongcloud.system-template": _template,
    "rongcloud.system": _system,
    "rongcloud.push-user": _user_push,
}
