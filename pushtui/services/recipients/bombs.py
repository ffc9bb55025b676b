"""Excel files that would fill the memory once unpacked, refused before they are."""

from __future__ import annotations

import re
import zipfile
import zlib
from pathlib import Path

from pushtui.services.recipients.table import Unreadable

BIGGEST = 4 << 30
"""Bytes of all parts once unpacked."""
BIGGEST_STRINGS = 512 << 20
"""Bytes of the table of texts, which has to be in memory as a whole."""
LONGEST_ROW = 16 << 20
"""Bytes of a row, which is in memory as a whole; so is every part that has no rows."""
PIECE = 1 << 20
"""Bytes unpacked at a time."""

TOO_BIG = "The file is too big once unpacked. Save the sheet as CSV; that can be of any size."

_ROW_EDGES = (b"<row", b":row", b"row>")
"""What begins or ends one, with a prefix and without."""
_NEVER_READ = re.compile(
    r"/(media|drawings|charts|embeddings|externalLinks|pivot\w*|customXml|printerSettings)/|comments"
)
"""Parts that may well be big."""


def refuse_bombs(path: Path) -> None:
    """Raise Unreadable for a file that is no archive, and for parts that are too big for any sheet's."""
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
            texts = [part for part in parts if part.filename.lower().endswith("sharedstrings.xml")]
            if _size(parts) > BIGGEST or _size(texts) > BIGGEST_STRINGS:
                raise Unreadable(TOO_BIG)
            for part in parts:
                if part.file_size > LONGEST_ROW and part not in texts and not _NEVER_READ.search(part.filename):
                    _refuse_long_rows(archive, part)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError):
        raise Unreadable("This is not an Excel file (.xlsx) that can be unpacked.") from None


def _size(parts: list[zipfile.ZipInfo]) -> int:
    return sum(part.file_size for part in parts)


def _refuse_long_rows(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    since, kept = 0, b""
    with archive.open(part) as stream:
        while piece := kept + stream.read(PIECE):
            if len(piece) == len(kept):
                return
            edge = max(piece.rfind(mark) for mark in _ROW_EDGES)
            since = len(piece) - edge if edge >= 0 else since + len(piece) - len(kept)
            if since > LONGEST_ROW:
                raise Unreadable(TOO_BIG)
            kept = piece[-3:]
