"""What the sandbox's handsets showed, read from its control API."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from pushtui.domain.account import Account, Environment
from pushtui.domain.handset import Delivery, Handset, Notification, Platform
from pushtui.services.sandbox_answers import list_of, number_of, object_of, reading, texts_of

if TYPE_CHECKING:
    from pushtui.domain.json_body import JsonObject, JsonValue


@dataclass(frozen=True, slots=True)
class InboxPush:
    """One send that a cloud accepted, and what each handset made of it."""

    sequence: int
    """The how-many-eth send of all it is."""
    cloud: str
    """`rongcloud`, `agora` or `tencent`."""
    path: str
    """Of the operation, with values in braces."""
    id: str
    message_uid: str
    """Empty for a push without a message."""
    request_id: str
    at: datetime
    body: JsonObject
    """As the provider understood it."""
    recipients: tuple[str, ...]
    """User ids it went to, whether or not anybody has them."""
    deliveries: tuple[Delivery, ...]
    unknown_users: tuple[str, ...]
    """User ids of the audience that nobody has."""

    @property
    def shown(self) -> int:
        """How many handsets showed a notification."""
        return sum(delivery.notification is not None for delivery in self.deliveries)


@dataclass(frozen=True, slots=True)
class InboxPage:
    """Sends, newest first."""

    pushes: tuple[InboxPush, ...]
    sequence: int
    """The number of the newest send of all; 0 before the first."""
    began: datetime
    """Changes with a reset."""


def read_inbox(answer: JsonValue) -> InboxPage:
    """Read the control API's inbox; raises SandboxError if it is something else."""
    with reading("inbox"):
        page = object_of(answer)
        pushes = tuple(_push(object_of(item)) for item in list_of(page["pushes"]))
        return InboxPage(pushes, number_of(page["sequence"]), datetime.fromisoformat(str(page["began"])))


def why_no_inbox(account: Account | None, *, connected: bool) -> str | None:
    """Say why there is no sandbox to look into and how to get one; None if there is."""
    if not connected:
        return (
            "The sandbox is a cloud on this machine, with users and handsets of its own, and none is running here. "
            "`pushtui demo` starts one together with the console."
        )
    if account is not None and account.environment is not Environment.SANDBOX:
        return (
            f"The account “{account.name}” is {account.environment}: its users hold real handsets, which nobody can "
            "look at from here. Choose the sandbox among the accounts (F5) to try a push first."
        )
    return None


def read_handset(item: JsonObject, language: str) -> Handset:
    """Read a handset that speaks a language, unless it says another."""
    return Handset(
        id=str(item["id"]),
        model=str(item["model"]),
        platform=Platform(str(item["platform"])),
        vendor=str(item["vendor"]),
        language=str(item.get("language", language)),
        package=str(item["package"]),
        hides_details=bool(item["hides_details"]),
    )


def _push(item: JsonObject) -> InboxPush:
    return InboxPush(
        sequence=number_of(item["sequence"]),
        cloud=str(item["cloud"]),
        path=str(item["path"]),
        id=str(item["id"]),
        message_uid=str(item["message_uid"]),
        request_id=str(item["request_id"]),
        at=datetime.fromisoformat(str(item["at"])),
        body=object_of(item["body"]),
        recipients=texts_of(item["recipients"]),
        deliveries=tuple(_delivery(object_of(delivery)) for delivery in list_of(item["deliveries"])),
        unknown_users=texts_of(item["unknown_users"]),
    )


def _delivery(item: JsonObject) -> Delivery:
    shown = item["notification"]
    return Delivery(
        push_id=str(item["push_id"]),
        user=str(item["user"]),
        handset=read_handset(object_of(item["handset"]), ""),
        notification=None if shown is None else _notification(object_of(shown)),
        reason=str(item["reason"]),
        message=str(item["message"]),
    )


def _notification(item: JsonObject) -> Notification:
    badge = item["badge"]
    words = {name: str(value) for name, value in item.items() if name != "badge"}
    return Notification(badge=badge if isinstance(badge, int) else None, **words)
