"""From a key, a click or a command to what it does, or to the reason why not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pushtui.console.acting import LooksFirst, copyable, doer_of, why_not
from pushtui.console.actions import ACTIONS, BY_ID, MODES, Action, Scope
from pushtui.console.guarded import run_guarded
from pushtui.console.widgets.key_bar import KeyBar
from pushtui.console.widgets.literal import toast

if TYPE_CHECKING:
    from pushtui.console.app import PushtuiApp


async def perform(app: PushtuiApp, action: Action) -> None:
    """Do an action, or say why it cannot be done now."""
    screen = app.screen
    doer = doer_of(screen, action)
    look = doer.look_before(action) if isinstance(doer, LooksFirst) else None
    if look is None:
        await _perform(app, action)
        return

    async def look_first() -> None:
        await look
        if app.screen is screen:
            await _perform(app, action)

    run_guarded(screen, look_first, group="keys")


async def _perform(app: PushtuiApp, action: Action) -> None:
    reason = why_not_here(app, action)
    if reason is not None:
        toast(app, f"{action.label}: {reason}.", severity="warning")
        return
    await app.run_action(action.id, app if action.scope is Scope.GLOBAL else doer_of(app.screen, action))


def why_not_here(app: PushtuiApp, action: Action) -> str | None:
    """Say why an action cannot be done now; None if it can."""
    return why_not(app.screen, scope_of(app), action)


def scope_of(app: PushtuiApp) -> Scope | None:
    """Return the scope of the screen that is shown: that of its key bar."""
    return next((bar.scope for bar in app.screen.query(KeyBar)), None)


def copy_shown(app: PushtuiApp) -> None:
    """Copy what is shown."""
    from pushtui.console.copying import copy

    what = copyable(app.screen)
    if what is not None:
        copy(app, what)


def explain_ctrl_c(app: PushtuiApp) -> None:
    """Tell a person whose fingers say Ctrl+C what it does here."""
    toast(app, f"Ctrl+C copies what is selected, and nothing is. {BY_ID['quit'].key} quits.")


def show_palette(app: PushtuiApp) -> None:
    """Let the person choose an action by name, then do it."""
    from pushtui.console.screens.base import ask
    from pushtui.console.screens.palette import Command, Palette

    others = [action for action in ACTIONS if action.id not in ("commands", *_here(app))]
    commands = [Command(action, why_not_here(app, action)) for action in others]

    async def choose() -> None:
        chosen = await ask(app, Palette(sorted(commands, key=lambda command: command.reason is not None)))
        if chosen is not None:
            await app.action_perform(chosen)

    run_guarded(app, choose, group="palette", exclusive=True)


def show_help(app: PushtuiApp) -> None:
    """Explain what has the focus, and the keys."""
    from pushtui.console.help_topic import topics_for
    from pushtui.console.screens.base import ask
    from pushtui.console.screens.help import HelpScreen

    reasons = {action: why_not_here(app, action) for action in ACTIONS}
    screen = HelpScreen(topics_for(app.focused or app.screen), scope_of(app), reasons.__getitem__)

    async def explain() -> None:
        await ask(app, screen)

    run_guarded(app, explain, group="help")


def _here(app: PushtuiApp) -> list[str]:
    """Name the action that shows the screen that is shown, unless it leads on from there."""
    return [mode for mode in MODES if mode == app.current_mode != "user"]
