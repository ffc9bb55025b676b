"""An operation with its values filled in: the request as it will leave."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import quote

from pushtui.domain.errors import UsageError
from pushtui.domain.json_body import JsonObject
from pushtui.domain.plan import PlannedRequest
from pushtui.providers.base import Encoding, Endpoint
from pushtui.providers.encoding import encoded

_SEGMENT = re.compile(r"\{(\w+)\}")
_NOT_A_NAME = frozenset(("", ".", ".."))
"""What would make an address lead somewhere else."""


def request_for(
    endpoint: Endpoint[Any],
    hosts: Sequence[str],
    base_path: str,
    values: Mapping[str, str],
    body: JsonObject,
) -> PlannedRequest:
    """Make the request of an operation; the body of one without is its query.

    UsageError where a value cannot stand in an address; KeyError where one of the path's is missing.
    """
    path = base_path + filled(endpoint.path, values)
    if endpoint.encoding is Encoding.NONE:
        query = encoded(Encoding.FORM, body).decode()
        return PlannedRequest(endpoint.method, tuple(hosts), f"{path}?{query}" if query else path, "", b"")
    bare = endpoint.request_model.BARE_LIST
    content = encoded(endpoint.encoding, body[bare] if bare else body)
    return PlannedRequest(endpoint.method, tuple(hosts), path, endpoint.encoding.value, content)


def filled(path: str, values: Mapping[str, str]) -> str:
    """Put values, percent-encoded, in place of a path's segments in braces."""
    return _SEGMENT.sub(lambda segment: _segment(segment[1], values[segment[1]]), path)


def _segment(name: str, value: str) -> str:
    if value in _NOT_A_NAME:
        raise UsageError(f"{name} is “{value}”, which cannot stand in an address; give one that names something.")
    return quote(value, safe="")
