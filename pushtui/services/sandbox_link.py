"""The way from the console to a sandbox: starting one, finding one, asking it."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from types import MappingProxyType
from typing import IO, TYPE_CHECKING

import pushtui
from pushtui.domain.account import Account, Environment
from pushtui.domain.clock import Clock, SystemClock
from pushtui.domain.errors import SandboxError
from pushtui.domain.json_body import JsonObject
from pushtui.files import private_folder
from pushtui.paths import Paths
from pushtui.services.account_table import SANDBOX_ACCOUNTS
from pushtui.services.sandbox_address import CloudAddress, SandboxAddress, read_address
from pushtui.services.sandbox_control import SandboxControl

if TYPE_CHECKING:
    from pushtui.domain.secret import Secret

ACCOUNT_NAME = SANDBOX_ACCOUNTS["rongcloud"]
START_PATIENCE = 20.0
"""Seconds for a new sandbox to answer, on a machine that is busy."""
STOP_PATIENCE = 3.0
LONGEST_LINE = 200
"""Characters of the sandbox's own words in an error."""


@dataclass(frozen=True, slots=True)
class _Ready:
    """What of a cloud's ready-made app its account is described by, and the settings that say whose clock counts."""

    ids: tuple[str, ...]
    secret: str
    day_zone: str
    push_zone: str = ""
    """Empty where no setting says so."""


_READY: Mapping[str, _Ready] = MappingProxyType(
    {
        "rongcloud": _Ready(("app_key",), "app_secret", "rongcloud.day_zone", "rongcloud.quiet_hours_zone"),
        "agora": _Ready(("org_name", "app_name", "app_id"), "app_certificate", "agora.day_zone", "agora.server_zone"),
        "tencent": _Ready(("sdkappid", "admin"), "secret_key", "tencent.day_zone"),
    }
)


@dataclass(frozen=True, slots=True)
class _Said:
    """What a sandbox says of itself that its accounts depend on."""

    began: datetime
    zones: Mapping[str, str]
    """By the names of the settings."""

    def zone(self, setting: str) -> str:
        return self.zones.get(setting, "UTC")


class SandboxLink:
    """A sandbox of our own, which ends with us, or one that somebody else started."""

    def __init__(self, paths: Paths, clock: Clock | None = None, *, read_only: bool = False) -> None:
        self._paths = paths
        self._clock = clock or SystemClock()
        self._read_only = read_only
        self._said = _Said(self._clock.now(), {})
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

    @property
    def is_ours(self) -> bool:
        """Whether the sandbox ends with this process."""
        return self._process is not None

    @property
    def control(self) -> SandboxControl:
        """The calls to the sandbox; raises SandboxError before `start` or `attach`."""
        return SandboxControl(self.address.control_url, read_only=self._read_only)

    def accounts(self) -> tuple[tuple[Account, Secret], ...]:
        """Return the ready-made account of each cloud, with its secret; RongCloud's is the first."""
        return tuple((self._account(cloud), cloud.secrets[_READY[cloud.cloud].secret]) for cloud in self.address.clouds)

    def _account(self, cloud: CloudAddress) -> Account:
        ready = _READY[cloud.cloud]
        day_zone = self._said.zone(ready.day_zone)
        return Account(
            name=SANDBOX_ACCOUNTS[cloud.cloud],
            provider=cloud.cloud,
            environment=Environment.SANDBOX,
            hosts=(cloud.base_url,),
            ids=MappingProxyType({key: cloud.ids[key] for key in ready.ids}),
            zone=day_zone,
            push_zone=self._said.zone(ready.push_zone) if ready.push_zone else day_zone,
            push_zone_assumed=not ready.push_zone,
            began=self._said.began,
        )

    async def start(self, seed: int = 1) -> SandboxAddress:
        """Start a sandbox that ends when this process does, however it ends."""
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
        self._address = read_address(line)
        self._said = await self._asked()
        return self._address

    async def attach(self) -> SandboxAddress:
        """Connect to the sandbox that runs already; raises SandboxError if none does."""
        file = self._paths.sandbox_file
        try:
            text = await asyncio.to_thread(file.read_bytes)
        except OSError:
            raise SandboxError("No sandbox is running. Start one with: pushtui sandbox") from None
        self._address = read_address(text)
        try:
            self._said = await self._asked()
        except SandboxError:
            self._address = None
            raise SandboxError(
                f"No sandbox answers where {file} says; it probably did not end properly. "
                "Start another with: pushtui sandbox"
            ) from None
        return self._address

    async def reconnect(self) -> None:
        """Find the sandbox again: somebody else's may answer elsewhere by now, or only now."""
        if self._process is None:
            await self.attach()
        else:
            self._said = await self._asked()

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

    async def reset(self, seed: int | None = None) -> None:
        """Bring the sandbox back to its beginning."""
        await self.control.reset(seed)
        self._said = await self._asked()

    async def is_another(self) -> bool:
        """Ask whether the sandbox began anew, or its clouds' zones changed, since it was last asked."""
        said = await self._asked()
        another, self._said = said != self._said, said
        return another

    async def _asked(self) -> _Said:
        """Ask when the sandbox began to count, and whose clocks its clouds go by."""
        state = await self.control.raw_state()
        try:
            began = datetime.fromisoformat(str(state.get("began")))
        except ValueError:
            raise SandboxError("The sandbox does not say when it began; is it of another version?") from None
        return _Said(began, _zones(state))

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
        said = await asyncio.to_thread(_last_words, self._paths)
        raise SandboxError(f"The sandbox did not start. {said}".strip())


def _zones(state: JsonObject) -> dict[str, str]:
    settings = state.get("settings")
    known = settings if isinstance(settings, dict) else {}
    return {name: str(value) for name, value in known.items() if name.endswith("_zone")}


async def _readline(process: asyncio.subprocess.Process) -> bytes:
    return await process.stdout.readline() if process.stdout is not None else b""


def _log(paths: Paths) -> Path:
    return paths.logs / "sandbox.log"


def _open_log(paths: Paths) -> IO[bytes]:
    try:
        private_folder(paths.logs)
        return os.fdopen(os.open(_log(paths), os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb")
    except OSError as error:
        raise SandboxError(f"{_log(paths)} cannot be written: {error.strerror}.") from None


def _last_words(paths: Paths) -> str:
    """Return the last line of the sandbox's log and where the rest is; a traceback is not for people."""
    try:
        lines = _log(paths).read_text(errors="replace").strip().splitlines()
    except OSError:
        return ""
    return f"{lines[-1][:LONGEST_LINE]} (more in {_log(paths)})" if lines else ""
