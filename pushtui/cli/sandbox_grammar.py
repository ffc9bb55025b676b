"""The actions of `pushtui sandbox` and their arguments, declared."""

from __future__ import annotations

from argparse import SUPPRESS, ArgumentParser
from collections.abc import Mapping

from pushtui.cli.spec import Spec

DEFAULT_PORT = 7788
DEFAULT_SEED = 1
ON_OFF = ("on", "off")
FILE = "FILE"


def serving(parser: ArgumentParser) -> None:
    """Add what counts where a sandbox is served; no defaults, so that what is given elsewhere can be refused."""
    for option, metavar, kind, text in (
        ("--port", "N", int, f"first of four ports; 0 takes free ones (default: {DEFAULT_PORT})"),
        ("--seed", "N", int, f"same seed, same ids and secrets (default: {DEFAULT_SEED})"),
        ("--state", FILE, str, "begin as FILE says if it is there, and keep the state there at the end"),
    ):
        parser.add_argument(option, metavar=metavar, type=kind, dest=f"serve_{option[2:]}", default=SUPPRESS, help=text)
    text = "switch rates and quotas off"
    parser.add_argument("--no-limits", action="store_true", dest="serve_no_limits", default=SUPPRESS, help=text)


def _inbox(parser: ArgumentParser) -> None:
    parser.add_argument("--push", metavar="ID", help="only the send with this id or message UID")
    parser.add_argument("--limit", metavar="N", type=int, default=20, help="list at most N sends (default: 20)")
    parser.add_argument("--follow", action="store_true", help="go on with each send as it arrives, until Ctrl+C")


def _reset(parser: ArgumentParser) -> None:
    parser.add_argument("--seed", metavar="N", type=int, help="go on with the ids of another seed")


def _people(parser: ArgumentParser) -> None:
    parser.add_argument("person", metavar="ID", nargs="?", help="a user id")
    parser.add_argument("--online", choices=ON_OFF, help="whether they are online")
    parser.add_argument("--language", metavar="TAG", help="what their handsets speak, such as fr or zh-CN")
    parser.add_argument("--handset", metavar="ID", help="change this handset of theirs only")
    parser.add_argument("--hides-details", choices=ON_OFF, help="whether it shows that something came, not what")
    parser.add_argument("--push-token", choices=ON_OFF, help="whether its vendor can reach it")


def _add_fault(parser: ArgumentParser) -> None:
    parser.add_argument("name", metavar="NAME", help="which fault; “pushtui sandbox faults” lists them")
    for option, metavar, text in (
        ("--cloud", "NAME", "rongcloud, agora or tencent (default: each)"),
        ("--path", "PATTERN", "shell pattern for the path below the cloud's base (default: *)"),
        ("--times", "N", "for how many requests, or “always” (default: 1)"),
        ("--probability", "P", "chance that a request is hit, from 0 to 1"),
        ("--accepted", "on|off", "whether the request is carried out, if not as is usual"),
        ("--seconds", "S", "how long, or how far"),
        ("--status", "CODE", "HTTP status: 500, 502, 503 or 504"),
        ("--retry-after", "TEXT", "value of the header Retry-After"),
    ):
        parser.add_argument(option, metavar=metavar, help=text)


def _clear_faults(parser: ArgumentParser) -> None:
    parser.add_argument("fault", metavar="ID", nargs="?", type=int, help="the number of a fault (default: all)")


def _settings(parser: ArgumentParser) -> None:
    parser.add_argument("settings", metavar="NAME[=VALUE]", nargs="*", help="show or change this one (default: all)")


def _freeze(parser: ArgumentParser) -> None:
    text = "such as 2026-11-22T12:00, in UTC or with a zone (default: where it is)"
    parser.add_argument("time", metavar="TIME", nargs="?", help=text)


def _advance(parser: ArgumentParser) -> None:
    text = "seconds, or a number with s, m, h or d: 90, 15m, 2h, 1d; seconds may be negative"
    parser.add_argument("duration", metavar="DURATION", help=text)


