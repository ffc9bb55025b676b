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


async def _tell(asked: Asked, ask: Ask) -> Values:
    """Read the first page, which says how many there are, and then all others at once."""
    first = await _page(asked, ask, 1)
    last = -(-first.total // PAGE_SIZE)
    others = await asyncio.gather(*(_page(asked, ask, number) for number in range(2, last + 1)))
    found = {alias.id: alias.remark for page in (first, *others) for alias in page.users}
    problem = (
        f"RongCloud says {first.total:,}, and its pages hold {len(found):,}; somebody changes them at this moment."
        if len(found) != first.total
        else ""
    )
    value: JsonObject = {**found}
    words = enumerated([f"{sender} is “{alias}”" for sender, alias in found.items()], "none")
    return {"aliases": Value(value, words, problem)}


async def _page(asked: Asked, ask: Ask, number: int) -> ListAliasesResponse:
    said = await ask(GET_ALIASES, {}, {"userId": asked.user, "page": number, "size": PAGE_SIZE})
    return answer_as(ListAliasesResponse, said.body, "total", "users")


ALIASES = ProfileRead(GET_ALIASES, (FactKind("aliases", "names seen for senders", Section.NOTIFICATION),), _tell)
