"""All kinds of draft, by name."""

from __future__ import annotations

from pushtui.domain.errors import DraftError
from pushtui.domain.finding import Finding, in_order
from pushtui.domain.json_body import JsonObject
from pushtui.providers.base import DraftKind
from pushtui.providers.rongcloud.push import TAGGED_PUSH
from pushtui.providers.wire import findings_of

KINDS: dict[str, DraftKind] = {kind.name: kind for kind in (TAGGED_PUSH,)}


def kind_named(name: str) -> DraftKind:
    """Return a kind; raises DraftError that lists the known ones."""
    try:
        return KINDS[name]
    except KeyError:
        raise DraftError(f"kind: “{name}” is not known; known: {', '.join(KINDS)}.") from None


def check(kind: DraftKind, body: JsonObject) -> tuple[Finding, ...]:
    """Return every finding about a body: the model's own limits first, then the rules across fields."""
    model = findings_of(kind.endpoint.request_model, body)
    rules = (finding for rule in kind.rules for finding in rule(body))
    return in_order([*model, *rules])
