"""What a person writes."""

from __future__ import annotations

from dataclasses import dataclass

from pushtui.domain.json_body import JsonObject
from pushtui.domain.recipient import RecipientSource


@dataclass(frozen=True, slots=True)
class Draft:
    """A kind, the name of an account, and a body that is exactly the provider's own JSON.

    With `recipients`, the body leaves out whom it is for and what each of them gets.
    """

    kind: str
    account: str
    body: JsonObject
    recipients: RecipientSource | None = None
