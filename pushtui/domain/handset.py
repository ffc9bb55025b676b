"""Simulated devices and what they showed."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Platform(StrEnum):
    """What runs on a device."""

    IOS = "ios"
    ANDROID = "android"
    HARMONY = "harmonyOS"
    WEB = "web"


@dataclass(frozen=True, slots=True)
class Handset:
    """A simulated device of a sandbox user.

    `vendor` is set on Android only: honor, hw, mi, oppo, vivo or fcm.
    """

    id: str
    model: str
    platform: Platform
    vendor: str = ""
    language: str = "en"
    package: str = ""
    hides_details: bool = False
    """The owner chose “You have a new message” instead of texts."""


@dataclass(frozen=True, slots=True)
class Notification:
    """What a handset shows, after all override rules."""

    title: str
    text: str
    badge: int | None = None
    group: str = ""
    """iOS thread id: notifications of one group are stacked."""
    collapse: str = ""
    """A later notification with the same value replaces this one."""
    channel: str = ""
    category: str = ""
    image: str = ""
    sound: str = ""
    """How intrusive it is, in the platform's own word."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """What one handset got of one push: a notification, or the reason why it shows nothing."""

    push_id: str
    user: str
    handset: Handset
    notification: Notification | None
    reason: str
    """Why nothing is shown; with a notification, what is worth knowing about it."""
    message: str = ""
    """What arrived inside the app, if the send carries a message."""
