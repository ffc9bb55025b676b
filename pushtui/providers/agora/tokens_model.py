"""The payload of `POST /token`."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import ConfigDict, Field

from pushtui.domain.finding import Source
from pushtui.providers.agora import sources
from pushtui.providers.agora.base_model import AgoraModel, NotBoolean
from pushtui.providers.wire import Wire, WireModel

LONGEST_TTL = 10**12
"""Beyond anybody's need, in seconds as in milliseconds, and far from where numbers end."""


class TokenRequest(AgoraModel):
    """Asks for a token of the cloud's own making."""

    SOURCE: ClassVar[Source] = sources.EASEMOB_TOKEN
    SECTION: ClassVar[str] = "Token"

    grant_type: Annotated[
        Literal["client_credentials", "agora", "password"],
        Wire(
            "client_credentials with client id and secret; agora with a 007 token as bearer; "
            "password for the token of one user."
        ),
    ]
    client_id: Annotated[str | None, Wire("The app's client id, with client_credentials.")] = None
    client_secret: Annotated[str | None, Wire("The app's client secret, with client_credentials.")] = None
    username: Annotated[str | None, Wire("The user, with password.")] = None
    password: Annotated[str | None, Wire("The user's password, with password.")] = None
    ttl: Annotated[
        int | None,
        Wire("Seconds that the token is valid; 0 never ends. Absent, the console's setting counts."),
        Field(ge=0, le=LONGEST_TTL),
        NotBoolean,
    ] = None


class TokenAnswer(WireModel):
    """A token; there is no envelope round it."""

    model_config = ConfigDict(extra="allow")
    SOURCE: ClassVar[Source] = sources.EASEMOB_TOKEN
    SECTION: ClassVar[str] = "Answer"

    access_token: Annotated[str, Wire("The token, used as bearer.")]
    expires_in: Annotated[int | None, Wire("Seconds that it is valid.")] = None
    expire_timestamp: Annotated[int | None, Wire("When it ends, in epoch milliseconds; after an exchange.")] = None
    application: Annotated[str | None, Wire("The app's internal id.")] = None
