"""What the recipients' section says to the workbench, which is there before it is loaded."""

from __future__ import annotations

from dataclasses import dataclass

from textual.message import Message


@dataclass
class RecipientsChanged(Message):
    """The recipients changed, or what is known of them."""

    elsewhere: bool = False
    """They stand in another place now."""


@dataclass
class RecipientsLeft(Message):
    """A person moved past the first (-1) or the last (1) field."""

    step: int
