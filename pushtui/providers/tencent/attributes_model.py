"""Attribute names, attributes and tags as they travel.

Names, values and tags are measured in bytes of UTF-8. Attributes are called by name everywhere;
their numbers, texts "0" to "9", appear only where names are set and listed.
"""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from pushtui.domain.finding import Source
from pushtui.providers.tencent import sources
from pushtui.providers.tencent.protocol import Answered, TencentResponse
from pushtui.providers.wire import Utf8Limit, Wire, WireModel

NAME_BYTES = 50
VALUE_BYTES = 50
TAG_BYTES = 50
USER_ID_BYTES = 32
USERS_PER_CALL = 100
TAGS_PER_CALL = 10
"""Of one user."""
TAGS_PER_USER = 100

Slot = Literal["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"]
AttributeName = Annotated[str, Utf8Limit(NAME_BYTES), Field(min_length=1)]
AttributeValue = Annotated[str, Utf8Limit(VALUE_BYTES)]
Tag = Annotated[str, Utf8Limit(TAG_BYTES), Field(min_length=1)]
UserId = Annotated[str, Utf8Limit(USER_ID_BYTES), Field(min_length=1)]
UserIds = Annotated[
    list[UserId], Wire("User ids, at most 100 in one call."), Field(min_length=1, max_length=USERS_PER_CALL)
]


class SetAttributeNamesRequest(WireModel):
    """Names of attributes; slots that are not given keep theirs."""

    SOURCE: ClassVar[Source] = sources.ATTRIBUTE_NAMES
    SECTION: ClassVar[str] = "Attribute names"

    AttrNames: Annotated[
        dict[Slot, AttributeName],
        Wire("Name of each attribute by its number, 0 to 9; at most 50 bytes of UTF-8, about 16 Chinese characters."),
    ]


class GetAttributeNamesRequest(WireModel):
    """Nothing is asked; the body is an empty object, not an empty body."""

    SOURCE: ClassVar[Source] = sources.ATTRIBUTE_NAMES
    SECTION: ClassVar[str] = "Attribute names"


class GetAttributeNamesResponse(TencentResponse):
    """The names by number; numbers without a name are absent."""

    AttrNames: dict[str, str] = Field(default_factory=dict)


class UserAttributes(WireModel):
    """Attributes of one user by name."""

    SOURCE: ClassVar[Source] = sources.ATTRIBUTES
    SECTION: ClassVar[str] = "Attributes"

    To_Account: Annotated[UserId, Wire("The user id.")]
    Attrs: Annotated[
        dict[str, AttributeValue],
        Wire("Value of each attribute by its name, at most 50 bytes of UTF-8. Names must have been set before."),
    ]


class SetAttributesRequest(WireModel):
    """Attributes to set; those not named keep their values."""

    SOURCE: ClassVar[Source] = sources.ATTRIBUTES
    SECTION: ClassVar[str] = "Attributes"

    UserAttrs: Annotated[
        list[UserAttributes],
        Wire("Users and their attributes, at most 100 users in one call."),
        Field(min_length=1, max_length=USERS_PER_CALL),
    ]


class UserAttributeNames(WireModel):
    """Attributes of one user, named only."""

    SOURCE: ClassVar[Source] = sources.ATTRIBUTES
    SECTION: ClassVar[str] = "Attributes"

    To_Account: Annotated[UserId, Wire("The user id.")]
    Attrs: Annotated[list[str], Wire("Names of the attributes to remove.")]


class RemoveAttributesRequest(WireModel):
    """Attributes to remove."""

    SOURCE: ClassVar[Source] = sources.ATTRIBUTES
    SECTION: ClassVar[str] = "Attributes"

    UserAttrs: Annotated[
        list[UserAttributeNames],
        Wire("Users and the names of attributes to remove, at most 100 users in one call."),
        Field(min_length=1, max_length=USERS_PER_CALL),
    ]


class GetAttributesRequest(WireModel):
    """Whose attributes are asked for."""

    SOURCE: ClassVar[Source] = sources.ATTRIBUTES
    SECTION: ClassVar[str] = "Attributes"

    To_Account: UserIds


class AttributesFound(Answered):
    """Attributes of a user by name."""

    To_Account: str
    Attrs: dict[str, str] = Field(default_factory=dict)


class GetAttributesResponse(TencentResponse):
    """Attributes by user, in any order; a user without any has an empty object."""

    UserAttrs: list[AttributesFound] = Field(default_factory=list)


class TagsOfUser(WireModel):
    """Tags of one user."""

    SOURCE: ClassVar[Source] = sources.TAGS
    SECTION: ClassVar[str] = "Tags"

    To_Account: Annotated[UserId, Wire("The user id.")]
    Tags: Annotated[
        list[Tag],
        Wire("Tags, at most 10 of one user in one call, each at most 50 bytes of UTF-8. A user holds at most 100."),
        Field(max_length=TAGS_PER_CALL),
    ]


class TagsRequest(WireModel):
    """Tags to add or to remove."""

    SOURCE: ClassVar[Source] = sources.TAGS
    SECTION: ClassVar[str] = "Tags"

    UserTags: Annotated[
        list[TagsOfUser],
        Wire("Users and their tags, at most 100 users in one call."),
        Field(min_length=1, max_length=USERS_PER_CALL),
    ]


class TagUsersRequest(WireModel):
    """Whose tags are asked for, or removed altogether."""

    SOURCE: ClassVar[Source] = sources.TAGS
    SECTION: ClassVar[str] = "Tags"

    To_Account: UserIds


class TagsFound(Answered):
    """Tags that a user holds, as many as there are."""

    To_Account: str
    Tags: list[str]


class GetTagsResponse(TencentResponse):
    """Tags by user, in any order."""

    UserTags: list[TagsFound] = Field(default_factory=list)
