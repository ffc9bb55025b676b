"""Why a user of Agora Chat would get a push, or would not.

Forced messages pass through all that else holds back; silent ones are never pushed.
"""

from __future__ import annotations

from collections.abc import Iterator

from pushtui.domain.diagnosis import Check
from pushtui.providers.agora.holding import HOLDING, conversation_of, edges
from pushtui.providers.diagnosing import (
    Case,
    Diagnostics,
    Line,
    account_line,
    exists_line,
    offline_line,
    text_of,
)


def checks(case: Case) -> Iterator[Check]:
    """Yield the checks in Agora Chat's order of precedence."""
    yield account_line(case)
    yield _exists(case)
    yield _audience(case)
    yield _message(case)
    yield offline_line(case)
    yield _token(case)
    for line, judge in HOLDING:
        forced = case.incoming.forced
        yield line.idle(case, "The message passes through it (em_force_notification).") if forced else judge(case)
    yield from _reading(case)
    yield Line("channel", "Category and channel", decides=False).idle(
        case, "What a message says for the vendor stands in its own extension, which is not known here."
    )
    yield Line("quota", "Quota").idle(case, "Chat messages use up no quota of pushes.")


def _exists(case: Case) -> Check:
    check = exists_line(case)
    if case.value("active") is not False:
        return check
    return Line(check.name, check.title, "active").unsure(
        case, "The user is deactivated; whether pushes still go out then is not documented.", "Activate the user."
    )


def _audience(case: Case) -> Check:
    line = Line("audience", "Audience")
    if not case.incoming.kind:
        return line.idle(case, "A message goes to its conversation, whatever labels the user has.")
    return line.unsure(case, f"Whom a {case.incoming.kind} goes to is not known here.")


def _message(case: Case) -> Check:
    line, incoming = Line("message", "What its sender asked for"), case.incoming
    if incoming.silent:
        step = "Leave em_ignore_notification out to push it."
        return line.fails(case, "The message asks for no push (em_ignore_notification).", step)
    if incoming.forced:
        return line.passes(case, "The message passes through modes and quiet times (em_force_notification).")
    return line.passes(case, "Nothing is known that would keep it silent.")


def _token(case: Case) -> Check:
    line, bindings = Line("token", "Push token", "bindings"), case.value("bindings")
    if not case.told("bindings"):
        return line.untold(case)
    if isinstance(bindings, list) and bindings:
        return line.passes(case, f"Bound: {case.words('bindings')}.")
    step = "The user opens the app, allows notifications and logs in again; then the app binds its token."
    return line.fails(case, "No device of the user has told Agora a vendor's token (no push binding).", step)


def _reading(case: Case) -> Iterator[Check]:
    """What the user would read, if anything shows; none of it holds a push back."""
    language = Line("language", "Language and translation", "language", decides=False)
    code = text_of(case.value("language"))
    if not case.told("language"):
        yield language.untold(case)
    elif code:
        yield language.passes(case, f"{code}: shown if the message carries that translation, else the original.")
    else:
        yield language.passes(case, "None is set: the original text is shown.")
    yield _style(case)
    yield _nickname(case)


def _style(case: Case) -> Check:
    line = Line("display_style", "Display style", "display_style", decides=False)
    if not case.told("display_style"):
        return line.untold(case)
    if case.value("display_style") == 1:
        return line.passes(case, "1: the notification shows the sender and the message.")
    step = "Display style 1 shows the text."
    return line.passes(case, "0: the notification says only that there is a message.", step)


def _nickname(case: Case) -> Check:
    line, incoming = Line("sender_name", "Sender's name", decides=False), case.incoming
    if case.value("display_style") != 1:
        return line.idle(case, "Display style 0 does not name the sender.")
    if incoming.group:
        return line.passes(case, f"In a group the group's id stands there: {incoming.group}.")
    whom = incoming.sender or "the sender"
    return line.idle(case, f"It is the push nickname of {whom}, else the id.", f"Open {whom} to see the nickname.")


DIAGNOSTICS = Diagnostics(checks, edges, conversation_of)
