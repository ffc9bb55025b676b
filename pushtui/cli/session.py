"""The services, opened for one command."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Coroutine
from itertools import groupby
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self, TypeVar

from pushtui.cli.context import Context
from pushtui.cli.exits import Interrupted
from pushtui.cli.views import SHOWN_DIGITS
from pushtui.services.account_table import RESERVED
from pushtui.services.services import Services
from pushtui.services.time_words import clock_time

if TYPE_CHECKING:
    from pushtui.domain.attempt import Attempt

T = TypeVar("T")

SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Session:
    """Runs the services' coroutines one after the other; between them a person may be asked.

    A signal cancels what runs, lets it keep what must be kept, and raises Interrupted.
    """

    def __init__(self, context: Context) -> None:
        self.services = Services(context.paths, read_only=context.read_only)
        self._output = context.output
        self._runner = asyncio.Runner()

    def __enter__(self) -> Self:
        try:
            self._tell_of(self.do(self.services.journal.open()))
            if self.services.journal.notice:
                self._output.note(self.services.journal.notice)
        except BaseException:
            self._runner.close()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            self.do(self.services.calls.close())
            self.do(self.services.journal.close())
        finally:
            self._runner.close()

    def do(self, coroutine: Coroutine[Any, Any, T]) -> T:
        """Run a coroutine to its end."""
        return self._runner.run(_interruptible(coroutine))

    def attach_sandbox(self, account: str) -> None:
        """Make the sandbox's accounts known, if it is one of them: they belong to the sandbox that runs."""
        if account in RESERVED:
            self.do(self.services.sandbox.attach())
            self.services.attach_sandbox()

    def _tell_of(self, abandoned: list[Attempt]) -> None:
        for run, attempts in groupby(abandoned, key=lambda attempt: attempt.run_id[:SHOWN_DIGITS]):
            first, *more = attempts
            sent = clock_time(first.sent_at or first.planned_at)
            others = f" and {len(more)} more requests were" if more else " was"
            self._output.note(
                f"Run {run}: the program ended while its request of {sent}{others} under way, so the outcome is "
                f"unknown. See: pushtui history {run}"
            )


def run_alone(coroutine: Coroutine[Any, Any, T]) -> T:
    """Run one coroutine that needs no journal."""
    with asyncio.Runner() as runner:
        return runner.run(_interruptible(coroutine))


async def _interruptible(coroutine: Coroutine[Any, Any, T]) -> T:
    """Let signals cancel a coroutine, and tell by which one it was."""
    loop, task = asyncio.get_running_loop(), asyncio.current_task()
    received: list[int] = []
    before = {number: signal.getsignal(number) for number in SIGNALS}
    heeded = [number for number in SIGNALS if before[number] is not signal.SIG_IGN]

    def cancel(number: int) -> None:
        received.append(number)
        if task is not None:
            task.cancel()

    for number in heeded:
        loop.add_signal_handler(number, cancel, number)
    try:
        return await coroutine
    except asyncio.CancelledError:
        if received:
            raise Interrupted(received[0]) from None
        raise
    finally:
        for number in heeded:
            loop.remove_signal_handler(number)
            signal.signal(number, before[number])
