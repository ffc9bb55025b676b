"""What is set now, beside what somebody wants."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from pushtui.domain.change import Scope
from pushtui.domain.conversation import parse_conversation
from pushtui.domain.errors import Refused, UsageError
from pushtui.domain.json_body import JsonValue
from pushtui.domain.profile import EXISTS, FactState
from pushtui.providers.changes import Intent, SettingChange
from pushtui.providers.profiles import NotTold
from pushtui.services.profiles import Wanted

if TYPE_CHECKING:
    from datetime import datetime

    from pushtui.domain.account import Account
    from pushtui.domain.clock import Clock
    from pushtui.services.profiles import Profiles

Wish: TypeAlias = "Callable[[JsonValue, datetime], JsonValue]"
"""From the value of the fact that tells a setting, and the provider's time, to what is wanted."""


@dataclass(frozen=True, slots=True)
class Where:
    """A setting of a user at an account."""

    account: Account
    user: str
    setting: SettingChange
    place: str
    """As `SettingChange.placed` returns it."""


@dataclass(frozen=True, slots=True)
class SettingReader:
    """Reads settings that are to be changed, or were."""

    profiles: Profiles
    clock: Clock

    async def intent(self, where: Where, wish: Wish) -> Intent:
        """Read a setting now; Refused if it cannot be read, since then nobody would know what is changed."""
        account, setting, place = where.account, where.setting, where.place
        if not setting.fact:
            now = self.clock.now()
            return Intent(where.user, place, None, wish(None, now), now, account)
        conversations = (parse_conversation(place),) if setting.scope is Scope.CONVERSATION else ()
        wanted = Wanted(conversations, only=frozenset((EXISTS, setting.fact)))
        profile = await self.profiles.open(account, where.user, wanted=wanted)
        fact, now = profile.fact(setting.fact), self.clock.now() + profile.ahead
        if fact is None or fact.state is not FactState.KNOWN:
            raise _unreadable(where, fact.problem if fact is not None else "This provider does not tell it.")
        value = wish(fact.value, now)
        try:
            before = setting.part(fact.value, place, value)
        except NotTold as error:
            raise _unreadable(where, fact.problem or str(error)) from None
        return Intent(where.user, place, before, value, now, account)


def place_of(account: Account, user: str, setting: SettingChange, place: str) -> Where:
    """Check what was typed; raises UsageError."""
    if not user.strip():
        raise UsageError("The user's id is empty.")
    return Where(account, user, setting, setting.placed(place))


def _unreadable(where: Where, reason: str) -> Refused:
    return Refused(
        f"The {where.setting.label} of “{where.user}” at {where.account.name} cannot be read: {reason} "
        "Nothing was changed."
    )
