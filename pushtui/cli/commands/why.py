"""Why a user gets a push, or does not."""

from __future__ import annotations

import re
from argparse import Namespace
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, TypeAlias

from pushtui.cli.commands.profiles import accounts_asked
from pushtui.cli.diagnosis_views import answer_document, answer_lines
from pushtui.cli.draft_argument import read_draft
from pushtui.cli.exits import Exit
from pushtui.domain.diagnosis import Incoming
from pushtui.domain.errors import UsageError
from pushtui.services.explaining import Question

if TYPE_CHECKING:
    from pushtui.cli.context import Context
    from pushtui.cli.session import Session
    from pushtui.services.asked_pushes import AskedPush

Action: TypeAlias = "Callable[[Namespace, Context, Session], int]"

_RUN = re.compile(r"[0-9a-f-]{1,36}")
_OF_A_MESSAGE = ("sender", "group", "mention", "mention_all", "no_mention", "forced")


def _why(given: Namespace, context: Context, session: Session) -> int:
    push = _push(given, context, session) if given.push else None
    if push is not None and not given.account:
        given.account = push.account
    question = Question(given.user, _message(given), push, given.at)
    answers = session.do(session.services.explaining.everywhere(accounts_asked(given, session), question))
    document = {"user": given.user, "diagnoses": [answer_document(answer) for answer in answers]}
    lines = [line for answer in answers for line in ("", *answer_lines(answer, given.user, timeline=given.timeline))]
    context.output.answer(document, lines[1:])
    return Exit.DONE if any(answer.explanation for answer in answers) else Exit.FAILED


def _message(given: Namespace) -> Incoming:
    """Return the message that the options describe; whom it mentions is known if one of them says so."""
    said = given.mention or given.mention_all or given.no_mention
    return Incoming(
        given.sender,
        given.group,
        given.mention if said else None,
        given.mention_all if said else None,
        given.forced,
    )


def _push(given: Namespace, context: Context, session: Session) -> AskedPush:
    """Find the run or read the draft; a draft is a file, or the name of one."""
    for name in _OF_A_MESSAGE:
        if getattr(given, name):
            option = "from" if name == "sender" else name.replace("_", "-")
            raise UsageError(f"--{option} describes a message, and --push names a push; give one of them.")
    pushes = session.services.explaining.pushes
    if _RUN.fullmatch(given.push) and given.push != "-":
        return session.do(pushes.of_run(given.push, given.user))
    draft = read_draft(Namespace(draft=given.push, account=None), context.paths)
    return session.do(pushes.of_draft(draft, given.user))


WHY_ACTIONS: Mapping[str, Action] = {"why": _why}
