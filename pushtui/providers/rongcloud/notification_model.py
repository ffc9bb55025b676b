"""What a notification says to each system and to each vendor's handsets, in whichever payload it stands."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field

from pushtui.domain.field import Choice
from pushtui.domain.finding import Source
from pushtui.providers.rongcloud import sources
from pushtui.providers.wire import NotBoolean, Wire, WireModel

HTTPS_IMAGE = "https://example.com/image.png"

Title = Annotated[
    str | None, Wire("Title in the notification bar, for every platform."), Field(min_length=1, max_length=50)
]
ChannelId = Annotated[str | None, Wire("Notification channel."), Field(min_length=1)]
LargeIcon = Annotated[
    str | None,
    Wire("Large icon at the right: https only, under 512 KB, 40 × 40 dp advised.", placeholder=HTTPS_IMAGE),
    Field(min_length=1),
]
Extras = Annotated[dict[str, Any] | None, Wire("More values for your app, as a JSON object.")]
Silent = Annotated[
    Literal[0, 1] | None,
    NotBoolean(),
    Wire("A silent push wakes the app and shows nothing.", choices=(Choice(0, "0 normal"), Choice(1, "1 silent"))),
]
InterruptionLevel = Annotated[
    Literal["passive", "active", "time-sensitive", "critical"] | None,
    Wire("How much it may disturb (iOS 15 or later); active is the default."),
    Field(alias="interruption-level"),
]


class NotificationPart(WireModel):
    SOURCE: ClassVar[Source] = sources.TAGGED_PUSH


class Ios(NotificationPart):
    """The notification on iPhones and iPads."""

    SECTION: ClassVar[str] = "iOS"

    title: Annotated[str | None, Wire("Title on iOS (8.2 or later). Beats the common title."), Field(min_length=1)] = (
        None
    )
    alert: Annotated[str | None, Wire("Text on iOS. Beats the common text.", multiline=True), Field(min_length=1)] = (
        None
    )
    contentAvailable: Silent = None
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
    interruption_level: InterruptionLevel = None
    extras: Extras = None


class Honor(NotificationPart):
    """Honor handsets."""

    SECTION: ClassVar[str] = "Honor"

    importance: Annotated[
        Literal["NORMAL", "LOW"] | None,
        Wire("NORMAL for service and communication, LOW for marketing. LOW drops the image."),
    ] = None
    image: LargeIcon = None


class Huawei(NotificationPart):
    """Huawei handsets."""

    SECTION: ClassVar[str] = "Huawei"

    channelId: ChannelId = None
    importance: Annotated[
        Literal["NORMAL", "LOW"] | None, Wire("Priority: NORMAL (default, important messages) or LOW.")
    ] = None
    image: LargeIcon = None
    category: Annotated[
        str | None,
        Wire("Self-classification, in capitals, once Huawei granted it. Beats the console's.", placeholder="IM"),
        Field(min_length=1),
    ] = None


class Xiaomi(NotificationPart):
    """Xiaomi handsets."""

    SECTION: ClassVar[str] = "Xiaomi"

    channelId: ChannelId = None
    large_icon_uri: Annotated[
        str | None,
        Wire(
            "Own icon in the notification bar, 120 × 120 px, png or jpg; MIUI 12 or later in China, any abroad.",
            placeholder=HTTPS_IMAGE,
        ),
        Field(min_length=1),
    ] = None


class Oppo(NotificationPart):
    """OPPO handsets."""

    SECTION: ClassVar[str] = "OPPO"

    channelId: ChannelId = None
    category: Annotated[str | None, Wire("Content class of OPUSH.", placeholder="IM"), Field(min_length=1)] = None
    notify_level: Annotated[
        Literal[1, 2, 16] | None,
        NotBoolean(),
        Wire(
            "How much it disturbs; counts only with a category.",
            choices=(Choice(1, "1 bar"), Choice(2, "2 + lock screen"), Choice(16, "16 + banner and sound")),
        ),
    ] = None


class Vivo(NotificationPart):
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


class Fcm(NotificationPart):
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


class Android(NotificationPart):
    """The notification on Android, with a part per vendor."""

    SECTION: ClassVar[str] = "Android"

    alert: Annotated[
        str | None, Wire("Text on Android. Beats the common text.", multiline=True), Field(min_length=1)
    ] = None
    extras: Extras = None
    honor: Honor | None = None
    hw: Huawei | None = None
    mi: Xiaomi | None = None
    oppo: Oppo | None = None
    vivo: Vivo | None = None
    fcm: Fcm | None = None


class Ohos(NotificationPart):
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


class HarmonyOS(NotificationPart):
    """The notification on HarmonyOS."""

    SECTION: ClassVar[str] = "HarmonyOS"

    alert: Annotated[
        str | None, Wire("Text on HarmonyOS. Beats the common text.", multiline=True), Field(min_length=1)
    ] = None
    ohos: Ohos | None = None
    extras: Extras = None
