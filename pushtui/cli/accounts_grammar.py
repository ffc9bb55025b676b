"""The actions of `pushtui accounts` and their arguments, declared."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Mapping

from pushtui.cli.spec import Spec, nothing
from pushtui.providers.apps import APPS


def _name(parser: ArgumentParser) -> None:
    parser.add_argument("name", metavar="NAME", help="the account's name")


def _secret(parser: ArgumentParser) -> None:
    _name(parser)
    parser.add_argument("--secret-stdin", action="store_true", help="read the secret from standard input")


def _add(parser: ArgumentParser) -> None:
    _secret(parser)
    names = ", ".join(APPS)
    parser.add_argument("--provider", metavar="NAME", default="rongcloud", help=f"{names} (default: rongcloud)")
    parser.add_argument("--environment", choices=("live", "test"), required=True, help="whether its users are real")
    parser.add_argument("--region", metavar="NAME", default="", help="data centre, such as beijing or singapore")
    for spec in APPS.values():
        for one in spec.ids:
            option = f"--{one.key.replace('_', '-')}"
            parser.add_argument(option, metavar="ID", default="", help=f"{spec.title}: {one.help}")
    parser.add_argument("--base-url", metavar="URL", default="", help="another address than the region's")
    parser.add_argument("--zone", metavar="ZONE", default="", help="time zone of the provider's natural day")
    parser.add_argument("--push-zone", metavar="ZONE", default="", help="time zone that quiet times are read by")
    exchange = "Agora Chat: exchange the token, for clusters that take their own only"
    parser.add_argument("--token-exchange", action="store_true", help=exchange)
    parser.add_argument("--protect", action="store_true", help="make the account itself read-only")


ACCOUNT_ACTIONS: Mapping[str, Spec] = {
    "list": Spec("list the accounts"),
    "show": Spec("show an account, and where its secret comes from", arguments=_name),
    "add": Spec(
        "add an account, and keep its secret in the keyring",
        arguments=_add,
        details="Which ids an app has depends on the provider. Then see: pushtui accounts test",
        examples=(
            "pushtui accounts add shop --environment live --region beijing \\",
            "    --app-key 0123456789abc",
            "pushtui accounts add chat --provider agora --environment test \\",
            "    --base-url https://a1.agora.com --org-name 41000001 \\",
            "    --app-name 100002 --app-id 970ca35de60c44645bbae8a215061b33",
            "pushtui accounts add im --provider tencent --environment test \\",
            "    --region singapore --sdkappid 1400000000 --admin administrator",
        ),
    ),
    "test": Spec(
        "ask the provider one harmless question, and say what is wrong with the account",
        arguments=_name,
        details="Asks every host of the account. Nothing is changed, nothing is sent to anybody.\n"
        "The exit status is 1 if the account does not work at one of them.",
        examples=("pushtui accounts test shop",),
    ),
    "secret": Spec("keep another secret for an account", arguments=_secret),
    "remove": Spec("forget an account and its secret", arguments=_name),
}

ACCOUNTS = Spec(
    "list, add, test or remove accounts and their secrets",
    "accounts:accounts",
    "Setup",
    nothing,
    "A secret is asked for, or read from standard input; it is never an argument.\n"
    "Without ACTION the accounts are listed.",
    (
        "pushtui accounts add shop-test --environment test --region singapore \\",
        "    --app-key 0123456789abc",
        "pushtui accounts test shop-test",
        "pass rongcloud/shop | pushtui accounts secret shop-test --secret-stdin",
    ),
    ACCOUNT_ACTIONS,
)
