"""Kinds of draft for system messages and for notifications to named users."""

from __future__ import annotations

from pushtui.domain.json_body import JsonObject, JsonValue, compact
from pushtui.providers.base import Batching, DraftKind, Receipt
from pushtui.providers.rongcloud import message_rules, push_rules, sources, system_rules, template_rules
from pushtui.providers.rongcloud.batches import (
    below_body,
    beside,
    body_for,
    message_to,
    message_uids,
    named_recipients,
    no_names,
    no_uids,
    template_beside,
    template_body,
    template_names,
    template_recipients,
    users_in,
)
from pushtui.providers.rongcloud.message_fields import RECIPIENTS
from pushtui.providers.rongcloud.protocol import RONGCLOUD
from pushtui.providers.rongcloud.readings import message_reading, template_reading, user_push_reading
from pushtui.providers.rongcloud.recipient_rows import TemplateCheck, id_check
from pushtui.providers.rongcloud.rendering import gist
from pushtui.providers.rongcloud.rule_words import strings
from pushtui.providers.rongcloud.system import SYSTEM_MESSAGE, SYSTEM_TEMPLATE, USER_PUSH
from pushtui.providers.rongcloud.system_model import SystemMessageRequest, TemplateRequest
from pushtui.providers.rongcloud.system_rendering import push_words, user_push_as_push, words_in_app
from pushtui.providers.rongcloud.templates import personal
from pushtui.providers.rongcloud.user_push_model import USERS_A_CALL, UserPushRequest
from pushtui.providers.wire import form_fields, required_objects

USERS = "toUserId"
USER_IDS = "userIds"


def _message_gist(body: JsonObject) -> str:
    """Return what a notification and the app say, each once; placeholders as they are written."""
    name, content = str(body.get("objectName") or ""), str(body.get("content") or "")
    given = body.get("pushContent")
    first = strings(given)[:1] if isinstance(given, list) else [given] if isinstance(given, str) else []
    told = [] if body.get("disablePush") is True else first or [push_words(name, content)]
    return " · ".join(dict.fromkeys(words for words in (*told, words_in_app(name, content)) if words))


def _message_receipt(answer: JsonObject) -> Receipt:
    """Name the UID of a message to one person; those of many are read from the answer when asked for."""
    uids = list(message_uids(answer).values())
    return Receipt(push_id="", message_uid=uids[0] if len(uids) == 1 else "")


def _push_receipt(answer: JsonObject) -> Receipt:
    """Read the push id, which is not documented but which one SDK reads."""
    given: JsonValue = answer.get("id")
    return Receipt(push_id=given if isinstance(given, str) else "", message_uid="")


def _new_template() -> JsonObject:
    return {"fromUserId": "", "objectName": "RC:TxtMsg", "content": _new_content("{text}"), USERS: [], "values": []}


def _new_message() -> JsonObject:
    return {"fromUserId": "", "objectName": "RC:TxtMsg", "content": _new_content(""), USERS: []}


def _new_user_push() -> JsonObject:
    return {USER_IDS: [], "notification": {"pushContent": ""}}


def _new_content(text: str) -> str:
    return compact({"content": text})


SYSTEM_TEMPLATE_DRAFT = DraftKind(
    name="rongcloud.system-template",
    title="System template message",
    about="One text with placeholders, filled for each of many named users.",
    provider=RONGCLOUD,
    endpoint=SYSTEM_TEMPLATE,
    fields=tuple(form_fields(TemplateRequest)),
    containers=frozenset(required_objects(TemplateRequest)),
    variants=(),
    new_body=_new_template,
    rules=(
        system_rules.recipients_are_clean(USERS),
        template_rules.one_of_each_per_recipient,
        template_rules.keys_have_braces,
        template_rules.every_placeholder_has_a_value,
        template_rules.every_value_is_used,
        system_rules.rows_are_fit(template_recipients, TemplateCheck, below_body(USERS)),
        system_rules.message_rule(message_rules.object_name_is_known, sources.SYSTEM_TEMPLATE),
        template_rules.content_fits_its_type,
        system_rules.message_rule(message_rules.storing_matters, sources.SYSTEM_TEMPLATE),
        system_rules.somebody_is_notified,
        system_rules.silence_is_meant,
        system_rules.extension_is_readable,
        system_rules.templates_have_room,
        system_rules.text_is_visible,
    ),
    reach=system_rules.reach(USERS),
    gist=_message_gist,
    receipt=_message_receipt,
    batching=Batching(
        most=RECIPIENTS,
        fields=(USERS, "values"),
        placeholders=template_names,
        inline=template_recipients,
        body=template_body,
        check=TemplateCheck,
        beside=template_beside,
        users=users_in(USERS),
        uids=message_uids,
        reading=template_reading,
        personal=personal,
    ),
)

SYSTEM_MESSAGE_DRAFT = DraftKind(
    name="rongcloud.system",
    title="System message",
    about="The same message for many named users.",
    provider=RONGCLOUD,
    endpoint=SYSTEM_MESSAGE,
    fields=tuple(form_fields(SystemMessageRequest)),
    containers=frozenset(required_objects(SystemMessageRequest)),
    variants=(),
    new_body=_new_message,
    rules=(
        system_rules.recipients_are_clean(USERS),
        system_rules.message_rule(message_rules.object_name_is_known, sources.SYSTEM_MESSAGE),
        system_rules.message_rule(message_rules.content_fits_its_type, sources.SYSTEM_MESSAGE),
        system_rules.message_rule(message_rules.storing_matters, sources.SYSTEM_MESSAGE),
        system_rules.somebody_is_notified,
        system_rules.silence_is_meant,
        system_rules.extension_is_readable,
        system_rules.templates_have_room,
        system_rules.text_is_visible,
    ),
    reach=system_rules.reach(USERS),
    gist=_message_gist,
    receipt=_message_receipt,
    batching=Batching(
        most=RECIPIENTS,
        fields=(USERS,),
        placeholders=no_names,
        inline=named_recipients(USERS),
        body=body_for(USERS),
        check=id_check,
        beside=beside((USERS,)),
        users=users_in(USERS),
        uids=message_uids,
        reading=message_reading,
        personal=message_to(USERS),
    ),
)

USER_PUSH_DRAFT = DraftKind(
    name="rongcloud.push-user",
    title="Push to users",
    about="A notification without a message, for many named users.",
    provider=RONGCLOUD,
    endpoint=USER_PUSH,
    fields=tuple(form_fields(UserPushRequest)),
    containers=frozenset(required_objects(UserPushRequest)),
    variants=(),
    new_body=_new_user_push,
    rules=(
        system_rules.recipients_are_clean(USER_IDS),
        push_rules.vendor_fields_come_together,
        push_rules.images_are_https,
        push_rules.silence_is_meant,
        push_rules.extras_are_text,
        push_rules.text_is_visible,
    ),
    reach=system_rules.reach(USER_IDS),
    gist=lambda body: gist(user_push_as_push(body)),
    receipt=_push_receipt,
    batching=Batching(
        most=USERS_A_CALL,
        fields=(USER_IDS,),
        placeholders=no_names,
        inline=named_recipients(USER_IDS),
        body=body_for(USER_IDS),
        check=id_check,
        beside=beside((USER_IDS,)),
        users=users_in(USER_IDS),
        uids=no_uids,
        reading=user_push_reading,
        personal=message_to(USER_IDS),
    ),
)
