"""What is done with a draft as a whole: started, opened, saved, taken up and planned, with the questions about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pushtui.console.screens.base import ask

if TYPE_CHECKING:
    from pushtui.console.app import PushtuiApp
    from pushtui.domain.plan import Plan
    from pushtui.services.desk import Desk
    from pushtui.services.recovery import Recovery
    from pushtui.services.services import Services


class DraftJobs:
    """Each answers whether there is another draft on the desk now; from a worker only."""

    def __init__(self, app: PushtuiApp, desk: Desk) -> None:
        self._app = app
        self._desk = desk

    async def new(self) -> bool:
        """Ask which kind of draft to start, and start it."""
        from pushtui.console.screens.kinds import KindDialog
        from pushtui.services.kind_choices import kind_choices

        draft = self._desk.composition
        kind = await ask(self._app, KindDialog(kind_choices(self._app.account), draft.kind.name))
        if kind is None or not await self._may_leave():
            return False
        self._desk.new(draft.account, kind)
        return True

    async def open(self, services: Services) -> bool:
        """Ask which file to open, and open it."""
        from pushtui.console.screens.files import OpenDialog

        path = await ask(self._app, OpenDialog(await services.drafts.list()))
        if path is None or not await self._may_leave():
            return False
        await self._desk.open(path)
        return True

    async def take_up(self, recovery: Recovery) -> bool:
        """Offer drafts that a console left behind when it was killed."""
        from pushtui.console.screens.left_behind import choose_left_behind

        chosen = await choose_left_behind(self._app, recovery)
        if chosen is None or not await self._may_leave():
            return False
        self._desk.restore(chosen)
        return True

    async def save(self) -> bool:
        """Save to the draft's file, or to one that is asked for; answers whether it was."""
        from pushtui.console.screens.files import save_draft

        return await save_draft(self._app, self._desk)

    async def review(self, services: Services) -> None:
        """Make a plan and show it; come back when it was sent or not."""
        from pushtui.console.screens.plan import PlanScreen

        await services.follow_sandbox()
        plan = await self._planned(services)
        if plan is not None:
            await ask(self._app, PlanScreen(services, plan))

    async def preview(self) -> None:
        """Show what each recipient will read."""
        from pushtui.console.screens.preview import PreviewScreen

        await ask(self._app, PreviewScreen(self._desk.composition.draft))

    async def _planned(self, services: Services) -> Plan | None:
        """Plan the draft; None if the person did not wait for all recipients to be read."""
        from pushtui.console.screens.reading import while_reading
        from pushtui.services.recipients.watching import ReadingWatch

        draft = self._desk.composition.draft
        watch = ReadingWatch(draft.recipients, self._app.options.clock)
        return await while_reading(self._app, watch, lambda: services.planning.plan(draft, watch))

    async def _may_leave(self) -> bool:
        """Ask before a draft that no file holds makes room."""
        from pushtui.console.screens.question import Question

        if not self._desk.composition.dirty:
            return True
        question = "The draft has changes that no file holds. Leave them?"
        return await ask(self._app, Question(question, yes="Leave them", no="Keep editing")) is True
