"""The payloads of push labels."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import Field

from pushtui.domain.finding import Source
from pushtui.providers.agora import sources
from pushtui.providers.agora.base_model import AgoraModel, UserId
from pushtui.providers.agora.names import LABEL_NAME
from pushtui.providers.wire import Wire

LABELS_PER_APP = 100
LABELLED_AT_ONCE = 100


class NewLabel(AgoraModel):
    """A label to create."""

    SOURCE: ClassVar[Source] = sources.PUSH_MANAGEMENT
    SECTION: ClassVar[str] = "Label"

    name: Annotated[
        str,
        Wire("Letters, digits, “_”, “-” and “.”; upper and lower case are the same."),
        Field(max_length=64, pattern=LABEL_NAME),
    ]
    description: Annotated[str | None, Wire("What the label is for."), Field(max_length=255)] = None


class LabelUsers(AgoraModel):
    """Who gets or loses a label."""

    SOURCE: ClassVar[Source] = sources.PUSH_MANAGEMENT
    SECTION: ClassVar[str] = "Label"

    usernames: Annotated[list[UserId], Wire("Users; one a line."), Field(min_length=1, max_length=LABELLED_AT_ONCE)]
