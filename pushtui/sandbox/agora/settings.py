"""What can be switched about Agora Chat."""

from __future__ import annotations

from dataclasses import dataclass

from pushtui.providers.agora.messages_model import MESSAGE_BYTES
from pushtui.providers.agora.rendering import STYLE_TEXT
from pushtui.sandbox.setting import setting


@dataclass(frozen=True, slots=True)
class AgoraSettings:
    """The switches of Agora Chat; each field's help is in its metadata."""

    push_open: bool = setting(True, "The console's switch for sending pushes; off, /push/* answers 403.")
    advanced_push_open: bool = setting(
        True, "The console's switch for modes, languages and templates; off, they answer 400. The answer is inferred."
    )
    translation_open: bool = setting(True, "Whether messages are pushed in the receiver's language if they carry it.")
    token_exchange_required: bool = setting(
        False, "Whether 007 tokens only open /token, which gives another token for them. Inferred."
    )
    token_ttl: int = setting(60 * 24 * 3600, "Seconds that a token from /token is valid if none are asked for.")
    ttl_in_milliseconds: bool = setting(False, "Whether /token reads ttl as milliseconds, as one cluster does.")
    registration_open: bool = setting(False, "Whether users register without an app token.")
    illegal_rows_fail_alone: bool = setting(
        True, "Whether an illegal name in a list to register fails alone, and not the whole list. Inferred."
    )
    unknown_user_before_token: bool = setting(
        False, "Whether GET of an unknown user answers 404 without a token, as was once recorded, and not 401."
    )
    content_type_required: bool = setting(
        False, "Whether a body without application/json answers 415 and is not read all the same."
    )
    unrouted_answer_500: bool = setting(
        False, "Whether unknown addresses and methods answer 500, as one table says, and not 404 and 405."
    )
    push_limit_answers_403: bool = setting(
        False, "Whether sending pushes too fast answers 403 “limit request”, as Easemob does, and not 429."
    )
    too_many_tasks_answer_403: bool = setting(
        True, "Whether a task beyond the three that may run answers 403 “limit request”, and not 429. Inferred."
    )
    free_plan: bool = setting(False, "Whether the app is on the free plan: ten calls a second in all.")
    plan_used_up: bool = setting(False, "Whether the plan's quota is used up: every call answers 429 resource_limited.")
    usernames_folded: bool = setting(False, "Whether upper case in user names of addresses is forgiven.")
    conversation_interval_kept: bool = setting(
        True, "Whether a quiet time given for a conversation, which has no effect, is stored and answered. Inferred."
    )
    zero_duration_clears: bool = setting(
        True, "Whether an ignoreDuration of 0 ends one that runs, and does not leave it alone. Inferred."
    )
    quiet_time_end_included: bool = setting(
        False, "Whether the minute at which a quiet time ends is still quiet. Inferred."
    )
    unset_is_null: bool = setting(False, "Whether settings that were never made are answered as null. Inferred.")
    language_get_says_put: bool = setting(True, "Whether GET of a language answers action “put”, as the page prints.")
    equal_interval_is_all_day: bool = setting(
        True, "Whether a quiet time such as 00:00-00:00 holds all day, as the REST pages say, and not never."
    )
    server_zone: str = setting("UTC", "Zone of quiet times and of startDate. Inferred.", zone=True)
    day_zone: str = setting("UTC", "Zone of the day of daily quotas.", zone=True)
    legacy_hours_hold: bool = setting(True, "Whether notification_no_disturbing hours still hold. Inferred.")
    modes_hold_pushes: bool = setting(
        True, "Whether modes and quiet times also hold what /push/* sends, not only chat messages. Inferred."
    )
    kept_push_succeeds: bool = setting(
        True, "Whether /push/sync answers SUCCESS for a push that is kept until the user is online. Inferred."
    )
    template_change_open: bool = setting(
        False, "Whether templates have PUT, which only Easemob's errors mention; its body is inferred."
    )
    template_duplicates_refused: bool = setting(
        True, "Whether creating a template again answers 400; off, it is replaced. Inferred."
    )
    templates_by_style: bool = setting(
        False, "Whether template “default” stands for style 0 only and “detail” for style 1, as at Easemob."
    )
    lacking_arguments_stay: bool = setting(
        True, "Whether a {0} for which the sender gives no value is shown as it is, and not left out. Inferred."
    )
    receiver_templates_count: bool = setting(True, "Whether the receiver's own template counts, as at Easemob.")
    style_text: str = setting(STYLE_TEXT, "The text of display style 0.", choices=(STYLE_TEXT, "Please click to view"))
    unknown_label_answers_404: bool = setting(
        True, "Whether an unknown label answers 404 service_resource_not_found, and not 400. Inferred."
    )
    label_case_counts: bool = setting(False, "Whether labels that differ in case are different, as at Easemob.")
    labels_per_push: int = setting(5, "Labels that one push may name; Easemob takes 1.", choices=(5, 1))
    users_per_label: int = setting(20_000, "Users that a label may have.", minimum=1)
    wide_letters_count_double: bool = setting(
        False, "Whether a Chinese character counts as two in a push's texts, as at Easemob."
    )
    message_limit: int = setting(
        MESSAGE_BYTES, "Bytes that body and ext of a message may have; Easemob takes 40,960.", minimum=1
    )


ASSUMPTIONS = (
    "A page is never larger than 100, whatever limit asks for.",
    "A cursor is the place in the list, and is the same for all lists.",
    "A message that waits in the app, or is read there, has the original text; only its notification is translated.",
    "Who is pushed to at a date is settled when the push is accepted; modes and devices count as they are at the date.",
    "A push that is kept until the user is online has no notification even then: the app reads it.",
    "A device that is bound by an id of its own is the user's handset of the certificate's kind, else the only one.",
    "A handset that loses its vendor's token stays bound, but is not reached; with a new token it is reached again.",
    "Badges go from 0 to 2,147,483,647; a setNum of 0 clears, unless an addNum stands beside it.",
    "Numbers and texts in a vendor's block are not checked, since the vendor reads them.",
    "Only a 007 token is exchanged by the grant agora; any other bearer is corrupt there.",
)
"""What no source says and no setting changes."""
