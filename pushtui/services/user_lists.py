"""Lists of user ids: in files of every kind that recipients come in, or pasted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from pushtui.domain.draft import Draft
from pushtui.domain.recipient import RecipientSource
from pushtui.providers.kinds import kind_named
from pushtui.services.recipients.guessing import guess_user
from pushtui.services.recipients.importing import recipients_of
from pushtui.services.recipients.inspecting import ANY_KIND
from pushtui.services.recipients.opening import open_table
from pushtui.services.recipients.table import Unreadable


def listed_users(source: RecipientSource) -> Iterator[str]:
    """Yield the ids of a source as it is read; raises what `with_column` does."""
    draft = Draft(ANY_KIND, "", {}, with_column(source))
    return (recipient.user for recipient in recipients_of(kind_named(ANY_KIND), draft))


def with_column(source: RecipientSource) -> RecipientSource:
    """Return a source that names its column of ids, which is guessed if it does not.

    Raises Unreadable, a DraftError, also for a source whose column of ids cannot be told.
    """
    columns = open_table(source).columns
    column = source.user or guess_user(columns)
    if not column:
        shown = ", ".join(f"“{name}”" for name in columns[:20])
        raise Unreadable(f"{source.name}: which column holds the user ids cannot be told from the names: {shown}.")
    return replace(source, user=column)
