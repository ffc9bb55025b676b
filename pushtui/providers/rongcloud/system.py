"""Sending system messages and notifications to users; no send may be repeated by the program.

The two system endpoints share 100 recipients a second; `/push/user.json` has as many of its own.
"""

from __future__ import annotations

from pushtui.domain.quota import Quota, Rate, Window
from pushtui.providers.base import CostUnit, Encoding, Endpoint
from pushtui.providers.rongcloud import sources
from pushtui.providers.rongcloud.system_model import (
    BroadcastRequest,
    BroadcastResponse,
    SystemMessageRequest,
    SystemResponse,
    TemplateRequest,
)
from pushtui.providers.rongcloud.user_push_model import UserPushRequest, UserPushResponse

SYSTEM_GROUP = "/message/system"
BROADCAST_GROUP = "/message/broadcast.json"
RECIPIENTS_A_SECOND = 100

SYSTEM_TEMPLATE = Endpoint(
    name="system-template",
    method="POST",
    path="/message/system/publish_template.json",
    encoding=Encoding.JSON,
    request_model=TemplateRequest,
    response_model=SystemResponse,
    repeatable=False,
    rates=(Rate(SYSTEM_GROUP, RECIPIENTS_A_SECOND, 1, sources.SYSTEM_TEMPLATE),),
    cost_unit=CostUnit.RECIPIENT,
)

SYSTEM_MESSAGE = Endpoint(
    name="system-message",
    method="POST",
    path="/message/system/publish.json",
    encoding=Encoding.FORM,
    request_model=SystemMessageRequest,
    response_model=SystemResponse,
    repeatable=False,
    rates=(Rate(SYSTEM_GROUP, RECIPIENTS_A_SECOND, 1, sources.LIMITS),),
    cost_unit=CostUnit.RECIPIENT,
)

BROADCAST = Endpoint(
    name="broadcast",
    method="POST",
    path="/message/broadcast.json",
    encoding=Encoding.FORM,
    request_model=BroadcastRequest,
    response_model=BroadcastResponse,
    repeatable=False,
    quotas=(
        Quota(BROADCAST_GROUP, 2, Window.HOUR, sources.LIMITS),
        Quota(BROADCAST_GROUP, 3, Window.DAY, sources.LIMITS),
    ),
)

USER_PUSH = Endpoint(
    name="user-push",
    method="POST",
    path="/push/user.json",
    encoding=Encoding.JSON,
    request_model=UserPushRequest,
    response_model=UserPushResponse,
    repeatable=False,
    rates=(Rate("/push/user.json", RECIPIENTS_A_SECOND, 1, sources.LIMITS),),
    cost_unit=CostUnit.RECIPIENT,
)
