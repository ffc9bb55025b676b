"""Kinds of values that many of Tencent's payloads hold."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Literal

from pydantic import Field, ValidationInfo
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from pushtui.providers.tencent.protocol import LARGEST_NUMBER
from pushtui.providers.wire import Utf8Limit

USER_ID_BYTES = 32

JUDGED_SINGLY: Mapping[str, bool] = {"judged singly": True}
"""Context of a validation that lets any text be a user id, for whoever answers for each id on its own."""


def is_user_id(text: str) -> bool:
    """Tell whether a text can be a user id: 1 to 32 bytes of UTF-8."""
    return 0 < len(text.encode("utf-8", "surrogatepass")) <= USER_ID_BYTES


@dataclass(frozen=True, slots=True)
class IdLimit(Utf8Limit):
    """Not empty and at most so many bytes of UTF-8, unless ids are judged singly."""

    def __get_pydantic_core_schema__(self, source: Any, handler: Any) -> CoreSchema:
        return core_schema.with_info_after_validator_function(self._judge, handler(source))

    def _judge(self, value: str, info: ValidationInfo) -> str | None:
        if info.context is JUDGED_SINGLY:
            return value
        if not value:
            raise PydanticCustomError("string_too_short", "empty")
        return self._check(value)


@dataclass(frozen=True, slots=True)
class Whole:
    """A whole number, written as one: neither true nor 1.0 is."""

    def __get_pydantic_core_schema__(self, source: Any, handler: Any) -> CoreSchema:
        return core_schema.no_info_before_validator_function(self._check, handler(source))

    def _check(self, value: Any) -> Any:
        if isinstance(value, bool | float):
            raise PydanticCustomError("int_type", "not a whole number")
        return value


@dataclass(frozen=True, slots=True)
class Entries:
    """At most so many members of an object; it is refused before any of them is looked at."""

    maximum: int

    def __get_pydantic_core_schema__(self, source: Any, handler: Any) -> CoreSchema:
        return core_schema.no_info_before_validator_function(self._check, handler(source))

    def _check(self, value: Any) -> Any:
        if isinstance(value, dict) and len(value) > self.maximum:
            raise PydanticCustomError("too_long", "too many members", {"max_length": self.maximum})
        return value


UserId = Annotated[str, IdLimit(USER_ID_BYTES)]
Flag = Annotated[Literal[0, 1] | None, Whole()]
Number = Annotated[int, Whole()]
Unsigned = Annotated[int, Whole(), Field(ge=0, le=LARGEST_NUMBER)]
"""Of 32 bits."""
