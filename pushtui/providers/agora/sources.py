"""Where Agora Chat's rules were read; Easemob runs the same platform and documents more of it."""

from pushtui.domain.finding import Source

PUSH_SETTINGS = Source("Agora Chat, “Offline push configuration” (RESTful API)", "2026-11")
PUSH_MANAGEMENT = Source("Agora Chat, “Push notification management” (RESTful API)", "2026-11")
PUSH_EXTENSION = Source("Agora Chat, “Offline push extension fields”", "2026-11")
DISPLAY = Source("Agora Chat, “Set the display content of push notifications”", "2026-11")
DO_NOT_DISTURB = Source("Agora Chat, “Set do-not-disturb mode”", "2026-11")
USERS = Source("Agora Chat, “User system registration” (RESTful API)", "2026-11")
OVERVIEW = Source("Agora Chat, RESTful API overview: call frequency limits", "2026-11")
STATUS_CODES = Source("Agora Chat, HTTP status codes", "2026-11")
APP_TOKEN = Source("Agora Chat, “Authentication using app token”, and AgoraIO's open token generators", "2026-11")
PLAN = Source("Agora Chat, pricing plan details", "2026-11")
COMMON = Source("Agora Chat, common parameters of the RESTful API", "2026-11")
WEB_SDK = Source("Agora Chat's own Web SDK 1.4.0", "2026-11")
SERVER_SDK = Source("Easemob's own Java server SDKs", "2026-11")
EASEMOB_PUSH = Source("Easemob, “Offline push” (server side)", "2026-11")
EASEMOB_SENDING = Source("Easemob, “Push service: sending and labels”", "2026-11")
EASEMOB_TOKEN = Source("Easemob, “App token by client credentials”", "2026-11")
EASEMOB_ERRORS = Source("Easemob, server error codes", "2026-11")
