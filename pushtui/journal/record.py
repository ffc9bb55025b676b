"""One entry of the audit trail."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from pushtui.domain.json_body import JsonObject


@dataclass(frozen=True, slots=True)
class Record:
    """A settings change or a refused action: what it was about, what was done, and its circumstances."""

    at: datetime
    subject: str
    action: str
    details: JsonObject
