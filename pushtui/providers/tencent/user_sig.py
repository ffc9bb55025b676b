"""UserSig, the signature that proves who calls Tencent Chat: made, read and verified.

A UserSig is JSON (who, which app, when, for how long, HMAC), deflated, in base64 with three
characters of its own: `*` for +, `-` for /, `_` for =. Libraries differ in member order and
spaces, so only the content counts. The key is the text of the secret, not the bytes that its
hexadecimal digits would stand for.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import json
import zlib
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum, StrEnum
from typing import TYPE_CHECKING

from pushtui.domain.json_body import JsonObject, compact
from pushtui.providers.tencent import codes

if TYPE_CHECKING:
    from pushtui.domain.secret import Secret

VERSION = "2.0"
LONGEST = 4096
"""Characters of a UserSig; real ones have about 200."""
INFLATED_LIMIT = 4096
"""Bytes of the JSON inside; more is no UserSig, whatever it inflates to."""

_TO_WIRE = str.maketrans("+/=", "*-_")
_FROM_WIRE = str.maketrans("*-_", "+/=")


class Flaw(IntEnum):
    """Why a UserSig is refused; the value is Tencent's error code."""

    EXPIRED = codes.USER_SIG_EXPIRED
    ILLEGAL = codes.USER_SIG_ILLEGAL
    OTHER_KEY = codes.USER_SIG_OF_OTHER_KEY
    OTHER_IDENTIFIER = codes.USER_SIG_OF_OTHER_IDENTIFIER
    OTHER_APP = codes.USER_SIG_OF_OTHER_APP


class Illegal(StrEnum):
    """Why a text is no UserSig at all; the value is a sentence."""

    TOO_LONG = "It is far longer than a UserSig."
    NOT_BASE64 = "It holds characters that no UserSig has; * - and _ stand for + / and =."
    NOT_DEFLATED = "It does not inflate: part of it is missing or changed."
    TOO_LARGE = "It inflates to far more than a UserSig holds."
    NOT_JSON = "There is no JSON object inside."
    WRONG_VERSION = "TLS.ver is not 2.0: the older kind with elliptic curves is not supported."
    WRONG_MEMBER = "A member is missing or has the wrong type."


class NotUserSig(ValueError):
    """A text that cannot be read as a UserSig; `why` says what is wrong with it."""

    def __init__(self, why: Illegal) -> None:
        super().__init__(why.value)
        self.why = why


@dataclass(frozen=True, slots=True)
class UserSig:
    """What a UserSig says; nothing of it is to be believed before `flaw` finds none."""

    identifier: str
    sdkappid: int
    issued: int
    """Unix seconds."""
    expire: int
    """Seconds from `issued` on: a duration, not a date."""
    signature: str
    userbuf: str | None = None
    """Base64, only for room keys of calls; never used by push."""

    def signed_text(self) -> str:
        """Return the lines that are signed."""
        lines = [
            f"TLS.identifier:{self.identifier}",
            f"TLS.sdkappid:{self.sdkappid}",
            f"TLS.time:{self.issued}",
            f"TLS.expire:{self.expire}",
        ]
        if self.userbuf is not None:
            lines.append(f"TLS.userbuf:{self.userbuf}")
        return "".join(f"{line}\n" for line in lines)

    def expected_signature(self, key: Secret) -> str:
        """Return the signature that the key's owner would have made."""
        text = self.signed_text().encode("utf-8", "surrogatepass")
        return base64.b64encode(hmac.digest(key.reveal().encode(), text, hashlib.sha256)).decode()

    def flaw(self, key: Secret, sdkappid: int, identifier: str, now: datetime) -> Flaw | None:
        """Say why it does not prove that `identifier` calls for the app now, in the order of the cloud's checks."""
        if self.sdkappid != sdkappid:
            return Flaw.OTHER_APP
        if self.identifier != identifier:
            return Flaw.OTHER_IDENTIFIER
        given = self.signature.encode("utf-8", "surrogatepass")
        if not hmac.compare_digest(self.expected_signature(key).encode(), given):
            return Flaw.OTHER_KEY
        return Flaw.EXPIRED if now.timestamp() > self.issued + self.expire else None


def make(identifier: str, sdkappid: int, key: Secret, issued: int, expire: int) -> str:
    """Sign in the name of an identifier, for `expire` seconds from the Unix time `issued` on."""
    unsigned = UserSig(identifier, sdkappid, issued, expire, "")
    members: JsonObject = {
        "TLS.ver": VERSION,
        "TLS.identifier": identifier,
        "TLS.sdkappid": sdkappid,
        "TLS.expire": expire,
        "TLS.time": issued,
        "TLS.sig": unsigned.expected_signature(key),
    }
    return base64.b64encode(zlib.compress(compact(members).encode())).decode().translate(_TO_WIRE)


def read(text: str) -> UserSig:
    """Read what a UserSig says without believing it; raises NotUserSig."""
    members = _object(_inflate(_decode(text)))
    if members.get("TLS.ver") != VERSION:
        raise NotUserSig(Illegal.WRONG_VERSION)
    userbuf = members.get("TLS.userbuf")
    return UserSig(
        identifier=_text(members, "TLS.identifier"),
        sdkappid=_number(members, "TLS.sdkappid"),
        issued=_number(members, "TLS.time"),
        expire=_number(members, "TLS.expire"),
        signature=_text(members, "TLS.sig"),
        userbuf=None if userbuf is None else _text(members, "TLS.userbuf"),
    )


def verify(text: str, key: Secret, sdkappid: int, identifier: str, now: datetime) -> Flaw | None:
    """Say why a UserSig is refused, None if it is good."""
    try:
        return read(text).flaw(key, sdkappid, identifier, now)
    except NotUserSig:
        return Flaw.ILLEGAL


def _decode(text: str) -> bytes:
    if len(text) > LONGEST:
        raise NotUserSig(Illegal.TOO_LONG)
    if any(character in "+/=" for character in text):
        raise NotUserSig(Illegal.NOT_BASE64)
    try:
        return base64.b64decode(text.translate(_FROM_WIRE), validate=True)
    except (binascii.Error, ValueError):
        raise NotUserSig(Illegal.NOT_BASE64) from None


def _inflate(content: bytes) -> bytes:
    """Inflate, but never to more than a UserSig can hold."""
    inflater = zlib.decompressobj()
    try:
        inflated = inflater.decompress(content, INFLATED_LIMIT + 1)
    except zlib.error:
        raise NotUserSig(Illegal.NOT_DEFLATED) from None
    if len(inflated) > INFLATED_LIMIT:
        raise NotUserSig(Illegal.TOO_LARGE)
    if not inflater.eof or inflater.unused_data:
        raise NotUserSig(Illegal.NOT_DEFLATED)
    return inflated


def _object(content: bytes) -> JsonObject:
    try:
        members = json.loads(content)
    except (ValueError, RecursionError):
        raise NotUserSig(Illegal.NOT_JSON) from None
    if not isinstance(members, dict):
        raise NotUserSig(Illegal.NOT_JSON)
    return members


def _text(members: JsonObject, name: str) -> str:
    value = members.get(name)
    if not isinstance(value, str):
        raise NotUserSig(Illegal.WRONG_MEMBER)
    return value


def _number(members: JsonObject, name: str) -> int:
    value = members.get(name)
    if not isinstance(value, int) or isinstance(value, bool):
        raise NotUserSig(Illegal.WRONG_MEMBER)
    return value
