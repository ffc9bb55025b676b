"""What was accepted, and what each handset made of it."""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from datetime import datetime

from pushtui.domain.handset import Delivery, Platform
from pushtui.domain.json_body import JsonObject

KEPT_PUSHES = 500
"""The inbox forgets older pushes; the counts do not."""


@dataclass(frozen=True, slots=True)
class AcceptedPush:
    """One accepted send."""

    id: str
    message_uid: str
    request_id: str
    at: datetime
    body: JsonObject
    deliveries: tuple[Delivery, ...]
    unknown_users: tuple[str, ...] = ()
    """User ids of the audience that nobody has."""

    def as_json(self) -> JsonObject:
        """Write the push as the control API gives it."""
        return {
            "id": self.id,
            "message_uid": self.message_uid,
            "request_id": self.request_id,
            "at": self.at.isoformat(),
            "body": self.body,
            "deliveries": [dataclasses.asdict(delivery) for delivery in self.deliveries],
            "unknown_users": list(self.unknown_users),
        }


class Inbox:
    """Accepted pushes, newest first, and the ground truth about how many there were."""

    def __init__(self) -> None:
        self.pushes: list[AcceptedPush] = []
        self.accepted = 0
        self.recipients: Counter[str] = Counter()
        self.shown: Counter[str] = Counter()

    def add(self, push: AcceptedPush) -> None:
        """Count a push, show it, and let it replace what it collapses with."""
        self.accepted += 1
        self.recipients.update({delivery.user for delivery in push.deliveries})
        self.shown.update(delivery.user for delivery in push.deliveries if delivery.notification)
        collapsing = {_collapse_key(delivery) for delivery in push.deliveries} - {None}
        if collapsing:
            self.pushes = [_replaced(earlier, collapsing, push.id) for earlier in self.pushes]
        self.pushes.insert(0, push)
        del self.pushes[KEPT_PUSHES:]

    def find(self, push_id: str) -> AcceptedPush | None:
        """Return one push by its id or message UID."""
        return next((push for push in self.pushes if push_id in (push.id, push.message_uid)), None)


def _collapse_key(delivery: Delivery) -> tuple[str, str] | None:
    shown = delivery.notification
    return (delivery.handset.id, shown.collapse) if shown and shown.collapse else None


def _replaced(push: AcceptedPush, keys: AbstractSet[tuple[str, str] | None], by: str) -> AcceptedPush:
    if not any(_collapse_key(delivery) in keys for delivery in push.deliveries):
        return push
    return replace(push, deliveries=tuple(_marked(delivery, keys, by) for delivery in push.deliveries))


def _marked(delivery: Delivery, keys: AbstractSet[tuple[str, str] | None], by: str) -> Delivery:
    key = _collapse_key(delivery)
    if key is None or key not in keys or delivery.reason.startswith("Replaced"):
        return delivery
    name = "apns-collapse-id" if delivery.handset.platform is Platform.IOS else "collapse_key"
    return replace(delivery, reason=f"Replaced by push {by}, which has the same {name} “{key[1]}”.")
