"""The sandbox's faults: what waits for requests, and what can be set."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on
from textual.content import Content
from textual.widgets import DataTable

from pushtui.console.actions import Action, Scope
from pushtui.console.guarded import run_guarded
from pushtui.console.keys import bindings_for
from pushtui.console.screens.base import ask
from pushtui.console.screens.fault_dialog import FaultDialog
from pushtui.console.widgets.fault_view import COLUMNS, fault_content, known_row, set_row
from pushtui.console.widgets.literal import toast
from pushtui.console.widgets.sandbox_pane import SandboxPane
from pushtui.services.sandbox_world import Faults

if TYPE_CHECKING:
    from pushtui.domain.json_body import JsonObject
    from pushtui.services.sandbox_world import KnownFault, SetFault


class FaultsPane(SandboxPane):
    """Faults that are set stand first; below them is each that can be."""

    scope = Scope.FAULTS
    columns = COLUMNS
    lively = True
    help = (
        "A fault lets requests to the clouds go wrong: late, lost, refused, or answered with nonsense. Enter on one of "
        "the list sets it, for a cloud, a path, and a number of requests; Enter on one that is set (●) removes it. "
        "A fault that holds requests releases them when it is removed."
    )
    BINDINGS = bindings_for(Scope.FAULTS)

    def __init__(self) -> None:
        super().__init__()
        self._faults = Faults((), ())

    async def load(self) -> None:
        """Ask what is set."""
        self._faults = await (await self.control()).faults()
        waiting = [set_row(fault) for fault in self._faults.waiting]
        self.table.show([*waiting, *(known_row(fault) for fault in self._faults.known)])
        self.show_detail()

    @property
    def fault(self) -> SetFault | None:
        """The highlighted fault, if it is one that is set."""
        return next((one for one in self._faults.waiting if f"set {one.id}" == self.table.highlighted), None)

    @property
    def kind(self) -> KnownFault | None:
        """What is known about the highlighted fault."""
        name = self.fault.name if self.fault is not None else self.table.highlighted
        return next((one for one in self._faults.known if one.name == name), None)

    @property
    def count(self) -> str:
        return f"{len(self._faults.waiting)} on" if self._faults.waiting else ""

    def detail(self) -> Content:
        kind = self.kind
        return fault_content(kind, self.fault) if kind is not None else Content("")

    # What keys do

    @on(DataTable.RowSelected)
    def action_switch_fault(self) -> None:
        """Remove the highlighted fault if it is set, else ask how it should be set."""
        fault, kind = self.fault, self.kind
        if fault is not None:
            self.do(lambda: self._remove(fault.id))
        elif kind is not None:
            run_guarded(self, lambda: self._ask(kind), group="dialog", exclusive=True)

    def action_clear_faults(self) -> None:
        """Remove all faults."""
        self.do(lambda: self._remove(None))

    async def _ask(self, kind: KnownFault) -> None:
        control = await self.control()

        async def set_fault(values: JsonObject) -> None:
            await control.set_fault(kind.name, **values)

        await ask(self.app, FaultDialog(kind, set_fault))

    async def _remove(self, fault_id: int | None) -> None:
        removed = await (await self.control()).remove_faults(fault_id)
        toast(self.app, "The fault is removed." if removed == 1 else f"{removed} faults are removed.")

    # What the shell asks

    def why_not(self, action: Action) -> str | None:
        """Without faults there is nothing to remove."""
        if action.id == "clear_faults" and not self._faults.waiting:
            return "no fault is set"
        return super().why_not(action)

    def label_of(self, action: Action) -> str:
        """Enter sets what is not set, and removes what is."""
        if action.id != "switch_fault":
            return action.label
        return "Set" if self.fault is None else "Remove"
