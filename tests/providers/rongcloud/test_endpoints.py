"""Each operation's declaration against what RongCloud documents."""

from __future__ import annotations

from typing import Any

import pytest

from pushtui.domain.json_body import JsonObject
from pushtui.providers.base import CostUnit, Encoding, Endpoint
from pushtui.providers.rongcloud import aliases, dnd, push, quiet_hours, system, tags, users
from pushtui.providers.rongcloud.alias_model import Alias, AliasList, remarks_text
from pushtui.providers.wire import findings_of, form_fields

MODULES = (aliases, dnd, push, quiet_hours, system, tags, users)
ENDPOINTS = {item.path: item for module in MODULES for item in vars(module).values() if isinstance(item, Endpoint)}

FORM, JSON = Encoding.FORM, Encoding.JSON
DOCUMENTED: dict[str, tuple[Encoding, int, CostUnit]] = {
    "/push/user.json": (JSON, 100, CostUnit.RECIPIENT),
    "/message/system/publish.json": (FORM, 100, CostUnit.RECIPIENT),
    "/message/system/publish_template.json": (JSON, 100, CostUnit.RECIPIENT),
    "/user/remarks/set.json": (FORM, 100, CostUnit.CALL),
    "/user/remarks/get.json": (FORM, 100, CostUnit.CALL),
    "/user/remarks/del.json": (FORM, 100, CostUnit.CALL),
    "/user/tag/set.json": (JSON, 100, CostUnit.CALL),
    "/user/tag/batch/set.json": (JSON, 10, CostUnit.CALL),
    "/user/tags/get.json": (FORM, 100, CostUnit.CALL),
    "/user/blockPushPeriod/set.json": (FORM, 100, CostUnit.CALL),
    "/user/blockPushPeriod/get.json": (FORM, 100, CostUnit.CALL),
    "/user/blockPushPeriod/delete.json": (FORM, 100, CostUnit.CALL),
    "/conversation/notification/set.json": (FORM, 100, CostUnit.CALL),
    "/conversation/notification/get.json": (FORM, 100, CostUnit.CALL),
    "/conversation/type/notification/set.json": (FORM, 100, CostUnit.CALL),
    "/conversation/type/notification/get.json": (FORM, 100, CostUnit.CALL),
    "/user/getToken.json": (FORM, 200, CostUnit.CALL),
    "/user/refresh.json": (FORM, 100, CostUnit.CALL),
    "/user/info.json": (FORM, 100, CostUnit.CALL),
    "/user/checkOnline.json": (FORM, 100, CostUnit.CALL),
}
QUOTAS = {"/push.json", "/message/broadcast.json"}


def test_every_operation_is_declared_once() -> None:
    assert {*ENDPOINTS} == {*DOCUMENTED} | QUOTAS


@pytest.mark.parametrize("path", DOCUMENTED)
def test_encoding_and_rate(path: str) -> None:
    endpoint: Endpoint[Any] = ENDPOINTS[path]
    (rate,) = endpoint.rates
    assert (endpoint.encoding, rate.limit, endpoint.cost_unit) == DOCUMENTED[path]
    assert (endpoint.method, rate.seconds, endpoint.quotas) == ("POST", 1, ())


def test_the_two_ways_of_system_messages_share_a_rate_and_nothing_else_does() -> None:
    groups = [rate.group for path in DOCUMENTED for rate in ENDPOINTS[path].rates]
    assert len(groups) - len({*groups}) == 1
    assert ENDPOINTS["/message/system/publish.json"].rates[0].group == system.SYSTEM_GROUP
    assert ENDPOINTS["/message/system/publish_template.json"].rates[0].group == system.SYSTEM_GROUP


@pytest.mark.parametrize("path", sorted(QUOTAS))
def test_two_an_hour_and_three_a_day_of_its_own(path: str) -> None:
    assert [(quota.group, quota.limit, quota.window.value) for quota in ENDPOINTS[path].quotas] == [
        (path, 2, "hour"),
        (path, 3, "day"),
    ]


def test_sends_are_never_repeated() -> None:
    sends = {path for path, endpoint in ENDPOINTS.items() if not endpoint.repeatable}
    assert sends == QUOTAS | {path for path in DOCUMENTED if path.startswith(("/message/", "/push/"))}


@pytest.mark.parametrize("path", ENDPOINTS)
def test_every_field_of_a_form_has_a_help(path: str) -> None:
    fields = [*form_fields(ENDPOINTS[path].request_model)]
    assert fields
    assert all(field.help.endswith((".", "”)")) for field in fields), [field.help for field in fields]


def test_findings_name_the_limits() -> None:
    body: JsonObject = {"userId": "字" * 22, "startTime": "25:00:00", "period": 1440, "level": 2}
    found = {str(item.path[0]): item.message for item in findings_of(quiet_hours.SET_QUIET_HOURS.request_model, body)}
    assert set(found) == {"userId", "startTime", "period", "level"}
    assert found["userId"] == "66 UTF-8 bytes are given; at most 64 are allowed"
    assert found["period"] == "1440 is given; at most 1439 is allowed"


def test_remarks_are_json_in_a_form() -> None:
    text = remarks_text([Alias(id="user11", remark="remark1"), Alias(id="user12", remark="李")])
    assert text == '[{"id":"user11","remark":"remark1"},{"id":"user12","remark":"李"}]'
    assert AliasList.model_validate_json(text).root[1].remark == "李"
