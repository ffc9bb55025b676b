"""The body of `im_push`, exactly as it travels.

`From_Account`, when given, is who recipients see. Without `Condition` the push goes to everybody.
"""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field

from pushtui.domain.field import Choice
from pushtui.domain.finding import Source
from pushtui.providers.tencent import sources
from pushtui.providers.tencent.attributes_model import NAMES, TAG_BYTES, Tag
from pushtui.providers.tencent.protocol import TencentResponse
from pushtui.providers.tencent.values import Entries, Flag, Number, Unsigned, UserId, Whole
from pushtui.providers.wire import Wire, WireModel

LONGEST_LIFETIME = 7 * 24 * 60 * 60
"""Seconds."""
TAGS_PER_LIST = 10
BODY_BYTES = 10 * 1024
ELEMENTS = 250
"""More do not fit into the body."""

ElementType = Literal[
    "TIMTextElem",
    "TIMLocationElem",
    "TIMFaceElem",
    "TIMCustomElem",
    "TIMSoundElem",
    "TIMImageElem",
    "TIMFileElem",
    "TIMVideoFileElem",
]


class PushModel(WireModel):
    SOURCE: ClassVar[Source] = sources.PUSH_TO_ALL


class Audience(PushModel):
    """Who gets the push: by tags or by attributes, never by both; every list given must hold."""

    CLOSED: ClassVar[bool] = True
    SECTION: ClassVar[str] = "Audience"

    TagsOr: Annotated[
        list[Tag] | None,
        Wire(f"Users with at least one of these tags. At most {TAGS_PER_LIST} tags of at most {TAG_BYTES} bytes."),
        Field(max_length=TAGS_PER_LIST),
    ] = None
    TagsAnd: Annotated[
        list[Tag] | None,
        Wire(f"Users with all of these tags. At most {TAGS_PER_LIST}, none of them also in TagsOr."),
        Field(max_length=TAGS_PER_LIST),
    ] = None
    AttrsOr: Annotated[
        dict[str, str] | None,
        Wire("Users of whom at least one attribute has exactly this value, by the attribute's name."),
        Entries(NAMES),
    ] = None
    AttrsAnd: Annotated[
        dict[str, str] | None,
        Wire("Users of whom every attribute has exactly this value, by the attribute's name."),
        Entries(NAMES),
    ] = None


class TextContent(PushModel):
    """Content of TIMTextElem."""

    SOURCE: ClassVar[Source] = sources.MESSAGE_ELEMENTS
    SECTION: ClassVar[str] = "Message"

    Text: Annotated[str, Wire("What the message says; also the notification's text without Desc.", multiline=True)]


class LocationContent(PushModel):
    """Content of TIMLocationElem."""

    SOURCE: ClassVar[Source] = sources.MESSAGE_ELEMENTS
    SECTION: ClassVar[str] = "Message"

    Desc: Annotated[str, Wire("What is there.")]
    Latitude: Annotated[float, Wire("Degrees north.")]
    Longitude: Annotated[float, Wire("Degrees east.")]


class FaceContent(PushModel):
    """Content of TIMFaceElem."""

    SOURCE: ClassVar[Source] = sources.MESSAGE_ELEMENTS
    SECTION: ClassVar[str] = "Message"

    Index: Annotated[Number, Wire("Which face, as the app numbers them.")]
    Data: Annotated[str | None, Wire("Anything else the app wants.")] = None


class CustomContent(PushModel):
    """Content of TIMCustomElem."""

    SOURCE: ClassVar[Source] = sources.MESSAGE_ELEMENTS
    SECTION: ClassVar[str] = "Message"

    Data: Annotated[str | None, Wire("What the app reads; Tencent does not.", json=True)] = None
    Desc: Annotated[
        str | None,
        Wire("The notification's text. Without it and without Desc of the offline push nothing is shown."),
    ] = None
    Ext: Annotated[str | None, Wire("Passed through to the app with the notification.")] = None
    Sound: Annotated[str | None, Wire("Sound file of the notification on iOS, with its suffix.")] = None


CONTENTS: dict[str, type[PushModel]] = {
    "TIMTextElem": TextContent,
    "TIMLocationElem": LocationContent,
    "TIMFaceElem": FaceContent,
    "TIMCustomElem": CustomContent,
}
"""Contents by type; what sounds, images, files and videos need is what their upload returned."""


class Element(PushModel):
    """One part of a message."""

    SOURCE: ClassVar[Source] = sources.MESSAGE_ELEMENTS
    SECTION: ClassVar[str] = "Message"

    MsgType: Annotated[ElementType, Wire("Kind of the part.", label="type")]
    MsgContent: Annotated[dict[str, Any], Wire("What the part says; its fields depend on the kind.", label="content")]


