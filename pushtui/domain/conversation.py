"""Conversations as people name them, whatever each cloud calls them: `user/anna`, `group/42`."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from pushtui.domain.errors import UsageError
from pushtui.domain.nearest import did_you_mean


class ConversationKind(StrEnum):
    """Who talks there."""

    USER = "user"
    GROUP = "group"
    SYSTEM = "system"
    ULTRA_GROUP = "ultragroup"


_ALIASES = {
    "private": ConversationKind.USER,
    "chatgroup": ConversationKind.GROUP,
    "1": ConversationKind.USER,
    "3": ConversationKind.GROUP,
    "6": ConversationKind.SYSTEM,
    "10": ConversationKind.ULTRA_GROUP,
}
"""What the clouds call them."""
_KINDS = {**{kind.value: kind for kind in ConversationKind}, **_ALIASES}


@dataclass(frozen=True, slots=True)
class Conversation:
    """One conversation; who reads it is said elsewhere."""

    kind: ConversationKind
    target: str
    """The other user, the group, or the sender of system messages."""
    channel: str = ""
    """Of an ultra group; empty is the group as a whole."""

    def __str__(self) -> str:
        return "/".join(filter(None, (self.kind, self.target, self.channel)))


def parse_conversation(text: str) -> Conversation:
    """Read `user/anna`, `group/42`, or the same with a cloud's own word; raises UsageError."""
    word, slash, target = text.strip().partition("/")
    kind = _KINDS.get(word.lower())
    if kind is None or not slash or not target:
        hint = did_you_mean(word, _KINDS) if slash else ""
        raise UsageError(
            f"conversation: “{text}” is given; allowed: {', '.join(ConversationKind)}, a slash and an id, "
            f"such as user/anna.{hint}"
        )
    if kind is not ConversationKind.ULTRA_GROUP:
        return Conversation(kind, target)
    group, _, channel = target.partition("/")
    return Conversation(kind, group, channel)
