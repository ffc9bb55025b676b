"""What the sandbox's handsets showed, read from its control API."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from pushtui.domain.account import Account, Environment
from pushtui.domain.errors import SandboxError
from pushtui.domain.handset import Delivery, Handset, Notification, Platform
from pushtui.domain.json_body import JsonObject, JsonValue


@dataclass(frozen=True, slots=True)
class InboxPush:
    """One accepted push and what each handset made of it."""

    id: str
    message_uid: str
    """Empty for a push without a message."""
    request_id: str
    at: datetime
    body: JsonObject
    """As the provider understood it."""
    deliveries: tuple[Delivery, ...]
    unknown_users: tuple[str, ...]
    """User ids of the audience that nobody has."""

    @property
    def shown(self) -> int:
        """How many handsets showed a notification."""
        return sum(delivery.notification is not None for delivery in self.deliveries)


def read_inbox(answer: JsonValue) -> list[InboxPush]:
    """Read the control API's inbox, newest first; raises SandboxError if it is something else."""
    try:
        return [_push(_object(item)) for item in _list(_object(answer)["pushes"])]
    except (KeyError, TypeError, ValueError) as error:
        raise SandboxError(f"The sandbox's inbox cannot be read ({error}); is it of another version?") from None


def why_no_inbox(account: Account | None, *, connected: bool) -> str | None:
    """Say why there is no inbox to look into and how to get one; None if there is."""
    if not connected:
        return (
            "The inbox shows what the handsets of the sandbox made of a push, and no sandbox is running here. "
            "`pushtui demo` starts one together with the console."
        )
    if account is not None and account.environment is not Environment.SANDBOX:
        return (
            f"The account “{account.name}” is {account.environment}: its users hold real handsets, which nobody can "
            "look at from here. Choose the sandbox among the accounts (F5) to try a push first."
        )
    return None


def _push(item: JsonObject) -> InboxPush:
    return InboxPush(
        id=str(item["id"]),
        message_uid=str(item["message_uid"]),
        request_id=str(item["request_id"]),
        at=datetime.fromisoformat(str(item["at"])),
        body=_object(item["body"]),
        deliveries=tuple(_delivery(_object(delivery)) for delivery in _list(item["deliveries"])),
        unknown_users=tuple(map(str, _list(item["unknown_users"]))),
    )


def _delivery(item: JsonObject) -> Delivery:
    shown = item["notification"]
    return Delivery(
        push_id=str(item["push_id"]),
        user=str(item["user"]),
        handset=_handset(_object(item["handset"])),
        notification=None if shown is None else _notification(_object(shown)),
        reason=str(item["reason"]),
        message=str(item["message"]),
    )


def _handset(item: JsonObject) -> Handset:
    return Handset(
        id=str(item["id"]),
        model=str(item["model"]),
        platform=Platform(str(item["platform"])),
        vendor=str(item["vendor"]),
        language=str(item["language"]),
        package=str(item["package"]),
        hides_details=bool(item["hides_details"]),
    )


def _notification(item: JsonObject) -> Notification:
    badge = item["badge"]
    words = {name: str(value) for name, value in item.items() if name != "badge"}
    return Notification(badge=badge if isinstance(badge, int) else None, **words)


def _object(value: JsonValue) -> JsonObject:
    if not isinstance(value, dict):
        raise TypeError("an object was expected")
    return value


def _list(value: JsonValue) -> list[JsonValue]:
    if not isinstance(value, list):
        raise TypeError("a list was expected")
    return value
