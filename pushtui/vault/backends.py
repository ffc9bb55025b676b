"""Which keyrings are trusted with secrets, and why one can or cannot be used here.

keyring's own choice is not asked: it may fall on a backend that discards (null), writes plain text or
asks for a passphrase on the terminal (alt, cryptfile, chainer).
"""

from __future__ import annotations

import asyncio
import importlib
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pushtui.domain.errors import SecretUnavailable
from pushtui.vault.threads import CallFailed, within

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

CHOICE_VARIABLE = "PYTHON_KEYRING_BACKEND"


@dataclass(frozen=True, slots=True)
class Trusted:
    """A keyring of the system, by the class that speaks with it; `platform` as in sys.platform."""

    title: str
    name: str
    """Module and class, as keyring's own settings name it."""
    platform: str


TRUSTED = (
    Trusted("Secret Service", "keyring.backends.SecretService.Keyring", "linux"),
    Trusted("libsecret", "keyring.backends.libsecret.Keyring", "linux"),
    Trusted("KWallet", "keyring.backends.kwallet.DBusKeyring", "linux"),
    Trusted("macOS Keychain", "keyring.backends.macOS.Keyring", "darwin"),
    Trusted("Windows Credential Manager", "keyring.backends.Windows.WinVaultKeyring", "win32"),
)


class NoKeyring(SecretUnavailable):
    """This machine has no keyring that can be used."""


@dataclass(frozen=True, slots=True)
class Found:
    """A trusted keyring, usable with a priority, or not usable for a reason."""

    title: str
    backend: KeyringBackend | None
    priority: float = 0
    reason: str = ""


async def examine(trusted: Sequence[Trusted], environment: Mapping[str, str], seconds: float) -> list[Found]:
    """Look at the trusted keyrings of this platform, or only at the one that the person's settings name.

    Raises NoKeyring when the settings name one that is not trusted.
    """
    chosen = await _chosen(environment, seconds)
    possible = [one for one in trusted if one.name == chosen or (chosen is None and one.platform == sys.platform)]
    if chosen is not None and not possible:
        allowed = ", ".join(one.name for one in trusted if one.platform == sys.platform)
        raise NoKeyring(
            f"{CHOICE_VARIABLE} or keyringrc.cfg names {chosen}, which pushtui does not trust with secrets; "
            f"allowed here: {allowed}."
        )
    return list(await asyncio.gather(*(_look_at(one, seconds) for one in possible)))


def best(found: Sequence[Found]) -> tuple[str, KeyringBackend]:
    """Return title and backend of the keyring that suits this machine best; NoKeyring says why there is none."""
    for one in sorted(found, key=lambda one: one.priority, reverse=True):
        if one.backend is not None:
            return one.title, one.backend
    reasons = "; ".join(f"{one.title}: {one.reason}" for one in found)
    raise NoKeyring(f"No keyring can be used here ({reasons or 'none is known for this system'}).")


async def _look_at(trusted: Trusted, seconds: float) -> Found:
    try:
        backend, priority = await within(seconds, lambda: _load(trusted.name))
    except CallFailed as error:
        return Found(trusted.title, None, reason=str(error).rstrip("."))
    except TimeoutError:
        return Found(trusted.title, None, reason=f"no answer within {seconds:g} seconds")
    return Found(trusted.title, backend, priority)


def _load(name: str) -> tuple[KeyringBackend, float]:
    """Load a backend; one that cannot work here says so when asked for its priority."""
    module, _, class_name = name.rpartition(".")
    backend: type[KeyringBackend] = getattr(importlib.import_module(module), class_name)
    priority = float(backend.priority)
    return backend(), priority


async def _chosen(environment: Mapping[str, str], seconds: float) -> str | None:
    """Return the full name of the backend that the environment or keyringrc.cfg asks for."""
    named = environment.get(CHOICE_VARIABLE)
    if named:
        return named
    try:
        return await within(seconds, _configured)
    except CallFailed as error:
        raise NoKeyring(f"keyringrc.cfg names a keyring that cannot be loaded: {error}.") from None


def _configured() -> str | None:
    import keyring.core

    backend = keyring.core.load_config()
    return f"{type(backend).__module__}.{type(backend).__name__}" if backend is not None else None
