"""The actions of `pushtui users` that change something, and their arguments, declared."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Mapping

from pushtui.cli.spec import Spec, nothing

CONFIRM_HELP = "confirm without being asked, by the phrase that is shown"
PLACE_HELP = "what the setting is for: user/anna or group/42, or at RongCloud all of a kind: group"


def _account(parser: ArgumentParser) -> None:
    parser.add_argument("--account", metavar="NAME", help="the account; needed if there is more than one")


def _user(parser: ArgumentParser) -> None:
    parser.add_argument("user", metavar="ID", help="the user's id")


def _change(parser: ArgumentParser) -> None:
    _account(parser)
    parser.add_argument("--confirm", metavar="PHRASE", help=CONFIRM_HELP)


def _setting(parser: ArgumentParser) -> None:
    parser.add_argument("setting", metavar="SETTING", help="what to change; “pushtui users settings” lists them")


def _place(parser: ArgumentParser) -> None:
    parser.add_argument("--conversation", metavar="KIND/ID", default="", help=PLACE_HELP)


def _set(parser: ArgumentParser) -> None:
    _user(parser)
    _setting(parser)
    parser.add_argument("value", metavar="VALUE", help="the new value")
    _place(parser)
    _change(parser)


def _clear(parser: ArgumentParser) -> None:
    _user(parser)
    _setting(parser)
    _place(parser)
    _change(parser)


def _set_many(parser: ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE", help="the users: CSV, TSV, JSON Lines, Excel, or one id a line; or -")
    _setting(parser)
    parser.add_argument("value", metavar="VALUE", nargs="?", help="the new value, the same for all")
    parser.add_argument("--clear", action="store_true", help="have nothing set, in place of VALUE")
    parser.add_argument("--column", metavar="NAME", default="", help="the file's column that holds the ids")
    _place(parser)
    _change(parser)
    parser.add_argument("--detach", action="store_true", help="go on in a process of its own, which no terminal ends")


def _undo(parser: ArgumentParser) -> None:
    parser.add_argument("change", metavar="CHANGE", help="the first digits of a change's id")
    parser.add_argument("--confirm", metavar="PHRASE", help=CONFIRM_HELP)


def _changes(parser: ArgumentParser) -> None:
    parser.add_argument("change", metavar="CHANGE", nargs="?", help="the first digits of a change's id")
    read_back = "read the setting of that change again, whose outcome is unknown, and keep what it is"
    parser.add_argument("--read-back", action="store_true", help=read_back)
    parser.add_argument("--user", metavar="ID", default="", help="only changes of this user")
    parser.add_argument("--limit", metavar="N", type=int, default=20, help="list at most N changes (default: 20)")


def _tags(parser: ArgumentParser) -> None:
    _user(parser)
    parser.add_argument("tags", metavar="TAG", nargs="*", help="the tags")
    _change(parser)


def _listed(parser: ArgumentParser) -> None:
    _user(parser)
    _account(parser)


def _set_aliases(parser: ArgumentParser) -> None:
    _user(parser)
    parser.add_argument("aliases", metavar="SENDER=NAME", nargs="*", help="a sender's id, and the name shown for it")
    file = "a file with SENDER=NAME, one a line, or with RongCloud's own JSON list; - for standard input"
    parser.add_argument("--file", metavar="FILE", help=file)
    _change(parser)


def _remove_aliases(parser: ArgumentParser) -> None:
    _user(parser)
    parser.add_argument("senders", metavar="SENDER", nargs="+", help="whose own name shall show again")
    _change(parser)


TAG_ACTIONS: Mapping[str, Spec] = {
    "list": Spec("list a user's tags", arguments=_listed),
    "set": Spec(
        "give a user exactly these tags",
        arguments=_tags,
        details="Tags that are not named are taken away; the difference is shown first. Without\n"
        "TAG all are. The clouds that have tags are RongCloud and Tencent Chat.",
        examples=("pushtui users tags set anna vip beta --account shop-live",),
    ),
    "add": Spec("add tags to those that a user has", arguments=_tags),
    "remove": Spec("take some of a user's tags away", arguments=_tags),
}

ALIAS_ACTIONS: Mapping[str, Spec] = {
    "list": Spec("list the names that a user sees for senders", arguments=_listed),
    "set": Spec(
        "set names that a user sees for senders; others stay",
        arguments=_set_aliases,
        details="A hundred go in one request. SENDER= takes a name away. RongCloud only.",
        examples=(
            "pushtui users aliases set uid1 user11=remark1 user12=remark2",
            "pushtui users aliases set uid1 --file names.txt --account shop-live",
        ),
    ),
    "remove": Spec("take away names that a user sees for senders", arguments=_remove_aliases),
}

CHANGE_ACTIONS: Mapping[str, Spec] = {
    "settings": Spec("list the settings that can be changed, and how their values are written", arguments=_account),
    "set": Spec(
        "change one setting of a user",
        arguments=_set,
        details="Reads the setting, shows the difference, asks, sends only what changes, and reads\n"
        "it back. The exit status is 0 if it is as wanted, 3 if nobody knows, else 1.",
        examples=(
            "pushtui users set anna mode NONE --account shop-agora",
            "pushtui users set anna quiet-for 8h --conversation group/42 --account shop-agora",
            'pushtui users set anna quiet-hours "22:00-08:00 5" --account shop-live --confirm "live 1"',
        ),
    ),
    "clear": Spec(
        "bring one setting of a user back to nothing set",
        arguments=_clear,
        examples=("pushtui users clear anna quiet-time --account shop-agora",),
    ),
    "set-many": Spec(
        "set the same for all users of a list, by a run",
        arguments=_set_many,
        details="Settings of RongCloud: tags, quiet-hours, dnd. What each of them has is replaced and\n"
        "not read first, so it cannot be taken back: export it before. Nobody looks whether\n"
        "the users exist. An empty VALUE is refused; --clear has a phrase of its own. The run\n"
        "is paced, can be paused and resumed, and is in the history: pushtui runs.",
        examples=(
            "pushtui users export --file people.csv --account shop-live --only tags > before.csv",
            'pushtui users set-many people.csv tags vip,beta --account shop-live --confirm "live 250"',
        ),
    ),
    "tags": Spec("list, set, add or remove a user's tags", arguments=nothing, actions=TAG_ACTIONS),
    "aliases": Spec(
        "list, set or remove the names that a user sees for senders", arguments=nothing, actions=ALIAS_ACTIONS
    ),
    "changes": Spec(
        "list the changes that were made, or show one",
        arguments=_changes,
        details="A change that was cut off or got no answer is unknown; it is never sent again. With\n"
        "--read-back the setting is read, and if it is as wanted the change can be undone.",
        examples=("pushtui users changes 1a2b3c4d --read-back",),
    ),
    "undo": Spec(
        "bring back what was before a change",
        arguments=_undo,
        details="Shows the difference and asks. Refused if the setting changed since.",
        examples=("pushtui users undo 1a2b3c4d",),
    ),
}
