"""What can be switched about Tencent Chat."""

from __future__ import annotations

from dataclasses import dataclass

from pushtui.providers.tencent import codes
from pushtui.providers.tencent.push_model import BODY_BYTES
from pushtui.sandbox.setting import setting

ASSUMPTIONS = (
    "Whoever is online gets the message in the app and no notification; whoever is not gets both, if it may wait.",
    "Bit 0 of Tag_Profile_IM_MsgSettings and global do-not-disturb hold back the message as well as the notification, "
    "whatever the Level.",
    "Daily do-not-disturb means the same seconds of each day in UTC, so the same hours in a zone without summer time; "
    "24 hours or more hold always, the same start and end never.",
    "null is as good as absent where a member may be absent; 1.0 is no whole number, and a number in quotes is none.",
    "Of two members with the same name the last one counts.",
    "A user id that none can have, because it is empty or over 32 bytes, spoils its item only, where a command lists "
    "users: it is unknown, and in account_check answers 70402.",
    "A push that repeats a MsgRandom is the same push, even if it says something else.",
    "Renaming an attribute number keeps the values that users have under it.",
    "IsReturnCustomStatus is accepted and answered with nothing, since nobody has a status of the app's own.",
    "The platform of HarmonyOS is called Harmony in query_online_status.",
    "Parts of a message without text are notified as [Face], [Voice], [Image], [File], [Video] and [Location].",
    "The subtitle of iOS is a line of its own above the text.",
)
"""What the documents leave open, and the sandbox does always in the same way."""


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
        choices=(0, *codes.CODES),
    )
    account_limit: int = setting(0, "How many accounts the app may have before imports answer 70398; 0: any number.")
    not_admin_code: int = setting(
        codes.PUSH_NOT_ADMIN,
        "What a caller who is no admin gets from push commands; others get 60010. Inferred.",
        choices=(codes.PUSH_NOT_ADMIN, codes.NOT_ADMIN),
    )
    bad_json_code: int = setting(
        codes.MALFORMED,
        "What push commands say of a body that is no JSON; others say 60003. Inferred.",
        choices=(codes.MALFORMED, codes.NO_JSON),
    )
    failed_verifications: int = setting(
        10,
        "UserSigs of one identifier that may be wrong within a minute before 70050; 0: any number. Inferred.",
        maximum=1000,
    )
    empty_condition_is_everybody: bool = setting(
        True, "Whether an empty Condition, or null, pushes to everybody; off, it answers 90001. Inferred."
    )
    unknown_conditions_ignored: bool = setting(
        False, "Whether a member of Condition that does not exist is ignored; off, it answers 90001. Inferred."
    )
    either_list_suffices: bool = setting(
        False,
        "Whether TagsOr and TagsAnd, or AttrsOr and AttrsAnd, add up if both are given; off, both must hold. Inferred.",
    )
    case_ignored: bool = setting(
        False, "Whether conditions compare tags and values without regard to upper and lower case. Inferred."
    )
    admin_is_sender: bool = setting(
        True, "Whether a push without From_Account and Title is titled with the admin; off, with nothing. Inferred."
    )
    random_unique_for_a_week: bool = setting(
        False, "Whether the same MsgRandom counts as the same push for 7 days, as older pages say, not for a second."
    )
    tag_length_code: int = setting(
        codes.TAG_TOO_LONG,
        "The code for a tag longer than 50 bytes. Inferred.",
        choices=(codes.TAG_TOO_LONG, codes.ATTRIBUTE_TOO_LONG),
    )
    empty_tag_code: int = setting(
        codes.MALFORMED, "The code for adding an empty tag. Inferred.", choices=(codes.MALFORMED, codes.EMPTY_TAG)
    )
    value_length_code: int = setting(
        codes.INVALID_ATTRIBUTE,
        "The code for an attribute's value longer than 50 bytes. Inferred.",
        choices=(codes.INVALID_ATTRIBUTE, codes.ATTRIBUTE_TOO_LONG),
    )
    attribute_name_code: int = setting(
        codes.INVALID_ATTRIBUTE,
        "The code for a number outside 0 to 9, and for a name that is empty, no text or over 50 bytes. Inferred.",
        choices=(codes.INVALID_ATTRIBUTE, codes.ATTRIBUTE_TOO_LONG, codes.MALFORMED),
    )
    attribute_names_replace: bool = setting(
        False, "Whether setting names forgets those not given; off, they stay. Inferred."
    )
    full_tags_code: int = setting(
        codes.TOO_MANY_TAGS,
        "The code for adding tags to a user beyond 100. Inferred.",
        choices=(codes.TOO_MANY_TAGS, codes.INVALID_ATTRIBUTE, codes.MALFORMED),
    )
    unknown_users_listed: bool = setting(
        False,
        "Whether attribute and tag commands list unknown users in ErrorList (70107); off, they ignore them. Inferred.",
    )
    unknown_sender_code: int = setting(
        0,
        "The code for a From_Account that was not imported; 0 accepts it. Inferred.",
        choices=(0, codes.NO_SUCH_ACCOUNT, codes.UNKNOWN_SENDER),
    )
    results_as_asked: bool = setting(
        False, "Whether attributes and tags come in the order asked for; off, every second user comes first. Inferred."
    )
    no_lifetime_pushes: bool = setting(
        False, "Whether a push with MsgLifeTime 0 also notifies users who are not online. Inferred."
    )
    offline_days: int = setting(7, "Days without a login after which a user is Offline.", minimum=1, maximum=3650)
    push_body_limit: int = setting(BODY_BYTES, "Bytes of an im_push body beyond which it answers 90056; 0: any number.")
    body_limit: int = setting(
        12 * 1024, "Bytes of any other body about one user or none before 80002; 0: any number. Inferred."
    )
    list_body_limit: int = setting(
        256 * 1024, "Bytes of a body that lists users before 80002; 0: any number. Inferred."
    )
    day_zone: str = setting("Asia/Shanghai", "Zone of the day of the 100 pushes. Inferred.", zone=True)
    failed_pushes_count: bool = setting(
        False, "Whether a push that is refused starts the second anew and uses up one of the 100. Inferred."
    )
