"""What the clouds tell of users: shown, compared, exported."""

from __future__ import annotations

import re
from argparse import Namespace
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from pushtui.cli.exits import Exit
from pushtui.cli.profile_lists import is_lacking, write_csv, write_json
from pushtui.cli.profile_views import comparison_document, comparison_lines, look_document, look_lines
from pushtui.cli.standard_input import STANDARD_INPUT, read_standard_input
from pushtui.domain.conversation import parse_conversation
from pushtui.domain.errors import AccountError, SandboxError, UsageError
from pushtui.domain.recipient import RecipientSource
from pushtui.services.profile_comparison import Comparison, compared
from pushtui.services.profile_export import exported, readable_names
from pushtui.services.profiles import Look, Wanted
from pushtui.services.recipients.inspecting import pasted
from pushtui.services.sandbox_link import ACCOUNT_NAME
from pushtui.services.user_lists import listed_users

if TYPE_CHECKING:
    from pushtui.cli.context import Context
    from pushtui.cli.session import Session
    from pushtui.cli.text import Line
    from pushtui.domain.account import Account

Action: TypeAlias = "Callable[[Namespace, Context, Session], int]"

_BETWEEN = re.compile(r"[\s,;]+")


def accounts_asked(given: Namespace, session: Session) -> tuple[Account, ...]:
    """Return the account that is named, or else all there are; AccountError if there is none."""
    if given.account:
        session.attach_sandbox(given.account)
        return (session.do(session.services.accounts.get(given.account)),)
    with suppress(SandboxError):  # None runs: then there is no account for it either.
        session.attach_sandbox(ACCOUNT_NAME)
    found = session.do(session.services.accounts.list())
    if not found:
        raise AccountError("There is no account to ask. See: pushtui accounts add --help")
    return found


def _show(given: Namespace, context: Context, session: Session) -> int:
    accounts, wanted = accounts_asked(given, session), _wanted(given)
    looks = session.do(session.services.profiles.everywhere(given.user, wanted=wanted, accounts=accounts))
    lines = _separated([[*look_lines(look, given.user)] for look in looks])
    context.output.answer({"user": given.user, "profiles": [look_document(look) for look in looks]}, lines)
    return Exit.FAILED if any(map(_is_lacking, looks)) else Exit.DONE


def _compare(given: Namespace, context: Context, session: Session) -> int:
    users = list(dict.fromkeys(given.users))
    if len(users) < 2:
        raise UsageError("One user is given; comparing needs two or more.")
    accounts, wanted = accounts_asked(given, session), _wanted(given)
    found = session.do(compared(session.services.profiles, users, accounts, wanted))
    if given.differences:
        found = tuple(replace(one, rows=tuple(row for row in one.rows if row.differs)) for one in found)
    lines = _separated([[*comparison_lines(one)] for one in found])
    context.output.answer({"comparisons": [comparison_document(one) for one in found]}, lines)
    return Exit.FAILED if any(one.problem for one in found) or any(map(_lacks, found)) else Exit.DONE


def _export(given: Namespace, context: Context, session: Session) -> int:
    accounts = accounts_asked(given, session)
    if len(accounts) > 1:
        there_are = ", ".join(account.name for account in accounts)
        raise UsageError(f"--account is missing: an export is about one account. There are: {there_are}.")
    account, wanted = accounts[0], _wanted(given)
    names = readable_names(account, wanted)
    profiles = exported(session.services.profiles, account, _users(given), wanted)
    as_json = context.output.as_json or given.format == "json"
    writing = write_json(account, profiles, context.output) if as_json else write_csv(names, profiles, context.output)
    return Exit.DONE if session.do(writing) else Exit.FAILED


PROFILE_ACTIONS: Mapping[str, Action] = {"show": _show, "compare": _compare, "export": _export}


def _wanted(given: Namespace) -> Wanted:
    conversations = [*given.conversation, *_conversations(given.conversations)]
    return Wanted(
        tuple(dict.fromkeys(map(parse_conversation, conversations))),
        tuple(dict.fromkeys(given.label)),
        frozenset(given.only),
    )


def _conversations(file: str | None) -> list[str]:
    """Read a list of conversations, separated by whatever people separate with."""
    if file is None:
        return []
    try:
        text = read_standard_input() if file == STANDARD_INPUT else Path(file).read_text("utf-8-sig")
    except UnicodeDecodeError:
        raise UsageError(f"--conversations: {file} is not UTF-8 text.") from None
    except OSError as error:
        raise UsageError(f"--conversations: {file} cannot be read: {error.strerror}.") from None
    return [part for part in _BETWEEN.split(text) if part]


def _users(given: Namespace) -> Iterator[str]:
    """Yield the ids of the arguments or of a file; UsageError unless it is one of them."""
    if bool(given.users) == bool(given.file):
        raise UsageError("Either ids or --file must be given.")
    if given.users:
        return iter(given.users)
    return listed_users(source_of(given.file, given.column))


def source_of(file: str, column: str) -> RecipientSource:
    """Return the source that a list of users is read from; without a column, that is still to be guessed."""
    source = pasted(read_standard_input()) if file == STANDARD_INPUT else RecipientSource("", file=file)
    return replace(source, user=column)


def _separated(parts: list[list[Line]]) -> Iterator[Line]:
    """Yield parts with an empty line between them."""
    for index, part in enumerate(parts):
        if index:
            yield ""
        yield from part


def _is_lacking(look: Look) -> bool:
    return look.profile is None or any(map(is_lacking, look.profile.facts))


def _lacks(comparison: Comparison) -> bool:
    return any(is_lacking(fact) for row in comparison.rows for fact in row.facts)
