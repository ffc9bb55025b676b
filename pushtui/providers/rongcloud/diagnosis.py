"""Why a user of RongCloud would get a push, or would not.

RongCloud tells no device tokens, so whether a handset is reached at the end stays open.
"""

from __future__ import annotations

from collections.abc import Iterator

from pushtui.domain.diagnosis import Check
from pushtui.domain.handset import Handset, Platform
from pushtui.domain.json_body import JsonObject, get
from pushtui.providers.diagnosing import (
    OFFLINE,
    Case,
    Diagnostics,
    Line,
    account_line,
    exists_line,
    object_of,
    offline_line,
    text_of,
)
from pushtui.providers.rongcloud import holding
from pushtui.providers.rongcloud.audience import has_tags, is_to_all, named_users
from pushtui.providers.rongcloud.parcels import Parcel, parcel_of
from pushtui.providers.rongcloud.rendering import NothingShown, render
from pushtui.providers.rongcloud.rule_words import strings

_AUDIENCE = Line("audience", "Audience", "tags")
_MESSAGE = Line("message", "What is sent")
_HANDSETS = (Platform.IOS, Platform.ANDROID, Platform.HARMONY)
_CHANNELS = ("channelId", "category", "importance", "classification", "notify_level", "interruption-level")


def checks(case: Case) -> Iterator[Check]:
    """Yield the checks in RongCloud's order of precedence."""
    parcel = parcel_of(case.incoming, case.profile.user)
    yield account_line(case)
    yield exists_line(case)
    yield _audience(case, parcel)
    yield _message(case, parcel)
    yield _online(case, parcel)
    yield _token(case)
    yield Line("mode", "App's mode").idle(case, "RongCloud has none; conversation types have levels.")
    yield Line("quiet_until", "Quiet for a while").idle(case, "RongCloud has daily quiet hours only.")
    yield from holding.checks(case)
    yield Line("language", "Language and translation", decides=False).idle(
        case, "Only the user's app can tell the language; the console's templates choose by it."
    )
    yield _display(case, parcel)
    yield _sender_name(case, parcel)
    yield _channel(case, parcel)
    yield Line("quota", "Quota").idle(case, _quota_words(case))


def _audience(case: Case, parcel: Parcel | None) -> Check:
    user = case.profile.user
    if parcel is None:
        return _AUDIENCE.idle(case, "A message goes to its conversation, whatever tags the user has.")
    named = named_users(case.body) if parcel.users is None else parcel.users
    if named:
        if user in named:
            return _AUDIENCE.passes(case, f"It names {user}.")
        return _AUDIENCE.fails(case, f"It names {len(named):,} users, and {user} is none of them.")
    if parcel.users is not None:
        return _AUDIENCE.fails(case, "It names nobody.")
    return _tagged(case)


def _tagged(case: Case) -> Check:
    """Judge an audience of tags; it narrows by platform and package, and RongCloud does not tell devices."""
    body = case.body
    if not is_to_all(body):
        if not any(get(body, ("audience", name)) for name in ("tag", "tag_or", "packageName")):
            return _AUDIENCE.fails(case, "It names nobody.")
        if not case.told("tags"):
            return _AUDIENCE.untold(case)
        own = strings(case.value("tags"))
        asked = _tag_words(body)
        if not has_tags(body, own):
            return _AUDIENCE.fails(
                case, f"It asks for {asked}; the user's tags are {', '.join(own) or 'none'}.", "Compare the tags."
            )
    narrowed = _narrowed(body)
    if narrowed:
        return _AUDIENCE.unsure(case, f"It is for {narrowed}; which devices the user has RongCloud does not tell.")
    return _AUDIENCE.passes(case, "It goes to everybody." if is_to_all(body) else f"The user has {asked}.")


def _tag_words(body: JsonObject) -> str:
    every, some = (strings(get(body, ("audience", name))) for name in ("tag", "tag_or"))
    parts = [f"all of {', '.join(every)}" if every else "", f"one of {', '.join(some)}" if some else ""]
    return " and ".join(filter(None, parts)) or "no tags"


def _narrowed(body: JsonObject) -> str:
    platforms = set(strings(body.get("platform")))
    package = "" if is_to_all(body) else text_of(get(body, ("audience", "packageName")))
    only = f"{', '.join(sorted(platforms))} only" if len(platforms) == 1 else ""
    return " and ".join(filter(None, (only, f"the package {package}" if package else "")))


