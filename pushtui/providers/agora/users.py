"""Users: registering, reading, and what belongs to the user alone."""

from __future__ import annotations

from pushtui.providers.agora import sources
from pushtui.providers.agora.base_model import Nothing, Page
from pushtui.providers.agora.operation import operation
from pushtui.providers.agora.rates import per_second
from pushtui.providers.agora.users_model import Binding, NewUsers, PushNicknames, StatusQuery, UserChange

CHANGE_USER = operation(
    "change-user",
    "PUT",
    "/users/{username}",
    UserChange,
    per_second("nickname and display style", source=sources.PUSH_SETTINGS),
)
READ_USER = operation("read-user", "GET", "/users/{username}", Nothing, per_second("reading a user"))
LIST_USERS = operation("list-users", "GET", "/users", Page, per_second("listing users"))
REGISTER_USERS = operation(
    "register-users", "POST", "/users", NewUsers, per_second("registering users"), repeatable=False
)
READ_STATUS = operation("read-status", "GET", "/users/{username}/status", Nothing, per_second("online state"))
READ_STATUSES = operation("read-statuses", "POST", "/users/batch/status", StatusQuery, per_second("online states", 50))
SET_NICKNAMES = operation(
    "set-nicknames",
    "PUT",
    "/push/nickname",
    PushNicknames,
    per_second("nicknames of many", source=sources.EASEMOB_PUSH),
)
BIND = operation(
    "bind", "PUT", "/users/{username}/push/binding", Binding, per_second("bindings", source=sources.EASEMOB_PUSH)
)
READ_BINDINGS = operation(
    "read-bindings",
    "GET",
    "/users/{username}/push/binding",
    Nothing,
    per_second("bindings", source=sources.EASEMOB_PUSH),
)
