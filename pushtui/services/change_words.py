"""Changes of the journal as people read them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pushtui.domain.attempt import AttemptState
from pushtui.domain.change import Change, ReadBack
from pushtui.domain.json_body import JsonValue, compact

if TYPE_CHECKING:
    from pushtui.domain.account import Account
    from pushtui.providers.changes import SettingChange


@dataclass(frozen=True, slots=True)
class ToldChange:
    """A change in words."""

    change: Change
    label: str
    before: str
    wanted: str
    after: str
    """What was read back; empty if nothing was."""
    verdict: str
    """How it ended, in a sentence."""


def told(change: Change, known: tuple[SettingChange, Account] | None) -> ToldChange:
    """Say a change in words; values of a setting or account that is not known here are shown as they are kept."""

    def words(value: JsonValue) -> str:
        return known[0].words(value, known[1]) if known is not None else compact(value)

    was_told = known is None or bool(known[0].fact)
    return ToldChange(
        change,
        known[0].label if known is not None else change.setting,
        words(change.before) if was_told else "not told by this provider",
        words(change.wanted),
        words(change.after) if change.read_back in (ReadBack.AS_WANTED, ReadBack.DIFFERENT) else "",
        _verdict(change, words(change.after)),
    )


def _verdict(change: Change, after: str) -> str:
    end = change.end
    if end is None:
        return "It is under way."
    said = f"{end.title}: {end.message}" if end.message else end.title
    if change.state is AttemptState.REJECTED and not end.accepted:
        return f"Nothing was changed. {said}"
    if change.state is AttemptState.ACCEPTED:
        return _CERTAIN[change.read_back].format(after=after)
    return f"{said} {_DOUBTFUL[change.read_back].format(after=after)}"


_CERTAIN = {
    ReadBack.AS_WANTED: "Done; read back, it is as wanted.",
    ReadBack.DIFFERENT: "It was accepted, but read back it is: {after}. Somebody changed it too, or the provider "
    "takes a while.",
    ReadBack.FAILED: "It was accepted, but could not be read back.",
    ReadBack.IMPOSSIBLE: "It was accepted; this provider has no way to read it back.",
    None: "It was accepted, and not read back.",
}
_DOUBTFUL = {
    ReadBack.AS_WANTED: "Read back, it is as wanted.",
    ReadBack.DIFFERENT: "Read back, it is: {after}.",
    ReadBack.FAILED: "It could not be read back.",
    ReadBack.IMPOSSIBLE: "This provider has no way to read it back.",
    None: "It was not read back.",
}
