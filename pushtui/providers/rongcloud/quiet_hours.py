"""Operations on quiet hours."""

from __future__ import annotations

from pushtui.providers.rongcloud.answers import CodeAnswer
from pushtui.providers.rongcloud.operation import operation
from pushtui.providers.rongcloud.quiet_hours_model import (
    GetQuietHoursResponse,
    OneUsersQuietHours,
    SetQuietHoursRequest,
)

SET_QUIET_HOURS = operation("set-quiet-hours", "/user/blockPushPeriod/set.json", SetQuietHoursRequest, CodeAnswer)
GET_QUIET_HOURS = operation(
    "get-quiet-hours", "/user/blockPushPeriod/get.json", OneUsersQuietHours, GetQuietHoursResponse
)
DELETE_QUIET_HOURS = operation(
    "delete-quiet-hours", "/user/blockPushPeriod/delete.json", OneUsersQuietHours, CodeAnswer
)
