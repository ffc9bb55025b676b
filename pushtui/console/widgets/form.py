"""The form of one section of a draft."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.message import Message
from textual.widget import Widget

from pushtui.console.widgets.choices import Choices
from pushtui.console.widgets.fields import FieldEditor, FieldLabel, FieldLeft, editor_for
from pushtui.domain.field import FieldSpec, Variant
from pushtui.domain.json_body import JsonPath

if TYPE_CHECKING:
    from pushtui.services.composing import Composition


class VariantField(Choices):
    """A choice that no single field shows."""

    def __init__(self, variant: Variant, option: str) -> None:
        super().__init__(variant.options, (variant.options.index(option),))
        self.variant = variant
        self.add_class("field")

    def on_choices_changed(self, event: Choices.Changed) -> None:
        """Ask for the other option."""
        event.stop()
        self.post_message(Form.OptionChosen(self.variant, self.variant.options[event.chosen[0]]))


class Form(VerticalScroll, can_focus=False):
    """Labels and editors of one section; only the section in view is mounted."""

    DEFAULT_CSS = """
    Form { layout: grid; grid-size: 2; grid-columns: 21 1fr; grid-rows: auto; grid-gutter: 0 1; height: 1fr; }
    """

    BINDINGS: ClassVar[list[BindingType]] = [("down", "leave(1)", "Next field"), ("up", "leave(-1)", "Previous field")]

    @dataclass
    class OptionChosen(Message):
        """A person chose another option of a variant."""

        variant: Variant
        option: str

    @dataclass
    class Left(Message):
        """A person moved past the first (-1) or last (1) field."""

        step: int

    def __init__(
        self,
        composition: Composition,
        section: str,
        *,
        id: str | None = None,  # noqa: A002 - Textual's name
    ) -> None:
        super().__init__(id=id)
        self._first = (composition, section)
        self._labels: dict[FieldSpec, FieldLabel] = {}
        self._showing = asyncio.Lock()

    def compose(self) -> ComposeResult:
        yield from self._rows(*self._first)

    async def show(self, composition: Composition, section: str) -> None:
        """Show the fields of a section as the draft has them."""
        async with self._showing:
            self._labels = {}
            widgets = list(self._rows(composition, section))
            async with self.batch():
                await self.remove_children()
                await self.mount_all(widgets)
            self.show_findings(composition)
            self.scroll_home(animate=False)

    def show_findings(self, composition: Composition) -> None:
        """Mark the fields that have findings."""
        for spec, label in self._labels.items():
            label.show_findings(composition.findings_at(spec.path))

    def focus_field(self, *, last: bool = False) -> None:
        """Put the cursor into the first or the last field."""
        editors = self._editors()
        if editors:
            editors[-1 if last else 0].focus()

    def focus_path(self, path: JsonPath) -> None:
        """Put the cursor into the field that a path is about, or the nearest one."""
        fields = [editor for editor in self._editors() if isinstance(editor, FieldEditor)]
        near = [field for field in fields if path[: len(field.spec.path)] == field.spec.path]
        inside = [field for field in fields if field.spec.path[: len(path)] == path]
        for field in (near or inside or fields)[:1]:
            field.focus()

    def action_leave(self, step: int) -> None:
        """Move to the neighbouring field, or out of the section at its ends."""
        editors = self._editors()
        focused = self.screen.focused
        index = editors.index(focused) + step if focused in editors else 0
        if 0 <= index < len(editors):
            editors[index].focus()
        else:
            self.post_message(self.Left(step))

    @on(FieldLeft)
    def _leave_field(self, event: FieldLeft) -> None:
        event.stop()
        self.action_leave(event.step)

    def _rows(self, composition: Composition, section: str) -> Iterator[Widget]:
        for variant in composition.kind.variants:
            if variant.section == section:
                yield FieldLabel(variant.label)
                yield VariantField(variant, composition.option(variant))
        for spec in composition.visible_fields(section):
            label = FieldLabel(spec.label, required=spec.required)
            self._labels[spec] = label
            yield label
            yield editor_for(spec, composition.value(spec.path))

    def _editors(self) -> list[Widget]:
        return list(self.query(".field"))
