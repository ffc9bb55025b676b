"""The payload of `POST /push.json` and its answer."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import ConfigDict, Field

from pushtui.domain.field import Choice
from pushtui.domain.finding import Source
from pushtui.providers.rongcloud import sources
from pushtui.providers.rongcloud.message_fields import SENDER_HELP, Content, KeepsLastMessage, ObjectName
from pushtui.providers.rongcloud.notification_model import Android, HarmonyOS, Ios, Title
from pushtui.providers.wire import NotBoolean, Wire, WireModel

Text = Annotated[str, Field(min_length=1)]


class PushModel(WireModel):
    SOURCE: ClassVar[Source] = sources.TAGGED_PUSH


class Audience(PushModel):
    """Who gets the push."""

    CLOSED: ClassVar[bool] = True
    SECTION: ClassVar[str] = "Audience"

    is_to_all: Annotated[
        bool,
        Wire(
            "Whether the push goes to every user of the app. When it does, tags, user ids and "
            "package name are ignored, so everybody is a choice of its own, never the result of an empty field.",
            label="who",
            choices=(Choice(False, "those named below"), Choice(True, "EVERYBODY")),
        ),
    ]
    tag: Annotated[
        list[Text] | None,
        Wire("Users who have all of these tags. One tag a line.", label="tags, all of"),
        Field(max_length=20),
    ] = None
    tag_or: Annotated[
        list[Text] | None,
        Wire(
            "Users who have at least one of these tags. Given together with “all of”, both must hold. One tag a line.",
            label="tags, any of",
        ),
        Field(max_length=20),
    ] = None
    userid: Annotated[
        list[Annotated[str, Field(min_length=1, max_length=64)]] | None,
        Wire(
            "Exactly these users. Tags and platform are ignored when given. One user id a line.",
            label="user ids",
        ),
        Field(max_length=1000),
    ] = None
    packageName: Annotated[
        str | None,
        Wire(
            "Only handsets that run the app under this package name; given with tags, both must hold.",
            label="package name",
            source=sources.PUSH_BY_PACKAGE,
            placeholder="com.example.app",
        ),
        Field(min_length=1),
    ] = None


class Message(PushModel):
    """What arrives in the app."""

    SECTION: ClassVar[str] = "Message"

    objectName: ObjectName
    content: Content
    disableUpdateLastMsg: KeepsLastMessage = None


class PushNotification(PushModel):
    """What handsets show."""

    SECTION: ClassVar[str] = "Notification"

    title: Title = None
    alert: Annotated[
        str | None,
        Wire(
            "Text of the notification, for every platform that has none of its own. "
            "Without it both iOS and Android need their own.",
            multiline=True,
        ),
        Field(min_length=1),
    ] = None
    forceShowPushContent: Annotated[
        Literal[0, 1] | None,
        NotBoolean(),
        Wire(
            "Whether the text shows even on handsets set to hide details (“You have a new message”).",
            label="force show",
            choices=(Choice(0, "0 respect the user"), Choice(1, "1 force")),
        ),
    ] = None
    ios: Ios | None = None
    android: Android | None = None
    harmonyOS: HarmonyOS | None = None


class PushRequest(PushModel):
    """A push to tags, user ids or everybody, with or without a message."""

    CLOSED: ClassVar[bool] = True
    SECTION: ClassVar[str] = "Audience"

    platform: Annotated[
        list[Literal["ios", "android"]],
        Wire(
            "Which systems get it. Web users get the message too. "
            "HarmonyOS has no value here; its part of the notification is always read."
        ),
        Field(min_length=1, max_length=2),
    ]
    audience: Audience
    fromuserid: Annotated[
        str | None,
        Wire(SENDER_HELP, section="Message", label="sender"),
        Field(min_length=1, max_length=64),
    ] = None
    message: Message | None = None
    notification: PushNotification


class PushResponse(WireModel):
    """What RongCloud answers: 200, a push id, and for a message its UID."""

    model_config = ConfigDict(extra="ignore", strict=False, coerce_numbers_to_str=True)

    code: int
    id: str = ""
    messageUID: str = ""
    errorMessage: str = ""
