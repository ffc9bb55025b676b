"""Endpoints and models say of themselves what forms, docs and pacing will need."""

from __future__ import annotations

from typing import Any

import pytest

from pushtui.providers.agora import labels, messages, notifications, pushes, templates, tokens, users
from pushtui.providers.base import Endpoint
from pushtui.providers.wire import form_fields

ENDPOINTS: list[Endpoint[Any]] = [
    value
    for module in (labels, messages, notifications, pushes, templates, tokens, users)
    for value in vars(module).values()
    if isinstance(value, Endpoint)
]


@pytest.mark.parametrize("endpoint", ENDPOINTS, ids=lambda endpoint: str(endpoint.name))
def test_an_endpoint_is_declared_whole(endpoint: Endpoint[Any]) -> None:
    assert endpoint.rates
    assert all(rate.source.title for rate in endpoint.rates)
    assert all(spec.help.endswith(".") and spec.source.title for spec in form_fields(endpoint.request_model))
    assert not (endpoint.repeatable and endpoint.path.startswith(("/push/single", "/push/list", "/push/task")))


def test_names_and_addresses_are_unique() -> None:
    assert len({endpoint.name for endpoint in ENDPOINTS}) == len(ENDPOINTS)
    assert len({(endpoint.method, endpoint.path) for endpoint in ENDPOINTS}) == len(ENDPOINTS)
