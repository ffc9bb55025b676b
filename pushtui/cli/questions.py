"""Questions to the person at the terminal; no answer is never a yes."""

from __future__ import annotations

import getpass
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pushtui.domain.errors import Refused, SecretUnavailable
from pushtui.domain.secret import Secret

if TYPE_CHECKING:
    from pushtui.cli.output import Output
    from pushtui.domain.confirmation import Ritual

LONGEST_SECRET = 4096


def at_terminal() -> bool:
    """Tell whether somebody can be asked: questions and answers both go through a terminal."""
    return all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stderr))


def answer_to(question: str, output: Output) -> str:
    """Ask, and return what was typed; a lost terminal or the end of input is an empty answer."""
    output.ask(question)
    try:
        return sys.stdin.readline().strip()
    except (OSError, UnicodeDecodeError):
        return ""


@dataclass(frozen=True, slots=True)
class Deed:
    """What a person confirms, in words."""

    to_do: str
    otherwise: str
    not_done: str


SENDING = Deed("send", "anything else sends nothing", "Nothing was sent.")
PLANNING_AGAIN = Deed("plan that once more", "anything else changes nothing", "Nothing was changed.")


def confirmation(ritual: Ritual, deed: Deed, given: str | None, output: Output, *, can_ask: bool = True) -> str:
    """Return what confirms a deed: what --confirm gave, or what a person types at the terminal. Raises Refused."""
    if given is not None:
        if not ritual.accepts(given):
            raise Refused(f"--confirm: “{given}” is given, “{ritual.phrase}” is needed. {deed.not_done}")
        return given
    if not can_ask or not at_terminal():
        raise Refused(f"There is nobody to ask. To {deed.to_do}, give --confirm “{ritual.phrase}”. {deed.not_done}")
    wanted = f"“{ritual.phrase}”" if ritual.key is None else f"“{ritual.phrase}”, or just “{ritual.key}”,"
    output.note("")
    typed = answer_to(f"Type {wanted} to {deed.to_do}; {deed.otherwise}: ", output)
    if not ritual.accepts(typed) and typed != ritual.key:
        raise Refused(f"Not confirmed. {deed.not_done}")
    return typed


def ask_secret(question: str) -> Secret:
    """Ask for a secret without showing it. Raises Refused without a terminal."""
    if not at_terminal():
        raise Refused("There is no terminal to ask for the secret at. Give it to standard input with --secret-stdin.")
    try:
        typed = getpass.getpass(question)
    except (EOFError, OSError):
        typed = ""
    return _checked(typed)


def secret_from_standard_input() -> Secret:
    """Read a secret from standard input: one line, its end not counted."""
    if sys.stdin is None:
        raise SecretUnavailable("Standard input is closed; there is no secret to read.")
    try:
        return _checked(sys.stdin.read(LONGEST_SECRET + 1).rstrip("\r\n"))
    except UnicodeDecodeError:
        raise SecretUnavailable("What standard input holds is not text.") from None


def _checked(typed: str) -> Secret:
    secret = typed.strip()
    if not secret:
        raise SecretUnavailable("No secret was given; nothing was changed.")
    if len(secret) > LONGEST_SECRET or not secret.isprintable():
        raise SecretUnavailable("A secret is one line of text; more was given. Nothing was changed.")
    return Secret(secret)
