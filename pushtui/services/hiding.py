"""Keeps what an answer may echo of its request from being shown: an echoed signature opens as much as a told one."""

from __future__ import annotations

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
                text = text.replace(value, MASK).replace(quote(value, safe=""), MASK)
        return redact(text)

    def answer(self, answer: Answer) -> Answer:
        """Return an answer without them."""
        headers = tuple((name, self.text(value)) for name, value in answer.headers)
        return replace(answer, headers=headers, body=self.text(answer.body))
