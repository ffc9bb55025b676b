from __future__ import annotations

from collections import Counter

import pytest
from textual.binding import Binding

from pushtui.console.actions import (
    ACTIONS,
    BY_ID,
    MODES,
    Action,
    Scope,
    in_scope,
    key_name,
    key_table,
    mode_of,
    scopes_at,
    way_to,
)
from pushtui.console.app import PushtuiApp
from pushtui.console.keys import bindings_for

EATEN = {f"ctrl+{key}" for key in "himabsq"} | {"ctrl+[", "ctrl+enter", "alt+enter", "ctrl+j"}
"""Keys that terminals, tmux, screen or flow control keep for themselves."""


@pytest.mark.parametrize("scope", [scope for scope in Scope if scope is not Scope.GLOBAL])
def test_no_key_means_two_things_on_one_screen(scope: Scope) -> None:
    keys = Counter(key for here in scopes_at(scope) for action in in_scope(here) for key in action.keys)
    assert [key for key, count in keys.items() if count > 1] == []


def test_ids_are_unique() -> None:
    assert len(BY_ID) == len(ACTIONS)


@pytest.mark.parametrize("action", ACTIONS, ids=lambda action: action.id)
def test_no_action_has_only_keys_that_terminals_eat(action: Action) -> None:
    assert set(action.keys) - EATEN
    assert action.description
    assert action.label


def test_every_global_action_is_there() -> None:
    for action in in_scope(Scope.GLOBAL):
        assert callable(getattr(PushtuiApp, f"action_{action.id}"))


@pytest.mark.parametrize("scope", list(Scope))
def test_bindings_are_made_from_the_registry(scope: Scope) -> None:
    bindings = [binding for binding in bindings_for(scope) if isinstance(binding, Binding)]
    assert [binding.id for binding in bindings] == [action.id for action in in_scope(scope)]
    for binding in bindings:
        assert binding.action == f"app.perform('{binding.id}')"
        assert binding.tooltip
        assert binding.description


def test_letters_never_win_over_typing() -> None:
    for scope in Scope:
        for binding in bindings_for(scope):
            assert isinstance(binding, Binding)
            plain = any(len(key) == 1 for key in binding.key.split(","))
            assert not (plain and binding.priority)


def test_every_scope_has_a_home() -> None:
    for scope in Scope:
        if scope is not Scope.GLOBAL:
            assert mode_of(scope).id in MODES


def test_a_part_of_a_screen_is_two_keys_away() -> None:
    assert (way_to(Scope.PEOPLE), way_to(Scope.SANDBOX), way_to(Scope.REVIEW)) == ("F4, 2", "F4", "F2")
    assert scopes_at(Scope.PEOPLE) == (Scope.PEOPLE, Scope.SANDBOX, Scope.GLOBAL)


@pytest.mark.parametrize(
    ("key", "name"), [("f9", "F9"), ("ctrl+s", "Ctrl+S"), ("ctrl+up", "Ctrl+Up"), ("n", "n"), ("enter", "Enter")]
)
def test_keys_read_as_on_the_keyboard(key: str, name: str) -> None:
    assert key_name(key) == name


def test_the_key_table_names_every_action() -> None:
    table = key_table()
    assert table.startswith("| Key | Where | What it does |\n|---|---|---|\n| `F1` | Everywhere |")
    assert "| `F8` or `Ctrl+S` | Compose | Save the draft to a file |" in table
    assert table.count("\n") == len(ACTIONS) + 2
