"""Endpoints and models say of themselves what forms, docs and pacing will need."""

from __future__ import annotations

from typing import Any

import pytest

from pushtui.domain.quota import Window
from pushtui.providers.agora import labels, messages, notifications, pushes, templates, tokens, users
from pushtui.providers.agora.templates_model import NewTemplate
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


RATES = {
    "token": [("agora token", 300, 1.0)],
    "change-user": [("agora nickname and display style", 100, 1.0)],
    "read-user": [("agora reading a user", 100, 1.0)],
    "list-users": [("agora listing users", 100, 1.0)],
    "register-users": [("agora registering users", 100, 1.0)],
    "read-status": [("agora online state", 100, 1.0)],
    "read-statuses": [("agora online states", 50, 1.0)],
    "set-nicknames": [("agora nicknames of many", 100, 1.0)],
    "bind": [("agora bindings", 100, 1.0)],
    "read-bindings": [("agora bindings", 100, 1.0)],
    "set-mode": [("agora setting modes", 100, 1.0)],
    "read-mode": [("agora reading modes", 100, 1.0)],
    "read-modes": [("agora reading many modes", 100, 1.0)],
    "list-modes": [("agora listing modes", 100, 1.0)],
    "set-language": [("agora setting languages", 100, 1.0)],
    "read-language": [("agora reading languages", 100, 1.0)],
    "set-user-template": [("agora receivers' templates", 100, 1.0)],
    "read-user-template": [("agora receivers' templates", 100, 1.0)],
    "create-template": [("agora creating templates", 100, 1.0)],
    "read-template": [("agora reading templates", 100, 1.0)],
    "change-template": [("agora changing templates", 10, 1.0)],
    "delete-template": [("agora deleting templates", 100, 1.0)],
    "create-label": [("agora push labels", 100, 1.0)],
    "list-labels": [("agora push labels", 100, 1.0)],
    "read-label": [("agora push labels", 100, 1.0)],
    "delete-label": [("agora push labels", 100, 1.0)],
    "add-label-users": [("agora push labels", 100, 1.0)],
    "remove-label-users": [("agora push labels", 100, 1.0)],
    "list-label-users": [("agora push labels", 100, 1.0)],
    "read-label-user": [("agora push labels", 100, 1.0)],
    "push-now": [("agora push sync", 1, 1.0)],
    "push-later": [("agora push async", 200, 1.0)],
    "push-users": [("agora push single", 1200, 60.0)],
    "push-labels": [("agora push label", 1200, 60.0)],
    "push-all": [("agora push task", 5, 60.0)],
    "message-users": [("agora messages to users", 100, 1.0)],
    "message-groups": [("agora messages to groups", 100, 1.0)],
}
"""Group, calls and seconds."""


def test_rates_are_as_documented() -> None:
    said = {
        endpoint.name: [(rate.group, rate.limit, rate.seconds) for rate in endpoint.rates] for endpoint in ENDPOINTS
    }
    assert said == RATES


def test_only_pushing_to_all_has_a_daily_quota() -> None:
    said = {endpoint.name: [(quota.limit, quota.window) for quota in endpoint.quotas] for endpoint in ENDPOINTS}
    assert {name: quotas for name, quotas in said.items() if quotas} == {"push-all": [(100, Window.DAY)]}


def test_a_form_for_a_template_begins_with_its_name() -> None:
    assert [spec.path for spec in form_fields(NewTemplate)] == [("name",), ("title_pattern",), ("content_pattern",)]


def test_names_and_addresses_are_unique() -> None:
    assert len({endpoint.name for endpoint in ENDPOINTS}) == len(ENDPOINTS)
    assert len({(endpoint.method, endpoint.path) for endpoint in ENDPOINTS}) == len(ENDPOINTS)
