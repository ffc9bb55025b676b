"""Payloads of user tags, by which tagged pushes find their users."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import Field

from pushtui.domain.finding import Source
from pushtui.providers.rongcloud import sources
from pushtui.providers.rongcloud.answers import CodeAnswer
from pushtui.providers.rongcloud.user_model import UserId
from pushtui.providers.wire import Utf8Limit, Wire, WireModel

TAGS_A_USER = 20
TAG_BYTES = 40
USERS_A_BATCH = 1000
USERS_A_READ = 50

Tag = Annotated[str, Utf8Limit(TAG_BYTES), Field(min_length=1)]


class TagModel(WireModel):
    SOURCE: ClassVar[Source] = sources.USER_TAGS
    SECTION: ClassVar[str] = "Tags"


class SetTagsRequest(TagModel):
    """Gives one user exactly these tags; those the user had are replaced."""

    userId: Annotated[UserId, Wire("The user who gets the tags.", label="user id")]
    tags: Annotated[
        list[Tag],
        Wire("All tags the user shall have, 40 bytes each at most. An empty list takes every tag away. One a line."),
        Field(max_length=TAGS_A_USER),
    ]


class SetTagsOfManyRequest(TagModel):
    """Gives each of many users exactly these tags; those they had are replaced."""

    userIds: Annotated[
        list[UserId],
        Wire("The users who get the tags. One user id a line.", label="user ids"),
        Field(min_length=1, max_length=USERS_A_BATCH),
    ]
    tags: Annotated[
        list[Tag],
        Wire("All tags each of them shall have; whatever they had is replaced. An empty list takes all away."),
        Field(max_length=TAGS_A_USER),
    ]


class GetTagsRequest(TagModel):
    """Asks for the tags of some users; user ids are a repeated form key."""

    userIds: Annotated[
        list[UserId],
        Wire("The users that are asked about. One user id a line.", label="user ids"),
        Field(min_length=1, max_length=USERS_A_READ),
    ]


class GetTagsResponse(CodeAnswer):
    """The tags by user id; a user without tags has an empty list."""

    result: dict[str, list[str]] = Field(default_factory=dict)
