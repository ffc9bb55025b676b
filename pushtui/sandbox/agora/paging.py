"""Pages of a list, and the cursor from one to the next."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Sequence
from typing import TypeVar

from pushtui.providers.agora.base_model import Page
from pushtui.providers.agora.codes import Key
from pushtui.sandbox.cloud import Refusal

_MARK = "easemob:push:label:cursor:"

ItemT = TypeVar("ItemT")


def cut(items: Sequence[ItemT], request: Page, default: int) -> tuple[Sequence[ItemT], dict[str, str]]:
    """Return one page, and the cursor as a field of the answer unless it is the last."""
    start = _position(request.cursor) if request.cursor else 0
    end = start + (request.limit or default)
    return items[start:end], {"cursor": _cursor(end)} if end < len(items) else {}


def _cursor(position: int) -> str:
    return base64.b64encode(f"{_MARK}{position}".encode()).decode()


def _position(cursor: str) -> int:
    try:
        text = base64.b64decode(cursor, validate=True).decode()
    except (binascii.Error, ValueError):
        raise Refusal(Key.ARGUMENT) from None
    number = text.removeprefix(_MARK)
    if not text.startswith(_MARK) or not (number.isascii() and number.isdigit() and len(number) < 10):
        raise Refusal(Key.ARGUMENT)
    return int(number)
