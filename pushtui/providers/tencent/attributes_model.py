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
from pushtui.providers.tencent.values import Entries, UserId
from pushtui.providers.wire import Utf8Limit, Wire, WireModel

NAMES = 10
"""Of one app; nobody has more attributes."""
NAME_BYTES = 50
VALUE_BYTES = 50
TAG_BYTES = 50
USERS_PER_CALL = 100
TAGS_PER_CALL = 10
"""Of one user."""
TAGS_PER_USER = 100

Slot = Literal["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"]
AttributeName = Annotated[str, Utf8Limit(NAME_BYTES), Field(min_length=1)]
AttributeValue = Annotated[str, Utf8Limit(VALUE_BYTES)]
Tag = Annotated[str, Utf8Limit(TAG_BYTES), Field(min_length=1)]
UserIds = Annotated[
    list[UserId],
    Wire(f"User ids, at most {USERS_PER_CALL} in one call."),
    Field(min_length=1, max_length=USERS_PER_CALL),
]


class NameModel(WireModel):
    SOURCE: ClassVar[Source] = sources.ATTRIBUTE_NAMES
    SECTION: ClassVar[str] = "Attribute names"


class SetAttributeNamesRequest(NameModel):
    """Names of attributes; slots that are not given keep theirs."""

    AttrNames: Annotated[
        dict[Slot, AttributeName],
        Wire(f"Name of each attribute by its number, 0 to 9; at most {NAME_BYTES} bytes, about 16 Chinese characters."),
        Entries(NAMES),
    ]


class GetAttributeNamesRequest(NameModel):
    """Nothing is asked; the body is an empty object, not an empty body."""


class GetAttributeNamesResponse(TencentResponse):
    """The names by number; numbers without a name are absent."""

    AttrNames: dict[str, str] = Field(default_factory=dict)


class AttributeModel(WireModel):
    SOURCE: ClassVar[Source] = sources.ATTRIBUTES
    SECTION: ClassVar[str] = "Attributes"


class UserAttributes(AttributeModel):
    """Attributes of one user by name."""

    To_Account: Annotated[UserId, Wire("The user id.")]
    Attrs: Annotated[
        dict[str, AttributeValue],
        Wire(f"Value of each attribute by its name, at most {VALUE_BYTES} bytes. Names must have been set before."),
        Entries(NAMES),
    ]


class SetAttributesRequest(AttributeModel):
    """Attributes to set; those not named keep their values."""

    UserAttrs: Annotated[
        list[UserAttributes],
        Wire(f"Users and their attributes, at most {USERS_PER_CALL} users in one call."),
        Field(min_length=1, max_length=USERS_PER_CALL),
    ]


class UserAttributeNames(AttributeModel):
    """Attributes of one user, named only."""

    To_Account: Annotated[UserId, Wire("The user id.")]
    Attrs: Annotated[list[str], Wire("Names of the attributes to remove."), Field(max_length=NAMES)]


class RemoveAttributesRequest(AttributeModel):
    """Attributes to remove."""

    UserAttrs: Annotated[
        list[UserAttributeNames],
        Wire(f"Users and the names of attributes to remove, at most {USERS_PER_CALL} users in one call."),
        Field(min_length=1, max_length=USERS_PER_CALL),
    ]


class GetAttributesRequest(AttributeModel):
    """Whose attributes are asked for."""

    To_Account: UserIds


class AttributesFound(Answered):
    """Attributes of a user by name."""

    To_Account: str
    Attrs: dict[str, str] = Field(default_factory=dict)


class GetAttributesResponse(TencentResponse):
    """Attributes by user, in any order; a user without any has an empty object."""

    UserAttrs: list[AttributesFound] = Field(default_factory=list)


class TagModel(WireModel):
    SOURCE: ClassVar[Source] = sources.TAGS
    SECTION: ClassVar[str] = "Tags"


class TagsOfUser(TagModel):
    """New tags of one user."""

    To_Account: Annotated[UserId, Wire("The user id.")]
    Tags: Annotated[
        list[Tag],
        Wire(
            f"Tags, at most {TAGS_PER_CALL} of one user in one call, each at most {TAG_BYTES} bytes of UTF-8. "
            f"A user holds at most {TAGS_PER_USER}."
        ),
        Field(max_length=TAGS_PER_CALL),
    ]


class AddTagsRequest(TagModel):
    """Tags to add; those that a user has are no error."""

    UserTags: Annotated[
        list[TagsOfUser],
        Wire(f"Users and their tags, at most {USERS_PER_CALL} users in one call."),
        Field(min_length=1, max_length=USERS_PER_CALL),
    ]


class TagsToRemove(TagModel):
    """Tags of one user that go, or that the user never had."""

    To_Account: Annotated[UserId, Wire("The user id.")]
    Tags: Annotated[list[str], Wire("Tags to remove."), Field(max_length=TAGS_PER_USER)]


class RemoveTagsRequest(TagModel):
    """Tags to remove; those that a user does not have are no error."""

    UserTags: Annotated[
        list[TagsToRemove],
        Wire(f"Users and the tags to remove, at most {USERS_PER_CALL} users in one call."),
        Field(min_length=1, max_length=USERS_PER_CALL),
    ]


class TagUsersRequest(TagModel):
    """Whose tags are asked for, or removed altogether."""

    To_Account: UserIds


class TagsFound(Answered):
    """Tags that a user holds, as many as there are."""

    To_Account: str
    Tags: list[str]


class GetTagsResponse(TencentResponse):
    """Tags by user, in any order."""

    UserTags: list[TagsFound] = Field(default_factory=list)
