"""Sending pushes: to one user, to users, to labels, to everybody."""

from __future__ import annotations

from pushtui.domain.quota import Quota, Rate, Window
from pushtui.providers.agora import sources
from pushtui.providers.agora.base_model import Answer
from pushtui.providers.agora.pushes_model import PushToAll, PushToLabels, PushToOne, PushToUsers
from pushtui.providers.agora.rates import per_second
from pushtui.providers.base import Encoding, Endpoint

PUSH_NOW = Endpoint(
    name="push-now",
    method="POST",
    path="/push/sync/{target}",
    encoding=Encoding.JSON,
    request_model=PushToOne,
    response_model=Answer,
    repeatable=False,
    rates=per_second("push sync", 1, sources.PUSH_MANAGEMENT),
)

PUSH_LATER = Endpoint(
    name="push-later",
    method="POST",
    path="/push/async/{target}",
    encoding=Encoding.JSON,
    request_model=PushToOne,
    response_model=Answer,
    repeatable=False,
    rates=per_second("push async", 200, sources.EASEMOB_SENDING),
)

PUSH_USERS = Endpoint(
    name="push-users",
    method="POST",
    path="/push/single",
    encoding=Encoding.JSON,
    request_model=PushToUsers,
    response_model=Answer,
    repeatable=False,
    rates=(Rate("agora push single", 1200, 60.0, sources.OVERVIEW),),
)

PUSH_LABELS = Endpoint(
    name="push-labels",
    method="POST",
    path="/push/list/label",
    encoding=Encoding.JSON,
    request_model=PushToLabels,
    response_model=Answer,
    repeatable=False,
    rates=(Rate("agora push label", 1200, 60.0, sources.OVERVIEW),),
)

PUSH_ALL = Endpoint(
    name="push-all",
    method="POST",
    path="/push/task",
    encoding=Encoding.JSON,
    request_model=PushToAll,
    response_model=Answer,
    repeatable=False,
    rates=(Rate("agora push task", 5, 60.0, sources.OVERVIEW),),
    quotas=(Quota("agora push task", 100, Window.DAY, sources.OVERVIEW),),
)
