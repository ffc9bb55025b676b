"""The names that a user sees for senders, all pages of them."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from pushtui.domain.profile import Section
from pushtui.providers.profiles import Ask, Asked, FactKind, ProfileRead, Value, Values, answer_as, enumerated
from pushtui.providers.rongcloud.alias_model import PAGE_SIZE, ListAliasesResponse
from pushtui.providers.rongcloud.aliases import GET_ALIASES

if TYPE_CHECKING:
    from pushtui.domain.json_body import JsonObject

MOST_PAGES = 100
"""A list that is longer is cut off, and says so."""
AT_ONCE = 8
"""Pages that are asked for at the same time."""


async def _tell(asked: Asked, ask: Ask) -> Values:
    """Read the first page, which says how many there are, and then the others, a few at a time."""
    first = await _page(asked, ask, 1)
    last = min(-(-first.total // PAGE_SIZE), MOST_PAGES)
    pages = [first, *(await _others(asked, ask, last) if first.users else ())]
    found = {alias.id: alias.remark for page in pages for alias in page.users}
    value: JsonObject = {**found}
    words = enumerated([f"{sender} is “{alias}”" for sender, alias in found.items()], "none")
    return {"aliases": Value(value, words, _problem(first.total, len(found)))}


async def _others(asked: Asked, ask: Ask, last: int) -> list[ListAliasesResponse]:
    """Read the pages from the second on; an empty one is the end, whatever the total says."""
    pages: list[ListAliasesResponse] = []
    for start in range(2, last + 1, AT_ONCE):
        numbers = range(start, min(start + AT_ONCE, last + 1))
        pages += await asyncio.gather(*(_page(asked, ask, number) for number in numbers))
        if not all(page.users for page in pages[-len(numbers) :]):
            break
    return pages


def _problem(total: int, found: int) -> str:
    """Say what of the list is missing; empty if nothing is."""
    if total > MOST_PAGES * PAGE_SIZE:
        return f"RongCloud says {total:,}; at most the first {MOST_PAGES * PAGE_SIZE:,} are read, and {found:,} came."
    if total != found:
        return f"RongCloud says {total:,}, and its pages hold {found:,}; somebody may change them at this moment."
    return ""


async def _page(asked: Asked, ask: Ask, number: int) -> ListAliasesResponse:
    said = await ask(GET_ALIASES, {}, {"userId": asked.user, "page": number, "size": PAGE_SIZE})
    return answer_as(ListAliasesResponse, said.body, "total", "users")


ALIASES = ProfileRead(GET_ALIASES, (FactKind("aliases", "names seen for senders", Section.NOTIFICATION),), _tell)
