"""The page's example, and the samples of its neighbours, sent as printed and answered as printed."""

from __future__ import annotations

import http.client
import json
from typing import Any
from urllib.parse import quote, urlsplit

import pytest

from tests.sandbox.tencent.client import ALL, TencentClient

OK = {"ActionStatus": "OK", "ErrorInfo": "", "ErrorCode": 0}
ACCOUNTS = "/v4/im_open_login_svc/"

PRINTED_NAMES = """{
"AttrNames": {
"0": "sex",
"1": "city",
"2": "country"
}
}"""


def test_the_page_as_printed(tencent: TencentClient) -> None:
    """Query string and body as on the page, but for host, app, account and signature."""
    tencent.ok(f"{ALL}im_set_attr_name", {"AttrNames": {"0": "age", "1": "level", "2": "town"}})
    query = (
        f"usersig={quote(tencent.user_sig(), safe='')}&identifier={tencent.admin}&sdkappid={tencent.app}"
        "&random=99999999&contenttype=json"
    )
    connection = http.client.HTTPConnection(urlsplit(tencent.base_url).netloc, timeout=10)
    connection.request("POST", f"/v4/all_member_push/im_set_attr_name?{query}", PRINTED_NAMES)
    response = connection.getresponse()
    answer = response.read().decode()
    connection.close()
    assert response.status == 200
    assert answer == '{"ActionStatus":"OK","ErrorInfo":"","ErrorCode":0}'
    names = tencent.ok(f"{ALL}im_get_attr_name", {})["AttrNames"]
    assert names == {"0": "sex", "1": "city", "2": "country"}


def test_a_signature_may_stand_unencoded(tencent: TencentClient) -> None:
    query = f"sdkappid={tencent.app}&identifier={tencent.admin}&usersig={tencent.user_sig()}&random=0&contenttype=json"
    connection = http.client.HTTPConnection(urlsplit(tencent.base_url).netloc, timeout=10)
    connection.request("POST", f"//v4//all_member_push/im_get_attr_name?{query}", "{}", {"Content-Type": "text/plain"})
    answer = json.loads(connection.getresponse().read())
    connection.close()
    assert answer["ErrorCode"] == 0


BEFORE: dict[str, list[tuple[str, Any]]] = {
    "im_get_attr_name": [(f"{ALL}im_set_attr_name", {"AttrNames": {"2": "会员等级"}})],
    "im_get_attr": [
        (f"{ACCOUNTS}multiaccount_import", {"Accounts": ["张小红", "陈小明", "abc"]}),
        (
            f"{ALL}im_set_attr",
            {
                "UserAttrs": [
                    {"To_Account": "张小红", "Attrs": {"sex": "女", "city": "纽约"}},
                    {"To_Account": "陈小明", "Attrs": {"sex": "男", "city": "深圳"}},
                ]
            },
        ),
    ],
    "account_check": [(f"{ACCOUNTS}account_import", {"UserID": "UserID_1"})],
    "portrait_get": [(f"{ACCOUNTS}account_import", {"UserID": "id1", "Nick": "NickNameTest1"})],
    "portrait_set": [(f"{ACCOUNTS}account_import", {"UserID": "id"})],
    "admin_set_do_not_disturb": [(f"{ACCOUNTS}account_import", {"UserID": "user1"})],
}
"""What must be there for a sample to be true."""

