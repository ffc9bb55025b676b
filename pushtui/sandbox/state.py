"""Everything the sandbox knows while it runs."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from pushtui.domain.secret import Secret
from pushtui.sandbox.chance import SeededRandomness
from pushtui.sandbox.clock import SandboxClock
from pushtui.sandbox.faults import FaultBook
from pushtui.sandbox.inbox import Inbox
from pushtui.sandbox.limits import CallCounter
from pushtui.sandbox.settings import SandboxSettings
from pushtui.sandbox.world import USERS, SandboxUser

if TYPE_CHECKING:
    from datetime import datetime

    from pushtui.domain.clock import Clock

APP_KEY = "sandbox0rc01"


class SandboxState:
    """The emulated clouds' memory; a reset brings back the beginning."""

    clock: SandboxClock
    settings: SandboxSettings
    randomness: SeededRandomness
    users: tuple[SandboxUser, ...]
    began: datetime
    inbox: Inbox
    calls: CallCounter
    requests: Counter[str]
    """How many requests arrived at each path, whatever became of them."""

    def __init__(self, base: Clock, seed: int, *, limits: bool) -> None:
        self._base = base
        self._limits = limits
        self.seed = seed
        self.app_key = APP_KEY
        self.app_secret = Secret(SeededRandomness(f"secret {seed}").letters(14))
        self.faults = FaultBook()
        self.reset()

    def reset(self) -> None:
        """Forget all that happened, and go back to the settings and the time of the start."""
        self.faults.remove()
        self.faults = FaultBook()
        self.clock = SandboxClock(self._base)
        self.settings = replace(SandboxSettings(), limits=self._limits)
        self.randomness = SeededRandomness(self.seed)
        self.users = USERS
        self.began = self.clock.now()
        self.inbox = Inbox()
        self.calls = CallCounter()
        self.requests = Counter()
