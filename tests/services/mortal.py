"""Processes that die at a step of their own choosing, in one real process: many deaths a second.

A death is what SIGKILL is: from that step on the process writes nothing and sends nothing, its lock is free,
and what the journal's thread had begun is either done or not.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar

from pushtui.domain.account import Account
from pushtui.domain.attempt import Outcome
from pushtui.domain.clock import SystemClock, SystemRandomness
from pushtui.domain.secret import Secret
from pushtui.journal import Journal
from pushtui.paths import Paths
from pushtui.providers.base import DraftKind
from pushtui.providers.transport import Channel, Prepared, Timeouts
from pushtui.services.accounts import Accounts
from pushtui.services.drafts import Drafts
from pushtui.services.exchange import Exchange
from pushtui.services.planning import Planning
from pushtui.services.results import Results
from pushtui.services.sending import Sending
from pushtui.vault import Vault

T = TypeVar("T")

IMPATIENT = Timeouts(connect=2, read=0.15, total=0.5)


class Killed(BaseException):
    """The process is no more."""


class QuickClock(SystemClock):
    """Real time, but waiting takes none of it."""

    def __init__(self) -> None:
        self._slept = 0.0

    def monotonic(self) -> float:
        return super().monotonic() + self._slept

    async def sleep(self, seconds: float) -> None:
        self._slept += seconds
        await asyncio.sleep(0)


@dataclass
class Fate:
    """At which step a process dies, or is told to end; 0 lets it live."""

    at: int = 0
    told_to_end_at: tuple[int, ...] = ()
    """At which steps somebody asks it to end."""
    steps: int = 0
    dead: bool = False
    ask: Callable[[], object] = field(default=lambda: None)
    """How it is asked to end."""

    def step(self) -> None:
        """Take one step, the last one perhaps."""
        self.steps += 1
        self.dead = self.dead or self.steps == self.at
        if self.steps in self.told_to_end_at:
            self.ask()
        if self.dead:
            raise Killed


class MortalJournal(Journal):
    """A journal of a process that may die before and after each thing it writes or reads."""

    def __init__(self, paths: Paths, clock: QuickClock, fate: Fate) -> None:
        super().__init__(paths.journal_file, paths.locks, clock)
        self._fate = fate

    async def _do(self, work: Callable[[], T]) -> T:
        self._fate.step()
        done = await super()._do(work)
        self._fate.step()
        return done

    async def _together(self, work: Callable[[], T]) -> T:
        self._fate.step()
        done = await super()._together(work)
        self._fate.step()
        return done

    async def bury(self) -> None:
        """Let go of what the system takes back from a dead process."""
        if self._opened is not None:
            await asyncio.wrap_future(self._writer.submit(self._opened.close))
        await asyncio.to_thread(self._writer.shutdown)
        self._ownership._lock.release()


@dataclass(frozen=True, slots=True)
class MortalExchange(Exchange):
    """Requests of a process that may die before one leaves and after its answer came."""

    fate: Fate = field(default_factory=Fate)

    async def perform(self, kind: DraftKind, prepared: Prepared, channel: Channel | None = None) -> Outcome:
        self.fate.step()
        outcome = await Exchange.perform(self, kind, prepared, channel)
        self.fate.step()
        return outcome


@dataclass(frozen=True, slots=True)
class MortalSending(Sending):
    """Sends as long as its process lives."""

    fate: Fate = field(default_factory=Fate)

    @property
    def _exchange(self) -> Exchange:
        return MortalExchange(self.clock, self.randomness, self.timeouts, fate=self.fate)


class Life:
    """One process's services, over folders that outlive it."""

    def __init__(self, paths: Paths, account: Account, secret: str, fate: Fate | None = None) -> None:
        clock, randomness = QuickClock(), SystemRandomness()
        self.fate = fate or Fate()
        self.journal = MortalJournal(paths, clock, self.fate)
        accounts = Accounts(paths, Vault(), self.journal)
        accounts.attach(account, Secret(secret))
        self.planning = Planning(accounts, self.journal, clock, randomness)
        self.sending = MortalSending(
            accounts,
            self.planning,
            self.journal,
            clock,
            randomness,
            timeouts=IMPATIENT,
            sleep=clock.sleep,
            fate=self.fate,
        )
        self.results = Results(self.journal, Drafts(paths))

    async def end(self) -> None:
        """Close what lives, bury what is dead."""
        if self.fate.dead:
            await self.journal.bury()
        else:
            self.fate.at = 0
            await self.journal.close()
