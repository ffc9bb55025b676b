"""Lines of text with styles, made by views and written by the output."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from pushtui.domain.account import Environment
    from pushtui.domain.attempt import Attempt, AttemptState
    from pushtui.domain.finding import Severity
    from pushtui.domain.run import Run


class Style(StrEnum):
    """How a span stands out; the value is its SGR parameter."""

    STRONG = "1"
    QUIET = "2"
    GOOD = "32"
    DOUBTFUL = "33"
    BAD = "31"
    BAD_STRONG = "1;31"
    NOTED = "36"


@dataclass(frozen=True, slots=True)
class Span:
    """Text in a style."""

    text: str
    style: Style


Line: TypeAlias = "str | tuple[str | Span, ...]"

_SEVERITY = {"error": Style.BAD, "warning": Style.DOUBTFUL, "advice": Style.NOTED}
_STATE = {"accepted": Style.GOOD, "rejected": Style.BAD, "unknown": Style.DOUBTFUL}
_ENVIRONMENT = {"live": Style.BAD_STRONG, "test": Style.DOUBTFUL, "sandbox": Style.GOOD}


def severity_mark(severity: Severity) -> Span:
    """Return a finding's mark in its colour."""
    return Span(severity.mark, _SEVERITY[severity])


def state_words(told: Attempt | Run) -> Span:
    """Return mark and words of a state, such as `✔ accepted`."""
    return Span(f"{told.state.mark} {told.state_words}", state_style(told.state))


def state_style(state: AttemptState) -> Style:
    """Return how a state stands out."""
    return _STATE.get(state, Style.NOTED)


def environment_words(environment: Environment) -> Span:
    """Return mark and word of an environment, loud where it is live."""
    word = environment.value.upper() if environment == "live" else environment.value
    return Span(f"{environment.mark} {word}", _ENVIRONMENT[environment])


def heading(text: str) -> Line:
    """Return a line that starts a part."""
    return (Span(text, Style.STRONG),)


def entry(label: str, *values: str | Span, width: int = 13) -> Line:
    """Return an indented label with its value; the width keeps values in one column."""
    return ("  ", Span(f"{label:<{width}}", Style.QUIET), *values)


def indented(text: str, by: int = 2) -> Iterator[Line]:
    """Yield the lines of a text, indented."""
    for part in text.replace("\r\n", "\n").split("\n"):
        yield " " * by + part.replace("\t", "    ")


def table(rows: list[tuple[str | Span, ...]]) -> Iterator[Line]:
    """Yield rows with their columns aligned; the last column may be of any width."""
    from pushtui.cli.columns import padded, width_of

    if not rows:
        return
    widths = [max(width_of(_text(row[index])) for row in rows) for index in range(len(rows[0]) - 1)]
    for row in rows:
        cells: list[str | Span] = []
        for cell, width in zip(row[:-1], widths, strict=True):
            cells.append(_with_text(cell, padded(_text(cell), width) + "  "))
        yield (*cells, row[-1])


def _text(cell: str | Span) -> str:
    return cell.text if isinstance(cell, Span) else cell


def _with_text(cell: str | Span, text: str) -> str | Span:
    return Span(text, cell.style) if isinstance(cell, Span) else text
