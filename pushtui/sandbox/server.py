"""The sandbox as a process: a loopback socket, an address for others to find, a clean end."""

from __future__ import annotations

import asyncio
import contextlib
import errno
import os
import signal
import socket
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import uvicorn

from pushtui.domain.clock import SystemClock
from pushtui.domain.errors import SandboxError
from pushtui.domain.json_body import JsonObject, JsonValue, compact
from pushtui.files import private_folder, write_atomically
from pushtui.paths import Paths
from pushtui.sandbox.app import CLOUDS, CONTROL, build_app
from pushtui.sandbox.credentials import Credentials
from pushtui.sandbox.protocol import BreakableProtocol
from pushtui.sandbox.state import SandboxState

LOOPBACK = "127.0.0.1"
KEEP_ALIVE = 60
"""Seconds that an idle connection stays open, as long as RongCloud's."""
STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


@dataclass(frozen=True, slots=True)
class SandboxOptions:
    """How to serve: `port` 0 takes a free one; `lifeline` also stops when standard input ends."""

    port: int = 7788
    seed: int = 1
    json: bool = False
    limits: bool = True
    lifeline: bool = False


def serve(options: SandboxOptions) -> int:
    """Serve until told to stop and return 0; raises SandboxError if it cannot start."""
    with contextlib.ExitStack() as open_sockets:
        listeners = [open_sockets.enter_context(contextlib.closing(item)) for item in listen_all(options.port)]
        control, *clouds = [listener.getsockname()[1] for listener in listeners]
        state = SandboxState(SystemClock(), options.seed, limits=options.limits)
        address = describe(state.credentials, control, clouds)
        config = uvicorn.Config(
            build_app(state, dict(zip(clouds, CLOUDS, strict=True))),
            http=BreakableProtocol,
            ws="none",
            lifespan="off",
            loop="asyncio",
            log_config=None,
            log_level="error",
            access_log=False,
            server_header=False,
            date_header=False,
            timeout_keep_alive=KEEP_ALIVE,
            timeout_graceful_shutdown=1,
        )
        server = SandboxServer(config, state, lambda: announce(options, address), options.lifeline)
        with _runtime_file(Paths.from_environment(), address):
            server.run(sockets=listeners)
    return 0


def listen_all(port: int) -> list[socket.socket]:
    """Bind a port for the control API and, following it, one for each cloud; 0 takes free ones."""
    with contextlib.ExitStack() as opened:
        listeners = [
            opened.enter_context(contextlib.closing(listen(port + number if port else 0)))
            for number in range(len(CLOUDS) + 1)
        ]
        opened.pop_all()
        return listeners


def listen(port: int) -> socket.socket:
    """Bind a loopback port; raises SandboxError that says what to do about a taken one.

    The protocol number is named, because asyncio sends small answers at once only then.
    """
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((LOOPBACK, port))
        listener.listen()
    except (OSError, OverflowError) as error:
        listener.close()
        raise SandboxError(_why_no_port(port, error)) from None
    return listener


def _why_no_port(port: int, error: Exception) -> str:
    if isinstance(error, OverflowError):
        return f"Port {port} does not exist; ports go from 1 to 65535, and 0 takes a free one."
    if isinstance(error, OSError) and error.errno == errno.EADDRINUSE:
        return f"Port {port} is taken, perhaps by another sandbox. Stop that, or choose --port 0 for a free one."
    if isinstance(error, PermissionError):
        return f"Port {port} needs rights that you do not have. Choose one from 1024 on, or --port 0 for a free one."
    return f"Port {port} of {LOOPBACK} cannot be opened: {error}."


def describe(credentials: Credentials, control: int, clouds: list[int]) -> JsonObject:
    """Say where everything is and what opens it, for scripts; `clouds` are the ports of CLOUDS."""
    rongcloud, agora, tencent = (f"http://{LOOPBACK}:{port}" for port in clouds)
    return {
        "control_url": f"http://{LOOPBACK}:{control}{CONTROL}",
        "rongcloud": {
            "base_url": rongcloud,
            "app_key": credentials.app_key,
            "app_secret": credentials.app_secret.reveal(),
        },
        "agora": {
            "base_url": agora,
            "org_name": credentials.org_name,
            "app_name": credentials.app_name,
            "app_id": credentials.app_id,
            "app_certificate": credentials.app_certificate.reveal(),
            "client_id": credentials.client_id,
            "client_secret": credentials.client_secret.reveal(),
        },
        "tencent": {
            "base_url": tencent,
            "sdkappid": credentials.sdkappid,
            "secret_key": credentials.secret_key.reveal(),
            "admin": credentials.admin,
        },
    }


def announce(options: SandboxOptions, address: JsonObject) -> None:
    """Tell standard output that the sandbox answers, as one line of JSON or in words."""
    sys.stdout.write((compact(address) if options.json else _words(options, address)) + "\n")
    sys.stdout.flush()


_TITLES = {"rongcloud": "RongCloud", "agora": "Agora Chat", "tencent": "Tencent Chat"}


def _words(options: SandboxOptions, address: JsonObject) -> str:
    limits = "as the clouds have them" if options.limits else "off"
    return "\n".join(
        (
            f"The sandbox answers, on this machine only (seed {options.seed}, limits {limits}).",
            *(line for name, title in _TITLES.items() for line in _cloud_words(title, address[name])),
            f"  control API      {address['control_url']}/state",
            "Ctrl+C stops it.",
        )
    )


def _cloud_words(title: str, about: JsonValue) -> Iterator[str]:
    assert isinstance(about, dict)
    for name, value in about.items():
        yield f"  {title if name == 'base_url' else '  ' + name:16} {value}"


class SandboxServer(uvicorn.Server):
    """uvicorn's server with our manners: it announces itself, and a signal is a normal end."""

    def __init__(
        self, config: uvicorn.Config, state: SandboxState, announce: Callable[[], None], lifeline: bool
    ) -> None:
        super().__init__(config)
        self._state = state
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
        if self._lifeline:
            loop = asyncio.get_running_loop()
            threading.Thread(target=_watch_stdin, args=(loop, self.stop), daemon=True).start()
        try:
            self._announce()
        except OSError:
            # Whoever started it is gone before it could be told the address.
            self.stop()

    def stop(self) -> None:
        """End soon; requests that a fault holds are answered first."""
        self.should_exit = True
        self._state.faults.remove()


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
