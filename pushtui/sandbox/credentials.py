"""The ready-made accounts of the three clouds, made from the seed."""

from __future__ import annotations

import string
from dataclasses import dataclass

from pushtui.domain.secret import Secret
from pushtui.sandbox.chance import SeededRandomness

APP_KEY = "sandbox0rc01"
ORG_NAME, APP_NAME = "sandbox", "demo"
SDKAPPID = 1400000000
ADMIN = "administrator"

_HEX = "0123456789abcdef"
_CLIENT = string.digits + string.ascii_letters + "-_"


@dataclass(frozen=True, slots=True)
class Credentials:
    """One app at each cloud and what opens it."""

    app_key: str
    app_secret: Secret
    org_name: str
    app_name: str
    app_id: str
    """32 hexadecimal digits."""
    app_certificate: Secret
    """32 hexadecimal digits, used as text."""
    client_id: str
    client_secret: Secret
    sdkappid: int
    secret_key: Secret
    """64 hexadecimal digits, used as text."""
    admin: str


def credentials_of(seed: int) -> Credentials:
    """Make the accounts; the same seed makes the same ones."""
    chance = SeededRandomness(f"credentials {seed}")
    return Credentials(
        app_key=APP_KEY,
        app_secret=Secret(SeededRandomness(f"secret {seed}").letters(14)),
        org_name=ORG_NAME,
        app_name=APP_NAME,
        app_id=chance.letters(32, _HEX),
        app_certificate=Secret(chance.letters(32, _HEX)),
        client_id="YXA6" + chance.letters(22, _CLIENT),
        client_secret=Secret("YXA6" + chance.letters(27, _CLIENT)),
        sdkappid=SDKAPPID,
        secret_key=Secret(chance.letters(64, _HEX)),
        admin=ADMIN,
    )
