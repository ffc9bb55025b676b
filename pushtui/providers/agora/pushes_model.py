"""The payloads of sending pushes."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field

from pushtui.domain.field import Choice
from pushtui.domain.finding import Source
from pushtui.providers.agora import sources
from pushtui.providers.agora.base_model import AgoraModel, NotBoolean, UserId
from pushtui.providers.agora.names import LABEL_NAME
from pushtui.providers.wire import Wire

TARGETS_AT_ONCE = 100
LABELS_AT_ONCE = 5
EXT_PAIRS, EXT_CHARACTERS = 10, 1024
LONGEST_TEXTS = {"title": 32, "subTitle": 10, "sub_title": 10, "content": 100}
"""Characters."""
LARGEST_BADGE = 2**31 - 1
"""No icon counts further."""
START_DATE = r"^[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}:[0-9]{2}$"

DEFAULT_STRATEGY = 2
Strategy = Annotated[
    Literal[0, 1, 2, 3, 4] | None,
    Wire(
        "Which way the push goes; 2 unless said otherwise.",
        section="Way",
        choices=(
            Choice(0, "vendor first, then Agora"),
            Choice(1, "Agora only; kept until online"),
            Choice(2, "vendor only"),
            Choice(3, "Agora first, then vendor"),
            Choice(4, "Agora only; dropped unless online"),
        ),
    ),
]
StartDate = Annotated[
    str | None,
    Wire(
        "When to send, in the server's time: 2026-11-30 18:00:00. At least an hour and at most 30 days ahead.",
        section="Way",
        placeholder="2026-11-30 18:00:00",
        source=sources.EASEMOB_SENDING,
    ),
    Field(pattern=START_DATE),
]
Vendor = dict[str, Any]
_Badge = Annotated[int, Field(ge=-LARGEST_BADGE, le=LARGEST_BADGE)]


class PushPart(AgoraModel):
    """Base of what a push is made of."""

    SOURCE: ClassVar[Source] = sources.PUSH_MANAGEMENT
    SECTION: ClassVar[str] = "Notification"


class ClickAction(PushPart):
    """What a tap does, on Android."""

    SECTION: ClassVar[str] = "Tap and badge"

    url: Annotated[str | None, Wire("Open this address.")] = None
    action: Annotated[str | None, Wire("Open this page of the app.")] = None
    activity: Annotated[str | None, Wire("Open this package or Activity.")] = None


class Badge(PushPart):
    """The number on the app's icon."""

    SECTION: ClassVar[str] = "Tap and badge"

    addNum: Annotated[_Badge | None, NotBoolean, Wire("Add to the number.", label="add")] = None
    setNum: Annotated[_Badge | None, NotBoolean, Wire("Set the number; 0 takes it away.", label="set")] = None
    activity: Annotated[str | None, Wire("The app's entry, on Huawei.")] = None


class PushConfig(PushPart):
    """Tap and badge."""

    clickAction: Annotated[ClickAction | None, Wire("What a tap does.")] = None
    badge: Annotated[Badge | None, Wire("The number on the icon.")] = None


class PushMessage(PushPart):
    """What is shown; a vendor's block goes before the basic fields."""

    title: Annotated[
        str | None, Wire("The title; “You have a message” if left out."), Field(max_length=LONGEST_TEXTS["title"])
    ] = None
    subTitle: Annotated[
        str | None, Wire("Under the title, on iOS.", label="subtitle"), Field(max_length=LONGEST_TEXTS["subTitle"])
    ] = None
    sub_title: Annotated[
        str | None,
        Wire("The same, as some examples write it.", label="subtitle (other)"),
        Field(max_length=LONGEST_TEXTS["subTitle"]),
    ] = None
    content: Annotated[
        str | None,
        Wire("The text; “Check the message” if left out.", multiline=True),
        Field(max_length=LONGEST_TEXTS["content"]),
    ] = None
    ext: Annotated[
        dict[str, Any] | None,
        Wire("Values for the app, at most 10, and 1,024 characters in all."),
        Field(max_length=EXT_PAIRS),
    ] = None
    config: Annotated[PushConfig | None, Wire("Tap and badge.")] = None
    agora: Annotated[Vendor | None, Wire("Agora's own push.", section="Vendors")] = None
    easemob: Annotated[
        Vendor | None, Wire("The same, as Easemob calls it.", section="Vendors", source=sources.EASEMOB_SENDING)
    ] = None
    apns: Annotated[Vendor | None, Wire("Apple.", section="Vendors")] = None
    fcm: Annotated[Vendor | None, Wire("Google.", section="Vendors")] = None
    fcmV1: Annotated[Vendor | None, Wire("Google, newer API.", section="Vendors", source=sources.EASEMOB_SENDING)] = (
        None
    )
    huawei: Annotated[Vendor | None, Wire("Huawei.", section="Vendors", source=sources.EASEMOB_SENDING)] = None
    honor: Annotated[Vendor | None, Wire("Honor.", section="Vendors", source=sources.EASEMOB_SENDING)] = None
    xiaomi: Annotated[Vendor | None, Wire("Xiaomi.", section="Vendors", source=sources.EASEMOB_SENDING)] = None
    vivo: Annotated[Vendor | None, Wire("vivo.", section="Vendors", source=sources.EASEMOB_SENDING)] = None
    oppo: Annotated[Vendor | None, Wire("OPPO.", section="Vendors", source=sources.EASEMOB_SENDING)] = None
    meizu: Annotated[Vendor | None, Wire("Meizu.", section="Vendors", source=sources.EASEMOB_SENDING)] = None


class PushToOne(PushPart):
    """A push to the user in the path."""

    strategy: Strategy = None
    pushMessage: Annotated[PushMessage, Wire("What is shown.")]


class PushToUsers(PushPart):
    """A push to users by name."""

    CLOSED: ClassVar[bool] = True

    targets: Annotated[
        list[UserId],
        Wire("Users; one a line.", section="Audience", label="users"),
        Field(min_length=1, max_length=TARGETS_AT_ONCE),
    ]
    strategy: Strategy = None
    pushMessage: Annotated[PushMessage, Wire("What is shown.")]


class PushToLabels(PushPart):
    """A push to those who have all of the labels."""

    CLOSED: ClassVar[bool] = True

    targets: Annotated[
        list[Annotated[str, Field(pattern=LABEL_NAME)]],
        Wire("Labels; only users who have all of them are reached. One a line.", section="Audience", label="labels"),
        Field(min_length=1, max_length=LABELS_AT_ONCE),
    ]
    startDate: StartDate = None
    strategy: Strategy = None
    pushMessage: Annotated[PushMessage, Wire("What is shown.")]


class PushToAll(PushPart):
    """A push to EVERY user of the app."""

    startDate: StartDate = None
    strategy: Strategy = None
    pushMessage: Annotated[PushMessage, Wire("What is shown.")]
