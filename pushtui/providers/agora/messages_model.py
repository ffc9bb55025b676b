"""The payload of sending a chat message, whose push shows style, nickname and templates."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field

from pushtui.domain.finding import Source
from pushtui.providers.agora import sources
from pushtui.providers.agora.base_model import AgoraModel, UserId
from pushtui.providers.wire import Wire

RECEIVERS_AT_ONCE = 600
MESSAGE_BYTES = 5 * 1024


class MessageText(AgoraModel):
    """What a text message holds."""

    SECTION: ClassVar[str] = "Message"
    SOURCE: ClassVar[Source] = sources.EASEMOB_PUSH

    msg: Annotated[str, Wire("The text.", label="text", multiline=True)]
    translations: Annotated[
        dict[str, str] | None, Wire("The text in other languages, by language code.", source=sources.DISPLAY)
    ] = None


class Message(AgoraModel):
    """A text message from one user to others or to groups."""

    SECTION: ClassVar[str] = "Message"
    SOURCE: ClassVar[Source] = sources.EASEMOB_PUSH

    sender: Annotated[str | None, Wire("Who sends it; “admin” if left out."), Field(alias="from")] = None
    to: Annotated[list[UserId], Wire("Who gets it; one a line."), Field(min_length=1, max_length=RECEIVERS_AT_ONCE)]
    type: Annotated[Literal["txt"], Wire("A text message.")]
    body: Annotated[MessageText, Wire("What it holds.")]
    ext: Annotated[
        dict[str, Any] | None,
        Wire("What the app and the push service read beside the text.", source=sources.PUSH_EXTENSION),
    ] = None
