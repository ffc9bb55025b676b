"""What the command line writes: the only place of it that prints, and all of it made safe.

Results go to standard output, in words or as one JSON document; everything else, such as
errors, notes and questions, goes to standard error.
"""

from __future__ import annotations

import io
import json
import os
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from typing import TYPE_CHECKING, TextIO

from pushtui.cli.text import Line, Span, Style
from pushtui.domain.errors import PushtuiError
from pushtui.domain.safe_text import escaped_json, line

if TYPE_CHECKING:
    from pushtui.domain.json_body import JsonValue


class OutputLost(PushtuiError):
    """Standard output takes no more, such as on a full disk."""

    title = "Output"


class Output:
    """Two streams, and whether results are JSON."""

    def __init__(
        self, stdout: TextIO | None, stderr: TextIO | None, *, as_json: bool = False, color: bool = True
    ) -> None:
        self.as_json = as_json
        self._stdout = _lenient(stdout)
        self._stderr = _lenient(stderr)
        self._colored = {id(stream): color and wants_color(stream, os.environ) for stream in (stdout, stderr) if stream}
        self._answered = False

    @classmethod
    def standard(cls, *, as_json: bool = False, color: bool = True) -> Output:
        """Write to the process's own streams."""
        return cls(sys.stdout, sys.stderr, as_json=as_json, color=color)

    def answer(self, document: JsonValue, lines: Iterable[Line]) -> None:
        """Write a command's result: the document with --json, else the lines."""
        if self.as_json:
            self.document(document)
        else:
            self.show(lines)

    def document(self, value: JsonValue) -> None:
        """Write one JSON document, whatever --json says."""
        self._answered = True
        self._out(_json(value, self._stdout) + "\n")

    def show(self, lines: Iterable[Line]) -> None:
        """Write lines of a result; with --json they are notes."""
        if self.as_json:
            self.note(*lines)
        else:
            self._out(self._rendered(self._stdout, lines))

    def text(self, text: str) -> None:
        """Write text of our own making that another program reads, as it is."""
        self._out(text)

    def note(self, *lines: Line) -> None:
        """Tell a person something that is not the result."""
        self._err(self._rendered(self._stderr, lines))

    def ask(self, question: str) -> None:
        """Write a question without ending the line."""
        self._err(line(question))

    def error(self, error: PushtuiError) -> None:
        """Tell of an error; with --json it is the document too, unless there is one already."""
        first, *more = error.message.split("\n")
        self.note((Span(f"{error.title}: ", Style.BAD_STRONG), first), *more)
        if self.as_json and not self._answered:
            self.document({"error": {"title": error.title, "message": error.message}})

    def discard(self) -> None:
        """Let what is not written yet go nowhere: nobody can read it."""
        _lead_nowhere(self._stdout)

    def flush(self) -> None:
        """Bring out what was written so far."""
        self._out("", flush=True)

    def _out(self, text: str, *, flush: bool = False) -> None:
        try:
            self._stdout.write(text)
            if flush:
                self._stdout.flush()
        except BrokenPipeError:
            raise
        except OSError as error:
            raise OutputLost(f"Standard output cannot be written: {error.strerror}.") from None

    def _err(self, text: str) -> None:
        """Write what a person should see now, after the results so far.

        Never fails: a push that is under way must not be left because nobody can read about it.
        """
        with suppress(OSError, OutputLost):
            self.flush()
        try:
            self._stderr.write(text)
            self._stderr.flush()
        except OSError:
            _lead_nowhere(self._stderr)

    def _rendered(self, stream: TextIO, lines: Iterable[Line]) -> str:
        colored = self._colored.get(id(stream), False)
        return "".join(_rendered(one, colored) + "\n" for one in lines)


def wants_color(stream: TextIO, environ: Mapping[str, str]) -> bool:
    """Tell whether a stream is a terminal that shows colour to somebody who wants it."""
    return stream.isatty() and not environ.get("NO_COLOR") and environ.get("TERM", "dumb") not in ("", "dumb")


def _rendered(parts: Line, colored: bool) -> str:
    spans: Iterator[str | Span] = iter((parts,) if isinstance(parts, str) else parts)
    return "".join(_span(part, colored) for part in spans).rstrip(" ")


def _span(part: str | Span, colored: bool) -> str:
    if isinstance(part, str):
        return line(part)
    return f"\x1b[{part.style}m{line(part.text)}\x1b[0m" if colored else line(part.text)


def _json(value: JsonValue, stream: TextIO) -> str:
    readable = escaped_json(json.dumps(value, ensure_ascii=False, allow_nan=False, indent=2))
    try:
        readable.encode(stream.encoding or "utf-8")
    except UnicodeEncodeError:
        return json.dumps(value, allow_nan=False, indent=2)
    return readable


def _lead_nowhere(stream: TextIO) -> None:
    """Keep the interpreter from failing over buffered text when it ends."""
    with suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())
        os.close(nowhere)


def _lenient(stream: TextIO | None) -> TextIO:
    """Never fail over a character that the stream's encoding lacks, nor over a closed stream."""
    if stream is None:
        return io.StringIO()
    if isinstance(stream, io.TextIOWrapper):
        stream.reconfigure(errors="backslashreplace")
    return stream
