"""What becomes of textual's SVG before it is a file."""

from __future__ import annotations

import re

FONTS = "'DejaVu Sans Mono', Menlo, Consolas, 'Liberation Mono', monospace"
"""Fonts of the reader's own machine: a picture must not load one from elsewhere."""

_FONT_FACE = re.compile(r"\s*@font-face \{.*?\n\s*\}\n", re.DOTALL)
_FONT_FAMILY = re.compile(r"font-family: [^;]+;")


def self_contained(svg: str) -> str:
    """Take references to fonts on servers out of an SVG."""
    return _FONT_FAMILY.sub(f"font-family: {FONTS};", _FONT_FACE.sub("\n", svg)).rstrip() + "\n"
