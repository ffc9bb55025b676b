"""Every documented code, provoked over HTTP."""

from __future__ import annotations

from typing import Any

import pytest

from pushtui.providers.tencent.codes import CODES
from tests.sandbox.tencent.client import ALL, TEXT, TencentClient

PUSH = f"{ALL}im_push"
CHECK = "/v4/im_open_login_svc/account_check"
IMPORT = "/v4/im_open_login_svc/account_import"
IMPORTS = "/v4/im_open_login_svc/multiaccount_import"
STATUS = "/v4/openim/query_online_status"
GET_PROFILE = "/v4/profile/portrait_get"
SET_PROFILE = "/v4/profile/portrait_set"
SILENCE = "/v4/im_msg_db_logic/admin_set_do_not_disturb"

MANY = [f"u{number}" for number in range(501)]
LONG = "标" * 17
"""51 bytes."""


def a_push(**changed: Any) -> dict[str, Any]:
    body = {"MsgRandom": 1, "MsgLifeTime": 60, "MsgBody": TEXT, **changed}
    return {name: value for name, value in body.items() if value is not ...}


def to(**condition: Any) -> dict[str, Any]:
    return a_push(Condition=condition)


def part(kind: Any, content: Any) -> dict[str, Any]:
    return a_push(MsgBody=[{"MsgType": kind, "MsgContent": content}])


def profile(tag: Any, value: Any) -> dict[str, Any]:
    return {"From_Account": "123", "ProfileItem": [{"Tag": tag, "Value": value}]}


