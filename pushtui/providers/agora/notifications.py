"""What pushes may disturb a user, and in which language."""

from __future__ import annotations

from pushtui.providers.agora import sources
from pushtui.providers.agora.base_model import Nothing, Page
from pushtui.providers.agora.notifications_model import LanguageChange, ModeChange, ModesQuery, UserTemplate
from pushtui.providers.agora.operation import operation
from pushtui.providers.agora.rates import per_second

_MODE = "/users/{username}/notification/{chattype}/{key}"
_LANGUAGE = "/users/{username}/notification/language"
_TEMPLATE = "/users/{username}/notification/template"

SET_MODE = operation("set-mode", "PUT", _MODE, ModeChange, per_second("setting modes", source=sources.PUSH_SETTINGS))
READ_MODE = operation("read-mode", "GET", _MODE, Nothing, per_second("reading modes", source=sources.PUSH_SETTINGS))
READ_MODES = operation(
    "read-modes",
    "GET",
    "/users/{username}/notification",
    ModesQuery,
    per_second("reading many modes", source=sources.WEB_SDK),
)
LIST_MODES = operation(
    "list-modes",
    "GET",
    "/users/{username}/notification/mute/type",
    Page,
    per_second("listing modes", source=sources.WEB_SDK),
)
SET_LANGUAGE = operation(
    "set-language", "PUT", _LANGUAGE, LanguageChange, per_second("setting languages", source=sources.PUSH_SETTINGS)
)
READ_LANGUAGE = operation(
    "read-language", "GET", _LANGUAGE, Nothing, per_second("reading languages", source=sources.PUSH_SETTINGS)
)
SET_USER_TEMPLATE = operation(
    "set-user-template", "PUT", _TEMPLATE, UserTemplate, per_second("receivers' templates", source=sources.EASEMOB_PUSH)
)
READ_USER_TEMPLATE = operation(
    "read-user-template", "GET", _TEMPLATE, Nothing, per_second("receivers' templates", source=sources.EASEMOB_PUSH)
)
