"""The service layer put together."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field

from pushtui.domain.clock import Clock, Randomness, SystemClock, SystemRandomness
from pushtui.domain.errors import SandboxError
from pushtui.journal import Journal
from pushtui.paths import Paths
from pushtui.services.account_tests import AccountTests
from pushtui.services.accounts import Accounts
from pushtui.services.asked_pushes import AskedPushes
from pushtui.services.calls import Calls
from pushtui.services.changes import Changes
from pushtui.services.desk import Desk
from pushtui.services.drafts import Drafts
from pushtui.services.explaining import Explaining
from pushtui.services.history import History
from pushtui.services.planning import Planning
from pushtui.services.profiles import Profiles
from pushtui.services.recovery import Recovery
from pushtui.services.results import Results
from pushtui.services.run_control import RunControl
from pushtui.services.runs_here import RunsHere
from pushtui.services.sandbox_link import SandboxLink
from pushtui.services.sending import Sending
from pushtui.vault import Vault


@dataclass(slots=True)
class Services:
    """All that the console and the command line may call, over one set of folders."""

    paths: Paths
    read_only: bool = False
    clock: Clock = field(default_factory=SystemClock)
    randomness: Randomness = field(default_factory=SystemRandomness)
    vault: Vault = field(init=False)
    journal: Journal = field(init=False)
    accounts: Accounts = field(init=False)
    calls: Calls = field(init=False)
    account_tests: AccountTests = field(init=False)
    profiles: Profiles = field(init=False)
    changes: Changes = field(init=False)
    explaining: Explaining = field(init=False)
    drafts: Drafts = field(init=False)
    recovery: Recovery = field(init=False)
    planning: Planning = field(init=False)
    sending: Sending = field(init=False)
    history: History = field(init=False)
    runs: RunControl = field(init=False)
    here: RunsHere = field(init=False)
    results: Results = field(init=False)
    sandbox: SandboxLink = field(init=False)
    desk: Desk = field(init=False)

    def __post_init__(self) -> None:
        self.vault = Vault()
        self.journal = Journal(self.paths.journal_file, self.paths.locks, self.clock)
        self.accounts = Accounts(self.paths, self.vault, self.journal, read_only=self.read_only)
        self.calls = Calls(self.accounts, self.clock, self.randomness, read_only=self.read_only, logs=self.paths.logs)
        self.profiles = Profiles(self.accounts, self.calls, self.clock)
        self.changes = Changes(self.accounts, self.journal, self.calls, self.profiles, self.clock, self.randomness)
        self.account_tests = AccountTests(self.accounts, self.calls, self.clock)
        self.drafts = Drafts(self.paths)
        self.recovery = Recovery(self.paths)
        self.planning = Planning(self.accounts, self.journal, self.clock, self.randomness)
        pushes = AskedPushes(self.journal, self.planning)
        self.explaining = Explaining(self.profiles, pushes, self.changes, self.clock)
        self.sending = Sending(
            self.accounts,
            self.planning,
            self.journal,
            self.clock,
            self.randomness,
            read_only=self.read_only,
            logs=self.paths.logs,
        )
        self.history = History(self.journal)
        self.runs = RunControl(self.journal, self.paths, self.clock, read_only=self.read_only)
        self.results = Results(self.journal, self.drafts)
        self.sandbox = SandboxLink(self.paths, self.clock, read_only=self.read_only)
        self.here = RunsHere(self.sending, self.runs, self.sandbox)
        self.desk = Desk(self.drafts, self.recovery)

    def attach_sandbox(self) -> None:
        """Make the accounts of the sandbox known, as the sandbox is now."""
        for account, secret in self.sandbox.accounts():
            self.accounts.attach(account, secret)

    async def reset_sandbox(self, seed: int | None = None) -> None:
        """Bring the sandbox back to its beginning; its quotas begin anew with it."""
        await self.sandbox.reset(seed)
        self.attach_sandbox()

    async def follow_sandbox(self) -> None:
        """Notice what another process did to the sandbox that its accounts show; one that is gone is not noticed."""
        with suppress(SandboxError):
            if self.sandbox.connected and await self.sandbox.is_another():
                self.attach_sandbox()
