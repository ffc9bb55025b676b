"""Payloads of system messages: one text for some, a template for some, one text for everybody."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from pushtui.domain.field import Choice
from pushtui.domain.finding import Source
from pushtui.providers.rongcloud import sources
from pushtui.providers.rongcloud.answers import AnswerPart, CodeAnswer
from pushtui.providers.rongcloud.message_types import OBJECT_NAMES
from pushtui.providers.rongcloud.push_model import CONTENT_BYTES
from pushtui.providers.rongcloud.user_model import UserId
from pushtui.providers.wire import NotBoolean, Utf8Limit, Wire, WireModel

RECIPIENTS = 100
PUSH_CONTENT_HELP = (
    "Text of the notification for those who are offline. Types without a text of their own, "
    "and all of your app's types, notify nobody without it."
)
PUSH_DATA_HELP = "More data for the app; it finds it as appData."
PUSH_EXT_HELP = (
    "Title and vendor fields of the notification, as JSON; vendor names are in capitals. Ignored when silent."
)
SILENT_IOS_HELP = "Wakes the app on iPhones and iPads and shows nothing there."
NO_PUSH_HELP = "Whether those who are offline get no notification at all."
KEEP_LAST_HELP = "Whether the conversation list keeps its last message; matters for types that are stored only."
EXT_EXAMPLE = '{"title":"News","pushConfigs":[{"HW":{"channelId":"news"}}]}'
ONE_SILENT = (Choice(0, "0 normal"), Choice(1, "1 silent"))
KEPT = (Choice(0, "0 not kept"), Choice(1, "1 kept"))
COUNTED = (Choice(0, "0 not counted"), Choice(1, "1 counted"))

Switch = Literal[0, 1]


class SystemModel(WireModel):
    """What every system message has: sender, type, content."""

    SOURCE: ClassVar[Source] = sources.SYSTEM_MESSAGE
    SECTION: ClassVar[str] = "Message"

    fromUserId: Annotated[
        UserId,
        Wire(
            "User id that the message comes from. Without a token of its own, its name is missing in the push.",
            label="sender",
        ),
    ]
    objectName: Annotated[
        str,
        Wire(
            "Message type: one of RongCloud's own (RC:TxtMsg is plain text) or your app's. "
            "Your own must not start with “RC:” and must be registered in the SDK.",
            label="type",
            suggestions=OBJECT_NAMES,
            placeholder="RC:TxtMsg",
        ),
        Field(min_length=1, max_length=32),
    ]
    content: Annotated[
        str,
        Wire(
            "What the message says: for RongCloud's own types the JSON of the type, as text.",
            json=True,
            placeholder='{"content":"Hello"}',
        ),
        Utf8Limit(CONTENT_BYTES),
        Field(min_length=1),
    ]
    contentAvailable: Annotated[
        Switch | None, NotBoolean(), Wire(SILENT_IOS_HELP, section="Notification", choices=ONE_SILENT)
    ] = None
    disableUpdateLastMsg: Annotated[bool | None, Wire(KEEP_LAST_HELP, label="keep last message")] = None


class BroadcastRequest(SystemModel):
    """One message for every user of the app."""

    SOURCE: ClassVar[Source] = sources.BROADCAST

    pushContent: Annotated[str | None, Wire(PUSH_CONTENT_HELP, section="Notification", multiline=True)] = None
    pushData: Annotated[str | None, Wire(PUSH_DATA_HELP, section="Notification", multiline=True)] = None
    pushExt: Annotated[str | None, Wire(PUSH_EXT_HELP, section="Notification", json=True, placeholder=EXT_EXAMPLE)] = (
        None
    )
    os: Annotated[
        Literal["iOS", "Android"] | None,
        Wire("Only this system; a field of older SDKs.", section="Audience", source=sources.SDK_CHECKS),
    ] = None
    msgRandom: Annotated[
        int | None,
        NotBoolean(),
        Wire("Number by which a message that is sent twice is known again.", source=sources.SDK_CHECKS),
    ] = None


class SystemMessageRequest(SystemModel):
    """One message for up to 100 users; recipients are a repeated form key."""

    toUserId: Annotated[
        list[UserId],
        Wire("Who gets the message, 100 users at most. One user id a line.", label="recipients", section="Audience"),
        Field(min_length=1, max_length=RECIPIENTS),
    ]
    pushContent: Annotated[str | None, Wire(PUSH_CONTENT_HELP, section="Notification", multiline=True)] = None
    pushData: Annotated[str | None, Wire(PUSH_DATA_HELP, section="Notification", multiline=True)] = None
    pushExt: Annotated[str | None, Wire(PUSH_EXT_HELP, section="Notification", json=True, placeholder=EXT_EXAMPLE)] = (
        None
    )
    disablePush: Annotated[bool | None, Wire(NO_PUSH_HELP, label="no notification", section="Notification")] = None
    isPersisted: Annotated[
        Switch | None,
        NotBoolean(),
        Wire("Whether the message is kept in the app; 1 is the default.", choices=KEPT, source=sources.SDK_CHECKS),
    ] = None
    isCounted: Annotated[
        Switch | None,
        NotBoolean(),
        Wire("Whether the message counts as unread.", choices=COUNTED, source=sources.SDK_CHECKS),
    ] = None
    count: Annotated[
        int | None,
        NotBoolean(),
        Wire("Number on the app's icon on iOS.", section="Notification", source=sources.SDK_CHECKS),
    ] = None
    msgRandom: Annotated[
        int | None,
        NotBoolean(),
        Wire("Number by which a message that is sent twice is known again.", source=sources.SDK_CHECKS),
    ] = None


class TemplateRequest(SystemModel):
    """One template for up to 100 users, filled for each with values of their own."""

    SOURCE: ClassVar[Source] = sources.SYSTEM_TEMPLATE

    toUserId: Annotated[
        list[UserId],
        Wire("Who gets the message, 100 users at most. One user id a line.", label="recipients", section="Audience"),
        Field(min_length=1, max_length=RECIPIENTS),
    ]
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
    pushContent: Annotated[
        list[str] | None,
        Wire(
            PUSH_CONTENT_HELP + " One per recipient, even when all are equal; may hold placeholders.",
            section="Notification",
        ),
        Field(max_length=RECIPIENTS),
    ] = None
    pushData: Annotated[
        list[str] | None,
        Wire(
            PUSH_DATA_HELP + " One per recipient, even when all are equal; may hold placeholders.",
            section="Notification",
        ),
        Field(max_length=RECIPIENTS),
    ] = None
    pushExt: Annotated[
        list[str] | None,
        Wire(PUSH_EXT_HELP + " One per recipient.", section="Notification", source=sources.SDK_CHECKS),
        Field(max_length=RECIPIENTS),
    ] = None
    disablePush: Annotated[bool | None, Wire(NO_PUSH_HELP, label="no notification", section="Notification")] = None


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
