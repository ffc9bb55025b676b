"""Accounts: described in a file that people may edit, their secrets in the vault."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING, TypeAlias

from pushtui.domain.account import Account
from pushtui.domain.errors import AccountError, SecretUnavailable
from pushtui.domain.json_body import JsonObject
from pushtui.domain.nearest import did_you_mean
from pushtui.files import FileLock, private_folder, write_atomically
from pushtui.services.account_file import read_accounts, with_account, without_account
from pushtui.services.account_table import RESERVED, account_of, values_of
from pushtui.vault import FoundSecret, variable_for
from pushtui.vault.backends import NoKeyring

if TYPE_CHECKING:
    from pushtui.domain.secret import Secret
    from pushtui.journal import Journal
    from pushtui.paths import Paths
    from pushtui.vault import Vault

Change: TypeAlias = "Callable[[str, dict[str, Account]], str]"
"""From the file's text, and the accounts it describes, to its new text."""


class Accounts:
    """The accounts of the file, and those attached for this session only, which come first."""

    def __init__(self, paths: Paths, vault: Vault, journal: Journal | None = None, *, read_only: bool = False) -> None:
        self._read_only = read_only
        self._paths = paths
        self._vault = vault
        self._journal = journal
        self._attached: dict[str, tuple[Account, Secret]] = {}

    @property
    def attached(self) -> tuple[Account, ...]:
        """The accounts of this session, which are there even if the file cannot be read."""
        return tuple(self._restricted(account) for account, _ in self._attached.values())

    def attach(self, account: Account, secret: Secret) -> None:
        """Have an account for this session only, such as the sandbox's; nothing of it is written."""
        self._attached[account.name] = (account, secret)

    async def list(self) -> tuple[Account, ...]:
        """Return all accounts; AccountError says everything that is wrong with the file."""
        described = await asyncio.to_thread(self._read)
        return (*self.attached, *map(self._restricted, described.values()))

    async def get(self, name: str) -> Account:
        """Return the account of a name; AccountError names the nearest one there is."""
        if name in self._attached:
            return self._restricted(self._attached[name][0])
        described = await asyncio.to_thread(self._read)
        if name in described:
            return self._restricted(described[name])
        raise AccountError(self._unknown(name, [*self._attached, *described]))

    async def first_name(self, provider: str) -> str:
        """Return the name of the first account there is at a provider, or nothing."""
        try:
            known = await self.list()
        except AccountError:
            known = self.attached
        return next((account.name for account in known if account.provider == provider), "")

    async def secret(self, name: str) -> FoundSecret:
        """Return an account's secret and where it was found."""
        if name in self._attached:
            return FoundSecret(self._attached[name][1], "this session")
        return await self._vault.read((await self.get(name)).name)

    async def add(self, account: Account, secret: Secret | None) -> str:
        """Describe a new account in the file, keep its secret, and return the place of that.

        Where no place can keep the secret, the account is there nevertheless and SecretUnavailable says
        which environment variable to set. Without a secret the place is empty.
        """
        values = values_of(account)
        checked = account_of(account.name, values)
        await asyncio.to_thread(self._change, account.name, lambda text, described: _added(text, described, checked))
        await self._record(account.name, "added", values)
        return await self._keep(account.name, secret) if secret is not None else ""

    async def remove(self, name: str) -> None:
        """Forget an account and its secret; runs in the journal stay.

        Where the secret cannot be forgotten, the account is gone nevertheless and SecretUnavailable says so.
        """
        values = values_of(await self._described(name))
        await asyncio.to_thread(self._change, name, lambda text, _: without_account(text, name))
        await self._record(name, "removed", values)
        await self._forget(name)

    async def set_secret(self, name: str, secret: Secret) -> str:
        """Keep another secret for an account, and return the place."""
        await self._described(name)
        place = await self._vault.write(name, secret)
        await self._record(name, "secret changed", {"place": place})
        return place

    def _restricted(self, account: Account) -> Account:
        """In a read-only session every account is."""
        return replace(account, read_only=True) if self._read_only else account

    async def _keep(self, name: str, secret: Secret) -> str:
        try:
            return await self.set_secret(name, secret)
        except SecretUnavailable as error:
            with suppress(SecretUnavailable):
                found = await self._vault.read(name)
                if secret.matches(found.secret.reveal()):
                    return found.place
            raise SecretUnavailable(f"The account “{name}” was added without its secret. {error.message}") from None

    async def _forget(self, name: str) -> None:
        try:
            await self._vault.delete(name)
        except NoKeyring:  # Then no keyring holds a secret either.
            return
        except SecretUnavailable as error:
            raise SecretUnavailable(
                f"The account “{name}” was removed, but its secret may still be kept. {error.message}"
            ) from None

    async def _described(self, name: str) -> Account:
        """Return an account of the file; those of this session cannot be changed."""
        if name in self._attached:
            raise AccountError(f"“{name}” belongs to this session only; it is not in {self._paths.accounts_file}.")
        return await self.get(name)

    async def _record(self, name: str, action: str, details: JsonObject) -> None:
        if self._journal is not None:
            await self._journal.record(f"account {name}", action, details)

    def _unknown(self, name: str, names: Sequence[str]) -> str:
        if name in RESERVED:
            return "The sandbox is not running. Start it with `pushtui demo` or `pushtui sandbox`."
        there_are = f"There are: {', '.join(names)}." if names else f"Describe one in {self._paths.accounts_file}."
        problem = f"No account is called “{name}”." if name else "No account is chosen."
        return f"{problem}{did_you_mean(name, names)} {there_are}"

    def _read(self) -> dict[str, Account]:
        return read_accounts(self._text(), str(self._paths.accounts_file))

    def _text(self) -> str:
        file = self._paths.accounts_file
        try:
            return file.read_text("utf-8-sig")
        except FileNotFoundError:
            return ""
        except UnicodeDecodeError:
            raise AccountError(f"{file} is not UTF-8 text.") from None
        except OSError as error:
            raise AccountError(f"{file} cannot be read: {error.strerror}.") from None

    def _change(self, name: str, change: Change) -> None:
        """Change what the file's text says about one account, while no other process does."""
        try:
            lock = FileLock(private_folder(self._paths.locks) / "accounts.lock")
            if not lock.try_acquire():
                raise AccountError("Another pushtui is changing the accounts at this moment. Try again.")
            try:
                self._write(name, change)
            finally:
                lock.release()
        except OSError as error:
            raise AccountError(f"{self._paths.accounts_file} cannot be written: {error.strerror}.") from None

    def _write(self, name: str, change: Change) -> None:
        file = self._paths.accounts_file
        text, described = self._text(), self._read()
        changed = change(text, described)
        if not _differs_only_by(name, described, changed):
            raise AccountError(f"{file} is written in a way that pushtui cannot change safely; edit it by hand.")
        private_folder(file.parent)
        write_atomically(file, changed.encode())


def _added(text: str, described: dict[str, Account], account: Account) -> str:
    if account.name in described:
        raise AccountError(f"There is an account “{account.name}” already.")
    for other in described:
        if variable_for(other) == variable_for(account.name):
            raise AccountError(
                f"“{account.name}” and “{other}” would share the environment variable "
                f"{variable_for(other)}; choose another name."
            )
    return with_account(text, account)


def _differs_only_by(name: str, before: dict[str, Account], changed: str) -> bool:
    """Tell whether a changed text has one account more or less, and the others as they were."""
    try:
        after = read_accounts(changed, "")
    except AccountError:
        return False
    added_or_removed = (name in before) != (name in after)
    return added_or_removed and all(
        before.get(other) == after.get(other) for other in {*before, *after} if other != name
    )
