"""Whom a run names, as far as its latest request says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pushtui.providers.kinds import kind_named
from pushtui.services.results import users_in

if TYPE_CHECKING:
    from pushtui.domain.run import Run


def users_named(run: Run) -> tuple[str, ...]:
    """Return the users that the latest request names; none for one that goes to an audience."""
    kind = kind_named(run.draft.kind)
    if kind.batching is None or not run.attempts:
        return ()
    return tuple(dict.fromkeys(users_in(kind, run.attempts[-1])))
