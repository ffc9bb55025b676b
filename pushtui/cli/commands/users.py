"""Users at the clouds: what is set for them, and what people ask about that."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable, Mapping
from typing import TypeAlias

from pushtui.cli.commands.changes import CHANGE_ACTIONS
from pushtui.cli.commands.profiles import PROFILE_ACTIONS
from pushtui.cli.commands.why import WHY_ACTIONS
from pushtui.cli.context import Context
from pushtui.cli.session import Session
from pushtui.domain.errors import UsageError

Action: TypeAlias = Callable[[Namespace, Context, Session], int]


def users(given: Namespace, context: Context) -> int:
    """Do what is asked about users."""
    if given.action is None:
        raise UsageError("What about users? See: pushtui users --help", title="pushtui users")
    with Session(context) as session:
        return _actions()[given.action](given, context, session)


def _actions() -> Mapping[str, Action]:
    return {**PROFILE_ACTIONS, **WHY_ACTIONS, **CHANGE_ACTIONS}
