"""What was accepted, and what each handset made of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import takewhile
from typing import TYPE_CHECKING, Any

from pydantic import TypeAdapter

from pushtui.domain.handset import Delivery, Platform

if TYPE_CHECKING:
    from pushtui.domain.json_body import JsonObject
else:
    JsonObject = dict[str, Any]  # pydantic, which reads snapshots, cannot follow an alias that names itself

KEPT_SENDS = 500
"""The inbox forgets older sends; the counts do not."""


@dataclass(frozen=True, slots=True)
class AcceptedSend:
    """One accepted send, as the cloud understood it."""

    cloud: str
    path: str
    """Of its operation, with values in braces."""
    id: str
    message_uid: str
    request_id: str
    at: datetime
    body: JsonObject
    recipients: tuple[str, ...]
    """User ids it goes to, whether or not anybody has them."""
    deliveries: tuple[Delivery, ...]
    unknown_users: tuple[str, ...] = ()
    """User ids of the audience that nobody has."""

    message_uids: tuple[str, ...] = ()
    """The UID of each message, where every recipient's has its own."""
    sequence: int = 0
    """The how-many-eth entry it is; the inbox counts."""

    def as_json(self) -> JsonObject:
        """Write the send as the control API gives it."""
        return {
            "sequence": self.sequence,
            "cloud": self.cloud,
            "path": self.path,
            "id": self.id,
            "message_uid": self.message_uid,
            "request_id": self.request_id,
            "at": self.at.isoformat(),
            "body": self.body,
            "recipients": list(self.recipients),
            "deliveries": _WRITER.dump_python(self.deliveries, mode="json"),
            "unknown_users": list(self.unknown_users),
        }


_WRITER = TypeAdapter(tuple[Delivery, ...])


@dataclass(slots=True)
class Inbox:
    """Accepted sends, newest first, and the ground truth about how many there were."""

    sends: list[AcceptedSend] = field(default_factory=list)
    accepted: Counter[str] = field(default_factory=Counter)
    """How many sends each cloud accepted."""
    recipients: Counter[str] = field(default_factory=Counter)
    """How many sends went to each user id."""
    shown: Counter[str] = field(default_factory=Counter)
    """How many notifications each user's handsets showed."""

    late: int = 0
    """How many entries are no sends of their own: newcomers got what had been sent before."""
    showing: dict[str, int] = field(default_factory=dict)
    """The kept send whose notification of a collapse key stands on a handset, by both."""

    @property
    def sequence(self) -> int:
        """The number of the newest entry; it starts anew with the sandbox."""
        return self.accepted.total() + self.late

    def add(self, send: AcceptedSend) -> None:
        """Count a send, show it, and let it replace what it collapses with."""
        self.accepted[send.cloud] += 1
        self._keep(send)

    def add_late(self, send: AcceptedSend) -> None:
        """Show what reached somebody long after the send that it belongs to was accepted."""
        self.late += 1
        self._keep(send)

    def _keep(self, send: AcceptedSend) -> None:
        self.recipients.update(dict.fromkeys(send.recipients, 1))
        self.shown.update(_shown(send.deliveries))
        self.sends.insert(0, replace(send, sequence=self.sequence))
        self._collapse(self.sends[0], send.deliveries)
        for forgotten in self.sends[KEPT_SENDS:]:
            self._forget(forgotten)
        del self.sends[KEPT_SENDS:]

    def settle(self, send_id: str, deliveries: tuple[Delivery, ...]) -> None:
        """Put what became of a send in place of what was known before; one that is forgotten is only counted."""
        index = next((index for index, send in enumerate(self.sends) if send.id == send_id), None)
        before = () if index is None else self.sends[index].deliveries
        self.shown.update(_shown(deliveries) - _shown(before))
        if index is not None:
            self.sends[index] = replace(self.sends[index], deliveries=deliveries)
            self._collapse(self.sends[index], [item for item in deliveries if item not in before])

    def _collapse(self, send: AcceptedSend, deliveries: Iterable[Delivery]) -> None:
        """Mark what a send's new notifications replace: for each key, one send at most still shows."""
        keys = {_collapse_key(delivery) for delivery in deliveries} - {""}
        for sequence in {self.showing[key] for key in keys if key in self.showing} - {send.sequence}:
            index = self.sequence - sequence
            self.sends[index] = _replaced(self.sends[index], keys, send.id)
        self.showing.update(dict.fromkeys(keys, send.sequence))

    def _forget(self, send: AcceptedSend) -> None:
        for key in map(_collapse_key, send.deliveries):
            if self.showing.get(key) == send.sequence:
                del self.showing[key]

    def after(self, sequence: int) -> list[AcceptedSend]:
        """Return the sends after a number, newest first; all of them if the number is still to come."""
        known = sequence if sequence <= self.sequence else 0
        return list(takewhile(lambda send: send.sequence > known, self.sends))

    def find(self, send_id: str) -> AcceptedSend | None:
        """Return one send by its id or by any of its messages' UIDs; the send itself before what came late of it."""
        return next(
            (send for send in reversed(self.sends) if send_id in (send.id, send.message_uid, *send.message_uids)), None
        )


def _shown(deliveries: Iterable[Delivery]) -> Counter[str]:
    return Counter(delivery.user for delivery in deliveries if delivery.notification)


def _collapse_key(delivery: Delivery) -> str:
    shown = delivery.notification
    return f"{delivery.handset.id}\n{shown.collapse}" if shown and shown.collapse else ""


def _replaced(send: AcceptedSend, keys: AbstractSet[str], by: str) -> AcceptedSend:
    return replace(send, deliveries=tuple(_marked(delivery, keys, by) for delivery in send.deliveries))


def _marked(delivery: Delivery, keys: AbstractSet[str], by: str) -> Delivery:
    shown = delivery.notification
    if shown is None or _collapse_key(delivery) not in keys or delivery.reason.startswith("Replaced"):
        return delivery
    name = "apns-collapse-id" if delivery.handset.platform is Platform.IOS else "collapse_key"
    return replace(delivery, reason=f"Replaced by push {by}, which has the same {name} “{shown.collapse}”.")
