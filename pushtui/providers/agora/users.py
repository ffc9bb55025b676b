"""Users: registering, reading, and what belongs to the user alone."""

from __future__ import annotations

from pushtui.providers.agora import sources
from pushtui.providers.agora.base_model import Answer, Nothing, Page
from pushtui.providers.agora.rates import per_second
from pushtui.providers.agora.users_model import Binding, NewUsers, PushNicknames, StatusQuery, UserChange
from pushtui.providers.base import Encoding, Endpoint

CHANGE_USER = Endpoint(
    name="change-user",
    method="PUT",
    path="/users/{username}",
    encoding=Encoding.JSON,
    request_model=UserChange,
    response_model=Answer,
    repeatable=True,
    rates=per_second("nickname and display style", source=sources.PUSH_SETTINGS),
)

READ_USER = Endpoint(
    name="read-user",
    method="GET",
    path="/users/{username}",
    encoding=Encoding.NONE,
    request_model=Nothing,
    response_model=Answer,
    repeatable=True,
    rates=per_second("reading a user"),
)

LIST_USERS = Endpoint(
    name="list-users",
    method="GET",
    path="/users",
    encoding=Encoding.NONE,
    request_model=Page,
    response_model=Answer,
    repeatable=True,
    rates=per_second("listing users"),
)

REGISTER_USERS = Endpoint(
    name="register-users",
    method="POST",
    path="/users",
    encoding=Encoding.JSON,
    request_model=NewUsers,
    response_model=Answer,
    repeatable=False,
    rates=per_second("registering users"),
)

READ_STATUS = Endpoint(
    name="read-status",
    method="GET",
    path="/users/{username}/status",
    encoding=Encoding.NONE,
    request_model=Nothing,
    response_model=Answer,
    repeatable=True,
    rates=per_second("online state"),
)

READ_STATUSES = Endpoint(
    name="read-statuses",
    method="POST",
    path="/users/batch/status",
    encoding=Encoding.JSON,
    request_model=StatusQuery,
    response_model=Answer,
    repeatable=True,
    rates=per_second("online states", 50),
)

SET_NICKNAMES = Endpoint(
    name="set-nicknames",
    method="PUT",
    path="/push/nickname",
    encoding=Encoding.JSON,
    request_model=PushNicknames,
    response_model=Answer,
    repeatable=True,
    rates=per_second("nicknames of many", source=sources.EASEMOB_PUSH),
)

BIND = Endpoint(
    name="bind",
    method="PUT",
    path="/users/{username}/push/binding",
    encoding=Encoding.JSON,
    request_model=Binding,
    response_model=Answer,
    repeatable=True,
    rates=per_second("bindings", source=sources.EASEMOB_PUSH),
)

READ_BINDINGS = Endpoint(
    name="read-bindings",
    method="GET",
    path="/users/{username}/push/binding",
    encoding=Encoding.NONE,
    request_model=Nothing,
    response_model=Answer,
    repeatable=True,
    rates=per_second("bindings", source=sources.EASEMOB_PUSH),
)
