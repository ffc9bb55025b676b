"""What a sandbox says about itself: people, clock, faults, settings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from pushtui.services.inbox import read_handset
from pushtui.services.sandbox_answers import list_of, number_of, object_of, reading

if TYPE_CHECKING:
    from pushtui.domain.handset import Handset
    from pushtui.domain.json_body import JsonObject, JsonValue

EVERY_CLOUD = "*"


@dataclass(frozen=True, slots=True)
class Phone:
    """A handset, and whether its vendor gave it a push token."""

    handset: Handset
    has_push_token: bool


@dataclass(frozen=True, slots=True)
class Person:
    """Who holds handsets, whatever clouds know them."""

    id: str
    name: str
    language: str
    tags: tuple[str, ...]
    online: bool
    last_online: datetime
    """By the sandbox's clock."""
    connected: bool
    """Whether they ever logged in."""
    phones: tuple[Phone, ...]


@dataclass(frozen=True, slots=True)
class SandboxTime:
    """What time it is for the clouds, and whether that stands still."""

    now: datetime
    frozen: bool


@dataclass(frozen=True, slots=True)
class SetFault:
    """A fault that waits; `remaining` None means until it is removed."""

    id: int
    name: str
    cloud: str
    path: str
    remaining: int | None
    parameters: Mapping[str, JsonValue]
    """All that was asked for, by name."""


@dataclass(frozen=True, slots=True)
class FaultParameter:
    """One value that a fault takes."""

    name: str
    help: str
    type: str
    """`text`, `integer`, `number` or `boolean`."""
    default: JsonValue
    choices: tuple[JsonValue, ...] = ()
    nullable: bool = False


@dataclass(frozen=True, slots=True)
class KnownFault:
    """A fault that can be set."""

    name: str
    help: str
    parameters: tuple[FaultParameter, ...]


@dataclass(frozen=True, slots=True)
class Faults:
    """What waits for requests, and what there is to choose from."""

    waiting: tuple[SetFault, ...]
    known: tuple[KnownFault, ...]


@dataclass(frozen=True, slots=True)
class Setting:
    """A switch of the sandbox, such as `rongcloud.day_zone`."""

    name: str
    value: JsonValue
    default: JsonValue
    help: str
    choices: tuple[JsonValue, ...] = ()

    @property
    def cloud(self) -> str:
        """The cloud it belongs to; empty for those of the whole sandbox."""
        return self.name.rpartition(".")[0]

    @property
    def own_name(self) -> str:
        """Its name within its cloud."""
        return self.name.rpartition(".")[2]

    @property
    def changed(self) -> bool:
        return self.value != self.default


@dataclass(frozen=True, slots=True)
class SandboxState:
    """The sandbox at one moment."""

    seed: int
    began: datetime
    """When it began to count: its start, or the last reset."""
    time: SandboxTime
    people: tuple[Person, ...]
    accepted: Mapping[str, int]
    """Sends that each cloud accepted."""
    requests: int
    faults: tuple[SetFault, ...]


def read_state(answer: JsonObject) -> SandboxState:
    """Read what the control API says of the state."""
    with reading("state"):
        return SandboxState(
            seed=number_of(answer["seed"]),
            began=_moment(answer["began"]),
            time=read_time(answer["clock"]),
            people=tuple(read_person(item) for item in list_of(answer["users"])),
            accepted={cloud: number_of(object_of(said)["accepted"]) for cloud, said in _members(answer["clouds"])},
            requests=sum(number_of(count) for _, count in _members(answer["requests"])),
            faults=_waiting(answer),
        )


def read_time(value: JsonValue) -> SandboxTime:
    """Read the sandbox's clock."""
    clock = object_of(value)
    return SandboxTime(_moment(clock["now"]), bool(clock["frozen"]))


def read_faults(answer: JsonObject) -> Faults:
    """Read the faults that are set, and all that are known."""
    with reading("faults"):
        return Faults(_waiting(answer), tuple(_known(object_of(item)) for item in list_of(answer["known"])))


def read_fault(item: JsonObject) -> SetFault:
    """Read one fault that is set."""
    with reading("fault"):
        remaining = item["remaining"]
        return SetFault(
            id=number_of(item["id"]),
            name=str(item["name"]),
            cloud=str(item.get("cloud", EVERY_CLOUD)),
            path=str(item.get("path", "*")),
            remaining=None if remaining is None else number_of(remaining),
            parameters={name: value for name, value in item.items() if name not in ("id", "name", "remaining")},
        )


def read_settings(answer: JsonObject) -> tuple[Setting, ...]:
    """Read all settings, those of the whole sandbox first."""
    with reading("settings"):
        return tuple(_setting(object_of(item)) for item in list_of(answer["settings"]))


def read_person(value: JsonValue) -> Person:
    """Read a person and their handsets."""
    with reading("people"):
        item = object_of(value)
        language = str(item["language"])
        return Person(
            id=str(item["id"]),
            name=str(item["name"]),
            language=language,
            tags=tuple(map(str, list_of(item["tags"]))),
            online=bool(item["online"]),
            last_online=_moment(item["last_online"]),
            connected=bool(item["connected"]),
            phones=tuple(_phone(object_of(phone), language) for phone in list_of(item["handsets"])),
        )


def _phone(item: JsonObject, language: str) -> Phone:
    return Phone(read_handset(item, language), bool(item["has_push_token"]))


def _waiting(answer: JsonObject) -> tuple[SetFault, ...]:
    return tuple(read_fault(object_of(item)) for item in list_of(answer["faults"]))


def _known(item: JsonObject) -> KnownFault:
    parameters = tuple(_parameter(object_of(parameter)) for parameter in list_of(item["parameters"]))
    return KnownFault(str(item["name"]), str(item["help"]), parameters)


def _parameter(item: JsonObject) -> FaultParameter:
    return FaultParameter(
        name=str(item["name"]),
        help=str(item["help"]),
        type=str(item["type"]),
        default=item["default"],
        choices=tuple(list_of(item.get("choices") or [])),
        nullable=bool(item.get("nullable", False)),
    )


def _setting(item: JsonObject) -> Setting:
    return Setting(
        name=str(item["name"]),
        value=item["value"],
        default=item["default"],
        help=str(item["help"]),
        choices=tuple(list_of(item["choices"])),
    )


def _members(value: JsonValue) -> list[tuple[str, JsonValue]]:
    return list(object_of(value).items())


def _moment(value: JsonValue) -> datetime:
    return datetime.fromisoformat(str(value))
