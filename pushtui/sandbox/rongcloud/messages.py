"""What RongCloud makes of every message: its type, its content, its push extension."""

from __future__ import annotations

import json

from pydantic import ValidationError

from pushtui.domain.json_body import JsonObject, dotted
from pushtui.providers.rongcloud.message_types import BUILT_IN
from pushtui.providers.rongcloud.push_ext_model import PushExt
from pushtui.providers.rongcloud.system_rendering import words_in_app
from pushtui.sandbox.cloud import Refusal
from pushtui.sandbox.rongcloud.reading import objection
from pushtui.sandbox.rongcloud.settings import RongCloudSettings
from pushtui.sandbox.tolerance import Leniency, NotReadable, coerce, read_value


def check_message(object_name: str, content: str, settings: RongCloudSettings, parent: str = "") -> None:
    """Refuse a type that is none, and content of a built-in type that is no JSON object if that is checked."""
    check_type(object_name, f"{parent}objectName")
    if settings.content_checked and object_name in BUILT_IN and not _is_object(content):
        raise Refusal(1002, f"ParamError:{parent}content is not a JSON object.")


def check_type(object_name: str, field: str = "objectName") -> None:
    """Refuse a type that takes RongCloud's prefix without being RongCloud's."""
    if object_name.startswith("RC:") and object_name not in BUILT_IN:
        raise Refusal(1002, f"ParamError:{field} is not a built-in type.")


def in_app(object_name: str, content: str, is_persisted: int | None = None) -> tuple[str, bool]:
    """Return what the app shows of a message, and whether it waits for those who are offline.

    An app's own types wait unless `isPersisted` is 0; of RongCloud's, some never do.
    """
    kind = BUILT_IN.get(object_name)
    return words_in_app(object_name, content), is_persisted != 0 and (kind is None or kind.stored)


def read_push_ext(text: str | None, settings: RongCloudSettings) -> JsonObject:
    """Read a push extension; refuses one that is not the JSON it should be."""
    if not text:
        return {}
    try:
        given = read_value(text)
        if not isinstance(given, dict):
            raise NotReadable
        ext: JsonObject = coerce(PushExt, given, {}, Leniency(blanks=True)).model_dump(by_alias=True, exclude_none=True)
        return ext
    except NotReadable:
        raise Refusal(1002, "ParamError:pushExt is invalid.") from None
    except ValidationError as error:
        details = error.errors(include_url=False)[0]
        raise objection(details, settings, dotted(("pushExt", *details["loc"]))) from None


def _is_object(text: str) -> bool:
    try:
        return isinstance(json.loads(text), dict)
    except (ValueError, RecursionError):
        return False
