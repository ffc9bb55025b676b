"""A confirmed change on its way: journaled before it leaves, ended once, and read back."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from pushtui.domain.attempt import AttemptState
from pushtui.domain.change import Change, ChangeEnd, ReadBack
from pushtui.domain.errors import OutcomeUnknown, ProviderError, PushtuiError
from pushtui.providers.errors import RateExceeded
from pushtui.services.change_reading import SettingReader, Where

if TYPE_CHECKING:
    from datetime import datetime

    from pushtui.domain.clock import Clock
    from pushtui.domain.json_body import JsonValue
    from pushtui.journal import Journal
    from pushtui.providers.changes import Intent, Step
    from pushtui.services.calls import Calls, Told

CUT_OFF = "pushtui was cut off while the change was under way. It was not sent again."
NOTHING_LEFT = "Nothing of it was sent."


@dataclass(frozen=True, slots=True)
class Maker:
    """Sends the requests of changes, each once."""

    calls: Calls
    journal: Journal
    reader: SettingReader
    clock: Clock

    async def make(self, change: Change, where: Where, intent: Intent, steps: tuple[Step, ...]) -> None:
        """Journal a change, make it, and read it back; how it ended is in the journal.

        Raises JournalError, and whatever cuts it off, once that is written.
        """
        await self.journal.begin_change(change)
        ahead = intent.now - self.clock.now()
        sent = _Sent(len(steps), self.clock.now())
        end = sent.unknown(OutcomeUnknown.title, CUT_OFF)
        try:
            end = await self._send(where, steps, sent)
        finally:
            await self.journal.finish_change(change.id, end, self.clock.now())
        if end.state is not AttemptState.REJECTED or end.accepted:
            moments = sent.began + ahead, sent.told_at or self.clock.now() + ahead
            await self._read_back(change.id, where, intent, moments)

    async def _send(self, where: Where, steps: tuple[Step, ...], sent: _Sent) -> ChangeEnd:
        try:
            for step in steps:
                told = await self._write(where, step)
                objection = where.setting.objection(told.body)
                if objection is not None and objection.is_doubtful:
                    return sent.unknown(OutcomeUnknown.title, objection.text)
                if objection is not None:
                    return sent.rejected("Rejected", objection.text)
                sent.accepted, sent.told_at = sent.accepted + 1, told.server_time
        except OutcomeUnknown as error:
            return sent.unknown(error.title, error.message, error)
        except ProviderError as error:
            return sent.rejected(error.title, error.message, error)
        except PushtuiError as error:
            return sent.rejected(error.title, f"{error.message} {NOTHING_LEFT}" if not sent.accepted else error.message)
        return ChangeEnd(AttemptState.ACCEPTED, "Accepted", "", sent.accepted)

    async def _write(self, where: Where, step: Step) -> Told:
        """Send a request; once more, when its turn comes, if it was refused for coming too soon."""
        try:
            return await self.calls.write(where.account, step.endpoint, step.values, step.body)
        except RateExceeded:
            return await self.calls.write(where.account, step.endpoint, step.values, step.body)

    async def look_back(self, change: Change, where: Where) -> None:
        """Read the setting of a change that has ended, and keep what it is; Refused if it cannot be read.

        What was read before, and was not as wanted, gives way only to what is.
        """
        if not where.setting.fact:
            await self.journal.keep_read_back(change.id, ReadBack.IMPOSSIBLE, None)
            return
        is_now = await self.reader.intent(where, lambda _fact, _now: change.wanted)
        ahead = is_now.now - self.clock.now()
        moments = change.made_at + ahead, (change.ended_at or change.made_at) + ahead
        found = _found(where, is_now, is_now.before, moments)
        if found is ReadBack.AS_WANTED or change.read_back is not ReadBack.DIFFERENT:
            await self.journal.keep_read_back(change.id, found, is_now.before)

    async def _read_back(self, change_id: str, where: Where, intent: Intent, moments: tuple[datetime, ...]) -> None:
        """Read the setting again, and keep what it is now."""
        if not where.setting.fact:
            await self.journal.keep_read_back(change_id, ReadBack.IMPOSSIBLE, None)
            return
        told: JsonValue = None
        found = ReadBack.FAILED
        try:
            told = (await self.reader.intent(where, lambda _fact, _now: intent.wanted)).before
            found = _found(where, intent, told, moments)
        except PushtuiError:
            pass  # What is set now is then not known, and the journal says that.
        await self.journal.keep_read_back(change_id, found, told)


def _found(where: Where, intent: Intent, told: JsonValue, moments: tuple[datetime, ...]) -> ReadBack:
    """Compare what is set with what was wanted at one of the moments at which it may have been set."""
    is_so = any(where.setting.reached(replace(intent, now=moment), told) for moment in moments)
    return ReadBack.AS_WANTED if is_so else ReadBack.DIFFERENT


@dataclass(slots=True)
class _Sent:
    """How far the requests of a change are."""

    count: int
    began: datetime
    accepted: int = 0
    told_at: datetime | None = None
    """By the provider's clock, when it answered last."""

    def rejected(self, title: str, message: str, error: ProviderError | None = None) -> ChangeEnd:
        return self._end(AttemptState.REJECTED, title, message, error)

    def unknown(self, title: str, message: str, error: ProviderError | None = None) -> ChangeEnd:
        return self._end(AttemptState.UNKNOWN, title, message, error)

    def _end(self, state: AttemptState, title: str, message: str, error: ProviderError | None) -> ChangeEnd:
        if self.count > 1:
            message = f"{message} {self.accepted} of its {self.count} requests were accepted before."
        code, request_id = (error.code, error.request_id) if error is not None else (None, "")
        return ChangeEnd(state, title, message, self.accepted, code, request_id)
