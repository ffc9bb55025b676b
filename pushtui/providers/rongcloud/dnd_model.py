"""Payloads of do-not-disturb: of one conversation, and of all conversations of a type."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from pushtui.domain.field import Choice
from pushtui.domain.finding import Source
from pushtui.providers.rongcloud import sources
from pushtui.providers.rongcloud.answers import CodeAnswer
from pushtui.providers.rongcloud.user_model import UserId
from pushtui.providers.wire import NotBoolean, Wire, WireModel

TYPES = (Choice(1, "1 private"), Choice(3, "3 group"), Choice(6, "6 system"), Choice(10, "10 ultra group"))
LEVELS = (
    Choice(-1, "-1 everything notifies"),
    Choice(0, "0 not set"),
    Choice(1, "1 only @"),
    Choice(2, "2 only when named with @"),
    Choice(4, "4 only @all"),
    Choice(5, "5 nothing"),
)
TYPE_HELP = "Kind of conversation; system messages and tagged pushes are of type 6."
LEVEL_HELP = "What still notifies. Not set, the next wider setting holds, and everything notifies without one."
OWNER_HELP = "The user whose setting it is."
CHANNEL_HELP = "Channel of an ultra group (type 10)."

ConversationType = Literal[1, 3, 6, 10]
Level = Literal[-1, 0, 1, 2, 4, 5]


class DndModel(WireModel):
    SOURCE: ClassVar[Source] = sources.CONVERSATION_DND
    SECTION: ClassVar[str] = "Do not disturb"

    conversationType: Annotated[
        ConversationType, NotBoolean(), Wire(TYPE_HELP, label="conversation type", choices=TYPES)
    ]
    requestId: Annotated[UserId, Wire(OWNER_HELP, label="user id")]


class GetConversationDndRequest(DndModel):
    """Asks for the level of one conversation."""

    targetId: Annotated[
        UserId, Wire("The other side: a user, a group, or the sender of system messages.", label="conversation with")
    ]
    busChannel: Annotated[str | None, Wire(CHANNEL_HELP, label="channel"), Field(min_length=1)] = None


class SetConversationDndRequest(GetConversationDndRequest):
    """Sets the level of one conversation; one of the two level fields is needed, `unpushLevel` wins."""

    unpushLevel: Annotated[Level | None, NotBoolean(), Wire(LEVEL_HELP, label="level", choices=LEVELS)] = None
    isMuted: Annotated[
        Literal[0, 1] | None,
        NotBoolean(),
        Wire(
            "Old form of the level, deprecated; the level wins when both are given.",
            label="muted (old)",
            choices=(Choice(0, "0 notifies"), Choice(1, "1 muted")),
        ),
    ] = None


class GetTypeDndRequest(DndModel):
    """Asks for the level of a whole conversation type."""

    SOURCE: ClassVar[Source] = sources.TYPE_DND


class SetTypeDndRequest(GetTypeDndRequest):
    """Sets the level of a whole conversation type."""

    unpushLevel: Annotated[Level, NotBoolean(), Wire(LEVEL_HELP, label="level", choices=LEVELS)]


class DndResponse(CodeAnswer):
    """The level, under a name that suggests yes or no."""

    isMuted: int = 0
