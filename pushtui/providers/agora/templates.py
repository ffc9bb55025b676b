"""Push templates of the app."""

from __future__ import annotations

from pushtui.providers.agora import sources
from pushtui.providers.agora.base_model import Nothing
from pushtui.providers.agora.operation import operation
from pushtui.providers.agora.rates import per_second
from pushtui.providers.agora.templates_model import NewTemplate, TemplateTexts

_TEMPLATE = "/notification/template/{name}"

CREATE_TEMPLATE = operation(
    "create-template",
    "POST",
    "/notification/template",
    NewTemplate,
    per_second("creating templates", source=sources.PUSH_SETTINGS),
    repeatable=False,
)
READ_TEMPLATE = operation(
    "read-template", "GET", _TEMPLATE, Nothing, per_second("reading templates", source=sources.PUSH_SETTINGS)
)
CHANGE_TEMPLATE = operation(
    "change-template", "PUT", _TEMPLATE, TemplateTexts, per_second("changing templates", 10, sources.EASEMOB_PUSH)
)
DELETE_TEMPLATE = operation(
    "delete-template",
    "DELETE",
    _TEMPLATE,
    Nothing,
    per_second("deleting templates", source=sources.PUSH_SETTINGS),
    repeatable=False,
)
