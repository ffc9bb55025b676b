"""All commands and their arguments, declared; importing this loads nothing that runs them."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Mapping

from pushtui.cli.sandbox_grammar import SANDBOX
from pushtui.cli.spec import Spec, nothing

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


def _history(parser: ArgumentParser) -> None:
    parser.add_argument("run", metavar="RUN", nargs="?", help="the first digits of a run's id")
    parser.add_argument("--limit", metavar="N", type=int, default=20, help="list at most N runs (default: 20)")
    parser.add_argument("--draft", action="store_true", help="write what the run sent as a draft file")


def _account_name(parser: ArgumentParser) -> None:
    parser.add_argument("name", metavar="NAME", help="the account's name")


def _account_secret(parser: ArgumentParser) -> None:
    _account_name(parser)
    parser.add_argument("--secret-stdin", action="store_true", help="read the secret from standard input")


def _account_add(parser: ArgumentParser) -> None:
    _account_secret(parser)
    parser.add_argument("--provider", metavar="NAME", default="rongcloud", help="the cloud (default: rongcloud)")
    parser.add_argument("--environment", choices=("live", "test"), required=True, help="whether its users are real")
    parser.add_argument("--region", metavar="NAME", default="", help="data centre, such as beijing or singapore")
    parser.add_argument("--app-key", metavar="KEY", required=True, help="the app's key at the provider")
    parser.add_argument("--base-url", metavar="URL", default="", help="another address than the region's")
    parser.add_argument("--zone", metavar="ZONE", default="", help="time zone of the provider's natural day")
    parser.add_argument("--protect", action="store_true", help="make the account itself read-only")


def _schema(parser: ArgumentParser) -> None:
    parser.add_argument("kind", metavar="KIND", nargs="?", default=DEFAULT_KIND, help=f"default: {DEFAULT_KIND}")


def _completion(parser: ArgumentParser) -> None:
    parser.add_argument("shell", metavar="SHELL", choices=("bash", "zsh"), help="bash or zsh")


ACCOUNT_ACTIONS: Mapping[str, Spec] = {
    "list": Spec("list the accounts"),
    "show": Spec("show an account, and where its secret comes from", arguments=_account_name),
    "add": Spec("add an account, and keep its secret in the keyring", arguments=_account_add),
    "secret": Spec("keep another secret for an account", arguments=_account_secret),
    "remove": Spec("forget an account and its secret", arguments=_account_name),
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
    "accounts": Spec(
        "list, add or remove accounts and their secrets",
        "accounts:accounts",
        "Setup",
        nothing,
        "A secret is asked for, or read from standard input; it is never an argument.\n"
        "Without ACTION the accounts are listed.",
        (
            "pushtui accounts add shop-test --environment test --region singapore \\",
            "    --app-key 0123456789abc",
            "pass rongcloud/shop | pushtui accounts secret shop-test --secret-stdin",
        ),
        ACCOUNT_ACTIONS,
    ),
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
