"""The sandbox's control API as calls: look at it, and make it behave."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote, urlencode

from pushtui.domain.errors import ProviderError, Refused, Rejected, SandboxError
from pushtui.services.inbox import InboxPage, InboxPush, read_inbox
from pushtui.services.sandbox_answers import reading
from pushtui.services.sandbox_world import (
    Faults,
    Person,
    SandboxState,
    SandboxTime,
    SetFault,
    Setting,
    read_fault,
    read_faults,
    read_person,
    read_settings,
    read_state,
    read_time,
)

if TYPE_CHECKING:
    from datetime import datetime

    from pushtui.domain.json_body import JsonObject, JsonValue

PATIENCE = 5.0
"""Seconds for an answer that has nothing to wait for."""
LARGE = 60.0
"""Seconds for all that the sandbox remembers."""


class SandboxControl:
    """Calls to one sandbox; whatever would change it is refused in a read-only session."""

    def __init__(self, url: str, *, read_only: bool = False) -> None:
        self._url = url
        self._read_only = read_only

    # Looking

    async def state(self) -> SandboxState:
        """Return clock, people, counts and faults."""
        return read_state(await self.raw_state())

    async def raw_state(self) -> JsonObject:
        """Return the state as the sandbox writes it."""
        return await self._call("GET", "/state")

    async def inbox(self, limit: int) -> InboxPage:
        """Return the newest sends, at most so many."""
        return read_inbox(await self._call("GET", f"/inbox?limit={limit}", patience=LARGE))

    async def news(self, after: int, began: datetime | None, wait: float) -> InboxPage:
        """Return the sends after a sequence number as soon as there are any, or none after so many seconds.

        A sandbox that began at another moment than `began` answers at once.
        """
        known = {"began": began.isoformat()} if began is not None else {}
        query = urlencode({"after": after, "wait": f"{wait:g}", **known})
        return read_inbox(await self._call("GET", f"/inbox?{query}", patience=wait + LARGE))

    async def push(self, push_id: str) -> InboxPush:
        """Return one send by its id or message UID."""
        page = read_inbox(await self._call("GET", f"/inbox?push={quote(push_id, safe='')}"))
        with reading("inbox"):
            (push,) = page.pushes
        return push

    async def sends(self) -> JsonObject:
        """Return how many sends were accepted and whom they reached, whatever the clients were told."""
        return await self._call("GET", "/sends")

    async def faults(self) -> Faults:
        """Return the faults that wait, and those that can be set."""
        return read_faults(await self._call("GET", "/faults"))

    async def settings(self) -> tuple[Setting, ...]:
        """Return all settings."""
        return read_settings(await self._call("GET", "/settings"))

    async def snapshot(self) -> JsonObject:
        """Return all that the sandbox remembers, for `restore`; no secret is in it."""
        return await self._call("GET", "/snapshot", patience=LARGE)

    # Changing

    async def reset(self, seed: int | None = None) -> None:
        """Bring the sandbox back to its beginning, or to that of another seed."""
        await self._change("reset", "/reset", {} if seed is None else {"seed": seed})

    async def freeze(self, at: datetime) -> SandboxTime:
        """Stop the clock at a time."""
        return await self._set_clock({"freeze": at.isoformat()})

    async def follow(self) -> SandboxTime:
        """Let the clock run with the real time."""
        return await self._set_clock({"freeze": None})

    async def advance(self, seconds: float) -> SandboxTime:
        """Move the clock forward, or back if negative."""
        return await self._set_clock({"advance": seconds})

    async def set_fault(self, name: str, **parameters: JsonValue) -> SetFault:
        """Make requests go wrong; parameters that are not given have the fault's own defaults."""
        return read_fault(await self._change("fault set", "/faults", {"name": name, **parameters}))

    async def remove_faults(self, fault_id: int | None = None) -> int:
        """Remove one fault or all, release the requests they hold, and return how many there were."""
        self._check("fault removed")
        answer = await self._call("DELETE", "/faults" if fault_id is None else f"/faults?id={fault_id}")
        removed = answer.get("removed")
        return removed if isinstance(removed, int) else 0

    async def change_settings(self, values: JsonObject) -> None:
        """Change settings, each under its name: `rongcloud.day_zone`."""
        await self._change("setting changed", "/settings", values)

    async def change_person(self, person: str, **values: JsonValue) -> Person:
        """Change whether somebody is online, their language, or what their handsets show and can be sent."""
        return read_person(await self._change("person changed", "/people", {"id": person, **values}))

    async def restore(self, snapshot: JsonObject) -> None:
        """Bring back exactly what a snapshot holds."""
        await self._change("snapshot loaded", "/snapshot", snapshot, LARGE)

    async def _set_clock(self, order: JsonObject) -> SandboxTime:
        answer = await self._change("clock set", "/clock", order)
        with reading("clock"):
            return read_time(answer["clock"])

    async def _change(self, what: str, path: str, body: JsonObject, patience: float = PATIENCE) -> JsonObject:
        self._check(what)
        return await self._call("POST", path, body, patience)

    def _check(self, what: str) -> None:
        if self._read_only:
            raise Refused(f"This session is read-only: no {what}.")

    async def _call(
        self, method: str, path: str, body: JsonObject | None = None, patience: float = PATIENCE
    ) -> JsonObject:
        from pushtui.providers.transport import fetch_json  # httpx takes its time, and starting needs none of it

        try:
            answer = await fetch_json(method, self._url + path, body, patience)
        except Rejected as error:
            raise SandboxRefused(error.message) from None
        except ProviderError as error:
            raise SandboxError(f"The sandbox did not answer: {error.message}") from None
        if not isinstance(answer, dict):
            raise SandboxError(f"{self._url} is not a sandbox.")
        return answer


class SandboxRefused(SandboxError):
    """The sandbox is there, and says no."""
