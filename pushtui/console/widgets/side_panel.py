"""What is known about the focused field, and all findings of the draft."""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.getters import query_one

from pushtui.console.help_topic import HelpTopic
from pushtui.console.widgets.literal import Block, Line, joined, lines, literal, literal_line
from pushtui.domain.field import FieldSpec, Limit, Unit
from pushtui.domain.finding import Finding, Severity
from pushtui.domain.json_body import JsonValue, dotted


class SidePanel(Vertical):
    """Beside the form on wide terminals, below it on narrow ones."""

    name_line = query_one("#field-name", Line)
    help_text = query_one("#field-help", Block)
    source = query_one("#field-source", Block)
    limit = query_one("#field-limit", Line)
    own_findings = query_one("#field-findings", Block)

    def compose(self) -> ComposeResult:
        yield Line(id="field-name")
        yield Block(id="field-help")
        yield Block(id="field-source")
        yield Line(id="field-limit")
        yield Block(id="field-findings")
        yield Line(id="findings-title")
        with VerticalScroll(id="findings-scroll", can_focus=False):
            yield Block(id="findings")

    def show_field(self, spec: FieldSpec | None) -> None:
        """Explain a field, or nothing."""
        self.remove_class("-topic")
        need = literal_line("  required", "$quiet") if spec is not None and spec.required else Content("")
        name = literal_line(dotted(spec.path) if spec is not None else "", "bold $primary")
        self.name_line.show(joined(name, need))
        self.help_text.show(literal(spec.help if spec is not None else ""))
        self.source.show(literal(str(spec.source) if spec is not None else "", "$quiet"))
        if spec is None:
            self._show_no_value()

    def show_topic(self, topic: HelpTopic) -> None:
        """Explain what is no field of the body."""
        self.add_class("-topic")
        self.name_line.show(literal_line(topic.title, "bold $primary"))
        self.help_text.show(literal(topic.text))

    def show_value(self, spec: FieldSpec, value: JsonValue, findings: Sequence[Finding]) -> None:
        """Show how much of its limit a field uses, and what is wrong with it."""
        self.limit.show(Content("   ").join(_limit(limit, value) for limit in spec.limits))
        self.own_findings.show(lines(*(_own(finding, spec) for finding in findings)))

    def _show_no_value(self) -> None:
        self.limit.show(Content(""))
        self.own_findings.show(Content(""))

    def show_findings(self, findings: Sequence[Finding], *, is_all: bool = True) -> None:
        """List everything that is wrong or doubtful, as far as it is known."""
        counts = joined(*(_count(findings, severity) for severity in Severity))
        none = literal_line("No findings", "$success") if is_all else literal_line("No findings so far", "$quiet")
        title = literal_line("Findings  ", "bold") if findings else none
        self.query_one("#findings-title", Line).show(joined(title, counts))
        self.query_one("#findings", Block).show(lines(*(finding_line(finding) for finding in findings)))


def finding_line(finding: Finding) -> Content:
    """Write a finding: mark, field, message."""
    style = f"$finding-{finding.severity}"
    return joined(
        literal_line(f"{finding.severity.mark} ", style),
        literal_line(finding.field, "bold"),
        literal_line(f"  {finding.message}"),
    )


def _own(finding: Finding, spec: FieldSpec) -> Content:
    """Write a finding beside its field; only what differs from the field's path is named."""
    inner = dotted(finding.path)[len(dotted(spec.path)) :] if finding.path != spec.path else ""
    text = f"{inner} {finding.message}".strip()
    return literal_line(f"{finding.severity.mark} {text}", f"$finding-{finding.severity}")


def _limit(limit: Limit, value: JsonValue) -> Content:
    used = limit.used(value)
    style = "$finding-error" if used > limit.maximum else "$quiet"
    if limit.unit is Unit.VALUE:
        return literal_line(f"at most {limit.maximum:,}", style)
    return literal_line(f"{used:,} of {limit.maximum:,} {limit.unit}", style)


def _count(findings: Sequence[Finding], severity: Severity) -> Content:
    number = sum(1 for finding in findings if finding.severity is severity)
    return literal_line(f"{severity.mark} {number}  ", f"$finding-{severity}") if number else Content("")
