"""The switches of Agora's console, and what a call says when its switch is off."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pushtui.providers.agora.codes import Key
from pushtui.providers.agora.templates import CHANGE_TEMPLATE
from pushtui.sandbox.cloud import Call, Operation, Refusal

if TYPE_CHECKING:
    from pushtui.sandbox.state import SandboxState


def advanced_push(state: SandboxState) -> bool:
    """Tell whether modes, languages and templates are switched on."""
    return state.settings.agora.advanced_push_open


def pushing(state: SandboxState) -> bool:
    """Tell whether sending pushes is switched on."""
    return state.settings.agora.push_open


def check_switch(state: SandboxState, operation: Operation[Any], call: Call) -> None:
    """Refuse what is off in the console, and the one method that most clusters do not have."""
    if not operation.switched_on(state):
        raise Refusal(Key.PUSH_OFF if call.path.startswith("/push/") else Key.FEATURE_OFF)
    if operation.endpoint is CHANGE_TEMPLATE and not state.settings.agora.template_change_open:
        raise no_method(state)


def no_method(state: SandboxState) -> Refusal:
    """Say that an address does not have this method."""
    return Refusal(Key.OLD_NO_SUCH_METHOD if state.settings.agora.unrouted_answer_500 else Key.NO_SUCH_METHOD)


def no_address(state: SandboxState) -> Refusal:
    """Say that there is no such address."""
    return Refusal(Key.OLD_NO_SUCH_ADDRESS if state.settings.agora.unrouted_answer_500 else Key.NO_SUCH_ADDRESS)
