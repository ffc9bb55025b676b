"""The conversations that have a mode of their own, as far as the server lists them.

Both calls stand in no page, only in Agora's own Web SDK; a server may lack them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pushtui.domain.errors import ProviderError
from pushtui.domain.json_body import JsonObject, JsonValue, get
from pushtui.providers.agora.codes import CODES, Key
from pushtui.providers.agora.notifications import LIST_MODES, READ_MODES
from pushtui.providers.agora.notifications_model import CONVERSATIONS_AT_ONCE
from pushtui.providers.agora.readings import Setting, data_of, error_name, mode_of, setting_of
from pushtui.providers.profiles import TELLING, Ask, Asked, NotOffered, NotTold, each

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

CHAT_TYPES: Mapping[str, str] = {"user": "user", "group": "chatgroup"}
"""What lists call them, and what addresses do."""
PAGE = 50
MOST_PAGES = 20
"""A list that is longer is cut off, and says so."""
_LACKING = frozenset(
    CODES[key].error
    for key in (Key.NO_SUCH_ADDRESS, Key.NO_SUCH_METHOD, Key.OLD_NO_SUCH_ADDRESS, Key.OLD_NO_SUCH_METHOD, Key.PARAMETER)
)
"""How a server answers that does not have the call; one that takes `mute/type` for a conversation objects to that."""


@dataclass(frozen=True, slots=True)
class Listing:
    """What the server lists, by conversation, and what of it could not be read."""

    settings: Mapping[str, Setting]
    problem: str = ""


async def list_conversations(asked: Asked, ask: Ask) -> Listing:
    """List them all, and read until when each is quiet; NotOffered where the server has no such list."""
    try:
        modes, problem = await _modes(asked, ask)
    except ProviderError as error:
        if error_name(error) in _LACKING:
            raise NotOffered("This server does not list conversations. Name those to ask about.") from None
        raise
    keys = list(modes)
    parts = [keys[start : start + CONVERSATIONS_AT_ONCE] for start in range(0, len(keys), CONVERSATIONS_AT_ONCE)]
    try:
        told, failed = await each({part[0]: _settings(asked, ask, part) for part in parts})
    except TELLING as error:
        return Listing(modes, f"{problem} Until when they are quiet could not be read. {error}".strip())
    for part_told in told.values():
        modes.update(part_told)
    return Listing(modes, f"{problem} {failed}".strip())


async def _modes(asked: Asked, ask: Ask) -> tuple[dict[str, Setting], str]:
    found: dict[str, Setting] = {}
    query: JsonObject = {"limit": PAGE}
    for _ in range(MOST_PAGES):
        said = await ask(LIST_MODES, {"username": asked.user}, query)
        rows = said.body.get("data")
        if not isinstance(rows, list):
            raise NotTold("The list of conversations holds no data.")
        found.update(_row(row) for row in rows)
        cursor = said.body.get("cursor")
        if not cursor or not rows:
            return found, ""
        query = {"limit": PAGE, "cursor": cursor}
    return found, f"Only the first {len(found)} conversations are listed here."


def _row(row: JsonValue) -> tuple[str, Setting]:
    for name, chat_type in CHAT_TYPES.items():
        target = get(row, (name,))
        if isinstance(target, str) and target:
            return _key(chat_type, target), Setting(mode_of({"type": get(row, ("value",))}))
    raise NotTold("The list of conversations names one that is neither a user nor a group.")


async def _settings(asked: Asked, ask: Ask, keys: Sequence[str]) -> dict[str, Setting]:
    """Read some conversations; what the answer leaves out is not quiet."""
    query: JsonObject = {}
    for name, chat_type in CHAT_TYPES.items():
        targets = [key.partition("/")[2] for key in keys if key.startswith(f"{chat_type}/")]
        if targets:
            query[name] = ",".join(targets)
    said = await ask(READ_MODES, {"username": asked.user}, query)
    data = data_of(said)
    found: dict[str, Setting] = {}
    for name, chat_type in CHAT_TYPES.items():
        told = data.get(name) or {}
        for target, values in told.items() if isinstance(told, dict) else ():
            if isinstance(values, dict) and _key(chat_type, target) in keys:
                found[_key(chat_type, target)] = setting_of(values, said.at)
    return found


def _key(chat_type: str, target: str) -> str:
    """Name a conversation; users' ids are compared in lower case."""
    return f"{chat_type}/{target.lower() if chat_type == 'user' else target}"
