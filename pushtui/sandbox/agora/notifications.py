"""Modes, do-not-disturb, languages and receivers' templates."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pushtui.domain.json_body import JsonObject, JsonValue
from pushtui.providers.agora import notifications
from pushtui.providers.agora.base_model import Nothing, Page
from pushtui.providers.agora.notifications_model import (
    CONVERSATIONS_AT_ONCE,
    LanguageChange,
    ModeChange,
    ModesQuery,
    UserTemplate,
)
from pushtui.sandbox.agora.access import settings_user
from pushtui.sandbox.agora.data import AgoraUser, PushSetting
from pushtui.sandbox.agora.moments import milliseconds
from pushtui.sandbox.agora.paging import cut
from pushtui.sandbox.agora.subject import SETTING, Subject, parameter
from pushtui.sandbox.agora.switches import advanced_push
from pushtui.sandbox.agora.templates import known_template
from pushtui.sandbox.agora.words import invalid
from pushtui.sandbox.cloud import Call, Operation

if TYPE_CHECKING:
    from pushtui.sandbox.state import SandboxState

CHAT_TYPES = {"user": "user", "chatgroup": "group"}
"""Of addresses, and what answers about many conversations call them."""
PAGE = 10


def set_mode(state: SandboxState, call: Call, request: ModeChange) -> JsonObject:
    """Change what is given, and leave the rest; durations become the moment they end."""
    user, conversation = settings_user(state, call), _conversation(state, call)
    if request.type == "DEFAULT" and conversation == user.own:
        raise invalid("type")
    setting = user.settings.setdefault(conversation, PushSetting())
    if request.type is not None:
        setting.type = request.type
    if request.ignoreInterval is not None and _keeps_interval(state, user, conversation):
        setting.interval = request.ignoreInterval
    if request.ignoreDuration:
        setting.quiet_until = milliseconds(state) + request.ignoreDuration
    elif request.ignoreDuration == 0 and state.settings.agora.zero_duration_clears:
        setting.quiet_until = 0
    return {"data": _printed(state, setting)}


def read_mode(state: SandboxState, call: Call, _request: Nothing) -> JsonObject:
    """Answer what is set for the app as a whole, or for one conversation."""
    user = settings_user(state, call)
    return {"data": _printed(state, user.settings.get(_conversation(state, call), PushSetting()))}


def read_modes(state: SandboxState, call: Call, request: ModesQuery) -> JsonObject:
    """Answer many conversations at once; those that have nothing set are left out."""
    user = settings_user(state, call)
    users, groups = _ids(request.user), _ids(request.group)
    if len(users) + len(groups) > CONVERSATIONS_AT_ONCE:
        raise invalid("user" if len(users) > CONVERSATIONS_AT_ONCE else "group")
    return {
        "data": {
            "user": _set_for(state, user, "user", users),
            "group": _set_for(state, user, "chatgroup", groups),
        }
    }


def list_modes(state: SandboxState, call: Call, request: Page) -> JsonObject:
    """Answer the conversations that have a mode of their own."""
    user = settings_user(state, call)
    chosen, cursor = cut([name for name in user.settings if _has_mode(user, name)], request, PAGE)
    found: list[JsonValue] = []
    for name in chosen:
        chat_type, _, key = name.partition("/")
        found.append({CHAT_TYPES[chat_type]: key, "value": user.settings[name].type})
    return {"data": found, **cursor}


def set_language(state: SandboxState, call: Call, request: LanguageChange) -> JsonObject:
    """Store any code; nobody checks it."""
    user = settings_user(state, call)
    user.language = request.translationLanguage
    return {"data": {"language": user.language}}


def read_language(state: SandboxState, call: Call, _request: Nothing) -> JsonObject:
    """Answer the language, with the action that the page prints."""
    action: JsonObject = {"action": "put"} if state.settings.agora.language_get_says_put else {}
    return {**action, "data": {"language": settings_user(state, call).language}}


def set_user_template(state: SandboxState, call: Call, request: UserTemplate) -> JsonObject:
    """Store the template for what the user receives."""
    user = settings_user(state, call)
    user.template = known_template(state, request.templateName).name
    return {"data": {"templateName": user.template}}


def read_user_template(state: SandboxState, call: Call, _request: Nothing) -> JsonObject:
    """Answer the template for what the user receives."""
    return {"data": {"templateName": settings_user(state, call).template}}


def _conversation(state: SandboxState, call: Call) -> str:
    """Name the conversation of an address; users may be named by UUID."""
    chat_type, key = call.parameters["chattype"], call.parameters["key"]
    if chat_type not in CHAT_TYPES or not key:
        raise invalid("key" if chat_type in CHAT_TYPES else "chattype")
    peer = state.agora.find(key) if chat_type == "user" else None
    return f"{chat_type}/{peer.username if peer else key}"


def _keeps_interval(state: SandboxState, user: AgoraUser, conversation: str) -> bool:
    return conversation == user.own or state.settings.agora.conversation_interval_kept


def _printed(state: SandboxState, setting: PushSetting) -> JsonObject:
    """Write what is set; the rest is absent, or null if so set."""
    values: JsonObject = {
        "type": setting.type,
        "ignoreDuration": setting.quiet_until,
        "ignoreInterval": setting.interval,
    }
    if state.settings.agora.unset_is_null:
        return values
    return {name: value for name, value in values.items() if value is not None}


def _ids(given: str | None) -> list[str]:
    return [part.strip() for part in (given or "").split(",") if part.strip()]


def _set_for(state: SandboxState, user: AgoraUser, chat_type: str, keys: list[str]) -> JsonObject:
    found = {key: user.settings.get(f"{chat_type}/{key}", PushSetting()) for key in keys}
    return {key: _printed(state, setting) for key, setting in found.items() if _counts(state, setting)}


def _counts(state: SandboxState, setting: PushSetting) -> bool:
    """Tell whether anything is set that is not over yet."""
    return bool(setting.type or setting.interval or (setting.quiet_until or 0) > milliseconds(state))


def _has_mode(user: AgoraUser, conversation: str) -> bool:
    return conversation != user.own and user.settings[conversation].type not in (None, "DEFAULT")


OPERATIONS = (
    Operation(notifications.SET_MODE, set_mode, advanced_push),
    Operation(notifications.READ_MODE, read_mode, advanced_push),
    Operation(notifications.READ_MODES, read_modes, advanced_push),
    Operation(notifications.LIST_MODES, list_modes, advanced_push),
    Operation(notifications.SET_LANGUAGE, set_language, advanced_push),
    Operation(notifications.READ_LANGUAGE, read_language, advanced_push),
    Operation(notifications.SET_USER_TEMPLATE, set_user_template, advanced_push),
    Operation(notifications.READ_USER_TEMPLATE, read_user_template, advanced_push),
)
SUBJECTS = (Subject(SETTING, parameter, OPERATIONS),)
