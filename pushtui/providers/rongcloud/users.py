"""Operations on users: registration, name and portrait, online state."""

from __future__ import annotations

from pushtui.providers.rongcloud.answers import CodeAnswer
from pushtui.providers.rongcloud.operation import operation
from pushtui.providers.rongcloud.user_model import (
    GetTokenRequest,
    GetTokenResponse,
    OneUser,
    OnlineResponse,
    RefreshRequest,
    UserInfoResponse,
)

GET_TOKEN = operation("get-token", "/user/getToken.json", GetTokenRequest, GetTokenResponse, per_second=200)
REFRESH = operation("refresh-user", "/user/refresh.json", RefreshRequest, CodeAnswer)
INFO = operation("user-info", "/user/info.json", OneUser, UserInfoResponse)
CHECK_ONLINE = operation("check-online", "/user/checkOnline.json", OneUser, OnlineResponse)
