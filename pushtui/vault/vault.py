"""The vault: reads, keeps and forgets one secret per account."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from pushtui.domain.errors import SecretUnavailable
from pushtui.domain.secret import Secret
from pushtui.vault.backends import TRUSTED, NoKeyring, Trusted, best, examine
from pushtui.vault.threads import CallFailed, within

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

Result = TypeVar("Result")

SERVICE = "pushtui"
"""What entries in a keyring are filed under; the account is the user name."""

PREFIX = "PUSHTUI_SECRET_"


@dataclass(frozen=True, slots=True)
class FoundSecret:
    """A secret and the place it was read from, for people."""

    secret: Secret
    place: str


@dataclass(frozen=True, slots=True)
class BackendStatus:
    """A place that secrets can come from, whether it works here, and what there is to know about it."""

    place: str
    usable: bool
    note: str


def variable_for(account: str) -> str:
    """Return the environment variable that holds an account's secret."""
    return PREFIX + re.sub(r"[^A-Z0-9]", "_", account.upper())


class Vault:
    """Secrets by account: the environment first, then the system's keyring.

    A keyring gets `keyring_timeout` seconds for each call. There is no other place: where neither works,
    SecretUnavailable says why and which variable to set.
    """

    def __init__(
        self,
        keyring_timeout: float = 3.0,
        environment: Mapping[str, str] = os.environ,
        trusted: Sequence[Trusted] = TRUSTED,
    ) -> None:
        self._timeout = keyring_timeout
        self._environment = environment
        self._trusted = trusted
        self._chosen: tuple[str, KeyringBackend] | None = None

    async def read(self, account: str) -> FoundSecret:
        """Return an account's secret and where it was found."""
        variable = variable_for(account)
        value = self._environment.get(variable)
        if value:
            return FoundSecret(Secret(value), f"environment variable {variable}")
        place, backend = await self._keyring(account)
        kept = await self._call(account, place, lambda: backend.get_password(SERVICE, account))
        if not kept:
            raise SecretUnavailable(
                f"{place} holds no secret for the account “{account}”. Keep one there with pushtui, "
                f"or set the environment variable {variable}."
            )
        return FoundSecret(Secret(kept), place)

    async def write(self, account: str, secret: Secret) -> str:
        """Keep a secret, read it back to be sure, and return the place."""
        place, backend = await self._keyring(account)
        await self._call(account, place, lambda: backend.set_password(SERVICE, account, secret.reveal()))
        kept = await self._call(account, place, lambda: backend.get_password(SERVICE, account))
        if kept is None or not secret.matches(kept):
            raise SecretUnavailable(f"{place} took the secret but did not give it back. {_instead(account)}")
        return place

    async def delete(self, account: str) -> None:
        """Forget what the keyring holds for an account; no entry is no error. NoKeyring if there is none to ask."""
        place, backend = await self._keyring(account)

        def forget() -> None:
            if backend.get_password(SERVICE, account) is not None:
                backend.delete_password(SERVICE, account)

        await self._call(account, place, forget)

    async def status(self) -> list[BackendStatus]:
        """Say of every place whether it works here, in the order in which they are asked."""
        names = ", ".join(sorted(name for name in self._environment if name.startswith(PREFIX)))
        variables = BackendStatus("environment variables", True, names or f"none named {PREFIX}… is set")
        try:
            found = await examine(self._trusted, self._environment, self._timeout)
        except NoKeyring as error:
            return [variables, BackendStatus("keyring", False, error.message)]
        in_order = sorted(found, key=lambda one: one.priority, reverse=True)
        return [variables, *(BackendStatus(one.title, one.backend is not None, one.reason) for one in in_order)]

    async def _keyring(self, account: str) -> tuple[str, KeyringBackend]:
        if self._chosen is None:
            try:
                self._chosen = best(await examine(self._trusted, self._environment, self._timeout))
            except NoKeyring as error:
                raise NoKeyring(f"{error.message} {_instead(account)}") from None
        return self._chosen

    async def _call(self, account: str, place: str, work: Callable[[], Result]) -> Result:
        try:
            return await within(self._timeout, work)
        except CallFailed as error:
            reason = f"{place} was found, but it failed: {str(error).rstrip('.')}."
        except TimeoutError:
            reason = (
                f"{place} was found, but it did not answer within {self._timeout:g} seconds; "
                "perhaps it waits for its password in a window that nobody sees."
            )
        raise SecretUnavailable(f"{reason} {_instead(account)}")


def _instead(account: str) -> str:
    return f"Set the environment variable {variable_for(account)} instead."
