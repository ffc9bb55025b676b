"""What Agora Chat remembers."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from pushtui.providers.agora.names import LABEL_NAME
from pushtui.sandbox.agora.devices import NOTIFIERS, Binding, logged_in, tokens_of
from pushtui.sandbox.chance import SeededRandomness
from pushtui.sandbox.world import Person, newcomer

if TYPE_CHECKING:
    from pushtui.domain.json_body import JsonObject
else:
    JsonObject = dict[str, Any]  # pydantic, which reads snapshots, cannot follow an alias that names itself

APPLICATION = "8be024f0-e978-11e8-b697-5d598d5f8402"
"""The app's internal id."""
GROUP = "12312312321"

_LANGUAGES = {"zh-CN": "zh-Hans", "zh-TW": "zh-Hant"}
"""Where the cloud's language codes differ from those of the phones."""


@dataclass(slots=True)
class PushSetting:
    """Mode and do-not-disturb of the app as a whole or of one conversation; None was never set."""

    type: str | None = None
    interval: str | None = None
    quiet_until: int | None = None
    """Epoch milliseconds; 0 is none."""


@dataclass(slots=True)
class AgoraUser:
    """One user of the app; times are epoch milliseconds, None was never set."""

    username: str
    uuid: str
    created: int
    modified: int
    person: str
    """Whose handsets these are."""
    activated: bool = True
    nickname: str | None = None
    display_style: int | None = None
    password_hash: str = ""
    legacy_quiet: bool | None = None
    legacy_start: int | None = None
    legacy_end: int | None = None
    notifier_name: str | None = None
    device_token: str | None = None
    bindings: list[Binding] = field(default_factory=list)
    tokens: list[str] = field(default_factory=list)
    """Handsets that had a vendor's token when the cloud last heard of them."""
    kept: list[str] = field(default_factory=list)
    """Ids of pushes that wait until the user is online."""
    settings: dict[str, PushSetting] = field(default_factory=dict)
    """By conversation: `user/anna`, `chatgroup/123`; the user's own name stands for the app."""
    language: str = ""
    template: str = ""

    @property
    def own(self) -> str:
        """The key of the settings for the app as a whole."""
        return f"user/{self.username}"


@dataclass(slots=True)
class Template:
    """A push template; times are epoch milliseconds."""

    name: str
    title: str
    content: str
    created: int
    updated: int


@dataclass(slots=True)
class Label:
    """A push label, and when each user got it; times are epoch milliseconds."""

    name: str
    description: str
    created: int
    users: dict[str, int] = field(default_factory=dict)


@dataclass(slots=True)
class Token:
    """What a token from /token opens; `ends` is in epoch milliseconds, 0 never."""

    user: str
    """A user's UUID; empty for the app."""
    ends: int


@dataclass(slots=True)
class Task:
    """A push that was accepted for later; `at` is in epoch milliseconds."""

    names: list[str]
    message: JsonObject
    strategy: int
    at: int


@dataclass(slots=True)
class AgoraData:
    """The app's memory at Agora Chat."""

    users: dict[str, AgoraUser] = field(default_factory=dict)
    """In the order of registration."""
    usernames: dict[str, str] = field(default_factory=dict)
    """By UUID."""
    groups: dict[str, list[str]] = field(default_factory=dict)
    """The members of chat groups."""
    templates: dict[str, Template] = field(default_factory=dict)
    labels: dict[str, Label] = field(default_factory=dict)
    tokens: dict[str, Token] = field(default_factory=dict)
    tasks: dict[str, Task] = field(default_factory=dict)
    """Pushes that are still to go out, by id."""
    badges: dict[str, int] = field(default_factory=dict)
    """The number on the app's icon, by handset."""

    def add(self, user: AgoraUser) -> AgoraUser:
        """Register a user."""
        self.users[user.username] = user
        self.usernames[user.uuid] = user.username
        return user

    def find(self, key: str) -> AgoraUser | None:
        """Return a user by name or UUID."""
        return self.users.get(key) or self.users.get(self.usernames.get(key, ""))


def fresh(people: Mapping[str, Person], _began: datetime) -> AgoraData:
    """Return the memory as the world begins: everybody registered, in one group, with labels from their tags."""
    data = AgoraData()
    for user_id, (uuid, created) in _PAGE_USERS.items():
        person = newcomer(user_id, "testuser", with_handset=True)
        data.add(_registered(person, uuid, created)).nickname = "testuser"
    data.users["a"].notifier_name = NOTIFIERS["mi"]
    for index, person in enumerate(people.values()):
        _settle_in(data, person, _FIRST_REGISTERED + index * _DAY)
    data.groups[GROUP] = list(data.users)
    return data


_DAY = 24 * 3600 * 1000
_FIRST_REGISTERED = 1_700_000_000_000
_PAGE_USERS = {
    "a": ("3b8c9890-7b9a-11e8-9d88-f50bf55cafad", 1_530_276_298_905),
    "user1": ("4759aa70-eba5-11e8-925f-6fa0510823ba", 1_542_595_573_399),
}
"""The users that the API page calls by name, their ids there, and when they registered."""


def _settle_in(data: AgoraData, person: Person, at: int) -> None:
    """Register somebody who has used the app for a while."""
    user = data.add(_registered(person, SeededRandomness(f"agora {person.id}").identifier(), at))
    user.nickname = person.name
    user.language = _LANGUAGES.get(person.language, person.language)
    if "vip" in person.tags:
        user.display_style = 1
    if person.id in _HABITS:
        user.settings[user.own] = _HABITS[person.id]()
    for tag in person.tags:
        if re.fullmatch(LABEL_NAME, tag):
            data.labels.setdefault(tag, Label(tag, "", at)).users[user.username] = at


_HABITS = {
    "priya": lambda: PushSetting(interval="22:00-07:00"),
    "olena": lambda: PushSetting(type="AT"),
    "minjun": lambda: PushSetting(type="NONE"),
}
"""What some have set for the app as a whole."""


def _registered(person: Person, uuid: str, at: int) -> AgoraUser:
    name = person.id.lower()
    return AgoraUser(name, uuid, at, at, person.id, bindings=logged_in(person), tokens=tokens_of(person))