@pytest.mark.parametrize(
    ("path", "body", "code"),
    [
        ("/v4/all_member_push/im_nothing", {}, 60009),
        ("/v4/All_member_push/im_push", {}, 60009),
        ("/", {}, 60009),
        (PUSH, b"", 90001),
        (PUSH, b"[]", 90001),
        (PUSH, b'{"MsgRandom":', 90001),
        (PUSH, b'{"MsgRandom":NaN}', 90001),
        (STATUS, b"nothing", 60003),
        (CHECK, b"", 60003),
        (SET_PROFILE, b"", 60003),
        (SILENCE, b"", 60003),
        (PUSH, a_push(From_Account=3), 60015),
        (PUSH, a_push(From_Account=""), 90001),
        (PUSH, a_push(From_Account="x" * 33), 90001),
        (f"{ALL}im_get_attr", {"To_Account": [123]}, 60015),
        (f"{ALL}im_add_tag", {"UserTags": [{"To_Account": 123, "Tags": ["a"]}]}, 60015),
        (CHECK, {"CheckItem": [{"UserID": 123}]}, 60015),
        (IMPORTS, {"Accounts": [123]}, 60015),
        (STATUS, {"To_Account": ["123", 4]}, 60015),
        (PUSH, a_push(MsgRandom=...), 90005),
        (PUSH, a_push(MsgRandom="1"), 90005),
        (PUSH, a_push(MsgRandom=True), 90005),
        (PUSH, a_push(MsgRandom=1.5), 90005),
        (PUSH, a_push(MsgRandom=2**32), 90005),
        (PUSH, a_push(MsgRandom=1.0), 90005),
        (PUSH, a_push(MsgRandom=None), 90005),
        (PUSH, a_push(MsgLifeTime="60"), 90044),
        (PUSH, a_push(MsgLifeTime=60.0), 90044),
        (PUSH, a_push(MsgLifeTime=-1), 90044),
        (PUSH, a_push(MsgLifeTime=604801), 90026),
        (PUSH, a_push(MsgBody={}), 90007),
        (PUSH, a_push(MsgBody=...), 90002),
        (PUSH, a_push(MsgBody=[]), 90002),
        (PUSH, a_push(MsgBody=["hi"]), 90002),
        (PUSH, a_push(MsgBody=["hi"] * 251), 90002),
        (PUSH, a_push(MsgBody=[{"MsgContent": {}}]), 90002),
        (PUSH, part("TIMTextElement", {"Text": "hi"}), 90010),
        (PUSH, part("TIMTextElem", "hi"), 90010),
        (PUSH, part("TIMTextElem", {"text": "hi"}), 90010),
        (PUSH, part("TIMTextElem", {"Text": 3}), 90010),
        (PUSH, part("TIMFaceElem", {}), 90010),
        (PUSH, a_push(OfflinePushInfo="hi"), 90043),
        (PUSH, a_push(OfflinePushInfo={"PushFlag": 2}), 90043),
        (PUSH, a_push(OfflinePushInfo={"PushFlag": 1.0}), 90043),
        (PUSH, a_push(OfflinePushInfo={"PushFlag": True}), 90043),
        (PUSH, a_push(OfflinePushInfo={"AndroidInfo": {"VIVOClassification": 1.0}}), 90043),
        (PUSH, a_push(OfflinePushInfo={"Ext": {"a": 1}}), 90043),
        (PUSH, a_push(OfflinePushInfo={"ApnsInfo": {"BadgeMode": "1"}}), 90043),
        (PUSH, a_push(OfflinePushInfo={"AndroidInfo": []}), 90043),
        (PUSH, to(TagsOr=[LONG]), 90020),
        (PUSH, to(TagsAnd=["x" * 51]), 90020),
        (PUSH, to(TagsOr=["a"], TagsAnd=["a"]), 90022),
        (PUSH, to(TagsOr=MANY[:11]), 90032),
        (PUSH, to(TagsAnd=MANY[:11]), 90032),
        (PUSH, to(AttrsOr={"size": "L"}), 90033),
        (PUSH, to(TagsOr=["a"], AttrsAnd={"sex": "male"}), 90039),
        (PUSH, to(TagsOr=[""]), 90040),
        (PUSH, to(TagsAnd=[None]), 90040),
        (PUSH, to(TagsOr=[3]), 90001),
        (PUSH, to(TagsOr={"a": "b"}), 90001),
        (PUSH, to(AttrsOr=["sex"]), 90001),
        (PUSH, to(AttrsOr={"UserID": 5}), 90001),
        (PUSH, to(AttrsAnd={"To_Account": None}), 90001),
        (PUSH, to(AttrsAnd=dict.fromkeys(MANY[:11], "x")), 90033),
        (PUSH, to(TagsNot=["a"]), 90001),
        (PUSH, to(TagsOr=["a"], tagsand=["b"]), 90001),
        (PUSH, a_push(MsgBody=[{"MsgType": "TIMTextElem", "MsgContent": {"Text": "x" * 10240}}]), 90056),
        (f"{ALL}im_set_attr_name", {}, 90001),
        (f"{ALL}im_set_attr_name", {"AttrNames": ["sex"]}, 90001),
        (f"{ALL}im_set_attr_name", {"AttrNames": {"10": "sex"}}, 90033),
        (f"{ALL}im_set_attr_name", {"AttrNames": {"00": "sex"}}, 90033),
        (f"{ALL}im_set_attr_name", {"AttrNames": {"UserID": 5}}, 90033),
        (f"{ALL}im_set_attr_name", {"AttrNames": dict.fromkeys(MANY[:11], "x")}, 90033),
        (f"{ALL}im_set_attr_name", {"AttrNames": {"3": LONG}}, 90033),
        (f"{ALL}im_set_attr_name", {"AttrNames": {"3": ""}}, 90033),
        (f"{ALL}im_set_attr_name", {"AttrNames": {"3": 4}}, 90033),
        (f"{ALL}im_set_attr_name", {"AttrNames": {"3": "city"}}, 90033),
        (f"{ALL}im_set_attr_name", {"AttrNames": {"3": "new", "4": "new"}}, 90033),
        (f"{ALL}im_set_attr", {"UserAttrs": [{"To_Account": "123", "Attrs": {"size": "L"}}]}, 90033),
        (f"{ALL}im_set_attr", {"UserAttrs": [{"To_Account": "123", "Attrs": {"sex": LONG}}]}, 90033),
        (f"{ALL}im_set_attr", {"UserAttrs": [{"To_Account": "123", "Attrs": ["sex"]}]}, 90001),
        (f"{ALL}im_set_attr", {"UserAttrs": [{"To_Account": user, "Attrs": {}} for user in MANY[:101]]}, 90018),
        (f"{ALL}im_set_attr", {"UserAttrs": [{"To_Account": "123", "Attrs": {"To_Account": 5}}]}, 90001),
        (f"{ALL}im_set_attr", {"UserAttrs": [{"To_Account": "123", "Attrs": dict.fromkeys(MANY[:11], "x")}]}, 90033),
        (f"{ALL}im_remove_attr", {"UserAttrs": [{"To_Account": "123", "Attrs": ["size"]}]}, 90033),
        (f"{ALL}im_remove_attr", {"UserAttrs": [{"To_Account": "123", "Attrs": ["sex"] * 11}]}, 90033),
        (f"{ALL}im_remove_attr", {"UserAttrs": [{"To_Account": user, "Attrs": []} for user in MANY[:101]]}, 90018),
        (f"{ALL}im_get_attr", {"To_Account": MANY[:101]}, 90018),
        (f"{ALL}im_get_attr", {}, 90001),
        (f"{ALL}im_get_tag", {"To_Account": MANY[:101]}, 90018),
        (f"{ALL}im_remove_all_tags", {"To_Account": MANY[:101]}, 90018),
        (f"{ALL}im_add_tag", {"UserTags": [{"To_Account": user, "Tags": []} for user in MANY[:101]]}, 90018),
        (f"{ALL}im_add_tag", {"UserTags": [{"To_Account": "123", "Tags": MANY[:11]}]}, 90032),
        (f"{ALL}im_add_tag", {"UserTags": [{"To_Account": "123", "Tags": [LONG]}]}, 90020),
        (f"{ALL}im_add_tag", {"UserTags": [{"To_Account": "123", "Tags": [""]}]}, 90001),
        (f"{ALL}im_add_tag", {"UserTags": [{"To_Account": "123", "Tags": [None]}]}, 90001),
        (f"{ALL}im_remove_tag", {"UserTags": [{"To_Account": user, "Tags": []} for user in MANY[:101]]}, 90018),
        (f"{ALL}im_remove_tag", {"UserTags": [{"To_Account": "123", "Tags": MANY[:101]}]}, 90001),
        (f"{ALL}im_remove_tag", {"UserTags": [{"To_Account": "123", "Tags": [3]}]}, 90001),
        (CHECK, {"CheckItem": []}, 70402),
        (CHECK, {"CheckItem": [{"UserID": user} for user in MANY[:101]]}, 70402),
        (IMPORT, {}, 70402),
        (IMPORT, {"UserID": "x" * 33}, 70402),
        (IMPORT, {"UserID": "x", "Nick": "标" * 167}, 40601),
        (IMPORTS, {}, 70402),
        (IMPORTS, {"Accounts": MANY[:101]}, 70402),
        (STATUS, {"To_Account": MANY}, 90011),
        (STATUS, {"To_Account": ["123"], "IsNeedDetail": "1"}, 90001),
        (GET_PROFILE, {"To_Account": MANY[:101], "TagList": ["Tag_Profile_IM_Nick"]}, 40001),
        (GET_PROFILE, {"To_Account": ["123"]}, 40001),
        (GET_PROFILE, {"To_Account": ["123"], "TagList": MANY[:101]}, 40001),
        (SET_PROFILE, {"From_Account": "123", "ProfileItem": [{}] * 101}, 40001),
        (SET_PROFILE, profile("Tag_Profile_IM_Language", 2**32), 40001),
        (SET_PROFILE, profile("Tag_Profile_Custom_x", 2**32), 40001),
        (SET_PROFILE, {**profile("Tag_Profile_IM_Nick", "x"), "From_Account": "x" * 33}, 40001),
        (SET_PROFILE, profile("Tag_Profile_IM_Nick", 3), 40001),
        (SET_PROFILE, profile("Tag_Profile_IM_Language", "en"), 40001),
        (SET_PROFILE, profile("Tag_Profile_IM_MsgSettings", -1), 40001),
        (SET_PROFILE, profile("Tag_Profile_IM_Shoes", "42"), 40001),
        (SET_PROFILE, profile("Tag_Profile_IM_Nick", True), 40001),
        (SET_PROFILE, profile("Tag_Profile_IM_Nick", "x" * 501), 40601),
        (SET_PROFILE, {**profile("Tag_Profile_IM_Nick", "x"), "From_Account": "nobody"}, 40003),
        (SILENCE, {"To_Account": "123"}, 90001),
        (SILENCE, {"To_Account": 123, "StartTime": 1, "EndTime": 2, "IsRepeated": 0, "Level": 1}, 60015),
        (SILENCE, {"To_Account": "123", "StartTime": 2**32, "EndTime": 2, "IsRepeated": 0, "Level": 1}, 90001),
        (SILENCE, {"To_Account": "123", "StartTime": 1, "EndTime": 2**32, "IsRepeated": 0, "Level": 1}, 90001),
        (SILENCE, {"To_Account": "123", "StartTime": 1, "EndTime": 2, "IsRepeated": 0, "Level": 2**32}, 90001),
        (SILENCE, {"To_Account": "123", "StartTime": 1, "EndTime": 2, "IsRepeated": 1.0, "Level": 1}, 90001),
        (SILENCE, {"To_Account": "x", "StartTime": 1, "EndTime": 2, "IsRepeated": 0, "Level": 1}, 70107),
    ],
    ids=lambda item: item if isinstance(item, int) else str(item)[-40:],
)
def test_what_is_wrong_with_a_request(tencent: TencentClient, path: str, body: Any, code: int) -> None:
    assert tencent.code(path, body) == code
    assert tencent.sandbox.accepted() == 0


