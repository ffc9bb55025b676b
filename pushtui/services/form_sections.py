"""The sections of a kind's form: which field, and which finding, belongs where."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pushtui.domain.recipient import RECIPIENTS

if TYPE_CHECKING:
    from pushtui.domain.field import FieldSpec
    from pushtui.domain.finding import Finding, Severity
    from pushtui.domain.json_body import JsonPath
    from pushtui.providers.base import DraftKind

RECIPIENTS_SECTION = "Recipients"
"""Where whom it goes to is chosen, for kinds that go to named users."""


@dataclass(frozen=True, slots=True)
class SectionState:
    """What the list of sections shows of one: fields filled in, and its worst finding."""

    name: str
    filled: int
    worst: Severity | None


def under(path: JsonPath, ancestor: JsonPath) -> bool:
    """Tell whether a path leads to another or into it."""
    return path[: len(ancestor)] == ancestor


def section_names(kind: DraftKind) -> tuple[str, ...]:
    """Return the sections in the order of the form."""
    return tuple(dict.fromkeys(section_of_field(kind, spec) for spec in kind.fields))


def section_of_field(kind: DraftKind, spec: FieldSpec) -> str:
    """Return a field's section; whom it goes to has one of its own."""
    many = kind.batching is not None and spec.path[0] in kind.batching.fields
    return RECIPIENTS_SECTION if many else spec.section


def fields_of(kind: DraftKind, section: str) -> list[FieldSpec]:
    """Return the fields of a section."""
    return [spec for spec in kind.fields if section_of_field(kind, spec) == section]


def section_of_finding(kind: DraftKind, finding: Finding) -> str:
    """Return the section where a finding is mended: its field's, else its nearest neighbour's."""
    if finding.path[:1] == (RECIPIENTS,) and kind.batching is not None:
        return RECIPIENTS_SECTION
    for path in (finding.path[:length] for length in range(len(finding.path), 0, -1)):
        for spec in kind.fields:
            if under(spec.path, path):
                return section_of_field(kind, spec)
    return section_of_field(kind, kind.fields[0])
