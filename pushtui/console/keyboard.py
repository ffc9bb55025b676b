"""Keys that arrive faster than they are handled, as over SSH, each handled before the next one."""

from __future__ import annotations

from collections import deque
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any

from textual.app import App, ScreenStackError
from textual.events import Event
from textual.message import Message
from textual.message_pump import MessagePump

ROUNDS = 3
"""How often a key is followed: Enter posts a message, whose handler posts another, which moves the focus."""
PATIENCE = 2.0
"""Seconds after which the next key is handled although the one before was not seen to arrive."""


class Passed(Message):
    """Follows a key from what has the focus up to the app, through the same queues."""

    def __init__(self, turn: int, rounds: int) -> None:
        super().__init__()
        self.turn = turn
        self.rounds = rounds


class Keyboard:
    """Hands an app one key at a time.

    Textual gives a key to what has the focus at that moment, although an earlier key may still
    be on its way to move the focus or to delete a character. In a burst of keys, letters would
    end up in the wrong field.
    """

    def __init__(self, app: App[Any], handle: Callable[[Event], Awaitable[None]]) -> None:
        self._app = app
        self._handle = handle
        self._waiting: deque[Event] = deque()
        self._turn = 0
        self._busy = False

    async def take(self, event: Event) -> None:
        """Handle a key or a paste now, or after those that came before it."""
        self._waiting.append(event)
        if not self._busy:
            await self._next()
        elif len(self._waiting) == 1:
            self._app.set_timer(PATIENCE, partial(self._give_up, self._turn))

    async def passed(self, message: Passed) -> None:
        """Go on once what a key led to was handled."""
        if message.turn != self._turn:
            return
        if message.rounds > 1:
            self._follow(self._target(), message.rounds - 1)
        else:
            await self._next()

    async def _give_up(self, turn: int) -> None:
        if turn == self._turn and self._busy:
            await self._next()

    async def _next(self) -> None:
        self._turn += 1
        self._busy = bool(self._waiting)
        if self._busy:
            target, turn = self._target(), self._turn
            await self._handle(self._waiting.popleft())
            if turn == self._turn:
                self._follow(target, ROUNDS)

    def _follow(self, target: MessagePump, rounds: int) -> None:
        if not target.post_message(Passed(self._turn, rounds)):
            self._app.post_message(Passed(self._turn, rounds))  # the target is gone

    def _target(self) -> MessagePump:
        try:
            return self._app.focused or self._app.screen
        except ScreenStackError:
            return self._app
