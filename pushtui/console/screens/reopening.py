"""Laying a draft of another screen on the desk."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pushtui.console.screens.base import ask
from pushtui.console.screens.question import Question

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from pushtui.console.app import PushtuiApp
    from pushtui.services.services import Services

LEAVE = "The draft in hand has changes that no file holds. Leave them for this one?"


async def lay_on_desk(app: PushtuiApp, services: Services, lay: Callable[[], Awaitable[None]]) -> bool:
    """Lay a draft on the desk and show it; False if a person would rather keep the one in hand. From a worker only."""
    unsaved = services.desk.composition.dirty
    if unsaved and not await ask(app, Question(LEAVE, yes="Leave them", no="Keep editing")):
        return False
    await lay()
    await app.action_compose()
    return True
