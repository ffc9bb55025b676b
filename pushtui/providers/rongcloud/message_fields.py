"""Fields of a message that mean the same in whichever payload they stand."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from pushtui.domain.field import Choice
from pushtui.providers.rongcloud import sources
from pushtui.providers.rongcloud.message_types import OBJECT_NAMES
from pushtui.providers.rongcloud.user_model import UserId
from pushtui.providers.wire import NotBoolean, Utf8Limit, Wire

CONTENT_BYTES = 128 * 1024
RECIPIENTS = 100
"""Of one request."""

SENDER_HELP = "User id that the message comes from. Without a token of its own, its name is missing in the push."
PUSH_CONTENT_HELP = (
    "Text of the notification for those who are offline. Types without a text of their own, "
    "and all of your app's types, notify nobody without it."
)
PUSH_DATA_HELP = "More data for the app; it finds it as appData."
PUSH_EXT_HELP = (
    "Title and vendor fields of the notification, as JSON; vendor names are in capitals. Ignored when silent."
)
EACH_ONE = "One per recipient, even when all are equal; may hold placeholders."

Switch = Annotated[Literal[0, 1] | None, NotBoolean()]
Sender = Annotated[UserId, Wire(SENDER_HELP, label="sender")]
Recipients = Annotated[
    list[UserId],
    Wire("Who gets the message, 100 users at most. One user id a line.", label="recipients", section="Audience"),
    Field(min_length=1, max_length=RECIPIENTS),
]
ObjectName = Annotated[
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
Content = Annotated[
    str,
    Wire(
        "What the message says. RongCloud's own types want the JSON that the type describes, "
        "as text; your own types may hold anything.",
        json=True,
        placeholder='{"content":"Hello"}',
    ),
    Utf8Limit(CONTENT_BYTES),
    Field(min_length=1),
]
KeepsLastMessage = Annotated[
    bool | None,
    Wire(
        "Whether the conversation list keeps its last message instead of showing this one. "
        "Matters for types that are stored only.",
        label="keep last message",
    ),
]
SilentOnIos = Annotated[
    Switch,
    Wire(
        "Wakes the app on iPhones and iPads and shows nothing there.",
        section="Notification",
        choices=(Choice(0, "0 normal"), Choice(1, "1 silent")),
    ),
]
NoNotification = Annotated[
    bool | None,
    Wire("Whether those who are offline get no notification at all.", label="no notification", section="Notification"),
]
PushContent = Annotated[str | None, Wire(PUSH_CONTENT_HELP, section="Notification", multiline=True)]
PushData = Annotated[str | None, Wire(PUSH_DATA_HELP, section="Notification", multiline=True)]
PushExtension = Annotated[
    str | None,
    Wire(
        PUSH_EXT_HELP,
        section="Notification",
        json=True,
        placeholder='{"title":"News","pushConfigs":[{"HW":{"channelId":"news"}}]}',
    ),
]
EachPushContent = Annotated[
    list[str] | None, Wire(f"{PUSH_CONTENT_HELP} {EACH_ONE}", section="Notification"), Field(max_length=RECIPIENTS)
]
EachPushData = Annotated[
    list[str] | None, Wire(f"{PUSH_DATA_HELP} {EACH_ONE}", section="Notification"), Field(max_length=RECIPIENTS)
]
EachPushExtension = Annotated[
    list[str] | None,
    Wire(f"{PUSH_EXT_HELP} One per recipient.", section="Notification", source=sources.SDK_CHECKS),
    Field(max_length=RECIPIENTS),
]
KnownAgain = Annotated[
    int | None,
    NotBoolean(),
    Wire("Number by which a message that is sent twice is known again.", source=sources.SDK_CHECKS),
]
