"""The sandbox's inbox as it fills: asked once, then told of each send."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from pushtui.services.inbox import InboxPush
    from pushtui.services.sandbox_control import SandboxControl

KEPT = 100
"""Sends that are kept in view; the command line lists more."""
WAIT = 25.0
"""Seconds after which a call that brought no news is made again."""


class InboxFeed:
    """The newest sends, newest first."""

    def __init__(self, control: SandboxControl, kept: int = KEPT, wait: float = WAIT) -> None:
        self._control = control
        self._kept = kept
        self._wait = wait
        self.pushes: tuple[InboxPush, ...] = ()
        self.sequence = 0
        """How many sends the sandbox accepted since its beginning."""
        self._began: datetime | None = None
        self.restarted = False
        """Whether the latest news are that the sandbox was reset, or is another one."""

    async def begin(self) -> None:
        """Ask for the newest sends."""
        page = await self._control.inbox(self._kept)
        self.pushes, self.sequence, self._began = page.pushes, page.sequence, page.began

    async def wait(self) -> bool:
        """Wait for news, at most `wait` seconds; tell whether there are any.

        A sandbox that began anew, or another one in its place, has other sends: all are asked for then.
        """
        page = await self._control.news(self.sequence, self._began, self._wait)
        self.restarted = page.began != self._began or page.sequence < self.sequence
        if self.restarted:
            await self.begin()
            return True
        self.pushes = (*page.pushes, *self.pushes)[: self._kept]
        news, self.sequence = page.sequence > self.sequence, page.sequence
        return news

    async def renew(self, push_id: str) -> InboxPush | None:
        """Ask again for one send, whose notifications later ones may have replaced; None if it is not kept."""
        if all(push.id != push_id for push in self.pushes):
            return None
        renewed = await self._control.push(push_id)
        self.pushes = tuple(renewed if push.id == push_id else push for push in self.pushes)
        return renewed
