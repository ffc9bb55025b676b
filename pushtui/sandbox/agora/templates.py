"""Push templates of the app."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pushtui.domain.json_body import JsonObject
from pushtui.providers.agora import templates
from pushtui.providers.agora.base_model import Nothing
from pushtui.providers.agora.codes import Key
from pushtui.providers.agora.templates_model import NewTemplate, TemplateTexts
from pushtui.sandbox.agora.data import Template
from pushtui.sandbox.agora.moments import milliseconds
from pushtui.sandbox.agora.subject import TEMPLATE, Subject, parameter
from pushtui.sandbox.agora.switches import advanced_push
from pushtui.sandbox.agora.words import echoed, taken
from pushtui.sandbox.cloud import Call, Operation, Refusal

if TYPE_CHECKING:
    from pushtui.sandbox.state import SandboxState


def create_template(state: SandboxState, _call: Call, request: NewTemplate) -> JsonObject:
    """Create a template."""
    if request.name in state.agora.templates and state.settings.agora.template_duplicates_refused:
        raise taken("template", "name", request.name)
    now = milliseconds(state)
    template = Template(request.name, request.title_pattern, request.content_pattern, now, now)
    state.agora.templates[request.name] = template
    return {"data": _printed(template)}


def read_template(state: SandboxState, call: Call, _request: Nothing) -> JsonObject:
    """Answer a template."""
    return {"data": _printed(known_template(state, call.parameters["name"]))}


def change_template(state: SandboxState, call: Call, request: TemplateTexts) -> JsonObject:
    """Replace both texts of a template."""
    template = known_template(state, call.parameters["name"])
    template.title, template.content = request.title_pattern, request.content_pattern
    template.updated = milliseconds(state)
    return {"data": _printed(template)}


def delete_template(state: SandboxState, call: Call, _request: Nothing) -> JsonObject:
    """Delete a template, and answer what it was."""
    template = known_template(state, call.parameters["name"])
    del state.agora.templates[template.name]
    return {"data": _printed(template)}


def known_template(state: SandboxState, name: str) -> Template:
    """Return a template; raises Refusal."""
    template = state.agora.templates.get(name)
    if template is None:
        raise Refusal(Key.NO_SUCH_TEMPLATE, f"{echoed(name)} template is not exist")
    return template


def _printed(template: Template) -> JsonObject:
    return {
        "name": template.name,
        "createAt": template.created,
        "updateAt": template.updated,
        "title_pattern": template.title,
        "content_pattern": template.content,
    }


OPERATIONS = (
    Operation(templates.CREATE_TEMPLATE, create_template, advanced_push),
    Operation(templates.READ_TEMPLATE, read_template, advanced_push),
    Operation(templates.CHANGE_TEMPLATE, change_template, advanced_push),
    Operation(templates.DELETE_TEMPLATE, delete_template, advanced_push),
)
SUBJECTS = (Subject(TEMPLATE, parameter, OPERATIONS),)
