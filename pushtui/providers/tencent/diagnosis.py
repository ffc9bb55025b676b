"""Why a user of Tencent Chat would get a push, or would not.

Tencent has no call that reads a user's do-not-disturb, so what that says stays open.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from pushtui.domain.diagnosis import Check
from pushtui.domain.handset import Handset, Platform
from pushtui.domain.json_body import get
from pushtui.providers.diagnosing import (
    OFFLINE,
    ONLINE,
    Case,
    Diagnostics,
    Line,
    account_line,
    exists_line,
    is_online,
    object_of,
    text_of,
)
from pushtui.providers.tencent.condition import ATTRIBUTE_LISTS, TAG_LISTS, matches, names_everybody
from pushtui.providers.tencent.rendering import NothingShown, render

PUSH_KIND = "tencent.push"
_CONNECTED, _PUSHED_TO, _LOGGED_OUT = "Online", "PushOnline", "Offline"
_AGAIN = "Read it again."
_WANTS_NOTHING = 1
"""Bit 0 of the message settings."""
_HANDSETS = (Platform.IOS, Platform.ANDROID, Platform.HARMONY)
_MESSAGE = Line("message", "What is sent")
_AUDIENCE = Line("audience", "Audience")
_QUIET = Line("quiet_hours", "Global do-not-disturb", "quiet_hours")
_CONVERSATION = Line("conversation", "Muted conversation", "conversations")
_CHANNELS = (
    *("HuaWeiChannelID", "XiaoMiChannelID", "OPPOChannelID", "GoogleChannelID"),
    *("HuaWeiCategory", "VIVOCategory", "OPPOCategory"),
    *("HuaWeiImportance", "HonorImportance", "VIVOClassification"),
)


def checks(case: Case) -> Iterator[Check]:
    """Yield the checks in the order in which Tencent Chat would stop a push."""
    yield account_line(case)
    yield exists_line(case)
    yield _audience(case)
    yield _message(case)
    yield _online(case)
    yield _token(case)
    yield _settings(case)
    yield Line("quiet_until", "Quiet for a while").idle(case, "Tencent has the global one only.")
    yield _quiet(case)
    yield _conversation(case)
    yield from _reading(case)
    words = "It was not looked at." if _is_push(case) else "Chat messages use up no quota of pushes."
    yield Line("quota", "Quota").idle(case, words)


def edges(_case: Case, _until: datetime) -> Iterator[datetime]:
    """Nothing that Tencent tells changes by itself."""
    return iter(())


def _is_push(case: Case) -> bool:
    return case.incoming.kind == PUSH_KIND


def _audience(case: Case) -> Check:
    if not _is_push(case):
        return _AUDIENCE.idle(case, "A message goes to its conversation, whatever tags the user has.")
    condition = object_of(case.body.get("Condition"))
    if names_everybody(condition):
        return _AUDIENCE.passes(case, "It goes to everybody.")
    fact = "tags" if any(condition.get(key) for key in TAG_LISTS) else "attributes"
    line = Line(_AUDIENCE.name, _AUDIENCE.title, fact)
    if not case.told(fact):
        return line.untold(case)
    tags, held = case.value("tags"), object_of(case.value("attributes"))
    own = [tag for tag in tags if isinstance(tag, str)] if isinstance(tags, list) else []
    attributes = {name: text_of(value) for name, value in held.items()}
    asked = ", ".join(f"{key} {_words(condition[key])}" for key in (*TAG_LISTS, *ATTRIBUTE_LISTS) if condition.get(key))
    has = f"the user's {fact}: {case.words(fact) or 'none'}"
    if matches(condition, own, attributes):
        return line.passes(case, f"It asks for {asked}; {has}.")
    return line.fails(case, f"It asks for {asked}; {has}.", f"Compare the {fact}; capitals count.")


def _words(asked: object) -> str:
    if isinstance(asked, dict):
        return " ".join(f"{name}={value}" for name, value in asked.items())
    return " ".join(map(str, asked)) if isinstance(asked, list) else str(asked)


def _message(case: Case) -> Check:
    if case.incoming.silent:
        return _MESSAGE.fails(case, "The message asks for no push (PushFlag 1).", "Send it with PushFlag 0.")
    if not _is_push(case):
        return _MESSAGE.passes(case, "Nothing is known that would keep it silent.")
    if not case.body.get("MsgLifeTime"):
        evidence = "MsgLifeTime is 0: only those who are online at that moment get it, and they see no notification."
        return _MESSAGE.fails(case, evidence, "Give it a lifetime.")
    made = {platform.value: render(case.body, Handset("", "", platform), "-") for platform in _HANDSETS}
    silent = {name: shown.reason for name, shown in made.items() if isinstance(shown, NothingShown)}
    if not silent:
        return _MESSAGE.passes(case, "It has a text, and waits for those who are offline.")
    reasons = " ".join(dict.fromkeys(silent.values()))
    if len(silent) == len(made):
        return _MESSAGE.fails(case, reasons)
    return _MESSAGE.unsure(case, f"{', '.join(silent)}: {reasons}")


def _online(case: Case) -> Check:
    """One platform that offline pushes reach is enough; browsers are none. Without platforms the whole counts."""
    if not case.told(ONLINE):
        return OFFLINE.untold(case)
    if not case.value(ONLINE):
        return _present(case)
    states = {name: state for name, state in object_of(case.value(ONLINE)).items() if name != "Web"}
    reached = [name for name, state in states.items() if state == _PUSHED_TO]
    connected = [name for name, state in object_of(case.value(ONLINE)).items() if state == _CONNECTED]
    if reached:
        return OFFLINE.passes(case, f"Offline pushes reach {', '.join(reached)} (PushOnline).")
    if connected:
        return _connected(case, f" on {', '.join(connected)}")
    if case.value("presence") in (_CONNECTED, _PUSHED_TO) and case.value("presence") not in [
        *object_of(case.value(ONLINE)).values()
    ]:
        return OFFLINE.unsure(case, f"As a whole the user is {case.value('presence')}, and no platform is.", _AGAIN)
    return _away(case)


def _present(case: Case) -> Check:
    """Judge by the status as a whole, where the answer names no platform."""
    status = text_of(case.value("presence"))
    if status == _PUSHED_TO:
        return OFFLINE.passes(case, "Offline pushes reach the user (PushOnline); the answer names no platform.")
    if status == _CONNECTED:
        return _connected(case, "")
    if status == _LOGGED_OUT:
        return _away(case)
    return OFFLINE.unsure(case, f"The answer names no platform, and its status is {status or 'missing'}.", _AGAIN)


def _connected(case: Case, where: str) -> Check:
    if not case.offline:
        return is_online(case, where)
    return OFFLINE.idle(case, "Who will be online, nobody knows; the rest is as for somebody offline.")


def _away(case: Case) -> Check:
    step = "The user opens the app and logs in."
    return OFFLINE.fails(case, "Offline: logged out, or away for 7 days; offline pushes do not reach the user.", step)


def _token(case: Case) -> Check:
    step = "Tencent's console traces one push to one user: token, certificate, vendor."
    evidence = "Tencent tells nobody whether a handset has a push token and a certificate."
    return Line("token", "Push token").unsure(case, evidence, step)


def _settings(case: Case) -> Check:
    line, value = Line("mode", "Message settings", "message_settings"), case.value("message_settings")
    if not case.told("message_settings"):
        return line.untold(case)
    if isinstance(value, int) and value & _WANTS_NOTHING:
        return line.fails(
            case, f"{value}: bit 0 is set, so the user receives nothing.", "The app sets it in the profile."
        )
    return line.passes(case, f"{value}: messages are received.")


def _quiet(case: Case) -> Check:
    return _QUIET.unsure(case, "It can be set, but Tencent has no call that reads it.", "Ask the user, or set it anew.")


def _conversation(case: Case) -> Check:
    if _is_push(case):
        return _CONVERSATION.idle(case, "A push to many belongs to no conversation that the user could mute.")
    if case.incoming.group:
        evidence = "Tencent keeps a setting of each member of a group (MsgFlag); pushtui does not read it yet."
        return _CONVERSATION.unsure(case, evidence, "Ask the user, or look up the member in the group.")
    return _CONVERSATION.unsure(
        case, "Of chats between two, only the user's own app can tell which are muted.", "Ask the user."
    )


def _reading(case: Case) -> Iterator[Check]:
    """What the user would read, if anything shows; none of it holds a push back."""
    language = Line("language", "Language and translation", "language", decides=False)
    words = f"{case.words('language') or 'not set'}; Tencent translates nothing"
    yield language.passes(case, f"{words}.") if case.told("language") else language.untold(case)
    yield Line("display_style", "Display style", decides=False).idle(case, "Tencent has none for a user.")
    yield _sender_name(case)
    yield _channel(case)


def _sender_name(case: Case) -> Check:
    line = Line("sender_name", "Sender's nickname", decides=False)
    title = text_of(get(case.body, ("OfflinePushInfo", "Title")))
    if title:
        return line.passes(case, f"The title “{title}” stands in its place.")
    whom = text_of(case.body.get("From_Account")) or case.incoming.sender or "the sender"
    return line.idle(case, f"It is the nickname of {whom}.", f"Open {whom} to see it.")


def _channel(case: Case) -> Check:
    line = Line("channel", "Category and channel", decides=False)
    if not _is_push(case):
        return line.idle(case, "Nothing is known of what the message says for the vendors.")
    android = object_of(get(case.body, ("OfflinePushInfo", "AndroidInfo")))
    given = [f"{name} {android[name]}" for name in _CHANNELS if android.get(name) not in (None, "")]
    return line.passes(case, f"{', '.join(given)}." if given else "None is given: the console's count.")


DIAGNOSTICS = Diagnostics(checks, edges, lambda _incoming, _user: None)
