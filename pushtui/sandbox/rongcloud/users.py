"""Users: registration, name and portrait, online state."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from pushtui.domain.json_body import JsonObject
from pushtui.providers.rongcloud.users import CHECK_ONLINE, GET_TOKEN, INFO, REFRESH
from pushtui.sandbox.cloud import Call, Operation, Refusal
from pushtui.sandbox.rongcloud.absent import NOT_THERE
from pushtui.sandbox.rongcloud.back_fill import back_fill
from pushtui.sandbox.rongcloud.data import RongCloudUser

if TYPE_CHECKING:
    from pushtui.providers.rongcloud.user_model import GetTokenRequest, OneUser, RefreshRequest
    from pushtui.sandbox.state import SandboxState

TOKEN_LENGTH = 88


def get_token(state: SandboxState, call: Call, request: GetTokenRequest) -> JsonObject:
    """Register a user, or rename a registered one; either gets a token."""
    user = state.rongcloud.users.get(request.userId)
    if user is None:
        _register(state, call, request)
    else:
        user.name, user.portrait, user.has_token = request.name, request.portraitUri or "", True
    return {"userId": request.userId, "token": state.randomness.letters(TOKEN_LENGTH)}


def _register(state: SandboxState, call: Call, request: GetTokenRequest) -> None:
    cap = state.settings.rongcloud.user_cap
    if cap and len(state.rongcloud.users) >= cap:
        raise Refusal(2007, f"The number of registered users is limited to {cap}.")
    state.meet(request.userId, request.name)
    state.rongcloud.users[request.userId] = RongCloudUser(
        request.userId, request.name, state.clock.now(), portrait=request.portraitUri or ""
    )
    back_fill(state, call, request.userId)


def refresh(state: SandboxState, _call: Call, request: RefreshRequest) -> JsonObject:
    """Change what is given of a registered user's name and portrait; here it works at once."""
    user = _registered(state, request.userId)
    user.name = user.name if request.name is None else request.name
    user.portrait = user.portrait if request.portraitUri is None else request.portraitUri
    return {}


def info(state: SandboxState, _call: Call, request: OneUser) -> JsonObject:
    """Return what is known of a registered user; times are the data centre's."""
    user = _registered(state, request.userId)
    created = user.created.astimezone(ZoneInfo(state.settings.rongcloud.quiet_hours_zone))
    return {"userName": user.name, "userPortrait": user.portrait, "createTime": f"{created:%Y-%m-%d %H:%M:%S}"}


def check_online(state: SandboxState, _call: Call, request: OneUser) -> JsonObject:
    """Say whether a user is connected; somebody unknown is not."""
    person = state.people.get(request.userId)
    online = person is not None and person.online and request.userId in state.rongcloud.users
    return {"status": "1" if online else "0"}


def _registered(state: SandboxState, user: str) -> RongCloudUser:
    found = state.rongcloud.users.get(user)
    if found is None:
        raise Refusal(1002, NOT_THERE)
    return found


OPERATIONS = (
    Operation(GET_TOKEN, get_token),
    Operation(REFRESH, refresh),
    Operation(INFO, info),
    Operation(CHECK_ONLINE, check_online),
)
