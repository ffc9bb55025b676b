"""The ritual before a send: the more people, the more there is to type."""

from __future__ import annotations

from dataclasses import dataclass

from pushtui.domain.account import Account, Environment
from pushtui.domain.reach import Extent, Reach

SMALL_REACH = 20
"""Up to this many users one key is enough."""


@dataclass(frozen=True, slots=True)
class Ritual:
    """What a person has to do to confirm.

    `phrase` always confirms; `key` is set where a single key does too. Both differ between
    environments, so that fingers trained on the sandbox do not send to live users.
    """

    phrase: str
    key: str | None

    def accepts(self, typed: str) -> bool:
        """Compare what was typed, blanks at the ends aside; the case counts."""
        return typed.strip() == self.phrase

    def demanding(self, word: str) -> Ritual:
        """Ask for a word besides, which no single key stands for; for the same if there is none."""
        return Ritual(f"{self.phrase} {word}", None) if word else self


def ritual_for(reach: Reach, account: Account, *, again: bool) -> Ritual:
    """Choose the ritual for a reach in an environment; what may show twice has to be typed, and says so."""
    return ritual_in(reach, account.environment, account.name, again=again)


def ritual_in(reach: Reach, environment: Environment, account: str, *, again: bool) -> Ritual:
    """Do so for an account of which only these are known: its environment and its name."""
    repeated = " again" if again else ""
    if reach.extent is Extent.EVERYBODY:
        return Ritual(f"{environment} {account} everybody{repeated}", None)
    if reach.extent is Extent.UNKNOWN:
        return Ritual(f"{environment} unknown{repeated}", None)
    if again:
        return ritual_again(reach.users, environment)
    return Ritual(f"{environment} {reach.users}", _key(environment) if reach.users <= SMALL_REACH else None)


def ritual_again(users: int, environment: Environment) -> Ritual:
    """Choose the ritual for so many people who may get the same twice; there is no single key for that."""
    return Ritual(f"{environment} {users} again", None)


def _key(environment: Environment) -> str:
    return "L" if environment is Environment.LIVE else environment.value[0]
