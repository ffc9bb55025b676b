"""What can be switched about Tencent Chat."""

from __future__ import annotations

from dataclasses import dataclass

from pushtui.providers.tencent.codes import CODES
from pushtui.sandbox.setting import setting


@dataclass(frozen=True, slots=True)
class TencentSettings:
    """The switches of Tencent Chat; each field's help is in its metadata."""

    push_to_all_enabled: bool = setting(True, "Console switch “Push to all users”; off, its commands answer 90045.")
    do_not_disturb_enabled: bool = setting(
        True, "Console switch “global do-not-disturb”; off, setting it answers 72011."
    )
    refusal_code: int = setting(
        0,
        "A code with which every call is refused, such as 60020 (package expired) or 60021 (IP address); 0: none.",
        choices=(0, *CODES),
    )
    account_limit: int = setting(0, "How many accounts the app may have before imports answer 70398; 0: any number.")
    not_admin_code: int = setting(
        90009,
        "What a caller who is no admin gets from push commands; others get 60010. Inferred.",
        choices=(90009, 60010),
    )
    bad_json_code: int = setting(
        90001, "What push commands say of a body that is no JSON; others say 60003. Inferred.", choices=(90001, 60003)
    )
    failed_verifications: int = setting(
        10, "UserSigs of one identifier that may be wrong within a minute before 70050; 0: any number. Inferred."
    )
    empty_condition_is_everybody: bool = setting(
        True, "Whether an empty Condition pushes to everybody; off, it answers 90001. Inferred."
    )
    random_unique_for_a_week: bool = setting(
        False, "Whether the same MsgRandom counts as the same push for 7 days, as older pages say, not for a second."
    )
    tag_length_code: int = setting(90020, "The code for a tag longer than 50 bytes. Inferred.", choices=(90020, 90034))
    value_length_code: int = setting(
        90033, "The code for an attribute's value longer than 50 bytes. Inferred.", choices=(90033, 90034)
    )
    attribute_name_code: int = setting(
        90033,
        "The code for a number outside 0 to 9, and for a name that is empty, no text or over 50 bytes. Inferred.",
        choices=(90033, 90034, 90001),
    )
    attribute_names_replace: bool = setting(
        False, "Whether setting names forgets those not given; off, they stay. Inferred."
    )
    full_tags_code: int = setting(
        90032, "The code for adding tags to a user beyond 100. Inferred.", choices=(90032, 90033, 90001)
    )
    unknown_users_listed: bool = setting(
        False,
        "Whether attribute and tag commands list unknown users in ErrorList (70107); off, they ignore them. Inferred.",
    )
    unknown_sender_code: int = setting(
        0, "The code for a From_Account that was not imported; 0 accepts it. Inferred.", choices=(0, 90048, 90008)
    )
    results_as_asked: bool = setting(
        False, "Whether attributes and tags come in the order asked for; off, every second user comes first. Inferred."
    )
    no_lifetime_pushes: bool = setting(
        False, "Whether a push with MsgLifeTime 0 also notifies users who are not online. Inferred."
    )
    offline_days: int = setting(7, "Days without a login after which a user is Offline.", minimum=1)
    push_body_limit: int = setting(10240, "Bytes of an im_push body beyond which it answers 90056; 0: any number.")
    day_zone: str = setting("Asia/Shanghai", "Zone of the day of the 100 pushes. Inferred.", zone=True)
    failed_pushes_count: bool = setting(False, "Whether a push that is refused uses up one of the 100. Inferred.")
