"""Where RongCloud's rules were read."""

from pushtui.domain.finding import Source

TAGGED_PUSH = Source("RongCloud, “Send notifications to tagged users” (/push.json)", "2026-11")
PUSH_TO_ALL = Source("RongCloud, “Send push to all”", "2026-11")
PUSH_BY_PACKAGE = Source("RongCloud, “Send push by package”", "2026-11")
USER_TAGS = Source("RongCloud, “Set user tag”", "2026-11")
MESSAGE_TYPES = Source("RongCloud, “Message type overview”", "2026-11")
LIMITS = Source("RongCloud, list of Server API limits", "2026-01-09")
STATUS_CODES = Source("RongCloud, Server API status codes", "2026-11")
SDK_CHECKS = Source("RongCloud's own server SDKs", "2026-03")
SYSTEM_TEMPLATE = Source(
    "RongCloud, “Send System Notification Template Message” (/message/system/publish_template.json)", "2026-11"
)
SYSTEM_MESSAGE = Source("RongCloud, “Send system notification message” (/message/system/publish.json)", "2026-11")
BROADCAST = Source("RongCloud, “Send message broadcast to all” (/message/broadcast.json)", "2026-11")
USER_PUSH = Source("RongCloud, “Send push by user” (/push/user.json)", "2026-11")
ALIASES = Source("RongCloud, “Set User-Level Push Aliases” (/user/remarks/set.json)", "2026-11")
READ_ALIASES = Source("RongCloud, “Get remark for push” (/user/remarks/get.json)", "2026-11")
QUIET_HOURS = Source("RongCloud, “Set push disabled period” (/user/blockPushPeriod/set.json)", "2026-11")
CONVERSATION_DND = Source("RongCloud, “Set do not disturb by id” (/conversation/notification/set.json)", "2026-11")
TYPE_DND = Source("RongCloud, “Set do not disturb by type” (/conversation/type/notification/set.json)", "2026-11")
USERS = Source("RongCloud, user management (/user/getToken.json and its siblings)", "2026-11")
