"""What a person writes."""

from __future__ import annotations

from dataclasses import dataclass, replace

from pushtui.domain.json_body import JsonObject


@dataclass(frozen=True, slots=True)
class Draft:
    """A kind, the name of an account, and a body that is exactly the provider's own JSON."""

    kind: str
    account: str
    body: JsonObject

    def with_body(self, body: JsonObject) -> Draft:
        """Return the same draft with another body."""
        return replace(self, body=body)
