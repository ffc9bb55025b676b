"""Where Tencent's rules were read."""

from pushtui.domain.finding import Source

ATTRIBUTE_NAMES = Source("Tencent Chat, “Setting app attribute names” (im_set_attr_name)", "2026-11")
ATTRIBUTES = Source("Tencent Chat, user attributes of “Push to all users” (im_set_attr, im_get_attr)", "2026-11")
TAGS = Source("Tencent Chat, user tags of “Push to all users” (im_add_tag, im_get_tag)", "2026-11")
PUSH_TO_ALL = Source("Tencent Chat, “Pushing to all users” (im_push)", "2024-11-18")
OFFLINE_PUSH_INFO = Source("Tencent Chat, common parameter “OfflinePushInfo”", "2026-07-16")
MESSAGE_ELEMENTS = Source("Tencent Chat, “TIMMsgElement” and Tencent's Java server SDK", "2026-11")
ACCOUNTS = Source("Tencent Chat, account management (account_check, account_import)", "2025-12-15")
ONLINE_STATUS = Source("Tencent Chat, “Querying account online status”", "2025-12-15")
PROFILES = Source("Tencent Chat, profile management (portrait_get, portrait_set)", "2026-11")
DO_NOT_DISTURB = Source("Tencent Chat, “Global do-not-disturb set by an admin”", "2026-05-25")
