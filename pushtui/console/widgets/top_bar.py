"""The row at the top: which environment and account, and which screen."""

from __future__ import annotations

from collections.abc import Iterable

from textual.reactive import reactive

from pushtui.console.actions import BY_ID, MODES, Scope, mode_of
from pushtui.console.widgets.bar import Bar, Piece, width_of
from pushtui.domain.account import Account, Environment
from pushtui.providers.apps import provider_title

SPARE = "user"
"""The tab that makes way for the account's name, unless its screen is shown."""


class TopBar(Bar):
    """Says by word, shape and colour how real the users are; live is loud, sandbox is calm."""

    DEFAULT_CSS = """
    TopBar {
        dock: top;
        height: 1;
        width: 1fr;
        background: $bar;
        color: $bar-text;
        &.-live { background: $env-live; color: $env-live-text; }
    }
    """

    account: reactive[Account | None] = reactive(None, init=False)

    def __init__(self, scope: Scope, account: Account | None = None) -> None:
        super().__init__()
        self._mode = mode_of(scope).id
        self._own = account
        self._note = ""
        self._shows_runs = scope is not Scope.RUN  # There the run itself is in sight.

    def on_mount(self) -> None:
        if self._own is not None:
            self.account = self._own
        else:
            self.watch(self.app, "account", self._follow)
        if self._shows_runs:
            self.watch(self.app, "run_note", self._show_note)

    def watch_account(self, account: Account | None) -> None:
        self.set_class(_is_live(account), "-live")
        self.renew()

    def _show_note(self, note: str) -> None:
        """Show it on the screen in sight; a row painted on one below would have all of the upper one painted too."""
        self._note = note
        if self.app.screen is self.screen:
            self.renew()

    def _follow(self, account: Account | None) -> None:
        self.account = account

    def pieces(self, width: int) -> list[Piece]:
        named = [(left, [*self._noted(), *self._tabs(MODES)]) for left in self._left_ends()[:2]]
        ends = [*named, *((left, right) for right in self._right_ends() for left in self._left_ends())]
        for left, right in ends:
            gap = width - width_of(left) - width_of(right)
            if gap >= 0:
                return [*left, Piece(" " * gap), *right]
        return ends[-1][0]

    def _left_ends(self) -> list[list[Piece]]:
        """What can stand at the left end, the longest first; the environment is never left out."""
        account = self.account
        brand = Piece(" pushtui ", "bold")
        if account is None:
            return [[brand]]
        chip = chip_of(account.environment)
        name = f" {account.name}" + (" · read-only" if account.read_only else "")
        title = f"{name} · {provider_title(account.provider)}"
        return [[brand, chip, Piece(title)], [chip, Piece(title)], [chip, Piece(name)], [chip]]

    def _right_ends(self) -> list[list[Piece]]:
        modes = [mode for mode in MODES if mode != SPARE or mode == self._mode]
        keys = [self._tab(mode, f" {BY_ID[mode].key} ") for mode in modes]
        current = self._tabs([self._mode])
        mixed = [current[0] if mode == self._mode else key for mode, key in zip(modes, keys, strict=True)]
        return [[*self._noted(), *end] for end in (self._tabs(modes), mixed, current, [])]

    def _noted(self) -> list[Piece]:
        return [Piece(f" {self._note} ", "bold", "history")] if self._note else []

    def _tabs(self, modes: Iterable[str]) -> list[Piece]:
        return [self._tab(mode, f" {BY_ID[mode].key} {BY_ID[mode].label} ") for mode in modes]

    def _tab(self, mode: str, text: str) -> Piece:
        current = mode == self._mode
        quiet = "" if _is_live(self.account) else "$bar-quiet"
        return Piece(text, "bold $bar-current-text on $bar-current" if current else quiet, mode)


def chip_of(environment: Environment) -> Piece:
    """Write an environment by word, shape and colour."""
    style = f"bold $env-{environment.value}-text on $env-{environment.value}"
    return Piece(f" {environment.mark} {environment.value.upper()} ", style)


def _is_live(account: Account | None) -> bool:
    return account is not None and account.environment is Environment.LIVE
