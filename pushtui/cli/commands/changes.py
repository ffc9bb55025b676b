"""Changing settings of users: set, cleared, taken back, and what was changed before."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable, Coroutine, Iterator, Mapping
from contextlib import suppress
from typing import TYPE_CHECKING, Any, TypeAlias

from pushtui.cli.alias_file import aliases_from
from pushtui.cli.change_views import (
    SHOWN_BODY,
    change_document,
    change_lines,
    change_table,
    made_lines,
    proposal_document,
    proposal_lines,
    setting_document,
    setting_lines,
)
from pushtui.cli.columns import shortened
from pushtui.cli.commands.profiles import accounts_asked, source_of
from pushtui.cli.commands.pushes import send_many
from pushtui.cli.exits import Exit, Interrupted
from pushtui.cli.progress import ReadingLines
from pushtui.cli.questions import Deed, confirmation
from pushtui.cli.standard_input import STANDARD_INPUT
from pushtui.cli.text import Line, heading, indented, table
from pushtui.cli.views import summary_lines
from pushtui.domain.attempt import AttemptState
from pushtui.domain.change import ReadBack
from pushtui.domain.errors import Refused, SandboxError, UsageError
from pushtui.domain.profile import FactState
from pushtui.providers.change_values import mapping, texts
from pushtui.providers.changes import setting_named
from pushtui.services.changes import changes_of
from pushtui.services.mass_changes import draft_for_many
from pushtui.services.profiles import Wanted
from pushtui.services.sandbox_link import ACCOUNT_NAME
from pushtui.services.user_lists import with_column

if TYPE_CHECKING:
    from pushtui.cli.context import Context
    from pushtui.cli.output import Output
    from pushtui.cli.session import Session
    from pushtui.domain.account import Account
    from pushtui.domain.change import Change
    from pushtui.domain.json_body import JsonObject, JsonValue
    from pushtui.domain.plan import Plan
    from pushtui.providers.changes import SettingChange
    from pushtui.services.changes import Proposal

Action: TypeAlias = "Callable[[Namespace, Context, Session], int]"
Proposing: TypeAlias = "Coroutine[Any, Any, Proposal]"

NOTHING_CHANGED = "Nothing was changed."
CHANGING = Deed("change it", "anything else changes nothing", NOTHING_CHANGED)


def _settings(given: Namespace, context: Context, session: Session) -> int:
    found = [(account, changes_of(account.provider)) for account in accounts_asked(given, session)]
    document: JsonObject = {
        account.name: [setting_document(setting) for setting in settings] for account, settings in found
    }
    context.output.answer({"settings": document}, setting_lines(found))
    return Exit.DONE


def _set(given: Namespace, context: Context, session: Session) -> int:
    context.refuse_if_read_only("`users set`")
    account = _account(given, session)
    setting = setting_named(changes_of(account.provider), given.setting, given.conversation)
    wanted = setting.given(given.value)
    return _carry(
        session.services.changes.propose(account, given.user, setting, wanted, given.conversation),
        given,
        context,
        session,
    )


def _clear(given: Namespace, context: Context, session: Session) -> int:
    context.refuse_if_read_only("`users clear`")
    account = _account(given, session)
    setting = setting_named(changes_of(account.provider), given.setting, given.conversation)
    clearing = session.services.changes.clearing(account, given.user, setting, given.conversation)
    return _carry(clearing, given, context, session)


def _set_many(given: Namespace, context: Context, session: Session) -> int:
    """Change a setting of many users by a run, as a push to them would go."""
    context.refuse_if_read_only("`users set-many`")
    if (given.value is None) != given.clear:
        raise UsageError("Either VALUE or --clear must be given.")
    account, output = _account(given, session), context.output
    setting = setting_named(changes_of(account.provider), given.setting, given.conversation)
    wanted = _cleared(setting) if given.clear else setting.given(given.value)
    source = with_column(source_of(given.file, given.column))
    draft = draft_for_many(account, setting, wanted, given.conversation, source, session.services.clock.now())
    told = ReadingLines("reading", output, session.services.clock)
    plan = session.do(session.services.planning.plan(draft, told))
    output.show(_many_lines(plan, session))
    if not plan.sendable:
        raise Refused(f"There are errors. {NOTHING_CHANGED}")
    typed = confirmation(plan.ritual, CHANGING, given.confirm, output, can_ask=given.file != STANDARD_INPUT)
    output.flush()
    return send_many(plan, typed, given, context, session)


def _many_lines(plan: Plan, session: Session) -> Iterator[Line]:
    """Yield the plan, and the first request as it will leave."""
    yield from summary_lines(plan)
    for request in session.services.planning.preview(plan):
        yield ""
        yield heading("Request" if plan.requests.count == 1 else f"The first of {plan.requests.count:,} requests")
        yield f"  {request.method} {request.url}"
        yield from indented(shortened(request.body, SHOWN_BODY))


def _cleared(setting: SettingChange) -> JsonValue:
    if setting.cleared is None:
        raise Refused(f"{setting.name}: this provider has no way to clear it. {NOTHING_CHANGED}")
    return setting.cleared(None)


def _undo(given: Namespace, context: Context, session: Session) -> int:
    context.refuse_if_read_only("`users undo`")
    change = session.do(session.services.changes.change(given.change)).change
    session.attach_sandbox(change.account)
    return _carry(session.services.changes.undo(change.id), given, context, session)


def _changes(given: Namespace, context: Context, session: Session) -> int:
    if given.limit < 1:
        raise UsageError(f"--limit: {given.limit} is given; 1 or more is needed.")
    with suppress(SandboxError):  # None runs: then the values of its changes are shown as they are kept.
        session.attach_sandbox(ACCOUNT_NAME)
    if given.read_back:
        if given.change is None:
            raise UsageError("--read-back: which change is missing; give the first digits of its id.")
        told = session.do(session.services.changes.read_back(given.change))
        context.output.answer(change_document(told), made_lines(told))
        return _status(told.change)
    if given.change is not None:
        told = session.do(session.services.changes.change(given.change))
        context.output.answer(change_document(told), change_lines(told))
        return Exit.DONE
    found = session.do(session.services.changes.history(given.limit, given.user))
    context.output.answer({"changes": [change_document(told) for told in found]}, change_table(found))
    return Exit.DONE


def _tags(given: Namespace, context: Context, session: Session) -> int:
    step = _step(given, "tags", ("list", "set", "add", "remove"))
    account = _account(given, session)
    setting = setting_named(changes_of(account.provider), "tags", "")
    if step == "list":
        tags: list[JsonValue] = [*texts(_fact(account, given.user, setting.fact, session))]
        context.output.answer({"user": given.user, "tags": tags}, [str(tag) for tag in tags] or ["none"])
        return Exit.DONE
    context.refuse_if_read_only(f"`users tags {step}`")
    if not given.tags and step != "set":
        raise UsageError(f"Which tags to {step} is missing. See: pushtui users tags {step} --help")
    amending = session.services.changes.amend(account, given.user, setting, _WISHES[step](given.tags))
    return _carry(amending, given, context, session)


def _aliases(given: Namespace, context: Context, session: Session) -> int:
    step = _step(given, "aliases", ("list", "set", "remove"))
    account = _account(given, session)
    setting = setting_named(changes_of(account.provider), "aliases", "")
    if step == "list":
        found = mapping(_fact(account, given.user, setting.fact, session))
        rows = [(sender, str(alias)) for sender, alias in found.items()]
        context.output.answer({"user": given.user, "aliases": found}, [*table([*rows])] or ["none"])
        return Exit.DONE
    context.refuse_if_read_only(f"`users aliases {step}`")
    wanted = _aliases_given(given, setting) if step == "set" else dict.fromkeys(given.senders)
    proposing = session.services.changes.propose(account, given.user, setting, wanted)
    return _carry(proposing, given, context, session)


_WISHES: Mapping[str, Callable[[list[str]], Callable[[JsonValue], JsonValue]]] = {
    "set": lambda tags: lambda _fact: [*dict.fromkeys(tags)],
    "add": lambda tags: lambda fact: [*dict.fromkeys((*texts(fact), *tags))],
    "remove": lambda tags: lambda fact: [tag for tag in texts(fact) if tag not in tags],
}
"""By the step: from the tags that are given, and those that are read, to those that are wanted."""


CHANGE_ACTIONS: Mapping[str, Action] = {
    "settings": _settings,
    "set": _set,
    "clear": _clear,
    "set-many": _set_many,
    "undo": _undo,
    "changes": _changes,
    "tags": _tags,
    "aliases": _aliases,
}


def _carry(proposing: Proposing, given: Namespace, context: Context, session: Session) -> int:
    """Show a change, have it confirmed, make it, and say how it ended."""
    output = context.output
    proposal = session.do(proposing)
    output.show(proposal_lines(proposal))
    if not proposal.differences:
        output.answer({"changed": False, **proposal_document(proposal)}, [f"  {proposal.problem}"])
        return Exit.DONE
    if proposal.problem:
        raise Refused(f"{proposal.problem} {NOTHING_CHANGED}")
    can_ask = getattr(given, "file", None) != STANDARD_INPUT
    typed = confirmation(proposal.ritual, CHANGING, given.confirm, output, can_ask=can_ask)
    output.flush()  # Output that cannot be written ends the command here, before anything leaves.
    begun: list[str] = []
    try:
        told = session.do(session.services.changes.apply(proposal, typed, begun.append))
    except Interrupted:
        _tell_cut_off(begun, output, session)
        raise
    output.answer(change_document(told), made_lines(told))
    return _status(told.change)


def _tell_cut_off(begun: list[str], output: Output, session: Session) -> None:
    """Say how far a change was when a signal ended it."""
    if not begun:
        output.note(NOTHING_CHANGED)
        return
    told = session.do(session.services.changes.change(begun[0]))
    output.answer(change_document(told), made_lines(told))


def _status(change: Change) -> int:
    """Reading back decides; where that failed, the provider's word counts."""
    if change.read_back in (ReadBack.AS_WANTED, ReadBack.IMPOSSIBLE) and change.state is AttemptState.ACCEPTED:
        return Exit.DONE
    if change.state is AttemptState.UNKNOWN:
        known = {ReadBack.AS_WANTED: Exit.DONE, ReadBack.DIFFERENT: Exit.FAILED}
        return known.get(change.read_back, Exit.UNKNOWN) if change.read_back is not None else Exit.UNKNOWN
    is_done = change.state is AttemptState.ACCEPTED and change.read_back is ReadBack.FAILED
    return Exit.DONE if is_done else Exit.FAILED


