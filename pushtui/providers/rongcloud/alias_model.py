"""Payloads of push aliases: the names that a recipient sees for senders."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, ClassVar

from pydantic import Field, RootModel

from pushtui.domain.finding import Source
from pushtui.domain.json_body import JsonObject, compact
from pushtui.providers.rongcloud import sources
from pushtui.providers.rongcloud.answers import AnswerPart, CodeAnswer
from pushtui.providers.rongcloud.user_model import UserId
from pushtui.providers.wire import NotBoolean, Wire, WireModel

ALIASES_A_CALL = 100
PAGE_SIZE = 50


class AliasModel(WireModel):
    SOURCE: ClassVar[Source] = sources.ALIASES
    SECTION: ClassVar[str] = "Aliases"


class Alias(AliasModel):
    """One sender and the name that the recipient sees for them."""

    id: Annotated[UserId, Wire("The sender who gets another name.", label="sender")]
    remark: Annotated[
        str, Wire("Name that the recipient sees in pushes from this sender.", label="alias"), Field(min_length=1)
    ]


class AliasList(RootModel[Annotated[list[Alias], Field(min_length=1, max_length=ALIASES_A_CALL)]]):
    """What `remarks` holds as JSON text: 1 to 100 aliases."""


class SetAliasesRequest(AliasModel):
    """Sets what one recipient sees for up to 100 senders; other aliases stay."""

    userId: Annotated[UserId, Wire("The recipient who sees the aliases.", label="user id")]
    remarks: Annotated[
        str,
        Wire(
            "The aliases as a JSON list, 100 at most: “id” is the sender, “remark” the name shown for them.",
            label="aliases",
            json=True,
            placeholder='[{"id":"user11","remark":"remark1"}]',
        ),
        Field(min_length=1),
    ]


class DeleteAliasRequest(AliasModel):
    """Takes one alias away; the sender's own name shows again."""

    userId: Annotated[UserId, Wire("The recipient who saw the alias.", label="user id")]
    targetId: Annotated[UserId, Wire("The sender whose alias goes; one a call.", label="sender")]


class ListAliasesRequest(AliasModel):
    """Reads a recipient's aliases, page by page."""

    SOURCE: ClassVar[Source] = sources.READ_ALIASES

    userId: Annotated[UserId, Wire("The recipient who sees the aliases.", label="user id")]
    page: Annotated[int | None, NotBoolean(), Wire("Page, from 1, which is the default."), Field(ge=1)] = None
    size: Annotated[
        int | None,
        NotBoolean(),
        Wire("Aliases a page; 50 is the default and the most."),
        Field(ge=1, le=PAGE_SIZE),
    ] = None


class ListedAlias(AnswerPart):
    """One alias of a page."""

    id: str = ""
    remark: str = ""


class ListAliasesResponse(CodeAnswer):
    """One page, and how many aliases there are in all."""

    total: int = 0
    users: list[ListedAlias] = Field(default_factory=list)


def remarks_text(aliases: Iterable[Alias]) -> str:
    """Write aliases the way `remarks` wants them."""
    items: list[JsonObject] = [{"id": alias.id, "remark": alias.remark} for alias in aliases]
    return compact([*items])
