"""What all of Agora Chat's payloads share."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar

from pydantic import BeforeValidator, ConfigDict, Field
from pydantic_core import PydanticCustomError

from pushtui.domain.finding import Source
from pushtui.providers.agora import sources
from pushtui.providers.agora.names import USERNAME
from pushtui.providers.wire import Wire, WireModel

LONGEST_NAME = 64

Username = Annotated[str, Field(max_length=LONGEST_NAME, pattern=USERNAME)]
UserId = Annotated[str, Field(min_length=1, max_length=LONGEST_NAME)]
"""A user that is asked about: the cloud itself says what it makes of a name that nobody can have."""


def _no_boolean(value: Any) -> Any:
    if isinstance(value, bool):
        raise PydanticCustomError("boolean_given", "a whole number is needed")
    return value


NotBoolean = BeforeValidator(_no_boolean)
"""True and false are no numbers, however patiently the body is read."""


class AgoraModel(WireModel):
    """Base of all requests."""

    SOURCE: ClassVar[Source] = sources.PUSH_SETTINGS
    SECTION: ClassVar[str] = "Settings"


class Nothing(AgoraModel):
    """A request that says all in its path."""


class Page(AgoraModel):
    """The query of a list."""

    limit: Annotated[int | None, Wire("How many on one page."), Field(ge=1, le=100)] = None
    cursor: Annotated[str | None, Wire("Where to go on, from the answer before.")] = None


class Answer(WireModel):
    """A success, as far as it is documented; nothing in it is promised to be there."""

    model_config = ConfigDict(extra="allow")
    SOURCE: ClassVar[Source] = sources.PUSH_SETTINGS
    SECTION: ClassVar[str] = "Answer"

    timestamp: Annotated[int | None, Wire("The server's clock, in epoch milliseconds.")] = None
    duration: Annotated[int | None, Wire("Milliseconds that the server worked.")] = None
    action: Annotated[str | None, Wire("The method, in most answers; not to be relied upon.")] = None
    path: Annotated[str | None, Wire("Part of the address; to be ignored.")] = None
    uri: Annotated[str | None, Wire("An address; to be ignored.")] = None
    organization: Annotated[str | None, Wire("The organization; missing below /app-id/.")] = None
    application: Annotated[str | None, Wire("The app's internal id; missing below /app-id/.")] = None
    applicationName: Annotated[str | None, Wire("The app's name; missing below /app-id/.")] = None
    entities: Annotated[list[dict[str, Any]] | None, Wire("Users or bindings, in answers about those.")] = None
    data: Annotated[Any, Wire("What was asked for, in all other answers.")] = None
    count: Annotated[int | None, Wire("How many a list holds.")] = None
    cursor: Annotated[str | None, Wire("Where the next page begins; missing on the last.")] = None
