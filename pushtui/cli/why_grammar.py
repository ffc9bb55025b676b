"""`pushtui users why` and its arguments, declared."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Mapping

from pushtui.cli.spec import Spec


def _why(parser: ArgumentParser) -> None:
    parser.add_argument("user", metavar="ID", help="the user's id")
    parser.add_argument("--account", metavar="NAME", help="ask this account only")
    parser.add_argument("--from", metavar="SENDER", dest="sender", default="", help="who sends the message")
    parser.add_argument("--group", metavar="ID", default="", help="the group that it is sent to")
    mention = parser.add_mutually_exclusive_group()
    mention.add_argument("--mention", action="store_true", help="it mentions the user by name")
    mention.add_argument("--mention-all", action="store_true", help="it mentions everybody")
    mention.add_argument("--no-mention", action="store_true", help="it mentions nobody")
    parser.add_argument("--forced", action="store_true", help="it passes through do-not-disturb, at Agora Chat")
    push = "a run of the history, by the first digits of its id, or a draft, instead of a message"
    parser.add_argument("--push", metavar="RUN|DRAFT", default="", help=push)
    at = "the moment by the cloud's clock: 22:30, 2026-11-22T22:30, or +2h (default: now, or when the run left)"
    parser.add_argument("--at", metavar="TIME", default="", help=at)
    parser.add_argument("--timeline", action="store_true", help="show the 24 hours that follow, too")


WHY_ACTIONS: Mapping[str, Spec] = {
    "why": Spec(
        "explain why a user gets a push or does not, line by line",
        arguments=_why,
        details="Reads the user's settings and judges them in the cloud's own order. The verdict\n"
        "names the first line that fails, until when it holds, and what comes then. What\n"
        "no cloud tells stays open. The exit status is 0 whatever the verdict.",
        examples=(
            "pushtui users why anna --account shop-live --from bob",
            "pushtui users why anna --group 42 --no-mention --at 22:30 --timeline",
            "pushtui users why anna --push 1a2b3c4d",
        ),
    ),
}
