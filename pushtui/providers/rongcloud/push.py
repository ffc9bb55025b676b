"""The tagged push: endpoint and kind of draft."""

from __future__ import annotations

from pushtui.domain.field import Variant
from pushtui.domain.json_body import JsonObject, JsonValue, has, without
from pushtui.domain.quota import Quota, Window
from pushtui.providers.base import DraftKind, Encoding, Endpoint, Receipt
from pushtui.providers.rongcloud import sources
from pushtui.providers.rongcloud.protocol import RONGCLOUD
from pushtui.providers.rongcloud.push_model import PushRequest, PushResponse
from pushtui.providers.rongcloud.push_rules import RULES, reach
from pushtui.providers.rongcloud.rendering import gist
from pushtui.providers.wire import form_fields, required_objects

QUOTA_GROUP = "/push.json"

PUSH = Endpoint(
    name="push",
    method="POST",
    path="/push.json",
    encoding=Encoding.JSON,
    request_model=PushRequest,
    response_model=PushResponse,
    repeatable=False,
    quotas=(
        Quota(QUOTA_GROUP, 2, Window.HOUR, sources.LIMITS),
        Quota(QUOTA_GROUP, 3, Window.DAY, sources.LIMITS),
    ),
)

WITH_MESSAGE = "message and notification"
PUSH_ONLY = "notification only"


def _content(body: JsonObject) -> str:
    return WITH_MESSAGE if has(body, ("message",)) or has(body, ("fromuserid",)) else PUSH_ONLY


def _with_content(body: JsonObject, option: str) -> JsonObject:
    """Change between message and push-only; a message starts as an empty text."""
    if option == _content(body):
        return body
    if option == PUSH_ONLY:
        return without(without(body, ("message",)), ("fromuserid",))
    first = {key: body[key] for key in ("platform",) if key in body}
    rest = {key: value for key, value in body.items() if key not in first}
    return {
        **first,
        "fromuserid": "",
        **rest,
        "message": {"objectName": "RC:TxtMsg", "content": '{"content":""}'},
    }


def new_body() -> JsonObject:
    """Start a push: both platforms, nobody named yet, a text message."""
    return {
        "platform": ["ios", "android"],
        "audience": {"is_to_all": False},
        "message": {"objectName": "RC:TxtMsg", "content": '{"content":""}'},
        "notification": {},
    }


def _receipt(body: JsonObject) -> Receipt:
    """Read the ids singly, so that neither is lost to whatever else the answer holds."""
    return Receipt(push_id=_identifier(body.get("id")), message_uid=_identifier(body.get("messageUID")))


def _identifier(value: JsonValue) -> str:
    return str(value) if isinstance(value, str | int) and not isinstance(value, bool) else ""


TAGGED_PUSH = DraftKind(
    name="rongcloud.push",
    title="Tagged push",
    about="A notification, alone or with a message, by tag, user id or app.",
    provider=RONGCLOUD,
    endpoint=PUSH,
    fields=tuple(form_fields(PushRequest)),
    containers=frozenset(required_objects(PushRequest)),
    variants=(
        Variant(
            name="content",
            section="Message",
            label="what is sent",
            help="With a message, the push opens a conversation with its sender, and users online or on the web get "
            "the message itself. Notification only sends neither sender nor message.",
            options=(WITH_MESSAGE, PUSH_ONLY),
            read=_content,
            write=_with_content,
            hides=(("fromuserid",), ("message",)),
        ),
    ),
    new_body=new_body,
    rules=RULES,
    reach=reach,
    gist=gist,
    receipt=_receipt,
)
