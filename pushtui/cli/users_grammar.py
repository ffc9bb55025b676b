"""The actions of `pushtui users` and their arguments, declared."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Mapping

from pushtui.cli.changes_grammar import CHANGE_ACTIONS
from pushtui.cli.spec import Spec, nothing
from pushtui.cli.why_grammar import WHY_ACTIONS

CONVERSATION_HELP = "also this conversation, such as user/anna or group/42; may be repeated"


def account(parser: ArgumentParser) -> None:
    """Add the option that names one account."""
    parser.add_argument("--account", metavar="NAME", help="ask this account only")


def _what(parser: ArgumentParser) -> None:
    account(parser)
    parser.add_argument("--conversation", metavar="KIND/ID", action="append", default=[], help=CONVERSATION_HELP)
    parser.add_argument(
        "--conversations", metavar="FILE", help="the conversations of a file, one a line; - for standard input"
    )
    label = "whether the user has this push label of Agora Chat; may be repeated"
    parser.add_argument("--label", metavar="NAME", action="append", default=[], help=label)
    only = "ask for this value only, such as mode or tags; may be repeated"
    parser.add_argument("--only", metavar="VALUE", action="append", default=[], help=only)


def _show(parser: ArgumentParser) -> None:
    parser.add_argument("user", metavar="ID", help="the user's id")
    _what(parser)


def _compare(parser: ArgumentParser) -> None:
    parser.add_argument("users", metavar="ID", nargs="+", help="two users or more")
    parser.add_argument("--differences", action="store_true", help="leave out what is the same for all")
    _what(parser)


def _export(parser: ArgumentParser) -> None:
    parser.add_argument("users", metavar="ID", nargs="*", help="users' ids")
    parser.add_argument("--file", metavar="FILE", help="the ids of a file: CSV, TSV, JSON Lines, Excel, or one a line")
    parser.add_argument("--column", metavar="NAME", default="", help="the file's column that holds the ids")
    parser.add_argument("--format", choices=("csv", "json"), default="csv", help="csv (the default) or json")
    _what(parser)


PROFILE_ACTIONS: Mapping[str, Spec] = {
    "show": Spec(
        "show all push settings of a user, at every account that can be asked",
        arguments=_show,
        details="Each value says where it comes from. What could not be read, or what a cloud\n"
        "cannot tell, says why. The exit status is 1 if anything could not be read.",
        examples=(
            "pushtui users show anna",
            "pushtui users show anna --account shop-live --conversation user/bob",
        ),
    ),
    "compare": Spec(
        "show the settings of several users side by side",
        arguments=_compare,
        examples=("pushtui users compare anna bob --account shop-live --differences",),
    ),
    "export": Spec(
        "write the settings of many users as CSV or JSON",
        arguments=_export,
        details="Users are asked about a few at a time, as fast as the cloud allows, and\n"
        "written in their order as they are read.",
        examples=(
            "pushtui users export anna bob --account shop-live",
            "pushtui users export --file people.csv --account shop-live --format json",
        ),
    ),
}

USERS = Spec(
    "show a user's push settings, and why no push came",
    "users:users",
    "Users",
    nothing,
    examples=("pushtui users show anna",),
    actions={**PROFILE_ACTIONS, **WHY_ACTIONS, **CHANGE_ACTIONS},
)
