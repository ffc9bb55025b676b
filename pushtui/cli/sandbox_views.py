"""What the sandbox says, for people and for programs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from textwrap import wrap
from typing import TYPE_CHECKING

from pushtui.cli.text import Line, Span, Style, entry, heading, table
from pushtui.providers.apps import provider_title
from pushtui.services.sandbox_clock import time_words
from pushtui.services.sandbox_values import value_words
from pushtui.services.sandbox_world import EVERY_CLOUD
from pushtui.services.time_words import clock_time

if TYPE_CHECKING:
    from datetime import datetime

    from pushtui.domain.handset import Delivery
    from pushtui.domain.json_body import JsonObject, JsonValue
    from pushtui.services.inbox import InboxPush
    from pushtui.services.sandbox_address import SandboxAddress
    from pushtui.services.sandbox_world import Faults, Person, Phone, SandboxState, SandboxTime, SetFault, Setting

HELP_WIDTH = 76
"""Columns of a setting's or a fault's help."""


def push_lines(push: InboxPush) -> Iterator[Line]:
    """Yield a send: what, to whom, and what each handset made of it."""
    shown = f"shown by {push.shown} of {len(push.deliveries)} handsets"
    yield heading(f"{clock_time(push.at)}  {provider_title(push.cloud)} {push.path}  {push.id}, {shown}")
    yield from table([_delivery_row(delivery) for delivery in push.deliveries])
    for user in push.unknown_users:
        yield f"  {user}: nobody has this user id"
    yield ""


def push_document(push: InboxPush) -> JsonObject:
    """Return all of a send."""
    return {
        "sequence": push.sequence,
        "cloud": push.cloud,
        "path": push.path,
        "id": push.id,
        "message_uid": push.message_uid,
        "request_id": push.request_id,
        "at": push.at.isoformat(),
        "body": push.body,
        "recipients": list(push.recipients),
        "deliveries": [asdict(delivery) for delivery in push.deliveries],
        "unknown_users": list(push.unknown_users),
    }


def state_lines(state: SandboxState, address: SandboxAddress, now: datetime) -> Iterator[Line]:
    """Yield where a sandbox is, its time, its counts and what goes wrong."""
    online = sum(person.online for person in state.people)
    yield heading(f"The sandbox at {address.control_url}")
    yield entry("seed", str(state.seed))
    yield entry("time", time_words(state.time, now))
    for cloud in address.clouds:
        accepted = state.accepted.get(cloud.cloud, 0)
        yield entry(provider_title(cloud.cloud), f"{cloud.base_url}, {accepted} accepted")
    yield entry("requests", str(state.requests))
    yield entry("people", f"{len(state.people)}, {online} online")
    yield entry("faults", ", ".join(fault.name for fault in state.faults) or "none")


def sends_lines(sends: JsonObject) -> Iterator[Line]:
    """Yield the ground truth: sends by cloud, and by user what arrived and what was shown."""
    clouds, recipients, shown = (_counts(sends.get(name)) for name in ("clouds", "recipients", "shown"))
    by_cloud = ", ".join(f"{provider_title(cloud)} {number}" for cloud, number in clouds.items() if number)
    yield heading(f"{sends.get('accepted', 0)} accepted{f': {by_cloud}' if by_cloud else ''}")
    yield from table(
        [(f"  {user}", f"{number} sent", f"{shown.get(user, 0)} shown") for user, number in recipients.items()]
    )


def people_lines(people: Sequence[Person]) -> Iterator[Line]:
    """Yield people, each with a row for every handset."""
    for person in people:
        state = Span("● online", Style.GOOD) if person.online else f"○ {_offline(person)}"
        yield (Span(person.id, Style.STRONG), f"  {person.name}  ", state)
        yield from table([_phone_row(phone) for phone in person.phones])


def person_document(person: Person) -> JsonObject:
    """Return all about a person."""
    handsets: list[JsonValue] = [
        {**asdict(phone.handset), "has_push_token": phone.has_push_token} for phone in person.phones
    ]
    return {
        "id": person.id,
        "name": person.name,
        "language": person.language,
        "tags": list(person.tags),
        "online": person.online,
        "last_online": person.last_online.isoformat(),
        "connected": person.connected,
        "handsets": handsets,
    }


def fault_lines(faults: Faults) -> Iterator[Line]:
    """Yield the faults that are set, and those that can be."""
    yield heading("Set")
    yield from table([_set_row(fault) for fault in faults.waiting]) if faults.waiting else ["  none"]
    yield ""
    yield heading("Known")
    for fault in faults.known:
        takes = ", ".join(parameter.name.replace("_", "-") for parameter in fault.parameters)
        yield ("  ", Span(fault.name, Style.STRONG), Span(f"  takes {takes}", Style.QUIET))
        yield from _wrapped(fault.help)


def fault_document(fault: SetFault) -> JsonObject:
    """Return a fault that is set."""
    return {"id": fault.id, "name": fault.name, **fault.parameters, "remaining": fault.remaining}


def faults_document(faults: Faults) -> JsonObject:
    """Return the faults that are set, and those that are known."""
    known: list[JsonValue] = [
        {
            "name": fault.name,
            "help": fault.help,
            "parameters": [
                {
                    "name": parameter.name,
                    "help": parameter.help,
                    "type": parameter.type,
                    "default": parameter.default,
                    "choices": list(parameter.choices),
                }
                for parameter in fault.parameters
            ],
        }
        for fault in faults.known
    ]
    return {"faults": [fault_document(fault) for fault in faults.waiting], "known": known}


def fault_words(fault: SetFault) -> str:
    """Say where a fault waits and for how many requests."""
    cloud = "every cloud" if fault.cloud == EVERY_CLOUD else provider_title(fault.cloud)
    left = "until removed" if fault.remaining is None else f"{fault.remaining} left"
    return f"{cloud}, path {fault.path}, {left}"


def setting_lines(settings: Sequence[Setting]) -> Iterator[Line]:
    """Yield settings with their help; those that are changed stand out."""
    for setting in settings:
        value = f"{setting.name} = {value_words(setting.value)}"
        yield (Span(value, Style.STRONG), f"  (default: {value_words(setting.default)})") if setting.changed else value
        yield from _wrapped(setting.help)


def setting_document(setting: Setting) -> JsonObject:
    """Return all of a setting."""
    return {
        "name": setting.name,
        "value": setting.value,
        "default": setting.default,
        "help": setting.help,
        "choices": list(setting.choices),
    }


def time_document(time: SandboxTime) -> JsonObject:
    """Return the sandbox's time."""
    return {"now": time.now.isoformat(), "frozen": time.frozen}


