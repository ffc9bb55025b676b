"""Push templates of the app."""

from __future__ import annotations

from pushtui.providers.agora import sources
from pushtui.providers.agora.base_model import Answer, Nothing
from pushtui.providers.agora.rates import per_second
from pushtui.providers.agora.templates_model import NewTemplate, TemplateTexts
from pushtui.providers.base import Encoding, Endpoint

_TEMPLATE = "/notification/template/{name}"

CREATE_TEMPLATE = Endpoint(
    name="create-template",
    method="POST",
    path="/notification/template",
    encoding=Encoding.JSON,
    request_model=NewTemplate,
    response_model=Answer,
    repeatable=False,
    rates=per_second("creating templates", source=sources.PUSH_SETTINGS),
)

READ_TEMPLATE = Endpoint(
    name="read-template",
    method="GET",
    path=_TEMPLATE,
    encoding=Encoding.NONE,
    request_model=Nothing,
    response_model=Answer,
    repeatable=True,
    rates=per_second("reading templates", source=sources.PUSH_SETTINGS),
)

CHANGE_TEMPLATE = Endpoint(
    name="change-template",
    method="PUT",
    path=_TEMPLATE,
    encoding=Encoding.JSON,
    request_model=TemplateTexts,
    response_model=Answer,
    repeatable=True,
    rates=per_second("changing templates", 10, sources.EASEMOB_PUSH),
)

DELETE_TEMPLATE = Endpoint(
    name="delete-template",
    method="DELETE",
    path=_TEMPLATE,
    encoding=Encoding.NONE,
    request_model=Nothing,
    response_model=Answer,
    repeatable=False,
    rates=per_second("deleting templates", source=sources.PUSH_SETTINGS),
)
