"""The sandbox's settings: how the three clouds behave where they can differ."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on
from textual.content import Content
from textual.widgets import DataTable

from pushtui.console.actions import Action, Scope
from pushtui.console.guarded import run_guarded
from pushtui.console.keys import bindings_for
from pushtui.console.screens.base import ask
from pushtui.console.screens.value_dialog import ValueDialog
from pushtui.console.widgets.sandbox_pane import SandboxPane
from pushtui.console.widgets.setting_view import COLUMNS, setting_content, setting_row
from pushtui.services.sandbox_values import setting_value, value_words

if TYPE_CHECKING:
    from pushtui.domain.json_body import JsonValue
    from pushtui.services.sandbox_world import Setting


class SettingsPane(SandboxPane):
    """All settings by cloud; those that are changed are marked."""

    scope = Scope.SETTINGS
    columns = COLUMNS
    help = (
        "Switches of the clouds' consoles, and choices where their documentation is silent: then the help says "
        "“Inferred.” Enter switches what is on or off, and asks for other values. A reset brings back the defaults."
    )
    BINDINGS = bindings_for(Scope.SETTINGS)

    def __init__(self) -> None:
        super().__init__()
        self._settings: dict[str, Setting] = {}

    async def load(self) -> None:
        """Ask for the values."""
        settings = await (await self.control()).settings()
        self._settings = {setting.name: setting for setting in settings}
        self.table.show([setting_row(setting) for setting in settings])
        self.show_detail()

    @property
    def setting(self) -> Setting | None:
        """The highlighted setting."""
        return self._settings.get(self.table.highlighted or "")

    @property
    def count(self) -> str:
        changed = sum(setting.changed for setting in self._settings.values())
        return f"{changed} changed" if changed else ""

    def detail(self) -> Content:
        setting = self.setting
        return setting_content(setting) if setting is not None else Content("")

    # What keys do

    @on(DataTable.RowSelected)
    def action_change_setting(self) -> None:
        """Switch the highlighted setting, or ask for its value."""
        setting = self.setting
        if setting is None:
            return
        if isinstance(setting.value, bool):
            self.do(lambda: self._set(setting.name, not self._settings[setting.name].value))
        else:
            run_guarded(self, lambda: self._ask(setting), group="dialog", exclusive=True)

    def action_restore_setting(self) -> None:
        """Bring the highlighted setting back to its default."""
        setting = self.setting
        if setting is not None:
            self.do(lambda: self._set(setting.name, setting.default))

    async def _ask(self, setting: Setting) -> None:
        async def change(text: str) -> None:
            await self._set(setting.name, setting_value(setting, text))

        choices = [(value_words(choice), value_words(choice)) for choice in setting.choices]
        dialog = ValueDialog(setting.name, setting.help, change, choices=choices, value=value_words(setting.value))
        await ask(self.app, dialog)

    async def _set(self, name: str, value: JsonValue) -> None:
        await (await self.control()).change_settings({name: value})

    # What the shell asks

    def why_not(self, action: Action) -> str | None:
        """What is not changed is its default already."""
        if action.id == "restore_setting" and self.setting is not None and not self.setting.changed:
            return "it has its default"
        return super().why_not(action)

    def label_of(self, action: Action) -> str:
        """Enter switches what is on or off."""
        switch = self.setting is not None and isinstance(self.setting.value, bool)
        return "Switch" if action.id == "change_setting" and switch else action.label
