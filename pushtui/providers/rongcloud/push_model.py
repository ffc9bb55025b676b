"""The payload of `POST /push.json` and its answer."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, Literal

from pydantic import ConfigDict, Field

from pushtui.domain.field import Choice
from pushtui.domain.finding import Source
from pushtui.providers.rongcloud import sources
from pushtui.providers.rongcloud.message_types import OBJECT_NAMES
from pushtui.providers.wire import NotBoolean, Utf8Limit, Wire, WireModel

CONTENT_BYTES = 128 * 1024
HTTPS_IMAGE = "https://example.com/image.png"

Text = Annotated[str, Field(min_length=1)]
Extras = dict[str, Any]


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
            "What the message says. RongCloud's own types want the JSON that the type describes, "
            "as text; your own types may hold anything.",
            json=True,
            placeholder='{"content":"Hello"}',
        ),
        Utf8Limit(CONTENT_BYTES),
        Field(min_length=1),
    ]
    disableUpdateLastMsg: Annotated[
        bool | None,
        Wire(
            "Whether the conversation list keeps its last message instead of showing this one. "
            "Matters for types that are stored only.",
            label="keep last message",
        ),
    ] = None


class Ios(PushModel):
    """The notification on iPhones and iPads."""

    SECTION: ClassVar[str] = "iOS"

    title: Annotated[str | None, Wire("Title on iOS (8.2 or later). Beats the common title."), Field(min_length=1)] = (
        None
    )
    alert: Annotated[str | None, Wire("Text on iOS. Beats the common text.", multiline=True), Field(min_length=1)] = (
        None
    )
    contentAvailable: Annotated[
        Literal[0, 1] | None,
        NotBoolean(),
        Wire(
            "A silent push wakes the app and shows nothing.",
            choices=(Choice(0, "0 normal"), Choice(1, "1 silent")),
        ),
    ] = None
    badge: Annotated[
        int | None,
        Wire("Number on the app's icon. 0 or less clears it; not given, it stays as it is.", placeholder="1"),
        Field(le=9999),
    ] = None
    thread_id: Annotated[
        str | None,
        Wire("Notifications with the same value form one group; past five the group folds."),
        Field(alias="thread-id", min_length=1),
    ] = None
    apns_collapse_id: Annotated[
        str | None,
        Wire("A later notification with the same value replaces the earlier one (iOS 10 or later)."),
        Field(alias="apns-collapse-id", min_length=1),
    ] = None
    category: Annotated[
        str | None,
        Wire("Custom rich push type, read by your app together with richMediaUri; sets mutable-content to 1."),
        Field(min_length=1),
    ] = None
    richMediaUri: Annotated[
        str | None,
        Wire("Address of the rich media, used with category.", placeholder=HTTPS_IMAGE),
        Field(min_length=1),
    ] = None
    interruption_level: Annotated[
        Literal["passive", "active", "time-sensitive", "critical"] | None,
        Wire("How much it may disturb (iOS 15 or later); active is the default."),
        Field(alias="interruption-level"),
    ] = None
    extras: Annotated[Extras | None, Wire("More values for your app, as a JSON object.")] = None


class Honor(PushModel):
    """Honor handsets."""

    SECTION: ClassVar[str] = "Honor"

    importance: Annotated[
        Literal["NORMAL", "LOW"] | None,
        Wire("NORMAL for service and communication, LOW for marketing. LOW drops the image."),
    ] = None
    image: Annotated[
        str | None,
        Wire("Large icon at the right: https only, under 512 KB, 40 × 40 dp advised.", placeholder=HTTPS_IMAGE),
        Field(min_length=1),
    ] = None


class Huawei(PushModel):
    """Huawei handsets."""

    SECTION: ClassVar[str] = "Huawei"

    channelId: Annotated[str | None, Wire("Notification channel."), Field(min_length=1)] = None
    importance: Annotated[
        Literal["NORMAL", "LOW"] | None, Wire("Priority: NORMAL (default, important messages) or LOW.")
    ] = None
    image: Annotated[
        str | None,
        Wire("Large icon at the right: https only, under 512 KB, 40 × 40 dp advised.", placeholder=HTTPS_IMAGE),
        Field(min_length=1),
    ] = None
    category: Annotated[
        str | None,
        Wire("Self-classification, in capitals, once Huawei granted it. Beats the console's.", placeholder="IM"),
        Field(min_length=1),
    ] = None


class Xiaomi(PushModel):
    """Xiaomi handsets."""

    SECTION: ClassVar[str] = "Xiaomi"

    channelId: Annotated[str | None, Wire("Notification channel."), Field(min_length=1)] = None
    large_icon_uri: Annotated[
        str | None,
        Wire(
            "Own icon in the notification bar, 120 × 120 px, png or jpg; MIUI 12 or later in China, any abroad.",
            placeholder=HTTPS_IMAGE,
        ),
        Field(min_length=1),
    ] = None


class Oppo(PushModel):
    """OPPO handsets."""

    SECTION: ClassVar[str] = "OPPO"

    channelId: Annotated[str | None, Wire("Notification channel."), Field(min_length=1)] = None
    category: Annotated[str | None, Wire("Content class of OPUSH.", placeholder="IM"), Field(min_length=1)] = None
    notify_level: Annotated[
        Literal[1, 2, 16] | None,
        NotBoolean(),
        Wire(
            "How much it disturbs; counts only with a category.",
            choices=(Choice(1, "1 bar"), Choice(2, "2 + lock screen"), Choice(16, "16 + banner and sound")),
        ),
    ] = None


class Vivo(PushModel):
    """vivo handsets."""

    SECTION: ClassVar[str] = "vivo"

    classification: Annotated[
        Literal["0", "1"] | None,
        Wire(
            "Message class, as text. Beats the console's channel type.",
            choices=(Choice("0", "0 operational"), Choice("1", "1 system")),
        ),
    ] = None
    category: Annotated[
        str | None,
        Wire("Subclass of vivo's rules; the matching classification must be given with it.", placeholder="IM"),
        Field(min_length=1),
    ] = None


class Fcm(PushModel):
    """Handsets with Google services."""

    SECTION: ClassVar[str] = "FCM"

    channelId: Annotated[
        str | None, Wire("Notification channel; the app must have created it before."), Field(min_length=1)
    ] = None
    collapse_key: Annotated[
        str | None, Wire("Of messages with one key only the last is delivered later."), Field(min_length=1)
    ] = None
    imageUrl: Annotated[
        str | None,
        Wire(
            "Icon, 1 MB at most. Needs the certificate and notification-message mode in the console.",
            placeholder=HTTPS_IMAGE,
        ),
        Field(min_length=1),
    ] = None


class Android(PushModel):
    """The notification on Android, with a part per vendor."""

    SECTION: ClassVar[str] = "Android"

    alert: Annotated[
        str | None, Wire("Text on Android. Beats the common text.", multiline=True), Field(min_length=1)
    ] = None
    extras: Annotated[Extras | None, Wire("More values for your app, as a JSON object.")] = None
    honor: Honor | None = None
    hw: Huawei | None = None
    mi: Xiaomi | None = None
    oppo: Oppo | None = None
    vivo: Vivo | None = None
    fcm: Fcm | None = None


class Ohos(PushModel):
    """What HarmonyOS itself reads."""

    SECTION: ClassVar[str] = "HarmonyOS"

    category: Annotated[
        str | None,
        Wire("Message class, once the self-classification right is granted.", placeholder="IM"),
        Field(min_length=1),
    ] = None
    image: Annotated[
        str | None,
        Wire(
            "Large icon at the right: https only; png, jpg, jpeg or bmp; 128 × 128 px advised, "
            "over 49,152 pixels it is not shown.",
            placeholder=HTTPS_IMAGE,
        ),
        Field(min_length=1),
    ] = None


class HarmonyOS(PushModel):
    """The notification on HarmonyOS."""

    SECTION: ClassVar[str] = "HarmonyOS"

    alert: Annotated[
        str | None, Wire("Text on HarmonyOS. Beats the common text.", multiline=True), Field(min_length=1)
    ] = None
    ohos: Ohos | None = None
    extras: Annotated[Extras | None, Wire("More values for your app, as a JSON object.")] = None


class PushNotification(PushModel):
    """What handsets show."""

    SECTION: ClassVar[str] = "Notification"

    title: Annotated[
        str | None,
        Wire("Title in the notification bar, for every platform."),
        Field(min_length=1, max_length=50),
    ] = None
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
        Wire(
            "User id that the message comes from. Without a token of its own, its name is missing in the push.",
            section="Message",
            label="sender",
        ),
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
