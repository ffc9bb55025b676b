"""The one way for text from outside into the console and the command line.

Terminals obey control characters and people are fooled by invisible ones, so both are
shown instead: C0 controls as their pictures (␛), all others by number (<U+202E>).
"""

from __future__ import annotations

import re
from typing import NewType

SafeText = NewType("SafeText", str)
"""Text that holds nothing a terminal obeys or a reader cannot see."""

_BIDI = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
_INVISIBLE = (
    "\u00ad\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u2028\u2029"
    "\u2060-\u2065\u206a-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb"
)
_TAGS_AND_SURROGATES = "\U000e0000-\U000e0fff\ud800-\udfff"

_CONTROLS = "\x00-\x08\x0b-\x1f\x7f\x80-\x9f" + _BIDI + _INVISIBLE + _TAGS_AND_SURROGATES
_CONTROL = re.compile("[" + _CONTROLS + "]")
_LINE_BREAKS = re.compile("[\n\t]")
_SELECTORS_AND_JOINERS = "\ufe00-\ufe0f\u200c\u200d"
_UNSTABLE_WIDTH = re.compile("[" + _SELECTORS_AND_JOINERS + "\U0001f3fb-\U0001f3ff]")
"""Variation selectors, joiners and skin tones: terminals disagree on how wide they make an emoji."""
_BLANKS = "\u034f\u2800"
"""A joiner of graphemes, and Braille without dots: neither a control nor a space, and yet nothing to see."""
_SEEN = re.compile("[^\\s" + _CONTROLS + _SELECTORS_AND_JOINERS + _BLANKS + "]")

_UNNAMED = "\ufffd"
"""Stands for a character that has no picture, where a number would be too long."""

_DELETE = 0x7F
_LAST_C0 = 0x1F


def block(text: str) -> SafeText:
    """Make text of many lines safe: line feeds stay, tabs become four spaces."""
    return SafeText(_CONTROL.sub(_picture, text.replace("\r\n", "\n")).replace("\t", "    "))


def line(text: str) -> SafeText:
    """Make text safe for one line: line feeds and tabs are shown as pictures too."""
    return SafeText(_LINE_BREAKS.sub(_picture, _CONTROL.sub(_picture, text)))


def cell(text: str) -> SafeText:
    """Make text safe for a table: one line whose width every terminal agrees on."""
    return line(_UNSTABLE_WIDTH.sub("", text))


def forbidden(text: str) -> list[str]:
    """Name the characters of a text that would be shown by picture or number, each once, in order."""
    return list(dict.fromkeys(_picture(match) for match in _CONTROL.finditer(text)))


def is_blank(text: str) -> bool:
    """Tell whether a text holds nothing that a reader sees: no text, spaces of any kind, what is invisible."""
    return _SEEN.search(text) is None


def is_plain(text: str) -> bool:
    """Tell quickly that a text is one line in which nothing is forbidden."""
    return text.isprintable() and (text.isascii() or _CONTROL.search(text) is None)


def same_length(text: str) -> SafeText:
    """Make text safe for an editor: each forbidden character is shown by one other, so that places stay the same."""
    return SafeText(_CONTROL.sub(_short_picture, text))


def without_controls(text: str) -> str:
    """Delete what must never reach a terminal; the last belt under everything else."""
    return _CONTROL.sub("", text)


def escaped_json(text: str) -> SafeText:
    """Make JSON text safe without changing what it says: forbidden characters become escapes (\\u202e)."""
    return SafeText(_CONTROL.sub(_escape, text))


def _escape(match: re.Match[str]) -> str:
    units = match.group().encode("utf-16-be", "surrogatepass").hex()
    return "".join(f"\\u{units[place : place + 4]}" for place in range(0, len(units), 4))


def _short_picture(match: re.Match[str]) -> str:
    picture = _picture(match)
    return picture if len(picture) == 1 else _UNNAMED


def _picture(match: re.Match[str]) -> str:
    code = ord(match.group())
    if code <= _LAST_C0:
        return chr(0x2400 + code)
    if code == _DELETE:
        return "␡"
    return f"<U+{code:04X}>"
