"""What every answer of RongCloud's holds."""

from __future__ import annotations

from typing import ClassVar

from pydantic import ConfigDict

from pushtui.domain.finding import Source
from pushtui.providers.rongcloud import sources
from pushtui.providers.wire import WireModel


class AnswerPart(WireModel):
    """A part of an answer; what RongCloud adds to it one day is let through."""

    model_config = ConfigDict(extra="ignore", strict=False, coerce_numbers_to_str=True)

    SOURCE: ClassVar[Source] = sources.STATUS_CODES


class CodeAnswer(AnswerPart):
    """A status code, and a text if it is not 200."""

    code: int
    errorMessage: str = ""  # noqa: N815 - as on the wire
