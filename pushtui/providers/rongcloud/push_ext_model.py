"""What `pushExt` of the message operations holds: title and vendor fields, as JSON text."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from pushtui.domain.finding import Source
from pushtui.providers.rongcloud import sources
from pushtui.providers.rongcloud.notification_model import (
    Fcm,
    Honor,
    Huawei,
    InterruptionLevel,
    Ohos,
    Oppo,
    Vivo,
    Xiaomi,
)
from pushtui.providers.wire import NotBoolean, Wire, WireModel


class PushExtModel(WireModel):
    SOURCE: ClassVar[Source] = sources.SDK_CHECKS
    SECTION: ClassVar[str] = "Notification"


class Apns(PushExtModel):
    """What iPhones and iPads read."""

    SECTION: ClassVar[str] = "iOS"

    thread_id: Annotated[
        str | None, Wire("Notifications with the same value form one group."), Field(alias="thread-id", min_length=1)
    ] = None
    apns_collapse_id: Annotated[
        str | None,
        Wire("A later notification with the same value replaces the earlier one."),
        Field(alias="apns-collapse-id", min_length=1),
    ] = None
    richMediaUri: Annotated[str | None, Wire("Address of the rich media."), Field(min_length=1)] = None
    interruption_level: InterruptionLevel = None


class PushConfig(PushExtModel):
    """One vendor's fields; in the list, each object usually names one vendor."""

    HONOR: Honor | None = None
    HW: Huawei | None = None
    MI: Xiaomi | None = None
    OPPO: Oppo | None = None
    VIVO: Vivo | None = None
    APNs: Apns | None = None
    FCM: Fcm | None = None
    OHOS: Ohos | None = None


class PushExt(PushExtModel):
    """How the notification of a message looks."""

    title: Annotated[
        str | None, Wire("Title in the notification bar, in place of the sender's name."), Field(max_length=50)
    ] = None
    templateId: Annotated[
        str | None,
        Wire("A push template of the console; it works only while push content and title are empty.", label="template"),
    ] = None
    forceShowPushContent: Annotated[
        Literal[0, 1] | None,
        NotBoolean(),
        Wire("Whether the text shows even on handsets set to hide details."),
    ] = None
    pushConfigs: Annotated[list[PushConfig] | None, Wire("Fields of each vendor, under its name in capitals.")] = None
