"""The loopback ports that a sandbox listens on."""

from __future__ import annotations

import contextlib
import errno
import socket

from pushtui.domain.errors import SandboxError

LOOPBACK = "127.0.0.1"


def listen_all(port: int, count: int) -> list[socket.socket]:
    """Bind so many ports one after the other; 0 takes free ones. Raises SandboxError and keeps none."""
    with contextlib.ExitStack() as opened:
        listeners = [
            opened.enter_context(contextlib.closing(listen(port + number if port else 0))) for number in range(count)
        ]
        opened.pop_all()
        return listeners


def listen(port: int) -> socket.socket:
    """Bind a loopback port and listen; raises SandboxError that says what to do about a taken one."""
    listener = bind(port)
    try:
        listener.listen()
    except OSError as error:
        listener.close()
        raise SandboxError(_why_not(port, error)) from None
    return listener


def bind(port: int) -> socket.socket:
    """Bind a loopback port without listening: it is ours, and connections are refused. Raises SandboxError.

    The protocol number is named, because asyncio sends small answers at once only then.
    """
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((LOOPBACK, port))
    except (OSError, OverflowError) as error:
        listener.close()
        raise SandboxError(_why_not(port, error)) from None
    return listener


def _why_not(port: int, error: Exception) -> str:
    if isinstance(error, OverflowError):
        return f"Port {port} does not exist; ports go from 1 to 65535, and 0 takes a free one."
    if isinstance(error, OSError) and error.errno == errno.EADDRINUSE:
        return f"Port {port} is taken, perhaps by another sandbox. Stop that, or choose --port 0 for a free one."
    if isinstance(error, PermissionError):
        return f"Port {port} needs rights that you do not have. Choose one from 1024 on, or --port 0 for a free one."
    return f"Port {port} of {LOOPBACK} cannot be opened: {error}."
