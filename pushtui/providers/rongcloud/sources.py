"""Where RongCloud's rules were read."""

from pushtui.domain.finding import Source

TAGGED_PUSH = Source("RongCloud, “Send notifications to tagged users” (/push.json)", "2026-11")
PUSH_TO_ALL = Source("RongCloud, “Send push to all”", "2026-11")
PUSH_BY_PACKAGE = Source("RongCloud, “Send push by package”", "2026-11")
USER_TAGS = Source("RongCloud, “Set user tag”", "2026-11")
MESSAGE_TYPES = Source("RongCloud, “Message type overview”", "2026-11")
LIMITS = Source("RongCloud, list of Server API limits", "2026-01-09")
AUTHENTICATION = Source("RongCloud, “API authentication”", "2026-11")
STATUS_CODES = Source("RongCloud, Server API status codes", "2026-11")
SDK_CHECKS = Source("RongCloud's own server SDKs", "2026-03")
