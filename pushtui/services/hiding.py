"""Keeps what an answer may echo of its request from being shown: an echoed signature opens as much as a told one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from urllib.parse import quote

from pushtui.domain.secret import MASK, redact

if TYPE_CHECKING:
    from pushtui.domain.attempt import Answer
    from pushtui.providers.base import Signature


@dataclass(frozen=True, slots=True)
class Hiding:
    """Masks a request's own signature, by the names that are masked, and every secret read so far."""

    signature: Signature
    masked: frozenset[str]

    def text(self, text: str) -> str:
        """Return a text without them, also where they are percent-encoded."""
        for name, value in (*self.signature.headers, *self.signature.query):
            if name.lower() in self.masked:
                for form in _forms(value):
                    text = text.replace(form, MASK)
        return redact(text)

    def answer(self, answer: Answer) -> Answer:
        """Return an answer without them."""
        headers = tuple((name, self.text(value)) for name, value in answer.headers)
        return replace(answer, headers=headers, body=self.text(answer.body))


def _forms(value: str) -> Iterator[str]:
    """Yield how an answer may echo a value: as a whole or without the scheme, percent-encoded, with escaped slashes."""
    for part in dict.fromkeys((value, value.rpartition(" ")[2])):
        if part:
            yield from dict.fromkeys((part, quote(part, safe=""), quote(part), part.replace("/", "\\/")))
