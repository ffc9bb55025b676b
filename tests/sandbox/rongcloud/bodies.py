"""Bodies that RongCloud accepts, by path."""

from __future__ import annotations

from typing import Any

from tests.sandbox.rongcloud.app_server import TEXT

MESSAGE: dict[str, Any] = {"fromUserId": "123", "toUserId": "456", "objectName": "RC:TxtMsg", "content": TEXT}

SMALLEST: dict[str, dict[str, Any]] = {
    "/push/user.json": {"userIds": ["123"], "notification": {"pushContent": "x"}},
    "/message/system/publish.json": MESSAGE,
    "/message/system/publish_template.json": {**MESSAGE, "toUserId": ["456"], "values": [{}]},
    "/message/broadcast.json": {key: MESSAGE[key] for key in ("fromUserId", "objectName", "content")},
    "/user/remarks/set.json": {"userId": "123", "remarks": '[{"id":"456","remark":"r"}]'},
    "/user/remarks/get.json": {"userId": "123"},
    "/user/remarks/del.json": {"userId": "123", "targetId": "456"},
    "/user/tag/set.json": {"userId": "123", "tags": []},
    "/user/tag/batch/set.json": {"userIds": ["123"], "tags": ["t"]},
    "/user/tags/get.json": {"userIds": ["123"]},
    "/user/blockPushPeriod/set.json": {"userId": "123", "startTime": "00:00:00", "period": 1},
    "/user/blockPushPeriod/get.json": {"userId": "123"},
    "/user/blockPushPeriod/delete.json": {"userId": "123"},
    "/conversation/notification/set.json": {
        "conversationType": 6,
        "requestId": "123",
        "targetId": "456",
        "unpushLevel": 5,
    },
    "/conversation/notification/get.json": {"conversationType": 6, "requestId": "123", "targetId": "456"},
    "/conversation/type/notification/set.json": {"conversationType": 6, "requestId": "123", "unpushLevel": 5},
    "/conversation/type/notification/get.json": {"conversationType": 6, "requestId": "123"},
    "/user/getToken.json": {"userId": "new", "name": "New"},
    "/user/refresh.json": {"userId": "123"},
    "/user/info.json": {"userId": "123"},
    "/user/checkOnline.json": {"userId": "123"},
}
"""Only what each cannot do without."""

FULLEST: dict[str, dict[str, Any]] = {
    "/push/user.json": {
        "userIds": ["123", "456"],
        "notification": {
            "title": "t",
            "pushContent": "x",
            "ios": {"badge": 1, "contentAvailable": 0, "thread-id": "g", "extras": {"a": "b"}},
            "android": {"hw": {"channelId": "c"}, "oppo": {"category": "IM", "notify_level": 2}, "extras": {}},
            "harmonyOS": {"alert": "h", "ohos": {"category": "IM"}},
        },
    },
    "/message/system/publish.json": {
        **MESSAGE,
        "pushContent": "p",
        "pushData": "d",
        "pushExt": '{"title":"t","pushConfigs":[{"HW":{"channelId":"c"}}]}',
        "disablePush": "false",
        "isPersisted": 1,
        "isCounted": 0,
        "count": 3,
        "contentAvailable": 0,
        "disableUpdateLastMsg": "true",
        "msgRandom": 7,
    },
    "/message/system/publish_template.json": {
        **MESSAGE,
        "toUserId": ["456", "nobody"],
        "values": [{"{a}": "1"}, {}],
        "pushContent": ["{a}", "{a}"],
        "pushData": ["", "x"],
        "pushExt": ["{}", '{"title":"t"}'],
        "contentAvailable": 1,
        "disablePush": False,
        "disableUpdateLastMsg": True,
    },
    "/message/broadcast.json": {**SMALLEST["/message/broadcast.json"], "os": "iOS", "pushExt": "{}", "msgRandom": 1},
    "/user/remarks/get.json": {"userId": "123", "page": 1, "size": 50},
    "/user/blockPushPeriod/set.json": {"userId": "123", "startTime": "22:00:00", "period": 540, "level": 5},
    "/conversation/notification/set.json": {
        "conversationType": 10,
        "requestId": "123",
        "targetId": "456",
        "busChannel": "b",
        "unpushLevel": -1,
        "isMuted": 1,
    },
    "/user/getToken.json": {"userId": "new", "name": "New", "portraitUri": "https://example.com/p.png"},
    "/user/refresh.json": {"userId": "123", "name": "New", "portraitUri": "https://example.com/p.png"},
}
"""Everything that a path takes, where that is more."""