SAMPLES: list[tuple[str, Any, Any]] = [
    (f"{ALL}im_set_attr_name", {"AttrNames": {"0": "sex", "1": "city", "2": "country"}}, OK),
    (f"{ALL}im_get_attr_name", {}, {**OK, "AttrNames": {"0": "sex", "1": "city", "2": "会员等级"}}),
    (
        f"{ALL}im_set_attr",
        {
            "UserAttrs": [
                {"To_Account": "xiaojun012", "Attrs": {"sex": "attr1", "city": "attr2"}},
                {"To_Account": "xiaojun013", "Attrs": {"city": "attr3", "sex": "attr4"}},
            ]
        },
        OK,
    ),
    (
        f"{ALL}im_get_attr",
        {"To_Account": ["张小红", "陈小明", "abc"]},
        {
            **OK,
            "UserAttrs": [
                {"To_Account": "张小红", "Attrs": {"sex": "女", "city": "纽约"}},
                {"To_Account": "abc", "Attrs": {}},
                {"To_Account": "陈小明", "Attrs": {"sex": "男", "city": "深圳"}},
            ],
        },
    ),
    (
        f"{ACCOUNTS}account_check",
        {"CheckItem": [{"UserID": "UserID_1"}, {"UserID": "UserID_2"}]},
        {
            "ActionStatus": "OK",
            "ErrorCode": 0,
            "ErrorInfo": "",
            "ResultItem": [
                {"UserID": "UserID_1", "ResultCode": 0, "ResultInfo": "", "AccountStatus": "Imported"},
                {"UserID": "UserID_2", "ResultCode": 0, "ResultInfo": "", "AccountStatus": "NotImported"},
            ],
        },
    ),
    (f"{ACCOUNTS}account_import", {"UserID": "test", "Nick": "test", "FaceUrl": "http://www.qq.com"}, OK),
    (
        "/v4/profile/portrait_get",
        {"To_Account": ["id1"], "TagList": ["Tag_Profile_IM_Nick"]},
        {
            "UserProfileItem": [
                {
                    "To_Account": "id1",
                    "ProfileItem": [{"Tag": "Tag_Profile_IM_Nick", "Value": "NickNameTest1"}],
                    "ResultCode": 0,
                    "ResultInfo": "",
                }
            ],
            "ActionStatus": "OK",
            "ErrorCode": 0,
            "ErrorInfo": "",
            "ErrorDisplay": "",
        },
    ),
    (
        "/v4/profile/portrait_set",
        {"From_Account": "id", "ProfileItem": [{"Tag": "Tag_Profile_IM_Nick", "Value": "MyNickName"}]},
        {"ActionStatus": "OK", "ErrorCode": 0, "ErrorInfo": "", "ErrorDisplay": ""},
    ),
    (
        "/v4/profile/portrait_set",
        {"From_Account": "id", "ProfileItem": "MyNickName"},
        {
            "ActionStatus": "FAIL",
            "ErrorCode": 40001,
            "ErrorInfo": "Err_Profile_Comm_Decode_Fail",
            "ErrorDisplay": "",
        },
    ),
    (
        "/v4/im_msg_db_logic/admin_set_do_not_disturb",
        {"To_Account": "user1", "StartTime": 1747713600, "EndTime": 1747735200, "IsRepeated": 1, "Level": 1},
        {"ErrorCode": 0, "ErrorInfo": "succeed", "ActionStatus": "OK"},
    ),
]


@pytest.mark.parametrize(("path", "request_body", "expected"), SAMPLES, ids=lambda item: str(item)[:40])
def test_samples_are_answered_as_printed(
    tencent: TencentClient, path: str, request_body: Any, expected: dict[str, Any]
) -> None:
    for before, body in BEFORE.get(path.rpartition("/")[2], []):
        tencent.ok(before, body)
    answer = tencent.call(path, request_body)
    assert answer == expected
    assert list(answer) == list(expected)


@pytest.mark.parametrize(
    "body",
    [
        {"From_Account": "admin", "MsgRandom": 56512, "MsgLifeTime": 120},
        {"From_Account": "xiaoming", "MsgRandom": 3674128, "MsgLifeTime": 120},
        {
            "From_Account": "xiaoming",
            "MsgRandom": 3674128,
            "MsgLifeTime": 120,
            "OfflinePushInfo": {
                "PushFlag": 0,
                "Desc": "Content to push offline",
                "Ext": "Passthrough content",
                "AndroidInfo": {"Sound": "android.mp3"},
                "ApnsInfo": {"Sound": "apns.mp3", "BadgeMode": 1, "Title": "apns title", "SubTitle": "apns subtitle"},
            },
        },
        {"From_Account": "admin", "MsgRandom": 389475, "MsgLifeTime": 120, "Condition": {"TagsAnd": ["vip", "beta"]}},
        {"From_Account": "admin", "MsgRandom": 9312457, "MsgLifeTime": 120, "Condition": {"AttrsAnd": {"sex": "man"}}},
    ],
)
def test_pushes_of_the_neighbouring_page(tencent: TencentClient, body: dict[str, Any]) -> None:
    answer = tencent.push(**body)
    assert list(answer) == ["ActionStatus", "ErrorInfo", "ErrorCode", "TaskId"]
    sdkappid, *numbers = answer["TaskId"].split("_")
    assert sdkappid == str(tencent.app)
    assert [int(number) < limit for number, limit in zip(numbers, (2**64, 2**32, 2**32), strict=True)] == [True] * 3


def test_the_same_seed_gives_the_same_task(tencent: TencentClient) -> None:
    first = tencent.push()["TaskId"]
    tencent.sandbox.reset()
    assert tencent.push()["TaskId"] == first
