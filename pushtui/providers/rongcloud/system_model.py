"""Payloads of system messages: one text for some, a template for some, one text for everybody."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from pushtui.domain.field import Choice
from pushtui.domain.finding import Source
from pushtui.providers.rongcloud import sources
from pushtui.providers.rongcloud.answers import AnswerPart, CodeAnswer
from pushtui.providers.rongcloud.message_fields import (
    RECIPIENTS,
    Content,
    EachPushContent,
    EachPushData,
    EachPushExtension,
    KeepsLastMessage,
    KnownAgain,
    NoNotification,
    ObjectName,
    PushContent,
    PushData,
    PushExtension,
    Recipients,
    Sender,
    SilentOnIos,
    Switch,
)
from pushtui.providers.wire import NotBoolean, Wire, WireModel

KEPT = (Choice(0, "0 not kept"), Choice(1, "1 kept"))
COUNTED = (Choice(0, "0 not counted"), Choice(1, "1 counted"))


class SystemModel(WireModel):
    """What every system message has: sender, type, content."""

    SOURCE: ClassVar[Source] = sources.SYSTEM_MESSAGE
    SECTION: ClassVar[str] = "Message"

    fromUserId: Sender
    objectName: ObjectName
    content: Content
    contentAvailable: SilentOnIos = None
    disableUpdateLastMsg: KeepsLastMessage = None


class BroadcastRequest(SystemModel):
    """One message for every user of the app."""

    SOURCE: ClassVar[Source] = sources.BROADCAST

    pushContent: PushContent = None
    pushData: PushData = None
    pushExt: PushExtension = None
    os: Annotated[
        Literal["iOS", "Android"] | None,
        Wire("Only this system; a field of older SDKs.", section="Audience", source=sources.SDK_CHECKS),
    ] = None
    msgRandom: KnownAgain = None


class SystemMessageRequest(SystemModel):
    """One message for up to 100 users; recipients are a repeated form key."""

    toUserId: Recipients
    pushContent: PushContent = None
    pushData: PushData = None
    pushExt: PushExtension = None
    disablePush: NoNotification = None
    isPersisted: Annotated[
        Switch,
        Wire("Whether the message is kept in the app; 1 is the default.", choices=KEPT, source=sources.SDK_CHECKS),
    ] = None
    isCounted: Annotated[
        Switch, Wire("Whether the message counts as unread.", choices=COUNTED, source=sources.SDK_CHECKS)
    ] = None
    count: Annotated[
        int | None,
        NotBoolean(),
        Wire("Number on the app's icon on iOS.", section="Notification", source=sources.SDK_CHECKS),
    ] = None
    msgRandom: KnownAgain = None
    busChannel: Annotated[
        str | None,
        Wire("Channel of the conversation, for apps that part theirs.", label="channel", source=sources.SDK_CHECKS),
        Field(min_length=1),
    ] = None


class TemplateRequest(SystemModel):
    """One template for up to 100 users, filled for each with values of their own."""

    SOURCE: ClassVar[Source] = sources.SYSTEM_TEMPLATE

    toUserId: Recipients
    values: Annotated[
        list[dict[str, str]],
        Wire(
            "What stands for each placeholder, one object per recipient in the same order; "
            "names keep their braces. A placeholder without a value reaches people as it is written.",
            section="Audience",
            json=True,
            placeholder='[{"{name}":"Tom"}]',
        ),
        Field(min_length=1, max_length=RECIPIENTS),
    ]
    pushContent: EachPushContent = None
    pushData: EachPushData = None
    pushExt: EachPushExtension = None
    disablePush: NoNotification = None


class SentMessage(AnswerPart):
    """What one recipient's message is called."""

    userId: str = ""
    messageUID: str = ""


class SystemResponse(CodeAnswer):
    """The UIDs of the messages, in the order of the recipients; older services leave them out."""

    messageUIDs: list[SentMessage] = Field(default_factory=list)


class BroadcastResponse(CodeAnswer):
    """The UID of the one message."""

    messageUID: str = ""
