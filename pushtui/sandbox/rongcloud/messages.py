"""What RongCloud checks about every message: its type, its content, its push extension."""

from __future__ import annotations

import json

from pydantic import ValidationError

from pushtui.domain.json_body import dotted
from pushtui.providers.rongcloud.message_types import BUILT_IN
from pushtui.providers.rongcloud.push_ext_model import PushExt
from pushtui.sandbox.cloud import Refusal
from pushtui.sandbox.rongcloud.reading import objection
from pushtui.sandbox.rongcloud.settings import RongCloudSettings


def check_type(object_name: str, field: str = "objectName") -> None:
    """Refuse a type that takes RongCloud's prefix without being RongCloud's."""
    if object_name.startswith("RC:") and object_name not in BUILT_IN:
        raise Refusal(1002, f"ParamError:{field} is not a built-in type.")


def check_content(object_name: str, content: str, field: str = "content") -> None:
    """Refuse content of a built-in type that is no JSON object; an app's own types hold anything."""
    if object_name in BUILT_IN and not _is_object(content):
        raise Refusal(1002, f"ParamError:{field} is not a JSON object.")


def check_push_ext(text: str | None, settings: RongCloudSettings) -> None:
    """Refuse a push extension that is not the JSON it should be."""
    if not text:
        return
    try:
        PushExt.model_validate_json(text, strict=False, extra="ignore")
    except ValidationError as error:
        details = error.errors(include_url=False)[0]
        raise objection(details, settings, dotted(("pushExt", *details["loc"]))) from None


def _is_object(text: str) -> bool:
    try:
        return isinstance(json.loads(text), dict)
    except (ValueError, RecursionError):
        return False
