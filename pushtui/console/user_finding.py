"""From any screen to a user: the one it points at, or one that is typed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, runtime_checkable

from pushtui.console.acting import actor_of
from pushtui.console.guarded import run_guarded
from pushtui.domain.errors import PushtuiError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.screen import Screen

    from pushtui.console.app import PushtuiApp

MOST_RECENT = 20
MOST_OFFERED = 200


@runtime_checkable
class PointsAtUsers(Protocol):
    """A screen or pane whose highlighted row is about users."""

    @property
    def users_shown(self) -> Sequence[str]:
        """The ids of the users that it is about."""
        ...


def pointed_at(screen: Screen[object]) -> Sequence[str]:
    """Return the users that a screen points at."""
    actor = actor_of(screen)
    return actor.users_shown if isinstance(actor, PointsAtUsers) else ()


def find_user(app: PushtuiApp) -> None:
    """Open the user that is highlighted, or ask for one; those that are highlighted are offered first."""
    users = pointed_at(app.screen)
    run_guarded(app, lambda: _open(app, users[0]) if len(users) == 1 else _ask(app, users), group="dialog")


async def _ask(app: PushtuiApp, users: Sequence[str]) -> None:
    from pushtui.console.screens.base import ask
    from pushtui.console.screens.which_user import WhichUser

    recent = list(users[:MOST_OFFERED]) or await _recent(app)
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
