"""Which kinds of draft there are, and which of them an account can send."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pushtui.providers.kinds import KINDS

if TYPE_CHECKING:
    from pushtui.domain.account import Account


@dataclass(frozen=True, slots=True)
class KindChoice:
    """A kind of draft, in words; `why_not` says why an account cannot send it, empty if it can."""

    name: str
    title: str
    about: str
    why_not: str = ""


def kind_choices(account: Account | None) -> tuple[KindChoice, ...]:
    """Return all kinds; those that an account cannot send last. Without an account all can be written."""
    choices = []
    for kind in KINDS.values():
        foreign = account is not None and account.provider != kind.provider.name
        why_not = f"needs an account at {kind.provider.title}" if foreign else ""
        choices.append(KindChoice(kind.name, kind.title, kind.about, why_not))
    return tuple(sorted(choices, key=lambda choice: bool(choice.why_not)))
