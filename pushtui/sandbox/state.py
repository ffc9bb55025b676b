"""Everything the sandbox knows while it runs."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from pushtui.sandbox.agora import data as agora
from pushtui.sandbox.bell import Bell
from pushtui.sandbox.chance import SeededRandomness
from pushtui.sandbox.clock import SandboxClock
from pushtui.sandbox.credentials import credentials_of
from pushtui.sandbox.faults import FaultBook
from pushtui.sandbox.inbox import Inbox
from pushtui.sandbox.limits import Buckets, CallCounter
from pushtui.sandbox.rongcloud import data as rongcloud
from pushtui.sandbox.settings import SandboxSettings
from pushtui.sandbox.tencent import data as tencent
from pushtui.sandbox.world import PEOPLE, Person, newcomer

if TYPE_CHECKING:
    from datetime import datetime

    from pushtui.domain.clock import Clock


class SandboxState:
    """The emulated clouds' memory; a reset brings back the beginning.

    The accounts stay those of the start, so that whoever was told their secrets can go on.
    """

    clock: SandboxClock
    settings: SandboxSettings
    randomness: SeededRandomness
    began: datetime
    people: dict[str, Person]
    """Who holds the handsets, by id; each cloud knows which of them are its users."""
    rongcloud: rongcloud.RongCloudData
    agora: agora.AgoraData
    tencent: tencent.TencentData
    inbox: Inbox
    calls: CallCounter
    buckets: Buckets
    expired: set[str]
    """Tokens that a fault let expire before their time."""
    changed_people: set[str]
    """Ids of people whom somebody changed since the clouds last looked."""
    requests: Counter[str]
    """How many requests arrived for each operation, whatever became of them."""

    def __init__(self, base: Clock, seed: int, *, limits: bool) -> None:
        self._limits = limits
        self.seed = seed
        self.credentials = credentials_of(seed)
        self.clock = SandboxClock(base)
        self.faults = FaultBook()
        self.news = Bell()
        """Rings when a send may have been accepted, or all is different."""
        self.reset()

    def reset(self, seed: int | None = None) -> None:
        """Forget all that happened, and go back to the settings and the time of the start."""
        self.seed = self.seed if seed is None else seed
        self.faults.clear()
        self.clock.follow()
        self.settings = replace(SandboxSettings(), limits=self._limits)
        self.randomness = SeededRandomness(self.seed)
        self.began = self.clock.now()
        self.people = {person.id: person for person in PEOPLE}
        self.rongcloud = rongcloud.fresh(self.people, self.began)
        self.agora = agora.fresh(self.people, self.began)
        self.tencent = tencent.fresh(self.people, self.began)
        self.inbox = Inbox()
        self.calls = CallCounter()
        self.buckets = Buckets()
        self.expired = set()
        self.changed_people = set()
        self.requests = Counter()
        self.news.ring()

    def meet(self, user: str, name: str) -> Person:
        """Return the person with an id; a client that registers a user makes them up, and they log in at once."""
        if user not in self.people:
            away, with_handset = self.began - self.clock.now(), self.settings.new_users_have_handset
            self.people[user] = newcomer(user, name, with_handset=with_handset, away=away)
        return self.people[user]