@pytest.mark.parametrize(
    ("path", "body"),
    [
        (PUSH, a_push(Condition=[{"TagsOr": ["a"]}])),
        (f"{ALL}im_add_tag", {"To_Account": "123", "Tags": ["a"]}),
        (f"{ALL}im_remove_attr", {"To_Account": "123", "Attrs": ["sex"]}),
        (f"{ALL}im_set_attr", {"Attrs": [{"To_Account": "123", "Attrs": {"sex": "x"}}]}),
        (f"{ALL}im_add_tag", {"Tags": [{"To_Account": "123", "Tags": ["a"]}]}),
        (f"{ALL}im_remove_attr", {"UserAttrs": [{"To_Account": "123", "Attrs": {"sex": "x"}}]}),
    ],
)
def test_shapes_of_wrong_client_libraries(tencent: TencentClient, path: str, body: Any) -> None:
    assert tencent.code(path, body) == 90001


@pytest.mark.parametrize(
    ("settings", "path", "body", "code"),
    [
        ({"push_to_all_enabled": False}, PUSH, a_push(), 90045),
        ({"push_to_all_enabled": False}, f"{ALL}im_get_tag", {"To_Account": ["123"]}, 90045),
        ({"do_not_disturb_enabled": False}, SILENCE, {}, 72011),
        ({"account_limit": 16}, IMPORT, {"UserID": "new"}, 70398),
        ({"bad_json_code": 60003}, PUSH, b"", 60003),
        ({"empty_condition_is_everybody": False}, PUSH, to(), 90001),
        ({"empty_condition_is_everybody": False}, PUSH, a_push(Condition=None), 90001),
        (
            {"empty_condition_is_everybody": False, "unknown_conditions_ignored": True},
            PUSH,
            to(TagsNot=["vip"]),
            90001,
        ),
        (
            {"empty_tag_code": 90040},
            f"{ALL}im_add_tag",
            {"UserTags": [{"To_Account": "123", "Tags": [""]}]},
            90040,
        ),
        ({"tag_length_code": 90034}, PUSH, to(TagsOr=[LONG]), 90034),
        (
            {"value_length_code": 90034},
            f"{ALL}im_set_attr",
            {"UserAttrs": [{"To_Account": "123", "Attrs": {"sex": LONG}}]},
            90034,
        ),
        ({"attribute_name_code": 90001}, f"{ALL}im_set_attr_name", {"AttrNames": {"10": "x"}}, 90001),
        ({"unknown_sender_code": 90048}, PUSH, a_push(From_Account="nobody"), 90048),
        ({"unknown_sender_code": 90008}, PUSH, a_push(From_Account="nobody"), 90008),
    ],
)
def test_what_the_app_is_set_to(
    tencent: TencentClient, settings: dict[str, Any], path: str, body: Any, code: int
) -> None:
    tencent.sandbox.settings(**{f"tencent__{name}": value for name, value in settings.items()})
    assert tencent.code(path, body) == code


