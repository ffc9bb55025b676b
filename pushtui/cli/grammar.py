"""All commands and their arguments, declared; importing this loads nothing that runs them."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Mapping

from pushtui.cli.accounts_grammar import ACCOUNTS
from pushtui.cli.sandbox_grammar import SANDBOX
from pushtui.cli.spec import Spec, nothing
from pushtui.cli.users_grammar import USERS

PROGRAM = "pushtui"
DEFAULT_KIND = "rongcloud.push"
DRAFT = "DRAFT"
DRAFT_HELP = "a file, the name of a draft in the drafts folder, or - for standard input"


def _draft(parser: ArgumentParser) -> None:
    parser.add_argument("draft", metavar=DRAFT, help=DRAFT_HELP)
    _account(parser)


def _account(parser: ArgumentParser) -> None:
    parser.add_argument("--account", metavar="NAME", help="use this account instead of the draft's")


def _console(parser: ArgumentParser) -> None:
    parser.add_argument("draft", metavar=DRAFT, nargs="?", help="a file, or the name of a draft in the drafts folder")
    parser.add_argument("--account", metavar="NAME", help="compose for this account")
    parser.add_argument("--theme", metavar="NAME", help="colours, such as dark, light or colour-blind")


def _demo(parser: ArgumentParser) -> None:
    parser.add_argument("--theme", metavar="NAME", help="colours, such as dark, light or colour-blind")


def _new(parser: ArgumentParser) -> None:
    parser.add_argument("--kind", metavar="KIND", default=DEFAULT_KIND, help=f"kind of draft (default: {DEFAULT_KIND})")
    parser.add_argument("--account", metavar="NAME", default="sandbox", help="account to send with (default: sandbox)")


def _send(parser: ArgumentParser) -> None:
    _draft(parser)
    parser.add_argument("--plan", metavar="DIGEST", help="send only if this is still the plan, as “plan” showed it")
    parser.add_argument("--confirm", metavar="PHRASE", help="confirm without being asked, as “plan” says")
    parser.add_argument("--detach", action="store_true", help="send in a process of its own, which no terminal ends")


def _history(parser: ArgumentParser) -> None:
    parser.add_argument("run", metavar="RUN", nargs="?", help="the first digits of a run's id")
    parser.add_argument("--limit", metavar="N", type=int, default=20, help="list at most N runs (default: 20)")
    parser.add_argument("--draft", action="store_true", help="write what the run sent as a draft file")


def _run(parser: ArgumentParser) -> None:
    parser.add_argument("run", metavar="RUN", help="the first digits of the run's id")


def _run_resume(parser: ArgumentParser) -> None:
    _run(parser)
    parser.add_argument("--confirm", metavar="PHRASE", help="confirm without being asked; a refusal names the phrase")
    parser.add_argument("--detach", action="store_true", help="send in a process of its own, which no terminal ends")


def _run_results(parser: ArgumentParser) -> None:
    _run(parser)
    states = ("accepted", "rejected", "unknown", "planned", "in flight")
    parser.add_argument("--format", choices=("csv", "json"), default="csv", help="csv (the default) or json")
    parser.add_argument(
        "--state", metavar="STATE", choices=states, action="append", help="only those; may be given more than once"
    )
    parser.add_argument("--user", metavar="ID", default="", help="only the recipient with this user id")


def _run_retry(parser: ArgumentParser) -> None:
    _run(parser)
    parser.add_argument("--reason", metavar="TEXT", required=True, help="why that is safe, or wanted; it is kept")
    parser.add_argument("--confirm", metavar="PHRASE", help="confirm without being asked; a refusal names the phrase")


def _run_draft(parser: ArgumentParser) -> None:
    _run(parser)
    parser.add_argument("file", metavar="FILE", help="where the new draft goes; its recipients go beside it")


def _schema(parser: ArgumentParser) -> None:
    parser.add_argument("kind", metavar="KIND", nargs="?", default=DEFAULT_KIND, help=f"default: {DEFAULT_KIND}")


def _recipients(parser: ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE", nargs="?", help="CSV, TSV, JSON Lines or Excel file, or - for text")
    parser.add_argument("--draft", metavar=DRAFT, help="look at them for this draft; without FILE, at its own")
    parser.set_defaults(account=None)
    parser.add_argument("--user", metavar="COLUMN", default="", help="the column that holds the user ids")
    value = "the column that fills a placeholder; may be repeated"
    parser.add_argument("--value", metavar="NAME=COLUMN", action="append", default=[], help=value)
    parser.add_argument("--format", metavar="FORMAT", default="", help="csv, tsv, jsonl, xlsx or lines")
    parser.add_argument("--encoding", metavar="NAME", default="", help="utf-8, utf-16 or gb18030")
    parser.add_argument("--sheet", metavar="NAME", default="", help="sheet of an Excel file")
    parser.add_argument("--person", metavar="N", type=int, help="show what the Nth of them reads")
    parser.add_argument("--worst", action="store_true", help="show what is read by those with most and least text")


def _completion(parser: ArgumentParser) -> None:
    parser.add_argument("shell", metavar="SHELL", choices=("bash", "zsh"), help="bash or zsh")


RUN_ACTIONS: Mapping[str, Spec] = {
    "list": Spec("list the runs that go to people by name, and how far they are"),
    "show": Spec("show how far a run is, and what can be done with it", arguments=_run),
    "watch": Spec("follow a run until it ends or stops; ending this does not end the run", arguments=_run),
    "pause": Spec("let a run wait; no further request leaves", arguments=_run),
    "resume": Spec(
        "end a pause, or send what is still planned",
        arguments=_run_resume,
        details="What was accepted, rejected or is unknown is not sent again. Sending has to be\n"
        "confirmed for as many as are left, and RUN be 8 characters of the id at least.",
    ),
    "stop": Spec("end the sending of a run; the rest stays planned", arguments=_run),
    "results": Spec(
        "list every recipient with state, message UID and reason",
        arguments=_run_results,
        details="In CSV a cell that a spreadsheet could take for a formula begins with an\n"
        "apostrophe, and characters that nobody sees are shown. JSON is exact.",
    ),
    "retry-unknown": Spec(
        "plan requests once more whose outcome is unknown",
        arguments=_run_retry,
        details="People may get the same twice, so look first whether they got it. Sends nothing yet.",
    ),
    "draft-rejected": Spec("write a new draft for those who were rejected", arguments=_run_draft),
}

COMMANDS: Mapping[str, Spec] = {
    "console": Spec(
        "open the console, on a draft if one is given",
        "console:console",
        "Console",
        _console,
        examples=("pushtui", "pushtui console launch.json --account shop-live"),
    ),
    "demo": Spec(
        "open the console on a sandbox of its own",
        "console:demo",
        "Console",
        _demo,
        "Needs no account and no network. The sandbox ends with the console.",
    ),
    "new": Spec(
        "write an empty draft",
        "drafts:new",
        "Drafts",
        _new,
        examples=("pushtui new > launch.json", "pushtui new --account shop-live > launch.json"),
    ),
    "check": Spec(
        "list all that is wrong or doubtful about a draft",
        "drafts:check",
        "Drafts",
        _draft,
        "Needs neither account nor network. The exit status is 1 if there are errors.",
        ("pushtui check launch.json", "pushtui check --json - < launch.json"),
    ),
    "drafts": Spec("list the drafts in the drafts folder", "drafts:drafts", "Drafts"),
    "recipients": Spec(
        "look at a file of recipients: columns, findings, what people read",
        "recipients:recipients",
        "Drafts",
        _recipients,
        "Needs neither account nor network. Says what the columns probably mean, lists\n"
        "what is wrong with line numbers, and writes the part of a draft that names the\n"
        "file. The exit status is 1 if there are errors.",
        (
            "pushtui recipients people.csv",
            "pushtui recipients people.xlsx --draft welcome.json --value name=first_name",
            "pushtui recipients --draft welcome.json --worst",
        ),
    ),
    "schema": Spec(
        "write the JSON Schema of a kind of draft, for editors",
        "drafts:schema",
        "Drafts",
        _schema,
        examples=("pushtui schema rongcloud.push > rongcloud.push.schema.json",),
    ),
    "plan": Spec(
        "show exactly what would be sent, to whom, at what cost",
        "pushes:plan",
        "Pushes",
        _draft,
        "Shows the findings, the reach, the quotas, the request, the same as a curl\n"
        "command, the plan's digest, and the phrase that confirms. Sends nothing.",
        ("pushtui plan launch.json", "pushtui plan launch.json --json | jq -r .digest"),
    ),
    "send": Spec(
        "plan, confirm and send a draft, at most once",
        "pushes:send",
        "Pushes",
        _send,
        "Asks on a terminal. Without one, --confirm must hold the phrase that “plan”\n"
        "shows. The exit status is 0 if the push was accepted, 1 if it was refused or\n"
        "rejected, and 3 if it may have been accepted: look before you send again.",
        (
            "pushtui send launch.json",
            'pushtui send launch.json --plan 3f2a9c1b04de --confirm "live 12"',
        ),
    ),
    "history": Spec(
        "list what was sent, or show one run",
        "history:history",
        "Pushes",
        _history,
        examples=("pushtui history", "pushtui history 1a2b3c4d", "pushtui history 1a2b3c4d --draft > again.json"),
    ),
    "runs": Spec(
        "watch, pause, stop and resume runs to many people",
        "runs:runs",
        "Pushes",
        nothing,
        "A run goes on request by request; whatever ends it, it can be resumed, and\n"
        "nothing is sent twice. Without ACTION the runs are listed. `watch` and `resume`\n"
        "end with 0 if all were accepted, 3 if anything is unknown, else with 1.",
        (
            "pushtui send launch.json --detach",
            "pushtui runs watch 1a2b3c4d",
            "pushtui runs results 1a2b3c4d --state rejected > rejected.csv",
        ),
        RUN_ACTIONS,
    ),
    "users": USERS,
    "accounts": ACCOUNTS,
    "sandbox": SANDBOX,
    "doctor": Spec("look at folders, journal, keyring and sandbox", "doctor:doctor", "Setup"),
    "completion": Spec(
        "write the completion script of a shell",
        "completion:completion",
        "Setup",
        _completion,
        examples=('eval "$(pushtui completion bash)"', "pushtui completion zsh > ~/.zfunc/_pushtui"),
    ),
}
