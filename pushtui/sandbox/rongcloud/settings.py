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
        "UTC", "Zone of the wall clock for quiet hours (Beijing: Asia/Shanghai).", zone=True
    )
    active_days: int = setting(30, "Days after which a handset that did not connect is no longer reached.")
    wrong_type_code: int = setting(1002, "The code for a value of the wrong type. Inferred.", choices=(1002, 1501))
    missing_data_code: int = setting(
        200, "The answer to deleting an alias or quiet hours that are not there. Inferred.", choices=(200, 1002, 1015)
    )
    quiet_hours_level_required: bool = setting(
        False, "Whether quiet hours without a level are refused; off, level 1 is meant. Inferred."
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