def test_the_sender_may_be_the_admin(tencent: TencentClient) -> None:
    tencent.sandbox.settings(tencent__unknown_sender_code=90048)
    assert tencent.push(1, From_Account=tencent.admin)["ErrorCode"] == 0
    assert tencent.push(2, From_Account="123")["ErrorCode"] == 0


def test_every_code_can_be_said(tencent: TencentClient) -> None:
    """Those of the gateway and of the account hang on the app, not on the request."""
    for code in CODES:
        tencent.sandbox.settings(tencent__refusal_code=code)
        answer = tencent.call(f"{ALL}im_get_attr_name", {})
        assert answer == {"ActionStatus": "FAIL", "ErrorInfo": CODES[code].text, "ErrorCode": code}


@pytest.mark.parametrize(
    ("fault", "code"), [("internal-error", 91000), ("internal-timeout", 60008), ("quota-hit", 90047)]
)
def test_what_goes_wrong_inside(tencent: TencentClient, fault: str, code: int) -> None:
    tencent.sandbox.fault(fault)
    assert tencent.code(PUSH, a_push()) == code
    assert tencent.push(2)["ErrorCode"] == 0


def test_other_methods_are_not_understood(tencent: TencentClient) -> None:
    for method in ("GET", "PUT", "DELETE"):
        assert tencent.call(PUSH, b"", method)["ErrorCode"] == 60002
