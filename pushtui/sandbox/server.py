"""The sandbox as a process: loopback sockets, an address for others to find, a clean end."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import signal
import socket
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import uvicorn

from pushtui.domain.clock import SystemClock
from pushtui.domain.errors import SandboxError
from pushtui.domain.json_body import JsonObject, compact
from pushtui.files import private_folder, write_atomically
from pushtui.paths import Paths
from pushtui.sandbox.announcement import describe, in_json, in_words
from pushtui.sandbox.app import CLOUDS, SandboxApp
from pushtui.sandbox.control import CONTROL
from pushtui.sandbox.gates import Gates
from pushtui.sandbox.mishap import WithoutData
from pushtui.sandbox.ports import LOOPBACK, listen_all
from pushtui.sandbox.protocol import BreakableProtocol
from pushtui.sandbox.snapshot import SnapshotError, load_snapshot, read_state_file, seed_of, write_state_file
from pushtui.sandbox.state import SandboxState

KEEP_ALIVE = 60
"""Seconds that an idle connection stays open, as long as RongCloud's."""
STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


@dataclass(frozen=True, slots=True)
class SandboxOptions:
    """How to serve: `port` 0 takes free ones; `lifeline` also stops when standard input ends.

    `state_file` is loaded if it is there, and written at a clean end.
    """

    port: int = 7788
    seed: int = 1
    json: bool = False
    limits: bool = True
    lifeline: bool = False
    state_file: Path | None = None


def serve(options: SandboxOptions) -> int:
    """Serve until told to stop and return 0; raises SandboxError if it cannot start, or not keep its state."""
    state = _beginning(options)
    with contextlib.ExitStack() as open_sockets:
        listeners = [
            open_sockets.enter_context(contextlib.closing(item)) for item in listen_all(options.port, len(CLOUDS) + 1)
        ]
        control, *clouds = [listener.getsockname()[1] for listener in listeners]
        ports = {cloud.name: port for cloud, port in zip(CLOUDS, clouds, strict=True)}
        address = describe(state.credentials, f"http://{LOOPBACK}:{control}{CONTROL}", ports)
        gates = Gates(ports, state.faults)
        app = SandboxApp(state, gates, dict(zip(clouds, CLOUDS, strict=True)))
        server = SandboxServer(app, state, gates, lambda: _announce(options, state, address), options.lifeline)
        with _runtime_file(Paths.from_environment(), address):
            server.run(sockets=listeners)
    if options.state_file is not None:
        write_state_file(options.state_file, state)
    return 0


def _beginning(options: SandboxOptions) -> SandboxState:
    """Make the state, from its file if there is one; a new file is written at once, so that it can be at the end."""
    file = options.state_file
    data = None if file is None else read_state_file(file)
    try:
        seed = options.seed if data is None else seed_of(data)
        state = SandboxState(SystemClock(), seed, limits=options.limits)
        if data is not None:
            load_snapshot(state, data)
            state.settings = replace(state.settings, limits=state.settings.limits and options.limits)
        elif file is not None:
            write_state_file(file, state)
    except SnapshotError as error:
        raise SandboxError(f"{file}: {error}") from None
    return state


def _announce(options: SandboxOptions, state: SandboxState, address: JsonObject) -> None:
    """Tell standard output that the sandbox answers, as one line of JSON or in words."""
    words = in_words(address, seed=state.seed, limits=state.settings.limits)
    sys.stdout.write((in_json(address) if options.json else words) + "\n")
    sys.stdout.flush()


class SandboxServer(uvicorn.Server):
    """uvicorn's server with our manners: it announces itself, a signal is a normal end, ports have gates."""

    def __init__(
        self, app: SandboxApp, state: SandboxState, gates: Gates, announce: Callable[[], None], lifeline: bool
    ) -> None:
        super().__init__(_config(app))
        self._state = state
        self._gates = gates
        self._announce = announce
        self._lifeline = lifeline

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Stop on signals, without raising them again once stopped."""
        loop = asyncio.get_running_loop()
        for number in STOP_SIGNALS:
            loop.add_signal_handler(number, self.stop)
        try:
            yield
        finally:
            for number in STOP_SIGNALS:
                loop.remove_signal_handler(number)

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start to answer, and say so."""
        await super().startup(sockets)
        self._gates.guard(self.servers, self._listen, self._connections)
        await self._gates.follow()
        if self._lifeline:
            loop = asyncio.get_running_loop()
            threading.Thread(target=_watch_stdin, args=(loop, self.stop), daemon=True).start()
        try:
            self._announce()
        except OSError:
            # Whoever started it is gone before it could be told the address.
            self.stop()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """End, also what the gates opened; a request that did not come whole is not waited for."""
        self._gates.stop()
        for connection in self._connections():
            if connection.reads_on:
                connection.transport.close()
        await super().shutdown(sockets)

    def stop(self) -> None:
        """End soon; requests that a fault or the inbox holds are answered first."""
        self.should_exit = True
        self._state.news.silence()
        self._state.faults.release()

    def _connections(self) -> list[BreakableProtocol]:
        return [item for item in self.server_state.connections if isinstance(item, BreakableProtocol)]

    async def _listen(self, listener: socket.socket) -> asyncio.Server:
        loop = asyncio.get_running_loop()
        return await loop.create_server(self._protocol, sock=listener, backlog=self.config.backlog)

    def _protocol(self) -> BreakableProtocol:
        return BreakableProtocol(self.config, self.server_state, self.lifespan.state)


def _config(app: SandboxApp) -> uvicorn.Config:
    config = uvicorn.Config(
        app,
        http=BreakableProtocol,
        ws="none",
        lifespan="off",
        loop="asyncio",
        interface="asgi3",
        log_config=None,
        log_level="error",
        access_log=False,
        server_header=False,
        date_header=False,
        proxy_headers=False,
        timeout_keep_alive=KEEP_ALIVE,
        timeout_graceful_shutdown=1,
    )
    logging.getLogger("uvicorn.error").addFilter(WithoutData())
    return config


def _watch_stdin(loop: asyncio.AbstractEventLoop, stop: Callable[[], None]) -> None:
    """Wait in a thread for the end of standard input: the parent that held it is gone."""
    with contextlib.suppress(OSError):
        while os.read(0, 4096):
            pass
    with contextlib.suppress(RuntimeError):
        # The loop is closed when the server stopped first.
        loop.call_soon_threadsafe(stop)


@contextlib.contextmanager
def _runtime_file(paths: Paths, address: JsonObject) -> Iterator[None]:
    """Let others find the sandbox while it runs; the newest one wins."""
    file = paths.sandbox_file
    mine = compact({**address, "pid": os.getpid()}).encode()
    try:
        private_folder(file.parent)
        write_atomically(file, mine, durable=False)
    except OSError as error:
        raise SandboxError(f"{file} cannot be written: {error.strerror}.") from None
    try:
        yield
    finally:
        with contextlib.suppress(OSError):
            # Gone already, or no longer readable: then it is not ours to remove.
            if file.read_bytes() == mine:
                file.unlink()
