"""Agora's 007 tokens for Chat, made and checked without Agora.

`007` + base64(zlib(signature + info)); every integer is little-endian, every string has its
length before it. The certificate is used as the text of its 32 hexadecimal digits. Expiries are
seconds after the moment of issue. Source: AgoraIO's open token generators (AccessToken2).

TokenError
├── CorruptToken    cannot be read
├── ForeignToken    made for another app, or with another certificate
├── ExpiredToken
└── NotForChat      a good token for another Agora service
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import re
import struct
import zlib
from dataclasses import dataclass

from pushtui.domain.secret import Secret

VERSION = "007"
LONGEST_VALIDITY = 24 * 3600
"""Seconds that an app token is valid at most."""
LARGEST_SALT = 99_999_999

_CHAT, _USER, _APP = 5, 1, 2
_HEX_32 = re.compile(r"[0-9a-fA-F]{32}")
_LARGEST = 16 * 1024
"""Bytes that a token may inflate to; honest ones have about a hundred."""
_AFTER_PRIVILEGES = {1: "ss", 2: "s", 3: "ss", 4: "", _CHAT: "s", 6: "", 7: "ssh", 8: "s"}
"""What follows the privileges of each service: s is a string, h two bytes."""


class TokenError(ValueError):
    """A token that opens nothing; the text says why."""


class CorruptToken(TokenError):
    """The token cannot be read."""


class ForeignToken(TokenError):
    """The token is for another app, or was made with another certificate."""


class ExpiredToken(TokenError):
    """The token's time is over."""


class NotForChat(TokenError):
    """The token is for another Agora service."""


@dataclass(frozen=True, slots=True)
class AppToken:
    """What a 007 token says about Chat; times are epoch seconds."""

    app_id: str
    issued_at: int
    expires_at: int
    salt: int
    user: str
    """The user's id for a token that stands for a user; empty for one that stands for the app."""


def build(app_id: str, certificate: Secret, issued_at: int, expire: int, salt: int, user: str = "") -> str:
    """Make a token that is valid for `expire` seconds: for the app, or for one user.

    Raises ValueError unless app id and certificate are 32 hexadecimal digits; Agora's own
    generators return an empty string then.
    """
    if not _HEX_32.fullmatch(app_id) or not _HEX_32.fullmatch(certificate.reveal()):
        raise ValueError("App ID and App Certificate must each be 32 hexadecimal digits.")
    privilege = _USER if user else _APP
    chat = struct.pack("<HHHI", _CHAT, 1, privilege, expire) + _packed(user.encode())
    info = _packed(app_id.encode()) + struct.pack("<IIIH", issued_at, expire, salt, 1) + chat
    content = _packed(_signature(certificate, issued_at, salt, info)) + info
    return VERSION + base64.b64encode(zlib.compress(content)).decode()


def verify(token: str, app_id: str, certificate: Secret, now: float) -> AppToken:
    """Read a token and believe it; raises one of the TokenErrors.

    The signature is checked over the bytes as they came, before anything else in them is believed.
    """
    reader = _Reader(contents(token))
    signature = reader.string()
    info = reader.rest()
    owner, issued_at, expire, salt = reader.string(), reader.number(4), reader.number(4), reader.number(4)
    expected = _signature(certificate, issued_at, salt, info)
    if not hmac.compare_digest(signature, expected) or owner != app_id.encode():
        raise ForeignToken("made for another app, or with another certificate")
    privileges, user = _chat(reader)
    wanted = _USER if user else _APP
    if wanted not in privileges:
        raise NotForChat("no privilege for Chat")
    expires_at = issued_at + min(expire, privileges[wanted], LONGEST_VALIDITY)
    if now >= expires_at:
        raise ExpiredToken("expired")
    return AppToken(app_id, issued_at, expires_at, salt, user)


def contents(token: str) -> bytes:
    """Return signature and info as they were before compression; raises CorruptToken.

    Deflate differs between implementations, so tokens are compared by this. Nothing is inflated
    beyond what a token may be.
    """
    if not token.startswith(VERSION):
        raise CorruptToken("not a 007 token")
    inflater = zlib.decompressobj()
    try:
        content = inflater.decompress(base64.b64decode(token[len(VERSION) :], validate=True), _LARGEST)
    except (binascii.Error, ValueError, zlib.error):
        raise CorruptToken("not readable") from None
    if not inflater.eof or inflater.unused_data:
        raise CorruptToken("cut off, too large, or followed by something else")
    return content


def _signature(certificate: Secret, issued_at: int, salt: int, info: bytes) -> bytes:
    key = certificate.reveal().encode()
    for number in (issued_at, salt):
        key = hmac.digest(struct.pack("<I", number), key, hashlib.sha256)
    return hmac.digest(key, info, hashlib.sha256)


def _packed(text: bytes) -> bytes:
    return struct.pack("<H", len(text)) + text


def _chat(reader: _Reader) -> tuple[dict[int, int], str]:
    """Return the privileges of Chat with their seconds, and the user."""
    for _ in range(reader.number(2)):
        service = reader.number(2)
        privileges = {reader.number(2): reader.number(4) for _ in range(reader.number(2))}
        if service == _CHAT:
            return privileges, reader.string().decode("utf-8", "replace")
        if service not in _AFTER_PRIVILEGES:
            break
        for part in _AFTER_PRIVILEGES[service]:
            reader.string() if part == "s" else reader.number(2)
    raise NotForChat("no Chat service")


class _Reader:
    """Takes numbers and strings off the front; raises CorruptToken where there is too little."""

    def __init__(self, content: bytes) -> None:
        self._content = content
        self._at = 0

    def number(self, size: int) -> int:
        return int.from_bytes(self._take(size), "little")

    def string(self) -> bytes:
        return self._take(self.number(2))

    def rest(self) -> bytes:
        """Return what is left without taking it."""
        return self._content[self._at :]

    def _take(self, size: int) -> bytes:
        taken = self._content[self._at : self._at + size]
        if len(taken) < size:
            raise CorruptToken("too short")
        self._at += size
        return taken