def time_line(time: SandboxTime) -> str:
    """Say what time it is for the clouds."""
    return f"{clock_time(time.now)}, {'frozen' if time.frozen else 'running'}"


def _delivery_row(delivery: Delivery) -> tuple[str | Span, ...]:
    handset = delivery.handset
    shown = delivery.notification
    kind = f"{handset.platform} {handset.vendor}".strip()
    told = Span(f"✖ {delivery.reason}", Style.QUIET) if shown is None else f"✔ {shown.title}: {shown.text}"
    if not delivery.message:
        return (f"  {delivery.user}", kind, told)
    inside = f"  [in the app: {delivery.message}]"
    return (
        f"  {delivery.user}",
        kind,
        Span(told.text + inside, Style.QUIET) if isinstance(told, Span) else told + inside,
    )


def _offline(person: Person) -> str:
    return f"offline since {clock_time(person.last_online)}" if person.connected else "never logged in"


def _phone_row(phone: Phone) -> tuple[str | Span, ...]:
    handset = phone.handset
    doubts = [
        *([] if phone.has_push_token else ["no push token"]),
        *(["hides details"] if handset.hides_details else []),
    ]
    kind = f"{handset.platform} {handset.vendor}".strip()
    return (f"  {handset.id}", handset.model, kind, handset.language, Span(", ".join(doubts), Style.DOUBTFUL))


def _set_row(fault: SetFault) -> tuple[str | Span, ...]:
    return (f"  {fault.id}", Span(fault.name, Style.DOUBTFUL), fault_words(fault))


def _wrapped(text: str) -> Iterator[Line]:
    for row in wrap(text, HELP_WIDTH):
        yield ("    ", Span(row, Style.QUIET))


def _counts(value: JsonValue) -> dict[str, int]:
    members = value.items() if isinstance(value, dict) else ()
    return {name: number for name, number in members if isinstance(number, int)}
