"""The payload of `POST /push/user.json`: a notification for some users, with no message."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import Field

from pushtui.domain.finding import Source
from pushtui.providers.rongcloud import sources
from pushtui.providers.rongcloud.answers import CodeAnswer
from pushtui.providers.rongcloud.notification_model import (
    Extras,
    Fcm,
    HarmonyOS,
    Honor,
    Huawei,
    Ios,
    Oppo,
    Title,
    Vivo,
    Xiaomi,
)
from pushtui.providers.rongcloud.user_model import UserId
from pushtui.providers.wire import Wire, WireModel

USERS_A_CALL = 100


class UserPushModel(WireModel):
    SOURCE: ClassVar[Source] = sources.USER_PUSH
    SECTION: ClassVar[str] = "Notification"


class UserPushAndroid(UserPushModel):
    """The notification on Android: vendor parts only, the text is the common one."""

    SECTION: ClassVar[str] = "Android"

    extras: Extras = None
    honor: Honor | None = None
    hw: Huawei | None = None
    mi: Xiaomi | None = None
    oppo: Oppo | None = None
    vivo: Vivo | None = None
    fcm: Fcm | None = None


class UserPushNotification(UserPushModel):
    """What handsets show; the text is called `pushContent` here, not `alert`."""

    title: Title = None
    pushContent: Annotated[
        str,
        Wire("Text of the notification. It shows even while the app is open.", label="text", multiline=True),
        Field(min_length=1),
    ]
    ios: Ios | None = None
    android: UserPushAndroid | None = None
    harmonyOS: HarmonyOS | None = None


class UserPushRequest(UserPushModel):
    """A notification for up to 100 users; nothing is stored, and no conversation opens."""

    CLOSED: ClassVar[bool] = True

    userIds: Annotated[
        list[UserId],
        Wire("Who gets the notification, 100 users at most. One user id a line.", label="user ids", section="Audience"),
        Field(min_length=1, max_length=USERS_A_CALL),
    ]
    notification: UserPushNotification


class UserPushResponse(CodeAnswer):
    """A push id is not documented, but one SDK reads it."""

    id: str = ""
