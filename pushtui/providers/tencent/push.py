"""The command `im_push`: a message to everybody, or to users by tags or attributes."""

from pushtui.domain.quota import Quota, Rate, Window
from pushtui.providers.base import Encoding, Endpoint
from pushtui.providers.tencent import sources
from pushtui.providers.tencent.push_model import PushRequest, PushResponse

PATH = "/v4/all_member_push/im_push"

PUSH = Endpoint(
    name="im_push",
    method="POST",
    path=PATH,
    encoding=Encoding.JSON,
    request_model=PushRequest,
    response_model=PushResponse,
    repeatable=False,
    rates=(Rate(PATH, 1, 1.0, sources.PUSH_TO_ALL),),
    quotas=(Quota(PATH, 100, Window.DAY, sources.PUSH_TO_ALL),),
)
