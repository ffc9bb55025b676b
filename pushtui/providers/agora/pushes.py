"""Sending pushes: to one user, to users, to labels, to everybody."""

from __future__ import annotations

from pushtui.domain.quota import Quota, Rate, Window
from pushtui.providers.agora import sources
from pushtui.providers.agora.operation import operation
from pushtui.providers.agora.pushes_model import PushToAll, PushToLabels, PushToOne, PushToUsers
from pushtui.providers.agora.rates import per_second

PUSH_NOW = operation(
    "push-now",
    "POST",
    "/push/sync/{target}",
    PushToOne,
    per_second("push sync", 1, sources.PUSH_MANAGEMENT),
    repeatable=False,
)
PUSH_LATER = operation(
    "push-later",
    "POST",
    "/push/async/{target}",
    PushToOne,
    per_second("push async", 200, sources.EASEMOB_SENDING),
    repeatable=False,
)
PUSH_USERS = operation(
    "push-users",
    "POST",
    "/push/single",
    PushToUsers,
    (Rate("agora push single", 1200, 60.0, sources.OVERVIEW),),
    repeatable=False,
)
PUSH_LABELS = operation(
    "push-labels",
    "POST",
    "/push/list/label",
    PushToLabels,
    (Rate("agora push label", 1200, 60.0, sources.OVERVIEW),),
    repeatable=False,
)
PUSH_ALL = operation(
    "push-all",
    "POST",
    "/push/task",
    PushToAll,
    (Rate("agora push task", 5, 60.0, sources.OVERVIEW),),
    repeatable=False,
    quotas=(Quota("agora push task", 100, Window.DAY, sources.OVERVIEW),),
)