def _message(case: Case, parcel: Parcel | None) -> Check:
    """Judge what is sent: some types and some bodies notify nobody."""
    if case.incoming.silent:
        return _MESSAGE.fails(case, "The message asks for no push (disablePush).", "Send it without disablePush.")
    if parcel is None:
        step = "Messages of an app's own types need a pushContent (P16)."
        return _MESSAGE.passes(case, "Nothing is known that would keep it silent.", step)
    if isinstance(parcel.push, NothingShown):
        return _MESSAGE.fails(case, parcel.push.reason)
    made = {platform: render(parcel.push, Handset("", "", platform), "-") for platform in _reached(case, parcel)}
    silent = {platform.value: shown.reason for platform, shown in made.items() if isinstance(shown, NothingShown)}
    if not silent:
        return _MESSAGE.passes(case, "It has a text for every platform.")
    reasons = " ".join(dict.fromkeys(silent.values()))
    if len(silent) == len(made):
        return _MESSAGE.fails(case, reasons)
    return _MESSAGE.unsure(case, f"{', '.join(silent)}: {reasons} Which devices the user has is not known.")


def _reached(case: Case, parcel: Parcel) -> list[Platform]:
    """Return the platforms it may go to; HarmonyOS has no word of its own."""
    if parcel.users is not None or named_users(case.body):
        return [*_HANDSETS]
    named = strings(case.body.get("platform"))
    return [platform for platform in _HANDSETS if platform.value in named or platform is Platform.HARMONY]


def _online(case: Case, parcel: Parcel | None) -> Check:
    if parcel is not None and not parcel.sender:
        return OFFLINE.idle(case, "A notification without a message shows while the app is open, too.")
    return offline_line(case)


def _token(case: Case) -> Check:
    evidence = "RongCloud tells nobody whether a handset has a push token."
    if case.incoming.kind == "rongcloud.push":
        evidence += " Only devices that connected in the last 30 days are reached."
    step = "Its console's troubleshooting says P23 without a device, and A4 without a vendor's token."
    return Line("token", "Push token").unsure(case, evidence, step)


def _display(case: Case, parcel: Parcel | None) -> Check:
    line = Line("display_style", "Display style", decides=False)
    if get(_push(parcel), ("notification", "forceShowPushContent")) == 1:
        return line.passes(case, "forceShowPushContent shows the text even if the user hides details.")
    return line.idle(case, "Whether the app hides details, only the user's device knows.")


def _sender_name(case: Case, parcel: Parcel | None) -> Check:
    line = Line("sender_name", "Sender's alias", "aliases", decides=False)
    sender = parcel.sender if parcel is not None else case.incoming.sender
    if not sender:
        return line.idle(case, "No sender is named.")
    if not case.told("aliases"):
        return line.untold(case)
    alias = text_of(object_of(case.value("aliases")).get(sender))
    if alias:
        return line.passes(case, f"{sender} is shown as “{alias}”.")
    if case.problem("aliases"):
        return line.unsure(case, f"No alias for {sender} is in what could be read. {case.problem('aliases')}")
    step = "A sender who never got a token has no name in pushes."
    return line.passes(case, f"No alias for {sender}: the name from registration is shown.", step)


def _channel(case: Case, parcel: Parcel | None) -> Check:
    line = Line("channel", "Category and channel", decides=False)
    push = _push(parcel)
    if not push:
        return line.idle(case, "Nothing is known of what the message says for the vendors.")
    given = [*_vendor_words(push)]
    if not given:
        return line.passes(case, "None is given: the console's count.")
    low = any("LOW" in words for words in given)
    return line.passes(case, f"{'; '.join(given)}.", "LOW arrives without a sound." if low else "")


def _push(parcel: Parcel | None) -> JsonObject:
    """Return the notification; empty where there is none, or nobody knows it."""
    return {} if parcel is None or isinstance(parcel.push, NothingShown) else parcel.push


def _vendor_words(push: JsonObject) -> Iterator[str]:
    """Yield what a notification says for each vendor that decides how loud it is."""
    notification = object_of(push.get("notification"))
    places = {"ios": notification.get("ios"), "ohos": get(notification, ("harmonyOS", "ohos"))}
    for vendor, given in {**places, **object_of(notification.get("android"))}.items():
        own = object_of(given)
        words = [f"{name} {own[name]}" for name in _CHANNELS if own.get(name) not in (None, "")]
        if words:
            yield f"{vendor}: {', '.join(words)}"


def _quota_words(case: Case) -> str:
    return "It was not looked at." if case.incoming.kind else "Chat messages use up no quota of pushes."


DIAGNOSTICS = Diagnostics(checks, holding.edges, holding.conversation_of)
