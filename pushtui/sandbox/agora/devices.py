"""Devices: what they told the cloud when their owner logged in, and which handset a binding reaches."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pushtui.domain.handset import Handset, Platform
from pushtui.sandbox.chance import SeededRandomness

if TYPE_CHECKING:
    from pushtui.sandbox.agora.data import AgoraUser
    from pushtui.sandbox.world import Person

NOTIFIERS = {
    "ios": "com.example.demo.apns",
    "harmonyOS": "com.example.demo.harmony",
    "fcm": "920000000001",
    "hw": "100000001",
    "honor": "104000001",
    "mi": "2882303761517426801",
    "oppo": "OPPOdemo0001",
    "vivo": "10001#vivo-demo",
}
"""Push certificates, by the kind of handset that they are for."""

_HEX = "0123456789abcdef"


@dataclass(slots=True)
class Binding:
    """Where a vendor's push service finds a device."""

    device_id: str
    device_token: str
    notifier_name: str
    handset: str = ""
    """Which handset that is; empty if none of the user's."""
    alive: bool = True
    """Whether the handset still has its token."""


def tokens_of(person: Person) -> list[str]:
    """Return the handsets that a vendor gave a token and that told it to the cloud: their owner logged in."""
    if not person.connected:
        return []
    return [
        item.handset.id for item in person.handsets if item.has_push_token and item.handset.platform is not Platform.WEB
    ]


def logged_in(person: Person) -> list[Binding]:
    """Return what a person's handsets told the cloud when they logged in."""
    tokens = tokens_of(person)
    return [_told(item.handset) for item in person.handsets if item.handset.id in tokens]


def follow(user: AgoraUser, person: Person) -> None:
    """See which handsets got a token, and tell it to the cloud, and which lost theirs, so that it counts no more."""
    before, user.tokens = user.tokens, tokens_of(person)
    for item in person.handsets:
        bound = [binding for binding in user.bindings if binding.handset == item.handset.id]
        had, has = item.handset.id in before, item.handset.id in user.tokens
        if had != has:
            for binding in bound:
                binding.alive = has
        if has and not had and not bound:
            user.bindings.append(_told(item.handset))


def bind(user: AgoraUser, person: Person, device_id: str, device_token: str, notifier_name: str) -> None:
    """Bind a device, or unbind it: from one certificate without a token, from all without a certificate."""
    user.bindings = [
        item for item in user.bindings if item.device_id != device_id or notifier_name not in ("", item.notifier_name)
    ]
    if device_token and notifier_name:
        handset = reached(person, device_id, notifier_name)
        user.bindings.append(Binding(device_id, device_token, notifier_name, handset))


def reached(person: Person, device_id: str, notifier_name: str) -> str:
    """Return which handset a device is: of that id, else of the certificate's kind, else the only one; else none."""
    handsets = [item.handset for item in person.handsets if item.handset.platform is not Platform.WEB]
    named = [handset.id for handset in handsets if handset.id == device_id]
    fitting = [handset.id for handset in handsets if _notifier(handset) == notifier_name]
    only = [handset.id for handset in handsets] if len(handsets) == 1 else []
    return next(iter((*named, *fitting, *only)), "")


def _told(handset: Handset) -> Binding:
    token = SeededRandomness(f"device token {handset.id}").letters(64, _HEX)
    return Binding(handset.id, token, _notifier(handset), handset.id)


def _notifier(handset: Handset) -> str:
    kind = handset.vendor if handset.platform is Platform.ANDROID else handset.platform.value
    return NOTIFIERS.get(kind, "demo")
