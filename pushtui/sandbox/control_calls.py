"""The calls of the control API: what each reads, changes and answers."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from starlette.requests import Request

from pushtui.domain.json_body import JsonObject
from pushtui.sandbox import settings as setting
from pushtui.sandbox.control_input import (
    BadControlCall,
    flag,
    only,
    query_number,
    read_object,
    seed,
    span,
    text,
    time,
    unknown,
)
from pushtui.sandbox.faults import known_faults
from pushtui.sandbox.inbox import KEPT_SENDS
from pushtui.sandbox.snapshot import load_snapshot, take_snapshot
from pushtui.sandbox.world import Person, SandboxHandset

if TYPE_CHECKING:
    from pushtui.sandbox.gates import Gates
    from pushtui.sandbox.inbox import AcceptedSend
    from pushtui.sandbox.state import SandboxState

LONGEST_WAIT = 30.0
HIGHEST = float(2**53)


class Control:
    """Looks at a sandbox and changes it."""

    def __init__(self, state: SandboxState, gates: Gates, addresses: Mapping[str, str]) -> None:
        self._state = state
        self._gates = gates
        self._addresses = addresses
        """Base URLs by the clouds' names."""

    async def state(self, _request: Request) -> JsonObject:
        state = self._state
        return {
            "seed": state.seed,
            "began": state.began.isoformat(),
            "clock": self._time(),
            "settings": setting.as_json(state.settings),
            "users": [self._person(person) for person in state.people.values()],
            "requests": dict(state.requests),
            "accepted": state.inbox.accepted.total(),
            "clouds": {
                name: {"accepted": state.inbox.accepted[name], "base_url": self._addresses.get(name, "")}
                for name in setting.CLOUDS
            },
            "faults": [fault.as_json() for fault in state.faults.listed],
        }

    async def inbox(self, request: Request) -> JsonObject:
        query = request.query_params
        only(query.keys(), ("push", "limit", "after", "began", "wait"))
        wanted = query.get("push")
        if wanted is not None:
            return self._inbox([self._push(wanted)])
        limit = int(query_number(query, "limit", KEPT_SENDS, HIGHEST))
        after = int(query_number(query, "after", 0, HIGHEST))
        wait = query_number(query, "wait", 0, LONGEST_WAIT)
        if "after" in query:
            await self._wait_for_news(after, query.get("began", self._state.began.isoformat()), wait)
        return self._inbox(self._state.inbox.after(after)[:limit])

    async def sends(self, _request: Request) -> JsonObject:
        inbox = self._state.inbox
        return {
            "accepted": inbox.accepted.total(),
            "clouds": dict(inbox.accepted),
            "recipients": dict(inbox.recipients),
            "shown": dict(inbox.shown),
            "requests": dict(self._state.requests),
        }

    async def reset(self, request: Request) -> JsonObject:
        body = read_object(await request.body())
        only(body, ("seed",))
        return await self._reset(seed(body))

    async def seed(self, request: Request) -> JsonObject:
        body = read_object(await request.body())
        only(body, ("seed",))
        if "seed" not in body:
            raise BadControlCall("seed: nothing is given; a whole number is needed")
        return await self._reset(seed(body))

    async def clock(self, request: Request) -> JsonObject:
        body = read_object(await request.body())
        only(body, ("freeze", "advance"))
        clock, advance = self._state.clock, span(body.get("advance", 0))
        if "freeze" in body:
            if body["freeze"] is None:
                clock.follow()
            else:
                clock.freeze(time(body["freeze"]))
            self._state.began = clock.now()  # Setting the clock moves the world with it; only advancing ages it.
        clock.advance(advance)
        return {"clock": self._time()}

    async def settings(self, _request: Request) -> JsonObject:
        return {"settings": self._settings()}

    async def change_settings(self, request: Request) -> JsonObject:
        self._state.settings = setting.changed(self._state.settings, read_object(await request.body()))
        return {"settings": self._settings()}

    async def faults(self, _request: Request) -> JsonObject:
        return {"faults": [fault.as_json() for fault in self._state.faults.listed], "known": [*known_faults()]}

    async def add_fault(self, request: Request) -> JsonObject:
        fault = self._state.faults.add(read_object(await request.body()))
        await self._gates.follow()
        return fault.as_json()

    async def remove_faults(self, request: Request) -> JsonObject:
        only(request.query_params.keys(), ("id",))
        wanted = request.query_params.get("id")
        if wanted is not None and not (wanted.isascii() and wanted.isdecimal() and len(wanted) < 16):
            raise BadControlCall(f"id: “{wanted}” is given; a whole number is needed")
        removed = self._state.faults.remove(None if wanted is None else int(wanted))
        await self._gates.follow()
        return {"removed": removed}

    async def change_person(self, request: Request) -> JsonObject:
        body = read_object(await request.body())
        only(body, ("id", "online", "language", "handset", "hides_details", "has_push_token"))
        person = self._changed(self._someone(text(body, "id")), body)
        self._state.people[person.id] = person
        self._state.changed_people.add(person.id)
        return self._person(person)

    async def snapshot(self, _request: Request) -> JsonObject:
        snapshot: JsonObject = json.loads(take_snapshot(self._state))
        return snapshot

    async def load_snapshot(self, request: Request) -> JsonObject:
        load_snapshot(self._state, await request.body())
        await self._gates.follow()
        return {"seed": self._state.seed, "clock": self._time()}

    async def _reset(self, new_seed: int | None) -> JsonObject:
        self._state.reset(new_seed)
        await self._gates.follow()
        return {"seed": self._state.seed, "clock": self._time()}

    async def _wait_for_news(self, after: int, began: str, seconds: float) -> None:
        """Wait until there are other sends than those up to a number, a reset, or the end."""
        state = self._state
        loop = asyncio.get_running_loop()
        until = loop.time() + seconds
        while (state.inbox.sequence, state.began.isoformat()) == (after, began) and not state.news.silenced:
            left = until - loop.time()
            if left <= 0:
                return
            await state.news.wait(left)

    def _inbox(self, sends: list[AcceptedSend]) -> JsonObject:
        state = self._state
        return {
            "sequence": state.inbox.sequence,
            "began": state.began.isoformat(),
            "pushes": [send.as_json() for send in sends],
        }

    def _push(self, wanted: str) -> AcceptedSend:
        push = self._state.inbox.find(wanted)
        if push is None:
            raise BadControlCall(f"There is no push “{wanted}” in the inbox.")
        return push

    def _someone(self, wanted: str | None) -> Person:
        if wanted is None:
            raise BadControlCall("id: nothing is given; the id of a person is needed")
        if wanted not in self._state.people:
            raise BadControlCall(unknown("person", wanted, self._state.people))
        return self._state.people[wanted]

    def _changed(self, person: Person, body: JsonObject) -> Person:
        """Return a person with what is asked for; who goes offline was last online now."""
        online, language = flag(body, "online"), text(body, "language") or person.language
        away = person.away
        if online is False and person.online:
            away = self._state.began - self._state.clock.now()
        handsets = _handsets(person, body)
        return replace(
            person,
            online=person.online if online is None else online,
            connected=person.connected or bool(online),
            away=away,
            language=language,
            handsets=handsets,
        )

    def _settings(self) -> list[Any]:
        values = setting.as_json(self._state.settings)
        return [
            {
                "name": name,
                "value": values[name],
                "default": item.default,
                "help": item.metadata["help"],
                "choices": list(item.metadata["choices"]),
            }
            for name, item in setting.declared().items()
        ]

    def _time(self) -> JsonObject:
        return {"now": self._state.clock.now().isoformat(), "frozen": self._state.clock.frozen}

    def _person(self, person: Person) -> JsonObject:
        now, began = self._state.clock.now(), self._state.began
        return {
            "id": person.id,
            "name": person.name,
            "language": person.language,
            "tags": [*person.tags],
            "online": person.online,
            "last_online": (now if person.online else began - person.away).isoformat(),
            "connected": person.connected,
            "handsets": [_handset(item) for item in person.handsets],
        }


