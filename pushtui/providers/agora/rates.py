"""How often each operation may be called, for each app."""

from __future__ import annotations

from pushtui.domain.finding import Source
from pushtui.domain.quota import Rate
from pushtui.providers.agora import sources


def per_second(group: str, limit: int = 100, source: Source = sources.OVERVIEW) -> tuple[Rate, ...]:
    """State a rate of calls a second."""
    return (Rate(f"agora {group}", limit, 1.0, source),)
