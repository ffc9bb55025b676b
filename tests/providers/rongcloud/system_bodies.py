"""Bodies of system messages for tests."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

EXAMPLE = Path(__file__).parents[2] / "data" / "system_template_example.json"


def page_example() -> dict[str, Any]:
    """Return the request example of RongCloud's page."""
    body: dict[str, Any] = json.loads(EXAMPLE.read_text(encoding="utf-8"))
    return body


def template(**changes: Any) -> dict[str, Any]:
    """Return a template without findings, with some fields replaced; None removes one."""
    return _changed(page_example(), changes)


def shared(**changes: Any) -> dict[str, Any]:
    """Return a template whose recipients stand elsewhere."""
    body = {"fromUserId": "news", "objectName": "RC:TxtMsg", "content": '{"content":"Hi {name}"}'}
    return _changed(body | {"pushContent": ["Hello {name}"]}, changes)


def message(**changes: Any) -> dict[str, Any]:
    """Return a system message without findings."""
    body = {"fromUserId": "news", "toUserId": ["21", "22"], "objectName": "RC:TxtMsg", "content": '{"content":"Hi"}'}
    return _changed(body, changes)


def user_push(**changes: Any) -> dict[str, Any]:
    """Return a push to users without findings."""
    return _changed({"userIds": ["21", "22"], "notification": {"title": "News", "pushContent": "Hi"}}, changes)


def _changed(body: dict[str, Any], changes: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in (body | changes).items() if value is not None}
