"""The bar and the words of a run."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime

import pytest

from pushtui.console.widgets.run_progress import bar_content, phase_words, story_content
from pushtui.domain.account import Environment
from pushtui.domain.attempt import AttemptState
from pushtui.domain.draft import Draft
from pushtui.domain.run import Count, Run, Tally, Wish

ACCEPTED, REJECTED, UNKNOWN = AttemptState.ACCEPTED, AttemptState.REJECTED, AttemptState.UNKNOWN
IN_FLIGHT, PLANNED = AttemptState.IN_FLIGHT, AttemptState.PLANNED


def tally(**people: int) -> Tally:
    states = {state.name.lower(): state for state in AttemptState}
    return Tally({states[name]: Count(-(-number // 50), number) for name, number in people.items()})


def run(stands: Tally, **changes: object) -> Run:
    values: Mapping[str, object] = {
        "id": "3f2a9c1b",
        "plan_id": "p",
        "digest": "d",
        "made_at": datetime(2026, 11, 22, tzinfo=UTC),
        "environment": Environment.LIVE,
        "provider": "rongcloud",
        "app_id": "key",
        "draft": Draft("rongcloud.system-template", "shop", {}),
        "reach": "exactly 100 users",
        "batches": 20,
        "recipients": 1000,
        "tally": stands,
    }
    return Run(**{**values, **changes})  # type: ignore[arg-type]  # the values are right by construction


@pytest.mark.parametrize("width", [12, 40, 76, 116])
@pytest.mark.parametrize(
    "stands",
    [
        tally(planned=1000),
        tally(accepted=1000),
        tally(accepted=999_990, unknown=10),
        tally(accepted=1, rejected=1, unknown=1, in_flight=1, planned=1_000_000),
        tally(accepted=500, planned=500),
        Tally(),
    ],
)
def test_the_bar_fills_its_row_and_shows_whatever_has_anybody(stands: Tally, width: int) -> None:
    bar = bar_content(stands, width).plain
    assert len(bar) == max(width, 11)
    for state, shape in ((ACCEPTED, "█"), (REJECTED, "✖"), (UNKNOWN, "?"), (IN_FLIGHT, "▒")):
        assert (shape in bar) == bool(stands.of(state).recipients)


def test_only_the_end_is_a_hundred_percent() -> None:
    assert tally(accepted=999_999, planned=1).percent == 99
    assert tally(accepted=1, rejected=1, unknown=1).percent == 100
    assert tally(planned=5).percent == Tally().percent == 0


@pytest.mark.parametrize(
    ("stands", "changes", "words"),
    [
        (tally(accepted=900, planned=100), {"sending": True}, "▶ sending from this console"),
        (tally(accepted=900, planned=100), {"sending": True, "wish": Wish.STOP}, "▶ stopping"),
        (tally(accepted=900, planned=100), {"sending": True, "wish": Wish.HAND_OVER}, "▶ handing over"),
        (tally(accepted=900, planned=100), {"sending": True, "wish": Wish.PAUSE}, "‖ paused in this console"),
        (tally(accepted=900, planned=100), {}, "■ stopped"),
        (tally(accepted=1000), {}, "✔ done"),
        (tally(accepted=900, rejected=60, unknown=40), {}, "? done, 60 rejected, 40 unknown"),
        (tally(accepted=900, rejected=100), {}, "✖ done, 100 rejected"),
    ],
)
def test_a_phase_reads_without_colours(stands: Tally, changes: dict[str, object], words: str) -> None:
    assert phase_words(run(stands, **changes), here=True).plain == words


def test_hostile_reasons_are_shown_literally() -> None:
    hostile = "\x1b]0;PWNED\x07[@click=app.bell]x[/nope]"
    story = story_content(run(tally(planned=10), halt=hostile), []).plain
    assert "[@click=app.bell]x[/nope]" in story
    assert not {"\x1b", "\x07"} & set(story)
