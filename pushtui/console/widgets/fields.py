"""Field editors: one widget for each kind of field, all of the same shape."""

from __future__ import annotations

from dataclasses import dataclass

from textual.content import Content
from textual.message import Message
from textual.suggester import SuggestFromList
from textual.widgets import Input, TextArea

from pushtui.console.help_topic import HelpTopic
from pushtui.console.widgets.choices import Choices
from pushtui.console.widgets.editor import Editor
from pushtui.console.widgets.entry import Entry
from pushtui.console.widgets.literal import Line, joined, literal_line
from pushtui.domain.field import FieldKind, FieldSpec
from pushtui.domain.finding import Finding
from pushtui.domain.json_body import JsonPath, JsonValue, compact, dotted
from pushtui.services.field_text import editable, from_text, to_text

NOT_SET = "not set"


@dataclass
class FieldChanged(Message):
    """A person changed a field; None takes it out of the body."""

    path: JsonPath
    value: JsonValue


@dataclass
class FieldLeft(Message):
    """A person went on to the next field (1) or back to the one before (-1)."""

    step: int


class LineField(Entry):
    """A field of one line: text or a whole number."""

    def __init__(self, spec: FieldSpec, value: JsonValue) -> None:
        suggester = SuggestFromList(spec.suggestions, case_sensitive=False) if spec.suggestions else None
        self._told = to_text(spec, value)
        super().__init__(self._told, placeholder=spec.placeholder, suggester=suggester)
        self.spec = spec

    def help_topic(self) -> HelpTopic:
        return explained(self.spec)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Tell what the field holds now; being mounted with a value is no change."""
        event.stop()
        if event.value != self._told:
            self._told = event.value
            self.post_message(FieldChanged(self.spec.path, from_text(self.spec, event.value)))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter goes on to the next field."""
        event.stop()
        self.post_message(FieldLeft(1))


class LeavingEditor(Editor):
    """An editor that the arrows leave at its ends."""

    def action_cursor_up(self, select: bool = False) -> None:
        if self.cursor_at_first_line and not select:
            self.post_message(FieldLeft(-1))
        else:
            super().action_cursor_up(select)

    def action_cursor_down(self, select: bool = False) -> None:
        if self.cursor_at_last_line and not select:
            self.post_message(FieldLeft(1))
        else:
            super().action_cursor_down(select)


class TextField(LeavingEditor):
    """A field of many lines: text, a list with one item a line, or JSON."""

    def __init__(self, spec: FieldSpec, value: JsonValue) -> None:
        self._told = to_text(spec, value)
        super().__init__(
            self._told,
            json=spec.kind in (FieldKind.JSON, FieldKind.OBJECT, FieldKind.OBJECTS),
            placeholder=spec.placeholder or _PLACEHOLDERS.get(spec.kind, ""),
        )
        self.spec = spec

    def help_topic(self) -> HelpTopic:
        return explained(self.spec)

    def on_text_area_changed(self, event: TextArea.Changed) -> None:
        """Tell what the field holds now; being mounted with a text is no change."""
        event.stop()
        if self.text != self._told:
            self._told = self.text
            self.post_message(FieldChanged(self.spec.path, from_text(self.spec, self.text)))


_PLACEHOLDERS = {FieldKind.LIST: "one a line", FieldKind.OBJECT: "{ }", FieldKind.OBJECTS: "{ }, one a line"}


class ChoiceField(Choices):
    """A field with a few values; an optional one can also be left out."""

    def __init__(self, spec: FieldSpec, value: JsonValue) -> None:
        self.spec = spec
        self._many = spec.kind is FieldKind.CHOICES
        self._values: list[JsonValue] = [choice.value for choice in spec.choices]
        self._others: list[JsonValue] = self._unoffered(value)
        labels = [choice.label for choice in spec.choices]
        if not self._many and not spec.required:
            self._values.insert(0, None)
            labels.insert(0, NOT_SET)
        super().__init__(tuple(labels), self._indexes(value), many=self._many)

    def help_topic(self) -> HelpTopic:
        return explained(self.spec)

    def on_choices_changed(self, event: Choices.Changed) -> None:
        """Tell what the field holds now."""
        event.stop()
        values = [*(self._values[index] for index in event.chosen), *self._others]
        value: JsonValue = values if self._many else values[0]
        self.post_message(FieldChanged(self.spec.path, value))

    def _unoffered(self, value: JsonValue) -> list[JsonValue]:
        """What a list holds beside the choices; it is not this field's to drop."""
        given = value if self._many and isinstance(value, list) else []
        return [item for item in given if not _contains(self._values, item)]

    def _indexes(self, value: JsonValue) -> tuple[int, ...]:
        given = value if self._many and isinstance(value, list) else [value]
        return tuple(index for index, item in enumerate(self._values) if _contains(given, item))


def _contains(values: list[JsonValue], item: JsonValue) -> bool:
    """Compare with the type, since True equals 1 in Python but not in JSON."""
    return any(type(value) is type(item) and value == item for value in values)


class FixedField(Line, can_focus=True):
    """A value that an editor could not hold as it is; it is changed in the JSON."""

    DEFAULT_CSS = """
    FixedField { background: $field; padding: 0 1; &:focus { background: $field-focus; } }
    """

    def __init__(self, spec: FieldSpec, value: JsonValue) -> None:
        super().__init__(joined(literal_line("F6 to edit  ", "$quiet"), literal_line(compact(value))))
        self.spec = spec

    def help_topic(self) -> HelpTopic:
        return explained(self.spec)


FieldEditor = LineField | TextField | ChoiceField | FixedField

_EDITORS: dict[FieldKind, type[LineField | TextField | ChoiceField]] = {
    FieldKind.LINE: LineField,
    FieldKind.INTEGER: LineField,
    FieldKind.TEXT: TextField,
    FieldKind.JSON: TextField,
    FieldKind.LIST: TextField,
    FieldKind.OBJECT: TextField,
    FieldKind.OBJECTS: TextField,
    FieldKind.CHOICE: ChoiceField,
    FieldKind.CHOICES: ChoiceField,
}


def explained(spec: FieldSpec) -> HelpTopic:
    """Explain a field in full, for the help screen."""
    limits = "".join(f"\nAt most {limit.maximum:,} {limit.unit}." for limit in spec.limits)
    return HelpTopic(dotted(spec.path), f"{spec.help}{limits}\nSource: {spec.source}.")


def editor_for(spec: FieldSpec, value: JsonValue) -> FieldEditor:
    """Make the editor of a field, showing a value."""
    editor = _EDITORS[spec.kind](spec, value) if editable(spec, value) else FixedField(spec, value)
    editor.add_class("field", f"-{spec.kind.value}")
    return editor


class FieldLabel(Line):
    """A field's name, with a mark for its worst finding."""

    def __init__(self, label: str, *, required: bool = False, classes: str = "") -> None:
        super().__init__(_label(label, required, None), classes=f"field-label {classes}")
        self._label = label
        self._required = required

    def show_findings(self, findings: list[Finding]) -> None:
        """Mark the worst finding by shape and colour."""
        worst = min(findings, key=lambda finding: finding.severity.rank, default=None)
        self.show(_label(self._label, self._required, worst))

    def rename(self, label: str) -> None:
        """Give the field another name."""
        self._label = label
        self.show_findings([])


def _label(label: str, required: bool, worst: Finding | None) -> Content:
    mark = worst.severity.mark if worst else " "
    style = f"$finding-{worst.severity}" if worst else ""
    name = literal_line(f" {label}", style)
    return joined(literal_line(mark, style), name, Content("*" if required else ""))
