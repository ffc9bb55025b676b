"""The payloads about users: their nickname, display style, state and devices."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from pushtui.domain.field import Choice
from pushtui.domain.finding import Source
from pushtui.providers.agora import sources
from pushtui.providers.agora.base_model import AgoraModel, UserId, Username
from pushtui.providers.wire import Utf8Limit, Wire

LONGEST_NICKNAME = 100
USERS_AT_ONCE = 60
ASKED_AT_ONCE = 100
NICKNAMES_AT_ONCE = 50
PASSWORD_BYTES = 64

Nickname = Annotated[str, Field(max_length=LONGEST_NICKNAME)]
Hour = Annotated[int, Field(ge=0, le=23)]


class UserChange(AgoraModel):
    """What shall change about a user; what is left out stays."""

    nickname: Annotated[
        Nickname | None,
        Wire("The name shown as sender in push notifications, for those who show the sender."),
    ] = None
    notification_display_style: Annotated[
        Literal[0, 1] | None,
        Wire(
            "What the user's own notifications show.",
            label="display style",
            choices=(Choice(0, "only that there is a message"), Choice(1, "the sender's nickname and the message")),
        ),
    ] = None
    notification_no_disturbing: Annotated[
        bool | None, Wire("Quiet hours of the old kind, on or off.", source=sources.EASEMOB_PUSH)
    ] = None
    notification_no_disturbing_start: Annotated[
        Hour | None, Wire("The hour at which old quiet hours begin.", source=sources.EASEMOB_PUSH)
    ] = None
    notification_no_disturbing_end: Annotated[
        Hour | None,
        Wire(
            "The hour at which old quiet hours end; the same as the start means all day.", source=sources.EASEMOB_PUSH
        ),
    ] = None
    device_id: Annotated[str | None, Wire("The device that the token is for.", source=sources.WEB_SDK)] = None
    device_token: Annotated[str | None, Wire("The token of the push vendor.", source=sources.WEB_SDK)] = None
    notifier_name: Annotated[str | None, Wire("The name of the push certificate.", source=sources.WEB_SDK)] = None


class NewUser(AgoraModel):
    """A user to register."""

    SOURCE: ClassVar[Source] = sources.USERS

    username: Annotated[Username, Wire("The user's id: a–z, 0–9, “_”, “-” and “.”.")]
    password: Annotated[str | None, Wire("What the user logs in with."), Utf8Limit(PASSWORD_BYTES)] = None
    nickname: Annotated[Nickname | None, Wire("The name shown as sender in push notifications.")] = None


class NewUsers(AgoraModel):
    """Users to register; the wire also takes a single one without a list."""

    SOURCE: ClassVar[Source] = sources.USERS
    BARE_LIST: ClassVar[str] = "users"

    users: Annotated[list[NewUser], Wire("Who is registered."), Field(min_length=1, max_length=USERS_AT_ONCE)]


class StatusQuery(AgoraModel):
    """Whose state is asked for."""

    SOURCE: ClassVar[Source] = sources.USERS

    usernames: Annotated[
        list[UserId], Wire("Whom to ask about; one a line."), Field(min_length=1, max_length=ASKED_AT_ONCE)
    ]


class PushNickname(AgoraModel):
    """The nickname of one user."""

    SOURCE: ClassVar[Source] = sources.EASEMOB_PUSH

    username: Annotated[UserId, Wire("The user.")]
    push_nickname: Annotated[Nickname, Wire("The name shown as sender in push notifications.")]


class PushNicknames(AgoraModel):
    """The nicknames of many users."""

    SOURCE: ClassVar[Source] = sources.EASEMOB_PUSH
    BARE_LIST: ClassVar[str] = "nicknames"

    nicknames: Annotated[
        list[PushNickname], Wire("Who gets which name."), Field(min_length=1, max_length=NICKNAMES_AT_ONCE)
    ]


class Binding(AgoraModel):
    """A device and where its vendor's push service finds it.

    An empty device token unbinds the device from that certificate, an empty notifier name from all.
    """

    SOURCE: ClassVar[Source] = sources.EASEMOB_PUSH

    device_id: Annotated[str, Wire("The device."), Field(min_length=1)]
    device_token: Annotated[str, Wire("The token that the push vendor gave to the device; empty unbinds.")]
    notifier_name: Annotated[str, Wire("The name of the push certificate; empty unbinds from all.")]
