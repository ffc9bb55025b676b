"""Key bindings, made from the registry of actions."""

from __future__ import annotations

from textual.binding import Binding, BindingType

from pushtui.console.actions import Action, Scope, in_scope


def bindings_for(scope: Scope) -> list[BindingType]:
    """Return the bindings of a scope; all lead to the app's one door, `action_perform`."""
    return [_binding(action) for action in in_scope(scope)]


_PLAIN = frozenset(("enter", "space", "left", "right", "home", "end"))
"""Keys that editors and lists need themselves."""


def own_bindings(*actions: Action) -> list[BindingType]:
    """Return bindings by which a widget gives up keys that it would need itself."""
    return [_binding(action) for action in actions]


def _binding(action: Action) -> Binding:
    plain = all(len(key) == 1 or key in _PLAIN for key in action.keys)
    return Binding(
        ",".join(action.keys),
        f"app.perform('{action.id}')",
        action.label,
        show=False,
        tooltip=action.description,
        id=action.id,
        # Editors bind some function and control keys themselves; a letter must stay a letter.
        priority=not plain,
    )
