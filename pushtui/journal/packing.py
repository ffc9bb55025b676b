"""Long texts made short, as text again: databases differ in how they hold bytes."""

from __future__ import annotations

import base64
import zlib

WORTH_IT = 1024
"""Characters from which on packing saves a page of the file."""
LEVEL = 1
"""Bodies of many recipients are much alike; more effort saves little."""


def packed(text: str) -> tuple[str, bool]:
    """Return a text as it is kept, and whether it had to be packed for that."""
    if len(text) < WORTH_IT:
        return text, False
    short = base64.b64encode(zlib.compress(text.encode(), LEVEL)).decode()
    return (short, True) if len(short) < len(text) else (text, False)


def unpacked(text: str) -> str:
    """Return what was packed."""
    return zlib.decompress(base64.b64decode(text)).decode()
