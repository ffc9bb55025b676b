"""What screens may say about actions; each method is optional."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from textual.screen import ModalScreen

from pushtui.console.actions import Action, Scope, scopes_at, way_to

if TYPE_CHECKING:
    from collections.abc import Awaitable

    from textual.dom import DOMNode
    from textual.screen import Screen


@dataclass(frozen=True, slots=True)
class Copyable:
    """What F12 copies: a name for it, such as `The JSON`, and the text."""

    name: str
    text: str


@runtime_checkable
class Hinders(Protocol):
    """A screen that cannot always do what its keys say."""

    def why_not(self, action: Action) -> str | None:
        """Say why an action cannot be done now, as `nothing is selected`; None if it can."""
        ...


@runtime_checkable
class LooksFirst(Protocol):
    """A screen whose keys depend on what others do meanwhile."""

    def look_before(self, action: Action) -> Awaitable[None] | None:
        """Return the look that tells whether an action can be done now; None if that is known."""
        ...


@runtime_checkable
class Renames(Protocol):
    """A screen whose key bar calls an action by another name now and then."""

    def label_of(self, action: Action) -> str:
        """Return what the key bar calls an action now."""
        ...


@runtime_checkable
class Copies(Protocol):
    """A screen or dialog that shows something worth copying."""

    def what_to_copy(self) -> Copyable | None:
        """Return what F12 copies now."""
        ...


@runtime_checkable
class Delegates(Protocol):
    """A screen one of whose widgets acts for it."""

    @property
    def actor(self) -> DOMNode:
        """Return that widget, or the screen itself."""
        ...


def actor_of(screen: Screen[object]) -> DOMNode:
    """Return what does a screen's actions."""
    return screen.actor if isinstance(screen, Delegates) else screen


def doer_of(screen: Screen[object], action: Action) -> DOMNode:
    """Return what does an action: the widget that acts for a screen, or the screen for what that leaves to it."""
    actor = actor_of(screen)
    return actor if hasattr(actor, f"action_{action.id}") else screen


def why_not(screen: Screen[object], scope: Scope | None, action: Action) -> str | None:
    """Say why an action cannot be done on a screen now; None if it can."""
    if isinstance(screen, ModalScreen) and not action.modal:
        return "close the dialog first (Esc)"
    if action.scope not in scopes_at(scope):
        return f"it belongs to {action.scope.value} ({way_to(action.scope)})"
    if action.id == "copy" and copyable(screen) is None:
        return "nothing to copy here"
    doer = doer_of(screen, action)
    return doer.why_not(action) if isinstance(doer, Hinders) else None


def label_of(screen: Screen[object], action: Action) -> str:
    """Return what the key bar calls an action on a screen now."""
    actor = actor_of(screen)
    return actor.label_of(action) if isinstance(actor, Renames) else action.label


def copyable(screen: Screen[object]) -> Copyable | None:
    """Return what F12 copies on a screen now."""
    actor = actor_of(screen)
    return actor.what_to_copy() if isinstance(actor, Copies) else None