def _handset(item: SandboxHandset) -> JsonObject:
    return {
        "id": item.handset.id,
        "model": item.handset.model,
        "platform": item.handset.platform.value,
        "vendor": item.handset.vendor,
        "language": item.handset.language,
        "package": item.handset.package,
        "hides_details": item.handset.hides_details,
        "has_push_token": item.has_push_token,
    }


def _handsets(person: Person, body: JsonObject) -> tuple[SandboxHandset, ...]:
    """Return a person's handsets with what is asked for: of one of them, or of all."""
    wanted, hides, token = text(body, "handset"), flag(body, "hides_details"), flag(body, "has_push_token")
    ids = [item.handset.id for item in person.handsets]
    if wanted is not None and wanted not in ids:
        raise BadControlCall(unknown(f"handset of {person.id}", wanted, ids))
    language = text(body, "language")
    return tuple(
        _with(item, language, hides, token) if wanted in (None, item.handset.id) else _with(item, language, None, None)
        for item in person.handsets
    )


def _with(item: SandboxHandset, language: str | None, hides: bool | None, token: bool | None) -> SandboxHandset:
    handset = replace(
        item.handset,
        language=language or item.handset.language,
        hides_details=item.handset.hides_details if hides is None else hides,
    )
    return SandboxHandset(handset, item.has_push_token if token is None else token)
