"""Payloads of quiet hours: one daily window in which a user gets no push."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from pushtui.domain.field import Choice
from pushtui.domain.finding import Source
from pushtui.providers.rongcloud import sources
from pushtui.providers.rongcloud.answers import AnswerPart, CodeAnswer
from pushtui.providers.rongcloud.user_model import UserId
from pushtui.providers.wire import NotBoolean, Wire, WireModel

LONGEST_PERIOD = 1439
"""Minutes; from 00:00:00 this is all day."""
LEVELS = (Choice(1, "1 only @-messages push"), Choice(5, "5 nothing pushes"))
CLOCK_TIME = r"^([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]$"


class QuietHoursModel(WireModel):
    SOURCE: ClassVar[Source] = sources.QUIET_HOURS
    SECTION: ClassVar[str] = "Quiet hours"


class SetQuietHoursRequest(QuietHoursModel):
    """Sets the user's one daily window; what was set before is replaced."""

    userId: Annotated[UserId, Wire("The user who wants quiet.", label="user id")]
    startTime: Annotated[
        str,
        Wire(
            "When the window begins, by the clock of the data centre: Beijing time in China, UTC elsewhere.",
            label="start",
            placeholder="22:00:00",
        ),
        Field(pattern=CLOCK_TIME),
    ]
    period: Annotated[
        int,
        NotBoolean(),
        Wire("How long it lasts, in minutes; 0 is no window at all.", label="minutes", placeholder="540"),
        Field(ge=0, le=LONGEST_PERIOD),
    ]
    level: Annotated[
        Literal[1, 5] | None,
        NotBoolean(),
        Wire(
            "What still gets through; 1 is the default.",
            choices=LEVELS,
        ),
    ] = None


class OneUsersQuietHours(QuietHoursModel):
    """Reads or deletes a user's window."""

    userId: Annotated[UserId, Wire("The user whose window it is.", label="user id")]


class QuietHours(AnswerPart):
    """The window as it is read back; the level has another name here than where it is set."""

    startTime: str = ""
    period: int = 0
    unPushLevel: int | None = None
    """None where the answer leaves it out."""


class GetQuietHoursResponse(CodeAnswer):
    """The user's window."""

    data: QuietHours = QuietHours()
