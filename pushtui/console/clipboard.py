"""Copying to the clipboard of the person's terminal, which may be at the far end of SSH."""

from __future__ import annotations

import base64
from collections.abc import Mapping

LARGEST = 74_000
"""Bytes; common terminals drop longer clipboard sequences without a word."""

_SCREEN_CHUNK = 700
"""GNU screen drops device control strings that are longer than 768 bytes."""


def wrapped_copy_sequence(data: bytes, environ: Mapping[str, str]) -> str:
    """Return the copying sequence (OSC 52) wrapped for tmux or screen; nothing where neither is in the way."""
    sequence = f"\x1b]52;c;{base64.b64encode(data).decode()}\x07"
    if environ.get("TMUX"):
        # tmux itself hands on the plain form where set-clipboard is on; this one where allow-passthrough is.
        return "\x1bPtmux;" + sequence.replace("\x1b", "\x1b\x1b") + "\x1b\\"
    if environ.get("STY"):
        parts = [sequence[at : at + _SCREEN_CHUNK] for at in range(0, len(sequence), _SCREEN_CHUNK)]
        return "".join(f"\x1bP{part}\x1b\\" for part in parts)
    return ""
