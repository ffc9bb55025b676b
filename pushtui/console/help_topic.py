"""How widgets and screens explain themselves to the help screen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, runtime_checkable

if TYPE_CHECKING:
    from textual.dom import DOMNode


@dataclass(frozen=True, slots=True)
class HelpTopic:
    """A heading and what there is to say, in plain text."""

    title: str
    text: str


@runtime_checkable
class Explains(Protocol):
    """A widget or screen that can say what it is for."""

    def help_topic(self) -> HelpTopic | None: ...


def topics_for(node: DOMNode | None) -> list[HelpTopic]:
    """Collect what a node and those around it say, the nearest first."""
    explaining = [ancestor for ancestor in (node.ancestors_with_self if node else []) if isinstance(ancestor, Explains)]
    return [topic for ancestor in explaining if (topic := ancestor.help_topic()) is not None]
