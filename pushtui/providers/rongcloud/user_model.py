"""Payloads about users themselves: registration, name and portrait, online state."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import Field

from pushtui.domain.finding import Source
from pushtui.providers.rongcloud import sources
from pushtui.providers.rongcloud.answers import CodeAnswer
from pushtui.providers.wire import Utf8Limit, Wire, WireModel

USER_ID_BYTES = 64
NAME_LENGTH = 64
PORTRAIT_BYTES = 1024

UserId = Annotated[str, Utf8Limit(USER_ID_BYTES), Field(min_length=1)]
"""A user's id wherever it stands in a payload."""


class UserModel(WireModel):
    SOURCE: ClassVar[Source] = sources.USERS
    SECTION: ClassVar[str] = "User"


class OneUser(UserModel):
    """Asks about one user."""

    userId: Annotated[UserId, Wire("The user that is asked about.", label="user id")]


class GetTokenRequest(UserModel):
    """Registers a user, or gives a registered one a new name, portrait and token."""

    userId: Annotated[
        UserId, Wire("The user's id in your app: letters and digits are safe everywhere.", label="user id")
    ]
    name: Annotated[
        str,
        Wire("Name that pushes show for the user as a sender, unless a recipient set an alias."),
        Field(min_length=1, max_length=NAME_LENGTH),
    ]
    portraitUri: Annotated[
        str | None,
        Wire("Address of the user's portrait.", label="portrait", placeholder="https://example.com/portrait.png"),
        Utf8Limit(PORTRAIT_BYTES),
    ] = None


class GetTokenResponse(CodeAnswer):
    """The token with which the user's app connects, at most 256 bytes."""

    userId: str = ""
    token: str = ""


class RefreshRequest(UserModel):
    """Gives a registered user another name or portrait; works within about five minutes."""

    userId: Annotated[UserId, Wire("The user to change.", label="user id")]
    name: Annotated[
        str | None,
        Wire("New name; not given, it stays as it is."),
        Field(min_length=1, max_length=NAME_LENGTH),
    ] = None
    portraitUri: Annotated[
        str | None,
        Wire("New address of the portrait; not given, it stays as it is.", label="portrait"),
        Utf8Limit(PORTRAIT_BYTES),
    ] = None


class UserInfoResponse(CodeAnswer):
    """What RongCloud knows of a registered user; `createTime` is `YYYY-MM-DD HH:MM:SS`."""

    userName: str = ""
    userPortrait: str = ""
    createTime: str = ""


class OnlineResponse(CodeAnswer):
    """Whether the user is connected: "1" or "0", as text."""

    status: str = ""
