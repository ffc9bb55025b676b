"""What Tencent Chat remembers: accounts with profile, attributes and tags; names of attributes; pushes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from pushtui.providers.tencent.users_model import LANGUAGE, MESSAGE_SETTINGS, NICKNAME
from pushtui.sandbox.world import Person

DAY = 24 * 60 * 60

FIRST_NAMES = {"0": "sex", "1": "city", "2": "country"}
_SEXES = {"女": "female", "男": "male"}
_CITIES = {"北京": "Beijing", "上海": "Shanghai"}
_COUNTRIES = {
    "zh-CN": "China",
    "zh-TW": "China",
    "fr": "France",
    "ja": "Japan",
    "ar": "Jordan",
    "hi": "India",
    "ko": "Korea",
    "uk": "Ukraine",
    "hu": "Hungary",
    "pt-BR": "Brazil",
    "el": "Greece",
}
_LANGUAGE_NUMBERS = {language: number for number, language in enumerate(("en", *_COUNTRIES), start=1)}
"""As the demo app numbers them."""
_WANTS_NOTHING = "minjun"
_SLEEPS = "priya"


@dataclass(frozen=True, slots=True)
class DoNotDisturb:
    """A window in which a user gets nothing; Unix seconds."""

    start: int
    end: int
    daily: bool
    level: int

    def holds(self, now: datetime) -> bool:
        """Tell whether a time lies inside; daily hours are those of a zone without summer time, as Beijing is."""
        seconds, length = int(now.timestamp()), self.end - self.start
        if not self.daily:
            return self.start <= seconds < self.end
        return length >= DAY or (seconds - self.start) % DAY < length % DAY


_NIGHT = DoNotDisturb(start=14 * 3600, end=23 * 3600, daily=True, level=1)
"""From 22:00 to 07:00 in Beijing."""


@dataclass(slots=True)
class Account:
    """One imported user."""

    id: str
    profile: dict[str, int | str] = field(default_factory=dict)
    attributes: dict[str, str] = field(default_factory=dict)
    """Values by the attribute's number, so that they keep it when the name changes."""
    tags: list[str] = field(default_factory=list)
    do_not_disturb: DoNotDisturb | None = None

    @property
    def nickname(self) -> str:
        return str(self.profile.get(NICKNAME, "")) or self.id

    @property
    def wants_nothing(self) -> bool:
        """Bit 0 of the profile's message settings."""
        return int(self.profile.get(MESSAGE_SETTINGS, 0)) & 1 == 1


@dataclass(frozen=True, slots=True)
class PushMade:
    """A push that was accepted."""

    at: datetime
    task_id: str


@dataclass(slots=True)
class TencentData:
    """The app's memory at Tencent Chat."""

    accounts: dict[str, Account]
    attribute_names: dict[str, str]
    """Names by number, "0" to "9"."""
    pushes: dict[int, PushMade] = field(default_factory=dict)
    """By MsgRandom, for as long as the same number means the same push."""
    failed_verifications: dict[str, list[datetime]] = field(default_factory=dict)
    """When UserSigs were wrong, by the identifier they were presented for, the latest last."""

    def attributes_of(self, account: Account) -> dict[str, str]:
        """Return a user's attributes by their present names."""
        named = ((self.attribute_names.get(slot), value) for slot, value in sorted(account.attributes.items()))
        return {name: value for name, value in named if name is not None}

    def slot_of(self, name: str) -> str | None:
        """Return the number of an attribute."""
        return next((slot for slot, given in self.attribute_names.items() if given == name), None)


def is_recent(at: datetime, now: datetime, span: timedelta) -> bool:
    """Tell whether a time is less than so long ago; if the clock went back, what is yet to come is not."""
    return timedelta(0) <= now - at < span


def fresh(people: Mapping[str, Person], began: datetime) -> TencentData:
    """Return the memory as the world begins: everybody is imported, with attributes and tags."""
    return TencentData({person.id: _account(person) for person in people.values()}, dict(FIRST_NAMES))


def _account(person: Person) -> Account:
    profile: dict[str, int | str] = {NICKNAME: person.name, LANGUAGE: _LANGUAGE_NUMBERS[person.language]}
    if person.id == _WANTS_NOTHING:
        profile[MESSAGE_SETTINGS] = 1
    return Account(
        id=person.id,
        profile=profile,
        attributes=_attributes(person),
        tags=list(person.tags),
        do_not_disturb=_NIGHT if person.id == _SLEEPS else None,
    )


def _attributes(person: Person) -> dict[str, str]:
    sex = next((_SEXES[tag] for tag in person.tags if tag in _SEXES), "")
    city = next((_CITIES[tag] for tag in person.tags if tag in _CITIES), "")
    known = {"0": sex, "1": city, "2": _COUNTRIES.get(person.language, "")}
    return {slot: value for slot, value in known.items() if value}
