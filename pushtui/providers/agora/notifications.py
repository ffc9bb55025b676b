"""What pushes may disturb a user, and in which language."""

from __future__ import annotations

from pushtui.providers.agora import sources
from pushtui.providers.agora.base_model import Answer, Nothing, Page
from pushtui.providers.agora.notifications_model import LanguageChange, ModeChange, ModesQuery, UserTemplate
from pushtui.providers.agora.rates import per_second
from pushtui.providers.base import Encoding, Endpoint

_MODE = "/users/{username}/notification/{chattype}/{key}"
_LANGUAGE = "/users/{username}/notification/language"
_TEMPLATE = "/users/{username}/notification/template"

SET_MODE = Endpoint(
    name="set-mode",
    method="PUT",
    path=_MODE,
    encoding=Encoding.JSON,
    request_model=ModeChange,
    response_model=Answer,
    repeatable=True,
    rates=per_second("setting modes", source=sources.PUSH_SETTINGS),
)

READ_MODE = Endpoint(
    name="read-mode",
    method="GET",
    path=_MODE,
    encoding=Encoding.NONE,
    request_model=Nothing,
    response_model=Answer,
    repeatable=True,
    rates=per_second("reading modes", source=sources.PUSH_SETTINGS),
)

READ_MODES = Endpoint(
    name="read-modes",
    method="GET",
    path="/users/{username}/notification",
    encoding=Encoding.NONE,
    request_model=ModesQuery,
    response_model=Answer,
    repeatable=True,
    rates=per_second("reading many modes", source=sources.WEB_SDK),
)

LIST_MODES = Endpoint(
    name="list-modes",
    method="GET",
    path="/users/{username}/notification/mute/type",
    encoding=Encoding.NONE,
    request_model=Page,
    response_model=Answer,
    repeatable=True,
    rates=per_second("listing modes", source=sources.WEB_SDK),
)

SET_LANGUAGE = Endpoint(
    name="set-language",
    method="PUT",
    path=_LANGUAGE,
    encoding=Encoding.JSON,
    request_model=LanguageChange,
    response_model=Answer,
    repeatable=True,
    rates=per_second("setting languages", source=sources.PUSH_SETTINGS),
)

READ_LANGUAGE = Endpoint(
    name="read-language",
    method="GET",
    path=_LANGUAGE,
    encoding=Encoding.NONE,
    request_model=Nothing,
    response_model=Answer,
    repeatable=True,
    rates=per_second("reading languages", source=sources.PUSH_SETTINGS),
)

SET_USER_TEMPLATE = Endpoint(
    name="set-user-template",
    method="PUT",
    path=_TEMPLATE,
    encoding=Encoding.JSON,
    request_model=UserTemplate,
    response_model=Answer,
    repeatable=True,
    rates=per_second("receivers' templates", source=sources.EASEMOB_PUSH),
)

READ_USER_TEMPLATE = Endpoint(
    name="read-user-template",
    method="GET",
    path=_TEMPLATE,
    encoding=Encoding.NONE,
    request_model=Nothing,
    response_model=Answer,
    repeatable=True,
    rates=per_second("receivers' templates", source=sources.EASEMOB_PUSH),
)
