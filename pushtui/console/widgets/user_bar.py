"""The rows above a user's settings: who it is, which part is shown, and how each account stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len
from textual.content import Content

from pushtui.console.actions import BY_ID
from pushtui.console.widgets.bar import Bar, Piece, width_of
from pushtui.console.widgets.diagnosis_view import STYLES
from pushtui.console.widgets.literal import Block, joined, lines, literal_line
from pushtui.domain.safe_text import line
from pushtui.services.question_words import mark_of

if TYPE_CHECKING:
    from pushtui.console.opened_user import OpenedUser
    from pushtui.domain.account import Account

PARTS = ("show_profile", "show_why", "show_user_changes")
MOST_ACCOUNTS = 5


class UserBar(Bar):
    """Says who is looked at, and what the three parts are."""

    DEFAULT_CSS = """
    UserBar { height: 1; width: 1fr; color: $foreground; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._user = ""
        self._part = PARTS[0]
        self._changes = 0

    def show(self, user: str, part: str, changes: int) -> None:
        """Show who it is, the part by the action that shows it, and how many changes there were."""
        self._user, self._part, self._changes = user, part, changes
        self.renew()

    def pieces(self, width: int) -> list[Piece]:
        tabs = [self._tab(action) for action in PARTS]
        room = max(0, width - width_of(tabs) - 2)
        name = f" {self._user}"
        if Piece(name).width > room:
            name = f"{name[: max(0, room - 1)]}…"
        return [Piece(name, "bold $primary"), Piece(" " * max(1, width - width_of(tabs) - Piece(name).width)), *tabs]

    def _tab(self, action: str) -> Piece:
        count = f" · {self._changes}" if action == PARTS[-1] and self._changes else ""
        text = f" {BY_ID[action].key} {BY_ID[action].label}{count} "
        return Piece(text, "bold $bar-current-text on $bar-current" if action == self._part else "$quiet", action)


class Verdicts(Block):
    """A line for each account: whether a push shows there."""

    DEFAULT_CSS = """
    Verdicts { height: auto; text-wrap: nowrap; text-overflow: ellipsis; }
    """

    def show_user(self, opened: OpenedUser, here: Account | None) -> None:
        """Show the accounts around the one that is looked at."""
        accounts = opened.accounts
        at = accounts.index(here) if here in accounts else 0
        first = max(0, min(at - MOST_ACCOUNTS // 2, len(accounts) - MOST_ACCOUNTS))
        shown = accounts[first : first + MOST_ACCOUNTS]
        room = max((cell_len(line(account.name)) for account in shown), default=0)
        self.show(lines(*(_standing_line(opened, account, room, is_here=account == here) for account in shown)))


def _standing_line(opened: OpenedUser, account: Account, room: int, *, is_here: bool) -> Content:
    """Write how an account stands: `› ✖ sandbox-agora  Silent until …`."""
    mark, style, words = standing(opened, account)
    gap = " " * (room - cell_len(line(account.name)) + 2)
    name = literal_line(f"{account.environment.mark} {account.name}{gap}", "bold" if is_here else "")
    return joined(
        literal_line("› " if is_here else "  ", "bold $primary"),
        literal_line(f"{mark} ", style),
        name,
        literal_line(words, "" if is_here else "$quiet"),
    )


def standing(opened: OpenedUser, account: Account) -> tuple[str, str, str]:
    """Return mark, style and words for how an account stands."""
    problem, profile = opened.problem(account), opened.profile(account)
    if problem:
        return "✖", "bold $finding-error", f"not asked: {problem}"
    explanation = opened.explanations.get(account.name)
    if profile is not None and profile.exists is False:
        return "·", "$quiet", "no such user"
    if explanation is None:
        return "…", "$quiet", "asking"
    mark = mark_of(explanation.diagnosis)
    return mark.shape, STYLES[mark], explanation.verdict
