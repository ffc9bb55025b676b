"""Operations on user tags; setting replaces all that a user had."""

from __future__ import annotations

from pushtui.providers.base import Encoding
from pushtui.providers.rongcloud.answers import CodeAnswer
from pushtui.providers.rongcloud.operation import operation
from pushtui.providers.rongcloud.tag_model import (
    GetTagsRequest,
    GetTagsResponse,
    SetTagsOfManyRequest,
    SetTagsRequest,
)

SET_TAGS = operation("set-tags", "/user/tag/set.json", SetTagsRequest, CodeAnswer, encoding=Encoding.JSON)
SET_TAGS_OF_MANY = operation(
    "set-tags-of-many",
    "/user/tag/batch/set.json",
    SetTagsOfManyRequest,
    CodeAnswer,
    encoding=Encoding.JSON,
    per_second=10,
)
GET_TAGS = operation("get-tags", "/user/tags/get.json", GetTagsRequest, GetTagsResponse)
