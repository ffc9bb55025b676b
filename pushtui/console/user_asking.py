"""Dialogs about the user who is open: what is asked, which conversations, and who stands beside."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pushtui.console.screens.base import ask
from pushtui.console.screens.question_dialog import QuestionDialog, WhichPush
from pushtui.console.screens.value_dialog import ValueDialog
from pushtui.console.screens.which_user import WhichUser
from pushtui.domain.conversation import parse_conversation
from pushtui.domain.errors import UsageError
from pushtui.domain.typed_time import moment_on_clock
from pushtui.services.explaining import Question

if TYPE_CHECKING:
    from pushtui.console.app import PushtuiApp
    from pushtui.console.opened_user import OpenedUser
    from pushtui.domain.account import Account

CONVERSATIONS = (
    "RongCloud and Agora Chat tell the settings of conversations only by name. Name them, separated by blanks: "
    "user/anna group/42. Nothing names none."
)
_BETWEEN = re.compile(r"[\s,;]+")


@dataclass(frozen=True, slots=True)
class UserAsking:
    """Each dialog changes what is wanted of the opened user, and tells whether it did; all of it in a worker."""

    app: PushtuiApp
    opened: OpenedUser

    async def about_a_message(self, account: Account | None) -> bool:
        """Ask for sender, group, mention and moment."""
        clock = (await self.app.services.get()).clock

        async def accept(question: Question) -> None:
            if question.at and account is not None:
                moment_on_clock(question.at, clock.now(), account.push_zone)
            self.opened.question = question

        asked = await ask(self.app, QuestionDialog(self.opened.question, accept))
        return asked is not None

    async def about_a_push(self) -> bool:
        """Let the person choose a push of the history; raises UsageError if there is none."""
        services = await self.app.services.get()
        runs = await services.history.runs()
        if not runs:
            raise UsageError("Nothing was sent from here yet.", title="Push")
        chosen = await ask(self.app, WhichPush(runs))
        if chosen:
            push = await services.explaining.pushes.of_run(chosen, self.opened.id)
            self.opened.question = Question(self.opened.id, push=push)
        return bool(chosen)

    async def for_conversations(self) -> bool:
        """Ask for conversations by name."""

        async def accept(text: str) -> None:
            named = [part for part in _BETWEEN.split(text) if part]
            self.opened.conversations = tuple(dict.fromkeys(map(parse_conversation, named)))

        now = " ".join(map(str, self.opened.conversations))
        dialog = ValueDialog("Conversations", CONVERSATIONS, accept, value=now, placeholder="user/anna group/42")
        named_some = await ask(self.app, dialog)
        return named_some is not None

    async def for_another(self) -> bool:
        """Ask for a user to put beside."""
        others = [user for user in self.app.recent_users if user != self.opened.id]
        user = await ask(self.app, WhichUser(others, "Another user's id"))
        if not user or user == self.opened.id:
            return False
        self.opened.beside = user
        return True
