"""Whether a user has push labels: Agora Chat tells it of one label at a time, and lists none for a user."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from pushtui.domain.errors import Rejected
from pushtui.domain.profile import Section
from pushtui.providers.agora.codes import CODES, Key
from pushtui.providers.agora.labels import READ_LABEL_USER
from pushtui.providers.agora.readings import error_name
from pushtui.providers.profiles import Ask, Asked, FactKind, ProfileRead, Value, Values

if TYPE_CHECKING:
    from pushtui.domain.json_body import JsonObject


async def _tell(asked: Asked, ask: Ask) -> Values:
    wanted = dict.fromkeys(asked.labels)
    held = await asyncio.gather(*(_has(asked, ask, label) for label in wanted))
    value: JsonObject = dict(zip(wanted, held, strict=True))
    words = [label if has else f"not {label}" for label, has in value.items()]
    return {"labels": Value(value, ", ".join(words))}


async def _has(asked: Asked, ask: Ask, label: str) -> bool:
    try:
        await ask(READ_LABEL_USER, {"label": label, "member": asked.user})
    except Rejected as error:
        if error_name(error) == CODES[Key.NO_SUCH_RESOURCE].error:
            return False
        raise
    return True


def _unasked(asked: Asked) -> str:
    return "" if asked.labels else "Agora Chat lists no labels of a user. Name those to ask about."


LABELS = ProfileRead(READ_LABEL_USER, (FactKind("labels", "labels", Section.AUDIENCE),), _tell, _unasked)