class Android(PushModel):
    """The notification on Android, by vendor."""

    SOURCE: ClassVar[Source] = sources.OFFLINE_PUSH_INFO
    SECTION: ClassVar[str] = "Android"

    Sound: Annotated[str | None, Wire("Sound file without its suffix.", placeholder="shake")] = None
    PushStyle: Annotated[
        Flag,
        Wire("Long texts unfold on Huawei, Honor and OPPO.", choices=(Choice(0, "0 normal"), Choice(1, "1 big text"))),
    ] = None
    HuaWeiChannelID: Annotated[str | None, Wire("Channel on Huawei (EMUI 10 or later).")] = None
    HuaWeiCategory: Annotated[str | None, Wire("Category on Huawei.", suggestions=("IM", "MARKETING"))] = None
    HuaWeiImportance: Annotated[
        Literal["LOW", "NORMAL"] | None, Wire("LOW: marketing, silent. NORMAL: service, the default.")
    ] = None
    HuaWeiImage: Annotated[str | None, Wire("Small image on Huawei: https, at most 512 KB.")] = None
    ExtAsHuaweiIntentParam: Annotated[
        Flag, Wire("Whether Ext opens the app as a parameter of Huawei's intent, or as a click action.")
    ] = None
    HonorImportance: Annotated[
        Literal["LOW", "NORMAL"] | None, Wire("LOW: marketing, silent. NORMAL: service, the default.")
    ] = None
    HonorImage: Annotated[str | None, Wire("Small image on Honor: https, at most 512 KB.")] = None
    XiaoMiChannelID: Annotated[str | None, Wire("Channel on Xiaomi (MIUI 10 or later).")] = None
    OPPOChannelID: Annotated[str | None, Wire("Channel on OPPO (Android 8 or later).")] = None
    OPPOCategory: Annotated[str | None, Wire("Category on OPPO.", suggestions=("IM", "MARKETING"))] = None
    VIVOClassification: Annotated[
        Literal[0, 1, "0", "1"] | None,
        Whole(),
        Wire("Classification on vivo.", choices=(Choice(0, "0 marketing"), Choice(1, "1 system"))),
    ] = None
    VIVOCategory: Annotated[str | None, Wire("Category on vivo.", suggestions=("IM", "MARKETING"))] = None
    MeiZuNoticeMsgType: Annotated[
        Flag, Wire("Kind of message on Meizu.", choices=(Choice(0, "0 public"), Choice(1, "1 private")))
    ] = None
    GoogleChannelID: Annotated[str | None, Wire("Channel of FCM (Android 8 or later).")] = None
    GoogleImage: Annotated[str | None, Wire("Image of FCM: https, at most 1 MB.")] = None


class Apns(PushModel):
    """The notification on iPhones and iPads."""

    SOURCE: ClassVar[Source] = sources.OFFLINE_PUSH_INFO
    SECTION: ClassVar[str] = "iOS"

    Title: Annotated[str | None, Wire("Title on iOS. Beats the common title.")] = None
    SubTitle: Annotated[str | None, Wire("A line below the title.")] = None
    Sound: Annotated[str | None, Wire("Sound file with its suffix.", placeholder="shake.caf")] = None
    BadgeMode: Annotated[
        Flag,
        Wire("Whether the message adds to the app's badge.", choices=(Choice(0, "0 counts"), Choice(1, "1 does not"))),
    ] = None
    Image: Annotated[str | None, Wire("Address of an image; the app's extension must load it.")] = None
    MutableContent: Annotated[
        Flag, Wire("Whether the app's extension may change the notification.", choices=(Choice(0, "0"), Choice(1, "1")))
    ] = None
    InterruptionLevel: Annotated[
        Literal["active", "critical", "passive", "time-sensitive"] | None, Wire("How intrusive it is, iOS 15 or later.")
    ] = None
    ContentAvailable: Annotated[
        Flag,
        Wire("A silent push wakes the app and shows nothing.", choices=(Choice(0, "0 normal"), Choice(1, "1 silent"))),
    ] = None


class OfflinePush(PushModel):
    """The notification for users who are not connected."""

    SOURCE: ClassVar[Source] = sources.OFFLINE_PUSH_INFO
    SECTION: ClassVar[str] = "Offline push"

    PushFlag: Annotated[
        Flag, Wire("Whether there is a notification at all.", choices=(Choice(0, "0 push"), Choice(1, "1 no push")))
    ] = None
    Title: Annotated[str | None, Wire("Title on every platform.")] = None
    Desc: Annotated[str | None, Wire("Text on every platform. Beats the message's own text.", multiline=True)] = None
    Ext: Annotated[
        str | None,
        Wire("Passed through to the app when the notification is opened: JSON as text, about 1 KB at most.", json=True),
    ] = None
    AndroidInfo: Annotated[Android | None, Wire("The notification on Android.")] = None
    ApnsInfo: Annotated[Apns | None, Wire("The notification on iOS.")] = None


class PushRequest(PushModel):
    """Everything that one push says, to whom, and how long it waits."""

    SECTION: ClassVar[str] = "Message"

    From_Account: Annotated[
        UserId | None,
        Wire("Who recipients see as the sender; the admin if left out.", label="from", section="Audience"),
    ] = None
    MsgRandom: Annotated[
        Unsigned,
        Wire("A fresh random number for each push; the same one again within a second counts as the same push."),
    ]
    MsgLifeTime: Annotated[
        Number | None,
        Wire(
            "Seconds for which the message waits for users who are offline, at most 7 days. "
            "0, or left out: only users online at this moment get it."
        ),
        Field(ge=0, le=LONGEST_LIFETIME),
    ] = None
    Condition: Annotated[Audience | None, Wire("Who gets the push; without it, everybody does.")] = None
    MsgBody: Annotated[list[Element], Wire("The message, part by part."), Field(min_length=1, max_length=ELEMENTS)]
    OfflinePushInfo: Annotated[
        OfflinePush | None, Wire("The notification for users who are not connected.", section="Offline push")
    ] = None


class PushResponse(TencentResponse):
    """The envelope and the id of the push."""

    TaskId: str = ""
