"""What a person writes."""

from __future__ import annotations

from dataclasses import dataclass

from pushtui.domain.json_body import JsonObject


@dataclass(frozen=True, slots=True)
class Draft:
    """A kind, the name of an account, and a body that is exactly the provider's own JSON."""

    kind: str
    account: str
    body: JsonObject
