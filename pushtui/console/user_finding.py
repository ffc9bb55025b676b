"""From any screen to a user: the one it points at, or one that is typed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, runtime_checkable

from pushtui.console.acting import actor_of
from pushtui.console.guarded import run_guarded
from pushtui.domain.errors import PushtuiError

if TYPE_CHECKING:
    from textual.screen import Screen

    from pushtui.console.app import PushtuiApp

MOST_RECENT = 20


@runtime_checkable
class PointsAtUser(Protocol):
    """A screen or pane whose highlighted row is about a user."""

    @property
    def user_shown(self) -> str:
        """The user's id; empty if there is none."""
        ...


def pointed_at(screen: Screen[object]) -> str:
    """Return the user that a screen points at; empty if it does not."""
    actor = actor_of(screen)
    return actor.user_shown if isinstance(actor, PointsAtUser) else ""


def find_user(app: PushtuiApp) -> None:
    """Open the user that is highlighted, or ask for one."""
    user = pointed_at(app.screen)
    run_guarded(app, lambda: _open(app, user) if user else _ask(app), group="dialog", exclusive=True)


async def _ask(app: PushtuiApp) -> None:
    from pushtui.console.screens.base import ask
    from pushtui.console.screens.which_user import WhichUser

    recent = await _recent(app)
    run_guarded(app, lambda: _warm_up(app), group="warm-up")
    user = await ask(app, WhichUser(recent))
    if user:
        await _open(app, user)


async def _warm_up(app: PushtuiApp) -> None:
    await (await app.services.get()).profiles.warm_up()


async def _open(app: PushtuiApp, user: str) -> None:
    from pushtui.console.screens.user import UserScreen

    app.recent_users[:] = [user, *(one for one in app.recent_users if one != user)][:MOST_RECENT]
    await app.switch_mode("user")
    screen = app.screen
    if isinstance(screen, UserScreen):
        screen.open(user)


async def _recent(app: PushtuiApp) -> list[str]:
    """Return the users of this session, then those whose settings were changed lately, if that is known yet."""
    services = app.services.value
    try:
        told = await services.changes.history(MOST_RECENT) if services is not None else []
    except PushtuiError:
        told = []  # A journal that cannot be read says so where it is needed.
    return list(dict.fromkeys((*app.recent_users, *(one.change.user for one in told))))[:MOST_RECENT]
