"""The way from the console to a sandbox: starting one, finding one, asking it."""

from __future__ import annotations

import asyncio
import json
import os
import sys
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO
from urllib.parse import quote

import pushtui
from pushtui.domain.account import Account, Environment
from pushtui.domain.clock import Clock, SystemClock
from pushtui.domain.errors import ProviderError, SandboxError
from pushtui.domain.json_body import JsonObject, JsonValue, get
from pushtui.domain.secret import Secret
from pushtui.files import private_folder
from pushtui.paths import Paths
from pushtui.services.inbox import InboxPush, read_inbox

ACCOUNT_NAME = "sandbox"
START_PATIENCE = 20.0
"""Seconds for a new sandbox to answer, on a machine that is busy."""
STOP_PATIENCE = 3.0
LOG_TAIL = 400
"""Characters of the sandbox's own words in an error."""


@dataclass(frozen=True, slots=True)
class SandboxAddress:
    """Where a sandbox answers, and its RongCloud credentials; no URL ends with a slash."""

    control_url: str
    base_url: str
    app_key: str
    app_secret: Secret


class SandboxLink:
    """A sandbox of our own, which ends with us, or one that somebody else started."""

    def __init__(self, paths: Paths, clock: Clock | None = None) -> None:
        self._paths = paths
        self._clock = clock or SystemClock()
        self._began = self._clock.now()
        self._address: SandboxAddress | None = None
        self._process: asyncio.subprocess.Process | None = None

    @property
    def address(self) -> SandboxAddress:
        """Where the sandbox is; raises SandboxError before `start` or `attach`."""
        if self._address is None:
            raise SandboxError("There is no connection to a sandbox yet.")
        return self._address

    @property
    def connected(self) -> bool:
        return self._address is not None

    def account(self) -> Account:
        """Return the ready-made account for the sandbox's RongCloud app."""
        address = self.address
        return Account(
            name=ACCOUNT_NAME,
            provider="rongcloud",
            environment=Environment.SANDBOX,
            hosts=(address.base_url,),
            ids={"app_key": address.app_key},
            began=self._began,
        )

    async def start(self, seed: int = 1) -> SandboxAddress:
        """Start a sandbox that ends when this process does, however it ends."""
        self._began = self._clock.now()
        log_file = await asyncio.to_thread(_open_log, self._paths)
        with log_file:
            self._process = await asyncio.create_subprocess_exec(
                *(sys.executable, "-m", "pushtui.sandbox", "--port", "0", "--json", "--lifeline", f"--seed={seed}"),
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
                stderr=log_file,
                cwd=Path(pushtui.__file__).parent.parent,
                start_new_session=True,
            )
        line = await self._first_line(self._process)
        self._address = _address(line)
        return self._address

    async def attach(self) -> SandboxAddress:
        """Connect to the sandbox that runs already; raises SandboxError if none does."""
        file = self._paths.sandbox_file
        try:
            text = await asyncio.to_thread(file.read_bytes)
        except OSError:
            raise SandboxError("No sandbox is running. Start one with: pushtui sandbox") from None
        self._address = _address(text)
        try:
            state = await self.state()
        except SandboxError:
            self._address = None
            raise SandboxError(
                f"No sandbox answers where {file} says; it probably did not end properly. "
                "Start another with: pushtui sandbox"
            ) from None
        self._began = _began(state)
        return self._address

    def hang_up(self) -> None:
        """Tell a sandbox of our own to end, without waiting for it."""
        if self._process is not None and self._process.stdin is not None:
            self._process.stdin.close()

    async def close(self) -> None:
        """End the sandbox if it is ours."""
        self.hang_up()
        process, self._process, self._address = self._process, None, None
        if process is None:
            return
        try:
            await asyncio.wait_for(process.wait(), STOP_PATIENCE)
        except TimeoutError:
            process.kill()
            await process.wait()

    async def inbox(self) -> list[InboxPush]:
        """Return what was accepted and what handsets showed, newest first."""
        return read_inbox(await self._call("GET", "/inbox"))

    async def push(self, push_id: str) -> InboxPush:
        """Return one push by its id or message UID."""
        return read_inbox(await self._call("GET", f"/inbox?push={quote(push_id, safe='')}"))[0]

    async def state(self) -> JsonObject:
        """Return clock, settings, users and counts."""
        return await self._call("GET", "/state")

    async def sends(self) -> JsonObject:
        """Return how many sends were accepted and whom they reached, whatever the clients were told."""
        return await self._call("GET", "/sends")

    async def reset(self) -> None:
        """Bring the sandbox back to its beginning."""
        await self._call("POST", "/reset")
        self._began = _began(await self.state())

    async def set_fault(self, name: str, path: str = "*", times: int | None = 1, **parameters: JsonValue) -> int:
        """Make requests go wrong and return the fault's id; `times` None means always."""
        answer = await self._call("POST", "/faults", {"name": name, "path": path, "times": times, **parameters})
        number = answer.get("id")
        return number if isinstance(number, int) else 0

    async def clear_faults(self) -> None:
        """Remove all faults and release the requests they hold."""
        await self._call("DELETE", "/faults")

    async def change_settings(self, values: JsonObject) -> None:
        """Change the sandbox's settings, each under its name: `rongcloud.day_zone`."""
        await self._call("POST", "/settings", values)

    async def _call(self, method: str, path: str, body: JsonObject | None = None) -> JsonObject:
        from pushtui.providers.transport import fetch_json  # httpx takes its time, and starting needs none of it

        try:
            answer = await fetch_json(method, self.address.control_url + path, body)
        except ProviderError as error:
            raise SandboxError(f"The sandbox refused or did not answer: {error.message}") from None
        if not isinstance(answer, dict):
            raise SandboxError(f"{self.address.control_url} is not a sandbox.")
        return answer

    async def _first_line(self, process: asyncio.subprocess.Process) -> bytes:
        """Return the line in which a new sandbox says that it answers; end it if that does not come."""
        try:
            line = await asyncio.wait_for(_readline(process), START_PATIENCE)
        except TimeoutError:
            line = b""
        except asyncio.CancelledError:
            await self.close()
            raise
        if line:
            return line
        await self.close()
        said = await asyncio.to_thread(_log_tail, self._paths)
        raise SandboxError(f"The sandbox did not start. {said}".strip())


