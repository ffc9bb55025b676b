"""The sandbox's people and their handsets, as data; the same people use all three clouds."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from zlib import crc32

from pushtui.domain.handset import Handset, Platform

APP = "com.example.demo"
LITE = "com.example.demo.lite"
APP_NAME = "Demo"
"""Title of notifications that have none."""


@dataclass(frozen=True, slots=True)
class SandboxHandset:
    """A handset and whether its vendor gave it a push token."""

    handset: Handset
    has_push_token: bool = True


@dataclass(frozen=True, slots=True)
class Person:
    """Who uses the demo app, whatever cloud it talks to.

    `away` is how long ago they were last online when the world began; below zero, it was that long after.
    """

    id: str
    name: str
    language: str
    tags: tuple[str, ...] = ()
    """What the app knows about them; each cloud keeps it in its own way."""
    handsets: tuple[SandboxHandset, ...] = ()
    online: bool = False
    away: timedelta = timedelta(hours=2)
    connected: bool = True
    """Whether they ever logged in."""


def _handset(
    user: str,
    model: str,
    platform: Platform,
    vendor: str = "",
    *,
    package: str = APP,
    hides_details: bool = False,
    push_token: bool = True,
) -> SandboxHandset:
    kind = vendor or platform.value.lower()
    handset = Handset(f"{user}-{kind}", model, platform, vendor, package=package, hides_details=hides_details)
    return SandboxHandset(handset, push_token)


def _user(
    user: str,
    name: str,
    language: str,
    tags: str,
    *handsets: SandboxHandset,
    online: bool = False,
    away: timedelta = timedelta(hours=2),
    connected: bool = True,
) -> Person:
    speaking = tuple(replace(item, handset=replace(item.handset, language=language)) for item in handsets)
    return Person(user, name, language, tuple(tags.split()), speaking, online, away, connected)


_IOS, _ANDROID, _HARMONY, _WEB = Platform.IOS, Platform.ANDROID, Platform.HARMONY, Platform.WEB

_NEW_HANDSETS = (
    ("iPhone 16", _IOS, ""),
    ("Pixel 9", _ANDROID, "fcm"),
    ("HUAWEI Pura 70", _ANDROID, "hw"),
    ("Xiaomi 15", _ANDROID, "mi"),
    ("HONOR Magic7", _ANDROID, "honor"),
    ("OPPO Find X8", _ANDROID, "oppo"),
    ("vivo X200", _ANDROID, "vivo"),
    ("HUAWEI Mate 70", _HARMONY, ""),
)


def newcomer(user: str, name: str, *, with_handset: bool, away: timedelta = timedelta(hours=2)) -> Person:
    """Make somebody whom a client registers; which handset they have depends on the id alone."""
    if not with_handset:
        return Person(user, name, "en", connected=False)
    model, platform, vendor = _NEW_HANDSETS[crc32(user.encode("utf-8", "replace")) % len(_NEW_HANDSETS)]
    return Person(user, name, "en", handsets=(_handset(user, model, platform, vendor),), away=away)


PEOPLE: tuple[Person, ...] = (
    _user("123", "李娜", "zh-CN", "女 年轻 北京 vip", _handset("123", "iPhone 16", _IOS)),
    _user("456", "王芳", "zh-CN", "女 年轻 上海", _handset("456", "HUAWEI Pura 70", _ANDROID, "hw")),
    _user(
        "fromuseId1",
        "News desk",
        "en",
        "staff",
        _handset("fromuseId1", "iPad Air", _IOS),
        _handset("fromuseId1", "Firefox", _WEB),
        online=True,
    ),
    _user("amelie", "Amélie Dubois", "fr", "vip beta", _handset("amelie", "Pixel 9", _ANDROID, "fcm")),
    _user("yuki", "佐藤 由紀", "ja", "beta", _handset("yuki", "iPhone 15", _IOS, hides_details=True)),
    _user("omar", "عمر حداد", "ar", "vip", _handset("omar", "HONOR Magic7", _ANDROID, "honor")),
    _user("priya", "प्रिया शर्मा", "hi", "beta 女", _handset("priya", "Xiaomi 15", _ANDROID, "mi")),
    _user("minjun", "김민준", "ko", "vip", _handset("minjun", "OPPO Find X8", _ANDROID, "oppo")),
    _user("olena", "Олена Коваль", "uk", "beta 女", _handset("olena", "vivo X200", _ANDROID, "vivo")),
    _user("chen", "陈晨", "zh-CN", "上海 年轻 男", _handset("chen", "HUAWEI Mate 70", _HARMONY)),
    _user(
        "dora",
        "Nagy Dóra",
        "hu",
        "vip 女",
        _handset("dora", "iPhone SE", _IOS),
        _handset("dora", "Chrome", _WEB),
        online=True,
    ),
    _user(
        "lucas",
        "Lucas Conceição",
        "pt-BR",
        "vip",
        _handset("lucas", "Galaxy S24", _ANDROID, "fcm"),
        away=timedelta(days=45),
    ),
    _user("tunde", "Túndé Adébáyọ̀", "en", "beta", _handset("tunde", "Pixel 7a", _ANDROID, "fcm", push_token=False)),
    _user("guest-7", "Guest 7", "en", "beta", _handset("guest-7", "iPhone 13", _IOS), connected=False),
    _user(
        "zoe",
        "Ζωή Παππά",
        "el",
        "beta 年轻 女",
        _handset("zoe", "iPhone 14", _IOS),
        _handset("zoe", "HUAWEI nova 12", _ANDROID, "hw", package=LITE),
    ),
    _user("mei", "林美", "zh-TW", "女 年轻 北京", _handset("mei", "Redmi Note 14", _ANDROID, "mi", package=LITE)),
)
