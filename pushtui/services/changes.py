"""Changes of one user's settings: read, shown as a difference, confirmed, journaled, made, read back, taken back."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING

from pushtui.domain.change import Change, ChangeRequest, Difference
from pushtui.domain.confirmation import Ritual, ritual_for
from pushtui.domain.errors import PushtuiError, Refused
from pushtui.domain.finding import PUSHTUI, Finding, Severity, in_order
from pushtui.domain.json_body import JsonValue
from pushtui.domain.reach import Extent, Reach
from pushtui.providers.addressing import filled
from pushtui.providers.changes import Intent, SettingChange, Step, setting_named
from pushtui.providers.wire import findings_of
from pushtui.services.change_making import Maker
from pushtui.services.change_reading import SettingReader, Where, place_of
from pushtui.services.change_refusals import expect_same_app, refuse_final, refuse_known, stale
from pushtui.services.change_words import ToldChange, told

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from pushtui.domain.account import Account
    from pushtui.domain.clock import Clock, Randomness
    from pushtui.journal import Journal
    from pushtui.services.accounts import Accounts
    from pushtui.services.calls import Calls
    from pushtui.services.profiles import Profiles

SHOWN_CHANGES = 200


@dataclass(frozen=True, slots=True)
class Proposal:
    """A change as it would be made, against what was just read."""

    where: Where
    intent: Intent
    steps: tuple[Step, ...]
    requests: tuple[ChangeRequest, ...]
    """What would be sent, in order."""
    differences: tuple[Difference, ...]
    """Empty if all is so already."""
    findings: tuple[Finding, ...]
    read_at: datetime
    undoes: str = ""
    """The id of the change that this one takes back."""

    @property
    def problem(self) -> str:
        """Why it cannot be made, in words; empty if it can."""
        if not self.differences:
            return f"Nothing to change: the {self.where.setting.label} of “{self.intent.user}” is so already."
        errors = [found for found in self.findings if found.severity is Severity.ERROR]
        if not errors:
            return ""
        first = errors[0]
        return f"{first.field}: {first.message}." if first.path else f"{first.message}."

    @property
    def ritual(self) -> Ritual:
        """What a person has to do to confirm: one key, or words where the change does more than it seems to."""
        danger = self.where.setting.danger(self.intent)
        if danger:
            return Ritual(f"{self.where.account.environment} {danger}", None)
        return ritual_for(Reach(Extent.EXACTLY, 1), self.where.account, again=False)


@cache
def changes_of(provider: str) -> tuple[SettingChange, ...]:
    """Return the settings that can be changed at a provider; its payloads are loaded only now."""
    found: tuple[SettingChange, ...] = import_module(f"pushtui.providers.{provider}.changes").CHANGES
    return found


class Changes:
    """Changes settings of one user at a time."""

    def __init__(
        self,
        accounts: Accounts,
        journal: Journal,
        calls: Calls,
        profiles: Profiles,
        clock: Clock,
        randomness: Randomness,
    ) -> None:
        self._accounts = accounts
        self._journal = journal
        self._clock = clock
        self._randomness = randomness
        self._reader = SettingReader(profiles, clock)
        self._maker = Maker(calls, journal, self._reader, clock)

    async def propose(
        self, account: Account, user: str, setting: SettingChange, wanted: JsonValue, place: str = ""
    ) -> Proposal:
        """Read a setting now and say what a change would do to it; nothing is changed.

        Raises Refused if it cannot be read, since then nobody would know what is changed, and UsageError for a
        place that cannot be.
        """
        return await self.amend(account, user, setting, lambda fact: setting.completed(wanted, fact), place)

    async def amend(
        self,
        account: Account,
        user: str,
        setting: SettingChange,
        wish: Callable[[JsonValue], JsonValue],
        place: str = "",
    ) -> Proposal:
        """Propose what somebody wants made of a value; `wish` is told the very value that is compared with."""
        where = place_of(account, user, setting, place)
        return self._proposal(where, await self._reader.intent(where, lambda fact, _now: wish(fact)))

    async def clearing(self, account: Account, user: str, setting: SettingChange, place: str = "") -> Proposal:
        """Propose that nothing is set any more; Refused where the provider has no way to."""
        if setting.cleared is None:
            raise Refused(f"{setting.name}: this provider has no way to clear it. Set another value.")
        return await self.amend(account, user, setting, setting.cleared, place)

    async def undo(self, change_id: str) -> Proposal:
        """Propose to bring back what was before a change; Refused if that cannot be, or the value changed since."""
        change = await self._journal.change(change_id)
        where = await self._where(change)
        setting = where.setting
        refuse_final(change, setting)
        is_now = await self._reader.intent(where, lambda _fact, _now: change.after)
        if is_now.before != change.after and not setting.reached(is_now, is_now.before):
            raise stale(where, is_now, f"it was {setting.words(change.after, is_now.account)} after that change, and")
        wanted = setting.back(change.before, is_now.now)
        return self._proposal(where, replace(is_now, wanted=wanted), undoes=change.id)

    async def read_back(self, change_id: str) -> ToldChange:
        """Read the setting of a change that nobody has read since, and return the change as the journal then has it.

        Refused for one whose outcome is known, and if the setting cannot be read.
        """
        change = await self._journal.change(change_id)
        refuse_known(change)
        await self._maker.look_back(change, await self._where(change))
        return await self._told(await self._journal.change(change.id))

    async def apply(
        self, proposal: Proposal, confirmed_by: str, begun: Callable[[str], None] = lambda _change_id: None
    ) -> ToldChange:
        """Make a change that a person confirmed, read it back, and return it as the journal has it.

        `confirmed_by` is what the person typed; `begun` hears the change's id before anything leaves. Raises
        Refused before that, and JournalError when the journal cannot keep what happens; how the requests ended is
        in the change, not an exception.
        """
        fresh = await self._admitted(proposal, confirmed_by)
        change = self._change(fresh)
        begun(change.id)
        await self._maker.make(change, fresh.where, fresh.intent, fresh.steps)
        return await self._told(await self._journal.change(change.id))

    async def history(self, limit: int = SHOWN_CHANGES, user: str = "") -> list[ToldChange]:
        """Return the latest changes in words, newest first; of one user if one is named."""
        return [await self._told(change) for change in await self._journal.changes(limit, user)]

    async def change(self, prefix: str) -> ToldChange:
        """Return the change whose id starts so, in words; raises JournalError unless there is exactly one."""
        return await self._told(await self._journal.change(prefix))

    async def _where(self, change: Change) -> Where:
        account = await self._accounts.get(change.account)
        expect_same_app(account, change.provider, change.app_id, change.environment)
        setting = setting_named(changes_of(account.provider), change.setting, change.place)
        return Where(account, change.user, setting, change.place)

    async def _told(self, change: Change) -> ToldChange:
        try:
            account = await self._accounts.get(change.account)
            setting = setting_named(changes_of(change.provider), change.setting, change.place)
        except PushtuiError:  # The account was removed, or another pushtui wrote this.
            return told(change, None)
        return told(change, (setting, account))

    def _proposal(self, where: Where, intent: Intent, undoes: str = "") -> Proposal:
        account, setting = where.account, where.setting
        steps = tuple(setting.steps(intent))
        own = tuple(setting.findings(intent))
        in_words = {found.path for found in own if found.severity is Severity.ERROR}
        closed = [Finding(Severity.ERROR, (), f"The account “{account.name}” is read-only", PUSHTUI)]
        findings = in_order(
            [
                *(closed if account.read_only else ()),
                *own,
                *(
                    found
                    for step in steps
                    for found in findings_of(step.endpoint.request_model, step.body)
                    if found.path not in in_words
                ),
            ]
        )
        requests = tuple(_request(step) for step in steps)
        return Proposal(where, intent, steps, requests, setting.told(intent), findings, self._clock.now(), undoes)

    async def _admitted(self, proposal: Proposal, confirmed_by: str) -> Proposal:
        """Refuse whatever must not be made, and return the change against what is set at this moment."""
        where, intent, ritual = proposal.where, proposal.intent, proposal.ritual
        account = await self._accounts.get(where.account.name)
        if account.read_only:
            raise Refused("This session or the account is read-only: nothing was changed.")
        if proposal.problem:
            raise Refused(f"{proposal.problem} Nothing was changed.")
        if not ritual.accepts(confirmed_by) and confirmed_by != ritual.key:
            raise Refused(f"Not confirmed: type “{ritual.phrase}”. Nothing was changed.")
        expect_same_app(account, where.account.provider, where.account.app_id, where.account.environment)
        where = replace(where, account=account)
        is_now = await self._reader.intent(where, lambda _fact, _now: intent.wanted)
        if is_now.before != intent.before:
            raise stale(where, is_now, "it changed since it was read, and")
        fresh = self._proposal(where, is_now, proposal.undoes)
        if fresh.problem:
            raise Refused(f"{fresh.problem} Nothing was changed.")
        return fresh

    def _change(self, proposal: Proposal) -> Change:
        account, setting, intent = proposal.where.account, proposal.where.setting, proposal.intent
        return Change(
            id=self._randomness.identifier(),
            made_at=self._clock.now(),
            environment=account.environment,
            provider=account.provider,
            app_id=account.app_id,
            account=account.name,
            user=intent.user,
            setting=setting.name,
            scope=setting.scope,
            place=intent.place,
            before=intent.before,
            wanted=intent.wanted,
            requests=proposal.requests,
            undoes=proposal.undoes,
        )


def _request(step: Step) -> ChangeRequest:
    """Write a request down; raises UsageError for a value that cannot stand in an address."""
    endpoint = step.endpoint
    path = filled(endpoint.path, step.values)
    return ChangeRequest(endpoint.name, endpoint.method, path, step.body, endpoint.encoding.value)
