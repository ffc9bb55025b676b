"""All findings about a draft, those about its recipients too."""

from __future__ import annotations

from typing import NamedTuple

from pushtui.domain.draft import Draft
from pushtui.domain.finding import Finding, in_order
from pushtui.domain.reach import Reach
from pushtui.providers.kinds import check, kind_named
from pushtui.services.recipients.importing import Survey, Told, nobody


class Checked(NamedTuple):
    """What is wrong with a draft, and who it can touch."""

    findings: tuple[Finding, ...]
    reach: Reach


def checked(draft: Draft, told: Told = nobody) -> Checked:
    """Check a draft and read all of its recipients; DraftError where its kind is unknown. Run it in a thread."""
    kind = kind_named(draft.kind)
    findings = check(kind, draft.body, draft.recipients)
    if draft.recipients is None or kind.batching is None:
        return Checked(findings, kind.reach(draft.body))
    survey = Survey(kind, draft, told)
    for _ in survey:
        pass
    return Checked(in_order([*findings, *survey.findings]), survey.reach)
