"""Bodies of `/push.json` for tests."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

EXAMPLE = Path(__file__).parent / "data" / "tagged_push_example.json"


def example() -> dict[str, Any]:
    """Return the request example of RongCloud's page."""
    body: dict[str, Any] = json.loads(EXAMPLE.read_text(encoding="utf-8"))
    return body


def push(**changes: Any) -> dict[str, Any]:
    """Return a body without findings, with some top-level fields replaced; None removes one."""
    body = {
        "platform": ["ios", "android"],
        "fromuserid": "fromuseId1",
        "audience": {"tag": ["vip"], "is_to_all": False},
        "message": {"objectName": "RC:TxtMsg", "content": '{"content":"Hello"}'},
        "notification": {"title": "News", "alert": "Something new"},
    } | changes
    return {name: value for name, value in body.items() if value is not None}
