"""What must not be made, taken back or read back, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pushtui.domain.attempt import AttemptState
from pushtui.domain.change import Change, ReadBack
from pushtui.domain.errors import Refused
from pushtui.services.change_reading import Where

if TYPE_CHECKING:
    from pushtui.domain.account import Account, Environment
    from pushtui.providers.changes import Intent, SettingChange

SHORT_ID = 8
"""Digits of a change's id that people see."""


def refuse_final(change: Change, setting: SettingChange) -> None:
    """Refuse to take back what cannot be, or what nobody knows the end of."""
    short = change.id[:SHORT_ID]
    if setting.final:
        raise Refused(f"The change {short} cannot be taken back: {setting.final}.")
    if change.read_back not in (ReadBack.AS_WANTED, ReadBack.DIFFERENT):
        state = "was rejected" if change.state is AttemptState.REJECTED else "was not read back"
        raise Refused(f"The change {short} {state}, so there is nothing that could safely be taken back.")
    if (
        change.state is AttemptState.UNKNOWN
        and change.read_back is ReadBack.DIFFERENT
        and not (change.end and change.end.accepted)
    ):
        raise Refused(
            f"Whether the change {short} was made is not known, and what was read after it is not what it wanted, so "
            "there is nothing that could safely be taken back."
        )


def refuse_known(change: Change) -> None:
    """Refuse to read back what is still under way, never was made, or was read back already."""
    short, end = change.id[:SHORT_ID], change.end
    if end is None:
        raise Refused(f"The change {short} is still under way; it is read back at its end.")
    if end.state is AttemptState.REJECTED and not end.accepted:
        raise Refused(f"The change {short} was rejected; there is nothing to read back.")
    if change.read_back is ReadBack.AS_WANTED:
        raise Refused(f"The change {short} was read back already, and it was as wanted.")


def expect_same_app(account: Account, provider: str, app_id: str, environment: Environment) -> None:
    """Refuse an account that is another app by now."""
    if (account.provider, account.app_id, account.environment) != (provider, app_id, environment):
        raise Refused(
            f"The account “{account.name}” is {account.environment} {account.app_id} now; this was read at "
            f"{environment} {app_id}. Nothing was changed.",
            title="Stale change",
        )


def stale(where: Where, is_now: Intent, how: str) -> Refused:
    """Return the refusal of a change of what is no longer as it was read."""
    setting = where.setting
    return Refused(
        f"{setting.label} of “{where.user}”: {how} is {setting.words(is_now.before, is_now.account)} now. "
        "Nothing was changed; look at it again.",
        title="Stale change",
    )