def _began(state: JsonObject) -> datetime:
    """Read when a sandbox began to count, by the real clock."""
    try:
        return datetime.fromisoformat(str(state["began"]))
    except (KeyError, ValueError):
        raise SandboxError("The sandbox does not say when it began; is it of another version?") from None


async def _readline(process: asyncio.subprocess.Process) -> bytes:
    return await process.stdout.readline() if process.stdout is not None else b""


def _address(text: bytes) -> SandboxAddress:
    """Read what a sandbox says about itself."""
    try:
        said = json.loads(text)
    except ValueError:
        said = None
    values = [get(said, path) for path in _ADDRESS_PATHS]
    control, base, key, secret = (value if isinstance(value, str) else "" for value in values)
    if not (control and base and key and secret):
        raise SandboxError("The sandbox does not say where it is; is it of another version?")
    return SandboxAddress(control, base, key, Secret(secret))


_ADDRESS_PATHS = (
    ("control_url",),
    ("rongcloud", "base_url"),
    ("rongcloud", "app_key"),
    ("rongcloud", "app_secret"),
)


def _log(paths: Paths) -> Path:
    return paths.logs / "sandbox.log"


def _open_log(paths: Paths) -> IO[bytes]:
    try:
        private_folder(paths.logs)
        return os.fdopen(os.open(_log(paths), os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb")
    except OSError as error:
        raise SandboxError(f"{_log(paths)} cannot be written: {error.strerror}.") from None


def _log_tail(paths: Paths) -> str:
    try:
        return _log(paths).read_text(errors="replace")[-LOG_TAIL:].strip()
    except OSError:
        return ""
