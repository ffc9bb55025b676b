"""The commands about attribute names, attributes and tags of “Push to all users”."""

from pushtui.providers.tencent import attributes_model as model
from pushtui.providers.tencent import sources
from pushtui.providers.tencent.protocol import TencentResponse, endpoint

SERVICE = "all_member_push"
PER_SECOND = 100

SET_NAMES = endpoint(
    SERVICE, "im_set_attr_name", model.SetAttributeNamesRequest, TencentResponse, sources.ATTRIBUTE_NAMES, PER_SECOND
)
GET_NAMES = endpoint(
    SERVICE,
    "im_get_attr_name",
    model.GetAttributeNamesRequest,
    model.GetAttributeNamesResponse,
    sources.ATTRIBUTE_NAMES,
    PER_SECOND,
)
SET_ATTRIBUTES = endpoint(
    SERVICE, "im_set_attr", model.SetAttributesRequest, TencentResponse, sources.ATTRIBUTES, PER_SECOND
)
GET_ATTRIBUTES = endpoint(
    SERVICE, "im_get_attr", model.GetAttributesRequest, model.GetAttributesResponse, sources.ATTRIBUTES, PER_SECOND
)
REMOVE_ATTRIBUTES = endpoint(
    SERVICE, "im_remove_attr", model.RemoveAttributesRequest, TencentResponse, sources.ATTRIBUTES, PER_SECOND
)
ADD_TAGS = endpoint(SERVICE, "im_add_tag", model.AddTagsRequest, TencentResponse, sources.TAGS, PER_SECOND)
GET_TAGS = endpoint(SERVICE, "im_get_tag", model.TagUsersRequest, model.GetTagsResponse, sources.TAGS, PER_SECOND)
REMOVE_TAGS = endpoint(SERVICE, "im_remove_tag", model.RemoveTagsRequest, TencentResponse, sources.TAGS, PER_SECOND)
REMOVE_ALL_TAGS = endpoint(
    SERVICE, "im_remove_all_tags", model.TagUsersRequest, TencentResponse, sources.TAGS, PER_SECOND
)
