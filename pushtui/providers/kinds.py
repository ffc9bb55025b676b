"""All kinds of draft, by name, and all findings about a body."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from pushtui.domain.errors import DraftError
from pushtui.domain.finding import PUSHTUI, Finding, Severity, in_order
from pushtui.domain.json_body import JsonObject, JsonPath
from pushtui.domain.recipient import RECIPIENTS, Recipient, RecipientSource
from pushtui.providers.agora.protocol import AGORA
from pushtui.providers.base import Batching, DraftKind, Provider
from pushtui.providers.rongcloud.protocol import RONGCLOUD
from pushtui.providers.rongcloud.push import TAGGED_PUSH
from pushtui.providers.rongcloud.setting_kinds import SETTING_KINDS
from pushtui.providers.rongcloud.system_kinds import SYSTEM_MESSAGE_DRAFT, SYSTEM_TEMPLATE_DRAFT, USER_PUSH_DRAFT
from pushtui.providers.tencent.protocol import TENCENT
from pushtui.providers.wire import findings_of

PROVIDERS: Mapping[str, Provider] = MappingProxyType(
    {provider.name: provider for provider in (RONGCLOUD, AGORA, TENCENT)}
)
"""All clouds, by name."""

KINDS: dict[str, DraftKind] = {
    kind.name: kind
    for kind in (TAGGED_PUSH, SYSTEM_TEMPLATE_DRAFT, SYSTEM_MESSAGE_DRAFT, USER_PUSH_DRAFT, *SETTING_KINDS)
}

STANDS_FOR_ALL = "…"
"""What a placeholder holds where a body is checked that has its recipients elsewhere."""


def kind_named(name: str) -> DraftKind:
    """Return a kind; raises DraftError that lists the known ones."""
    try:
        return KINDS[name]
    except KeyError:
        raise DraftError(f"kind: “{name}” is not known; known: {', '.join(KINDS)}.") from None


def check(kind: DraftKind, body: JsonObject, source: RecipientSource | None = None) -> tuple[Finding, ...]:
    """Return every finding about a body: the model's own limits first, then the rules across fields.

    With a source of recipients, the body is checked as it is for one of them; the source itself is not read.
    """
    if source is None:
        return in_order(_findings(kind, body))
    if kind.batching is None:
        closed = f"{kind.name} goes to one audience, which stands in its body; it takes no recipients of its own"
        return in_order([Finding(Severity.ERROR, (RECIPIENTS,), closed, PUSHTUI), *_findings(kind, body)])
    return in_order(_shared(kind, kind.batching, body, source))


def _findings(kind: DraftKind, body: JsonObject) -> Iterator[Finding]:
    yield from findings_of(kind.endpoint.request_model, body)
    for rule in kind.rules:
        yield from rule(body)


def _shared(kind: DraftKind, batching: Batching, body: JsonObject, source: RecipientSource) -> Iterator[Finding]:
    """Check what all recipients share, with one that stands for them."""
    if source.is_empty:
        yield Finding(Severity.ERROR, (RECIPIENTS,), source.wanted, PUSHTUI)
    yield from batching.beside(body)
    own = {key: value for key, value in body.items() if key not in batching.fields}
    names = batching.placeholders(body) if source.is_empty else source.placeholders
    anybody = Recipient(0, "anybody", tuple((name, STANDS_FOR_ALL) for name in names))
    for found in _findings(kind, batching.body(own, [anybody])):
        yield Finding(found.severity, _moved(found.path, batching.fields), found.message, found.source)
    if source.values and len(batching.fields) == 1:
        unused = f"{kind.name} has no placeholders, so these columns are not used"
        yield Finding(Severity.ADVICE, (RECIPIENTS, "values"), unused, PUSHTUI)


def _moved(path: JsonPath, fields: tuple[str, ...]) -> JsonPath:
    """Point to the source where the body of one request would hold recipients."""
    return (RECIPIENTS,) if path and path[0] in fields else path
