"""What can be switched about RongCloud."""

from __future__ import annotations

from dataclasses import dataclass

from pushtui.sandbox.setting import setting


@dataclass(frozen=True, slots=True)
class RongCloudSettings:
    """The switches of RongCloud; each field's help is in its metadata."""

    broadcast_enabled: bool = setting(
        True, "The console's switch “broadcast to users”; off, /push.json and /message/broadcast.json answer 1009."
    )
    day_zone: str = setting("UTC", "Zone of the natural day for daily quotas. Inferred.", zone=True)
    failed_calls_count: bool = setting(
        True, "Whether a call that passed the quota but failed later uses up a slot. Inferred."
    )
    allowed_drift: int = setting(
        0, "Seconds that a request's Timestamp may be off before it is refused with 1004; 0 does not check. Inferred."
    )
    body_limit: int = setting(0, "Bytes of a body beyond which the answer is 1508; 0 does not check. Inferred.")
    text_per_platform: bool = setting(
        True,
        "Without notification.alert, only the platforms named need a text of their own; "
        "off, iOS and Android both do. Inferred.",
    )
    too_many_items_code: int = setting(
        1002, "The code for lists that are too long: 1002, 1005 or 1502. Inferred.", choices=(1002, 1005, 1502)
    )
    harmony_follows_android: bool = setting(
        False, "Whether HarmonyOS handsets are reached only when platform names android. Inferred."
    )
    quiet_hours_zone: str = setting(
        "UTC",
        "Zone of the data centre's wall clock, for quiet hours and createTime (Beijing: Asia/Shanghai).",
        zone=True,
    )
    active_days: int = setting(30, "Days after which a handset that did not connect is no longer reached.")
    wrong_type_code: int = setting(1002, "The code for a value of the wrong type. Inferred.", choices=(1002, 1501))
    missing_data_code: int = setting(
        200, "The answer to deleting an alias or quiet hours that are not there. Inferred.", choices=(200, 1002, 1015)
    )
    quiet_hours_level_required: bool = setting(
        False, "Whether quiet hours without a level are refused; off, level 1 is meant. Inferred."
    )
    muted_level: int = setting(1, "The level that isMuted 1, the old form, sets. Inferred.", choices=(1, 5))
    content_checked: bool = setting(
        False,
        "Whether content of RongCloud's own types must be a JSON object (1002); templates are never checked. Inferred.",
    )
    tags_checked: bool = setting(
        True, "Whether tags may only hold letters and digits of any script, “-” and “_” (1002). Inferred."
    )
    longest_nonce: int = setting(
        64,
        "Characters of a Nonce beyond which the answer is 1004; documented are 18, SDKs send more. Inferred.",
        minimum=1,
    )
    user_push_tells_id: bool = setting(False, "Whether /push/user.json answers with an id. Inferred.")
    back_fill: bool = setting(
        True, "The console's switch by which new users get the broadcasts of the seven days before they registered."
    )
    user_cap: int = setting(
        0, "Users beyond which registering answers 2007 (development environment: 100); 0 does not check."
    )
    app_locked: bool = setting(False, "Whether the app is locked, so that every call answers 1006.")
    closed_paths: str = setting("", "Paths, with blanks between them, that this app may not call: they answer 1007.")
    gzip: bool = setting(False, "Pack answers for clients that accept gzip.")


ASSUMPTIONS = (
    "Checks come in this order: path, App Key, signature, app, rate and quota, console switch, body, parameters.",
    "A wrong App Secret cannot be told from a wrong signature, so it is 1004 and never 1001.",
    "1501, 1502 and 1508 come with HTTP 400.",
    "A call beyond a limit uses up nothing; one refused because its service is off uses up a slot.",
    "X-Request-ID is cut to 36 characters, and made up if it is not given.",
    "User ids that nobody has are accepted in every send, and may have tags, aliases and levels.",
    "null and an empty value count as not given; in lists with one entry per recipient, null means none for this one.",
    "Ids and template values may be numbers; they are read as texts.",
    "/push.json: an audience that names nobody is refused, and so is a sender without a message.",
    "Web clients get the message of a tagged push, but not if packageName is given.",
    "The 30 days without a connection count for /push.json alone; messages of the other operations wait.",
    "A message to somebody who is online shows no notification; a notification without a message always does.",
    "RongCloud's own types that are not stored reach only those who are online, whatever isPersisted says.",
    "A broadcast arrives at once, not after up to three minutes; os “Android” leaves HarmonyOS out.",
    "Newcomers get the messages to everybody of seven days without a notification, if their type is stored.",
    "A template that would be longer than 128 KiB once filled is refused with 1005, and so are its push texts.",
    "pushExt is not read when disablePush is true. The console's templates are unknown here: templateId shows nothing.",
    "msgRandom is accepted, but what is sent twice arrives twice.",
    "Quiet hours from 00:00:00 with 1439 minutes are the whole day; other windows end with their last minute.",
    "A new name or portrait holds at once. A token is 88 letters, and asking for one logs a newcomer in.",
)
"""What is inferred and not a setting, a sentence each."""
