"""The payloads of push mode, do-not-disturb, language and the receiver's template."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from pushtui.domain.field import Choice
from pushtui.domain.finding import Source
from pushtui.providers.agora import sources
from pushtui.providers.agora.base_model import AgoraModel, NotBoolean
from pushtui.providers.agora.names import INTERVAL
from pushtui.providers.wire import Wire

LONGEST_DURATION = 7 * 24 * 3600 * 1000
"""Milliseconds."""
CONVERSATIONS_AT_ONCE = 20

Mode = Literal["DEFAULT", "ALL", "AT", "NONE"]
MODES = (
    Choice("DEFAULT", "as set for the app"),
    Choice("ALL", "all messages"),
    Choice("AT", "only mentions"),
    Choice("NONE", "none"),
)


class ModeChange(AgoraModel):
    """What shall change about mode and do-not-disturb; what is left out stays.

    `ignoreDuration` goes out as milliseconds from now, and comes back as the moment it ends.
    """

    type: Annotated[
        Mode | None,
        Wire(
            "Which messages are pushed. DEFAULT is for conversations only.",
            label="mode",
            choices=MODES,
        ),
    ] = None
    ignoreInterval: Annotated[
        Annotated[str, Field(pattern=rf"{INTERVAL}|^$")] | None,
        Wire(
            "Daily quiet time in the server's time, such as 21:30-08:00; it may cross midnight. "
            "Empty clears it. Only for the app as a whole.",
            label="quiet time",
            placeholder="21:30-08:00",
        ),
    ] = None
    ignoreDuration: Annotated[
        int | None,
        Wire("Milliseconds from now in which nothing is pushed; 0 ends it.", label="quiet for"),
        Field(ge=0, le=LONGEST_DURATION),
        NotBoolean,  # Last: limits know null only as long as they stand next to the type.
    ] = None


class ModesQuery(AgoraModel):
    """Which conversations to read at once; ids are separated by commas."""

    SOURCE: ClassVar[Source] = sources.WEB_SDK

    user: Annotated[str | None, Wire("Users, separated by commas.")] = None
    group: Annotated[str | None, Wire("Groups, separated by commas.")] = None


class LanguageChange(AgoraModel):
    """The language that the user wants to read pushes in."""

    translationLanguage: Annotated[
        str,
        Wire(
            "A language code such as zh-Hans; empty pushes the original text. The server takes any text.",
            label="language",
            suggestions=("en", "zh-Hans", "zh-Hant", "de", "es", "fr", "ja", "ko", "pt", "ru"),
        ),
    ]


class UserTemplate(AgoraModel):
    """The template that the user's own notifications are made with."""

    SOURCE: ClassVar[Source] = sources.EASEMOB_PUSH

    templateName: Annotated[
        str, Wire("The name of a push template.", label="template"), Field(min_length=1, max_length=64)
    ]
