"""A request as it will be written to a connection, and the masked copy of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING
from urllib.parse import quote, urlencode

import httpx

from pushtui import __version__
from pushtui.domain.attempt import Headers, SentRequest
from pushtui.domain.errors import AccountError
from pushtui.domain.secret import MASK

if TYPE_CHECKING:
    from pushtui.domain.plan import PlannedRequest
    from pushtui.providers.base import Signature

REQUEST_ID = "X-Request-ID"


@dataclass(frozen=True, slots=True)
class Prepared:
    """A request ready to leave, and the masked copy of it that may be kept and shown."""

    request: httpx.Request = field(repr=False)
    """Its address may hold a credential, so it is not shown."""
    sent: SentRequest
    request_id: str


def prepare(
    planned: PlannedRequest,
    host: str,
    signature: Signature,
    masked: frozenset[str],
    request_id: str,
    *,
    stays_open: bool = False,
) -> Prepared:
    """Build the request exactly as it will be written to the connection; AccountError if the host is none.

    Headers and query parameters whose lower-case names are `masked` are hidden in the copy. `stays_open` is for
    requests that go over a Channel or a Pool.
    """
    headers = [
        ("Accept", "application/json"),
        ("Accept-Encoding", "identity"),
        ("Connection", "keep-alive" if stays_open else "close"),
        ("User-Agent", f"pushtui/{__version__}"),
        *signature.headers,
        (REQUEST_ID, request_id),
        *([("Content-Type", planned.content_type)] if planned.content_type else []),
    ]
    url = _address(host, planned.path, signature.query)
    request = httpx.Request(planned.method, url, headers=headers, content=planned.body)
    shown = tuple((name.decode(), _shown(name.decode(), value.decode(), masked)) for name, value in request.headers.raw)
    address = str(_address(host, planned.path)) + _shown_query(planned.path, signature.query, masked)
    sent = SentRequest(planned.method, address, shown, planned.body.decode("utf-8", "replace"))
    return Prepared(request, sent, request_id)


def _shown(name: str, value: str, masked: frozenset[str]) -> str:
    return MASK if name.lower() in masked else value


def _shown_query(path: str, query: Headers, masked: frozenset[str]) -> str:
    """Write the signature's part of a query for people, after a path that may have one of its own."""
    parts = [f"{name}={MASK if name.lower() in masked else quote(value, safe='')}" for name, value in query]
    return _joint(path, parts) + "&".join(parts)


def _joint(path: str, query: Sequence[object]) -> str:
    return "" if not query else "&" if "?" in path else "?"


def _address(host: str, path: str, query: Headers = ()) -> httpx.URL:
    if not query:
        return _plain_address(host, path)
    return httpx.URL(f"{_plain_address(host, path)}{_joint(path, query)}{urlencode(query, quote_via=quote)}")


@lru_cache(maxsize=64)
def _plain_address(host: str, path: str) -> httpx.URL:
    try:
        url = httpx.URL(host + path)
        known_by_name = bool(url.host)  # Reading the host checks its name.
    except (httpx.InvalidURL, UnicodeError) as error:
        raise AccountError(
            f"The account's address {host} cannot be used: {error}. Correct it; nothing was sent."
        ) from None
    if not known_by_name:
        raise AccountError(f"The account's address {host} names no host. Correct it; nothing was sent.")
    return url