def _account(given: Namespace, session: Session) -> Account:
    accounts = accounts_asked(given, session)
    if len(accounts) > 1:
        there_are = ", ".join(account.name for account in accounts)
        raise UsageError(f"--account is missing: a change is about one account. There are: {there_are}.")
    return accounts[0]


def _fact(account: Account, user: str, name: str, session: Session) -> JsonValue:
    """Read one fact; Refused if it is not known."""
    profile = session.do(session.services.profiles.open(account, user, wanted=Wanted(only=frozenset((name,)))))
    fact = profile.fact(name)
    if fact is None or fact.state is not FactState.KNOWN:
        raise Refused(f"The {name} of “{user}” cannot be read: {fact.problem if fact is not None else ''}")
    return fact.value


def _step(given: Namespace, noun: str, steps: tuple[str, ...]) -> str:
    if given.step is None:
        raise UsageError(f"What about {noun}? Allowed: {', '.join(steps)}. See: pushtui users {noun} --help")
    return str(given.step)


def _aliases_given(given: Namespace, setting: SettingChange) -> JsonValue:
    """Return the aliases of the arguments and the file; UsageError if there is none, or one stands in both."""
    typed = mapping(setting.typed("\n".join(given.aliases))) if given.aliases else {}
    filed = aliases_from(given.file, setting) if given.file is not None else {}
    twice = next(iter(typed.keys() & filed.keys()), None)
    if twice is not None:
        raise UsageError(f"aliases: “{twice}” is given twice; which one is meant?")
    if not typed and not filed:
        raise UsageError("Which aliases is missing: give SENDER=NAME, or --file.")
    return {**typed, **filed}
