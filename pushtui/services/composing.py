"""The editing of one draft, as form and as JSON, with one truth behind both."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from pushtui.domain.draft import Draft
from pushtui.domain.errors import DraftError
from pushtui.domain.field import FieldSpec, Variant
from pushtui.domain.finding import PUSHTUI, Finding, Severity, in_order
from pushtui.domain.json_body import (
    JsonObject,
    JsonPath,
    JsonTextError,
    JsonValue,
    WrongShape,
    get,
    has,
    parse_object,
    pretty,
    with_value,
    without,
)
from pushtui.domain.reach import Extent, Reach
from pushtui.domain.recipient import RECIPIENTS
from pushtui.providers.base import DraftKind
from pushtui.providers.kinds import check, kind_named
from pushtui.services.form_sections import (
    RECIPIENTS_SECTION,
    SectionState,
    fields_of,
    section_names,
    section_of_finding,
    under,
)

if TYPE_CHECKING:
    from pushtui.domain.recipient import RecipientSource
    from pushtui.services.recipients.looking import Look

UNDO_DEPTH = 200


@dataclass(frozen=True, slots=True)
class Content:
    """What of a draft can be changed: its account, its JSON text, valid or not, and where its recipients stand."""

    account: str
    text: str
    recipients: RecipientSource | None = None


class Composition:
    """A draft in the making.

    The JSON text is the truth. The form reads the body parsed from it and writes a new body,
    which becomes the text; so form and JSON cannot disagree. While the text is not valid
    JSON there is no body, and the form is closed.
    """

    def __init__(self, kind: DraftKind, account: str, text: str, recipients: RecipientSource | None = None) -> None:
        self.kind = kind
        self.account = account
        self.recipients = recipients
        self.path: Path | None = None
        self.look: Look | None = None
        """What the latest reading of the recipients told."""
        self._saved: Content | None = Content(account, text, recipients)
        self._undo: list[tuple[str, RecipientSource | None]] = []
        self._edited: JsonPath | None = None
        self._take(text)

    @classmethod
    def new(cls, kind: str, account: str) -> Composition:
        """Start an empty draft of a kind."""
        found = kind_named(kind)
        return cls(found, account, pretty(found.new_body()))

    @classmethod
    def of(cls, draft: Draft) -> Composition:
        """Edit a draft that exists."""
        return cls(kind_named(draft.kind), draft.account, pretty(draft.body), draft.recipients)

    @classmethod
    def restored(
        cls, kind: str, account: str, text: str, path: Path | None, recipients: RecipientSource | None = None
    ) -> Composition:
        """Take up text that no file holds, valid or not."""
        composition = cls(kind_named(kind), account, text, recipients)
        composition.path = path
        composition._saved = None
        return composition

    @property
    def draft(self) -> Draft:
        """The draft as it stands; raises DraftError while the JSON text is not valid."""
        if self.body is None:
            raise DraftError(f"The JSON is not valid: {self.text_error}.")
        return Draft(self.kind.name, self.account, self.body, self.recipients)

    @property
    def dirty(self) -> bool:
        """Whether there is something that no file holds; another account alone makes no draft of an empty one."""
        if self._saved is None or self.path is not None:
            return self.content != self._saved
        return (self.text, self.recipients) != (self._saved.text, self._saved.recipients)

    @property
    def content(self) -> Content:
        """What of it changes, as it stands."""
        return Content(self.account, self.text, self.recipients)

    def saved(self, path: Path, content: Content) -> None:
        """Note what the file holds: the content when it was written, to which more may have been typed since."""
        self.path, self._saved = path, content

    @property
    def reach(self) -> Reach | None:
        """Who the body can touch; None while there is no body. How many a source names only reading it tells."""
        if self.recipients is not None:
            reach = self.known.reach if self.known is not None else None
            return reach or Reach(Extent.UNKNOWN, reason=f"those whom {self.recipients.name} names")
        return self.kind.reach(self.body) if self.body is not None else None

    # The recipients

    def set_recipients(self, source: RecipientSource | None, *, typed: bool = False) -> None:
        """Let the recipients stand elsewhere; None leaves them to the body, where there are none yet.

        What is typed in a row is taken back at once.
        """
        if source == self.recipients:
            return
        self._remember((RECIPIENTS,) if typed else None)
        self.recipients = source
        self._take(self._without_recipients() if source is not None else self.text)

    def bring_back(self, body: JsonObject) -> None:
        """Let the recipients stand in the body again, in one that holds them."""
        self._remember(None)
        self.recipients = None
        self._take(pretty(body))

    def take_look(self, look: Look) -> None:
        """Know what a reading told; columns that it guessed where none were chosen are the draft's from now on."""
        if not look.is_about(self.recipients):
            return
        self.look = look
        found = look.inspection.source if look.inspection is not None else None
        if found is not None and found != self.recipients:
            self.recipients, self.look = found, look.adopted(found)
        self._take(self.text)

    @property
    def known(self) -> Look | None:
        """What is known of the recipients as they are now, though perhaps for an earlier text; None if nothing."""
        return self.look if self.look is not None and self.look.is_about(self.recipients) else None

    @property
    def looked(self) -> bool:
        """Whether there is nothing to read: the recipients were read for the very draft, or stand in its body."""
        if self.recipients is None or self.recipients.is_empty or self.body is None:
            return True
        return self.known is not None and self.known.holds(self.draft)

    def _without_recipients(self) -> str:
        batching = self.kind.batching
        if batching is None or self.body is None:
            return self.text
        return pretty({key: value for key, value in self.body.items() if key not in batching.fields})

    # The text

    def set_text(self, text: str) -> None:
        """Take JSON text as a person writes it, valid or not."""
        if text != self.text:
            self._remember(None)
            self._take(text)

    def undo(self) -> bool:
        """Take back the last change; False when there is none."""
        if not self._undo:
            return False
        self._edited = None
        text, self.recipients = self._undo.pop()
        self._take(text)
        return True

    # The fields

    def value(self, path: JsonPath) -> JsonValue:
        """Return what a field holds; None where it is not given."""
        return get(self.body, path) if self.body is not None else None

    def is_set(self, path: JsonPath) -> bool:
        """Tell whether a field is given at all."""
        return self.body is not None and has(self.body, path)

    def set_value(self, path: JsonPath, value: JsonValue) -> None:
        """Give a field a value, or take it out of the body with None.

        Raises DraftError where the body has something else than an object on the way.
        """
        body = self._body()
        try:
            changed = without(body, path, self.kind.containers) if value is None else with_value(body, path, value)
        except WrongShape as error:
            raise DraftError(f"{error}.") from None
        self._change(changed, path)

    def option(self, variant: Variant) -> str:
        """Return which option of a variant the body stands for."""
        return variant.read(self.body or {})

    def set_option(self, variant: Variant, option: str) -> None:
        """Change the body to another option of a variant."""
        self._change(variant.write(self._body(), option), None)

    def visible_fields(self, section: str) -> list[FieldSpec]:
        """Return the fields of a section, less those that a variant leaves out."""
        hidden = [
            path
            for variant in self.kind.variants
            if self.option(variant) != variant.options[0]
            for path in variant.hides
        ]
        if self.recipients is not None and self.kind.batching is not None:
            hidden += [(field,) for field in self.kind.batching.fields]
        found = fields_of(self.kind, section)
        return [spec for spec in found if not any(under(spec.path, path) for path in hidden)]

    def field_at(self, path: JsonPath) -> FieldSpec | None:
        """Return the field that a path leads to or into."""
        return next((spec for spec in self.kind.fields if path and under(path, spec.path)), None)

    # The findings

    def findings_at(self, path: JsonPath) -> list[Finding]:
        """Return the findings about a field or anything inside it."""
        return [finding for finding in self.findings if under(finding.path, path)]

    def sections(self) -> list[SectionState]:
        """Return the sections in the order of the form."""
        return [self._section(name) for name in section_names(self.kind)]

    def section_of(self, finding: Finding) -> str:
        """Return the section where a finding is mended."""
        return section_of_finding(self.kind, finding)

    def finding_after(self, path: JsonPath | None) -> Finding | None:
        """Return the first finding in another field than the path's, after those of that field."""
        here = [index for index, finding in enumerate(self.findings) if path and under(finding.path, path)]
        start = here[-1] + 1 if here else 0
        others = [*self.findings[start:], *self.findings[:start]]
        return others[0] if others else None

    def _section(self, name: str) -> SectionState:
        filled = sum(1 for spec in fields_of(self.kind, name) if self.is_set(spec.path))
        filled += name == RECIPIENTS_SECTION and self.recipients is not None and not self.recipients.is_empty
        ranks = [finding.severity for finding in self.findings if self.section_of(finding) == name]
        return SectionState(name, filled, min(ranks, key=lambda severity: severity.rank, default=None))

    def _body(self) -> JsonObject:
        if self.body is None:
            raise DraftError(f"The JSON is not valid, so the form cannot change it: {self.text_error}.")
        return self.body

    def _change(self, body: JsonObject, path: JsonPath | None) -> None:
        if body != self.body:
            self._remember(path)
            self._take(pretty(body))

    def _remember(self, path: JsonPath | None) -> None:
        """Keep the text for undo, once for a row of changes to one field."""
        if path is None or path != self._edited:
            self._undo = [*self._undo[-UNDO_DEPTH:], (self.text, self.recipients)]
        self._edited = path

    def _take(self, text: str) -> None:
        self.text = text
        self.text_error: JsonTextError | None = None
        self.body: JsonObject | None = None
        try:
            self.body = parse_object(text)
        except JsonTextError as error:
            self.text_error = error
            self.findings: tuple[Finding, ...] = (Finding(Severity.ERROR, (), f"not valid JSON: {error}", PUSHTUI),)
        else:
            self.findings = self._found(self.body)

    def _found(self, body: JsonObject) -> tuple[Finding, ...]:
        """Check the body; what is known of its recipients counts while it holds, or will soon be known anew."""
        own = check(self.kind, body, self.recipients)
        known = self.known
        if known is None or not (known.is_quick or known.holds(self.draft)):
            return own
        return in_order([*own, *known.about_recipients])
