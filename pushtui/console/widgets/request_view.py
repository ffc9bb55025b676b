"""An HTTP request and an answer, as people read them."""

from __future__ import annotations

import json

from textual.content import Content

from pushtui.console.widgets.literal import joined, lines, literal, literal_line
from pushtui.domain.attempt import Answer, Headers, SentRequest
from pushtui.services.time_words import seconds


def request_content(request: SentRequest) -> Content:
    """Write method, address, headers in the order of the wire, and the body laid out for reading."""
    return lines(
        joined(literal_line(f"{request.method} ", "bold $primary"), literal_line(request.url, "bold")),
        *_headers(request.headers),
        Content(""),
        literal(laid_out(request.body)),
    )


def answer_content(answer: Answer) -> Content:
    """Write status, time, headers and body of an answer."""
    status = literal_line(f"HTTP {answer.status}", "bold $primary")
    return lines(
        joined(status, literal_line(f"  after {seconds(answer.elapsed)}", "$quiet")),
        *_headers(answer.headers),
        Content(""),
        literal(laid_out(answer.body) or "(no body)"),
    )


def laid_out(body: str) -> str:
    """Return JSON with line breaks; anything else as it is."""
    try:
        return json.dumps(json.loads(body), ensure_ascii=False, indent=2)
    except (ValueError, RecursionError):
        return body


def _headers(headers: Headers) -> list[Content]:
    return [joined(literal_line(f"{name}: ", "$quiet"), literal_line(value)) for name, value in headers]
