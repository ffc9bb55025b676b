"""The screens behind the tabs of the top bar, imported when they are first shown."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from textual.screen import Screen


def _compose() -> Screen[None]:
    from pushtui.console.screens.compose import ComposeScreen

    screen: Screen[None] = ComposeScreen()
    return screen


def _history() -> Screen[None]:
    from pushtui.console.screens.history import HistoryScreen

    screen: Screen[None] = HistoryScreen()
    return screen


def _sandbox() -> Screen[None]:
    from pushtui.console.screens.sandbox import SandboxScreen

    screen: Screen[None] = SandboxScreen()
    return screen


def _accounts() -> Screen[None]:
    from pushtui.console.screens.accounts import AccountsScreen

    screen: Screen[None] = AccountsScreen()
    return screen


def _user() -> Screen[None]:
    from pushtui.console.screens.user import UserScreen

    screen: Screen[None] = UserScreen()
    return screen


SCREENS: Mapping[str, Callable[[], Screen[None]]] = MappingProxyType(
    {"compose": _compose, "history": _history, "sandbox": _sandbox, "accounts": _accounts, "user": _user}
)
