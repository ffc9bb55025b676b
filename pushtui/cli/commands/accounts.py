"""Accounts and their secrets."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import TYPE_CHECKING

from pushtui.cli.context import Context
from pushtui.cli.documents import account_document
from pushtui.cli.exits import Exit
from pushtui.cli.questions import ask_secret, secret_from_standard_input
from pushtui.cli.session import Session
from pushtui.cli.text import Line, Span, Style, entry, environment_words, heading, table
from pushtui.domain.errors import SandboxError, SecretUnavailable
from pushtui.providers.apps import APPS, provider_title
from pushtui.services.account_table import account_of
from pushtui.services.account_tests import Standing, Verdict
from pushtui.services.sandbox_link import ACCOUNT_NAME
from pushtui.services.time_words import seconds

if TYPE_CHECKING:
    from pushtui.domain.account import Account
    from pushtui.domain.json_body import JsonObject
    from pushtui.domain.secret import Secret

Action = Callable[[Namespace, Context, Session], int]

_OPTIONS = ("region", "base_url", "zone", "push_zone", "token_exchange")
_STANDING = {
    Standing.WORKS: Style.GOOD,
    Standing.LIMITED: Style.DOUBTFUL,
    Standing.REFUSED: Style.BAD,
    Standing.UNCERTAIN: Style.DOUBTFUL,
}


def accounts(given: Namespace, context: Context) -> int:
    """Do what is asked with the accounts; list them if nothing is."""
    action = given.action or "list"
    if action not in ("list", "show", "test"):
        context.refuse_if_read_only(f"`accounts {action}`")
    with Session(context) as session:
        return ACTIONS[action](given, context, session)


def _list(_given: Namespace, context: Context, session: Session) -> int:
    with suppress(SandboxError):  # None runs: then there is no account for it either.
        session.attach_sandbox(ACCOUNT_NAME)
    found = session.do(session.services.accounts.list())
    lines: list[Line] = [*table([_row(account) for account in found])]
    context.output.answer(
        {"accounts": [account_document(account) for account in found]},
        lines or ["There are no accounts yet. See: pushtui accounts add --help"],
    )
    return Exit.DONE


def _show(given: Namespace, context: Context, session: Session) -> int:
    session.attach_sandbox(given.name)
    account = session.do(session.services.accounts.get(given.name))
    place, problem = _place(session, given.name)
    document: JsonObject = {**account_document(account), "secret": {"place": place, "problem": problem}}
    context.output.answer(document, _described(account, place or problem))
    return Exit.DONE


def _add(given: Namespace, context: Context, session: Session) -> int:
    values: dict[str, object] = {"provider": given.provider, "environment": given.environment}
    ids = [one.key for spec in APPS.values() for one in spec.ids]
    optional = {key: getattr(given, key) for key in (*_OPTIONS, *ids)} | {"read_only": given.protect}
    account = account_of(given.name, values | {key: value for key, value in optional.items() if value})
    place = session.do(session.services.accounts.add(account, _secret(given, account)))
    context.output.answer(
        {"added": account_document(account), "secret": {"place": place}},
        [f"“{account.name}” is added; its secret is in: {place}."],
    )
    return Exit.DONE


def _change_secret(given: Namespace, context: Context, session: Session) -> int:
    account = session.do(session.services.accounts.get(given.name))
    place = session.do(session.services.accounts.set_secret(given.name, _secret(given, account)))
    context.output.answer(
        {"name": given.name, "secret": {"place": place}}, [f"The secret of “{given.name}” is in: {place}."]
    )
    return Exit.DONE


def _remove(given: Namespace, context: Context, session: Session) -> int:
    session.do(session.services.accounts.remove(given.name))
    context.output.answer({"removed": given.name}, [f"“{given.name}” is removed, with its secret."])
    return Exit.DONE


def _test(given: Namespace, context: Context, session: Session) -> int:
    session.attach_sandbox(given.name)
    verdicts = session.do(session.services.account_tests.test(given.name))
    lines: list[Line] = [line for verdict in verdicts for line in _verdict_lines(verdict)]
    works = all(verdict.standing.good for verdict in verdicts)
    context.output.answer(
        {"name": given.name, "works": works, "hosts": [_verdict_document(verdict) for verdict in verdicts]}, lines
    )
    return Exit.DONE if works else Exit.FAILED


def _verdict_lines(verdict: Verdict) -> list[Line]:
    took = f", {seconds(verdict.elapsed)}" if verdict.elapsed is not None else ""
    mark = Span(f"{verdict.standing.mark} {verdict.title}", _STANDING[verdict.standing])
    return [(mark, f"  {verdict.host}{took}"), f"  {verdict.words}"]


def _verdict_document(verdict: Verdict) -> JsonObject:
    return {
        "host": verdict.host,
        "works": verdict.standing.good,
        "standing": verdict.standing.value,
        "title": verdict.title,
        "message": verdict.words,
        "seconds": verdict.elapsed,
        "clock_ahead_seconds": verdict.ahead.total_seconds() if verdict.ahead is not None else None,
    }


ACTIONS: Mapping[str, Action] = {
    "list": _list,
    "show": _show,
    "add": _add,
    "test": _test,
    "secret": _change_secret,
    "remove": _remove,
}


def _secret(given: Namespace, account: Account) -> Secret:
    if given.secret_stdin:
        return secret_from_standard_input()
    return ask_secret(f"{_secret_title(account)} of “{account.name}” (not shown): ")


def _secret_title(account: Account) -> str:
    """Return what the provider calls the secret, as a sentence begins."""
    title = APPS[account.provider].secret(account.ids)
    return title[:1].upper() + title[1:]


def _place(session: Session, name: str) -> tuple[str, str]:
    """Return where an account's secret is, or why there is none."""
    try:
        return session.do(session.services.accounts.secret(name)).place, ""
    except SecretUnavailable as error:
        return "", error.message


def _row(account: Account) -> tuple[str | Span, ...]:
    where = account.region or account.hosts[0]
    locked = "read-only" if account.read_only else ""
    title = provider_title(account.provider)
    return (account.name, environment_words(account.environment), title, account.app_id, where, locked)


def _described(account: Account, secret: str) -> list[Line]:
    return [
        heading(account.name),
        entry("environment", environment_words(account.environment)),
        entry("provider", provider_title(account.provider)),
        *(entry(label.replace("_", " "), value) for label, value in account.ids.items()),
        *(entry("host", host) for host in account.hosts),
        entry("region", account.region or "none"),
        entry("zone", account.zone),
        entry("push zone", account.push_zone_words),
        entry("read-only", "yes" if account.read_only else "no"),
        entry("secret", f"{_secret_title(account)}: {secret}"),
    ]