def _save(parser: ArgumentParser) -> None:
    parser.add_argument("file", metavar=FILE, help="where to; an earlier snapshot is replaced")
    parser.add_argument("--force", action="store_true", help="replace whatever the file holds")


def _load(parser: ArgumentParser) -> None:
    parser.add_argument("file", metavar=FILE, help="a file that “save” or --state wrote")


FAULT_ACTIONS: Mapping[str, Spec] = {
    "add": Spec(
        "set a fault",
        arguments=_add_fault,
        details="Each fault takes some of the options; what is left out has the fault's default.",
        examples=(
            "pushtui sandbox faults add answer-lost --cloud rongcloud --path '/push*'",
            "pushtui sandbox faults add html-5xx --status 503 --times always",
            "pushtui sandbox faults add latency --seconds 3 --probability 0.2",
        ),
    ),
    "clear": Spec(
        "remove a fault, or all, and release the requests they hold",
        arguments=_clear_faults,
        examples=("pushtui sandbox faults clear", "pushtui sandbox faults clear 3"),
    ),
}

CLOCK_ACTIONS: Mapping[str, Spec] = {
    "freeze": Spec("stop it", arguments=_freeze, examples=("pushtui sandbox clock freeze 2026-11-22T12:00",)),
    "follow": Spec("let it run with the real time"),
    "advance": Spec("move it forward, or back", arguments=_advance, examples=("pushtui sandbox clock advance 1h",)),
}

SANDBOX_ACTIONS: Mapping[str, Spec] = {
    "serve": Spec("serve one, as without ACTION", arguments=serving, details="Ends with Ctrl+C or SIGTERM."),
    "inbox": Spec(
        "list what was accepted, and what each handset showed or why not",
        arguments=_inbox,
        details="With --follow and --json each send is one line of JSON.",
        examples=("pushtui sandbox inbox --limit 1", "pushtui sandbox inbox --follow --json | jq .deliveries"),
    ),
    "state": Spec("tell where it is, its clock, its counts and what goes wrong"),
    "sends": Spec("count what was accepted and shown, whatever the clients were told"),
    "people": Spec(
        "list users and their handsets, or change one",
        arguments=_people,
        details="The same people use all three clouds.",
        examples=(
            "pushtui sandbox people",
            "pushtui sandbox people amelie --online on",
            "pushtui sandbox people zoe --handset zoe-hw --push-token off",
        ),
    ),
    "faults": Spec(
        "list what goes wrong and what can, or let it",
        details="Without ACTION the faults are listed.",
        actions=FAULT_ACTIONS,
    ),
    "settings": Spec(
        "list how the clouds behave, or change it",
        arguments=_settings,
        examples=(
            "pushtui sandbox settings rongcloud.day_zone",
            "pushtui sandbox settings limits=off rongcloud.day_zone=Asia/Shanghai",
        ),
    ),
    "clock": Spec("tell its time, freeze it or move it", actions=CLOCK_ACTIONS),
    "reset": Spec("bring it back to its beginning", arguments=_reset),
    "save": Spec(
        "keep all that it remembers in a file",
        arguments=_save,
        details="No secret is in it. “pushtui sandbox --state FILE” begins from it.",
    ),
    "load": Spec("bring back what a file keeps", arguments=_load),
}

SANDBOX = Spec(
    "serve the emulated clouds, or look into them",
    "sandbox:sandbox",
    "Setup",
    serving,
    "Without ACTION it serves RongCloud, Agora Chat and Tencent Chat on this machine\n"
    "only, until Ctrl+C, and prints their addresses and ready-made apps; with --json\n"
    "as one line. The other actions ask the sandbox that runs, or change it.",
    (
        "pushtui sandbox",
        "pushtui sandbox --port 0 --json --no-limits",
        "pushtui sandbox inbox --follow",
        "pushtui sandbox faults add answer-lost",
    ),
    SANDBOX_ACTIONS,
)
