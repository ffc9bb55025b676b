"""Changes of settings in the journal: before they leave, when they ended, and as they were read back."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from pushtui.domain.account import Environment
from pushtui.domain.attempt import AttemptState
from pushtui.domain.change import Change, ChangeEnd, ChangeRequest, ReadBack, Scope
from pushtui.domain.errors import JournalError, Refused
from pushtui.journal import Journal
from tests.journal.test_journal import NOON, StoppedClock

REQUEST = ChangeRequest("set-mode", "PUT", "/users/anna/notification/user/anna", {"type": "NONE"}, "application/json")
CHANGE = Change(
    id="change-a",
    made_at=NOON,
    environment=Environment.TEST,
    provider="agora",
    app_id="org/app",
    account="shop",
    user="anna",
    setting="mode",
    scope=Scope.USER,
    place="",
    before="ALL",
    wanted="NONE",
    requests=(REQUEST,),
)
ACCEPTED = ChangeEnd(AttemptState.ACCEPTED, "Accepted", "", 1)


@asynccontextmanager
async def opened(folder: Path) -> AsyncIterator[Journal]:
    journal = Journal(folder / "journal.db", folder / "locks", StoppedClock())
    await journal.open()
    try:
        yield journal
    finally:
        await journal.close()


async def test_a_change_is_kept_before_it_leaves_and_as_it_was_read_back(tmp_path: Path) -> None:
    async with opened(tmp_path) as journal:
        await journal.begin_change(CHANGE)
        assert await journal.change("change-a") == CHANGE
        assert CHANGE.state is AttemptState.IN_FLIGHT
        await journal.finish_change(CHANGE.id, ACCEPTED, NOON)
        await journal.keep_read_back(CHANGE.id, ReadBack.AS_WANTED, "NONE")
    async with opened(tmp_path) as journal:
        (kept,) = await journal.changes()
    ended = replace(CHANGE, end=ACCEPTED, ended_at=NOON, read_back=ReadBack.AS_WANTED, after="NONE")
    assert kept == ended
    assert kept.state is AttemptState.ACCEPTED


async def test_any_value_comes_back_as_it_was(tmp_path: Path) -> None:
    odd = replace(CHANGE, before={"a": [1, None, "\ud83d"]}, wanted={"city": None}, user="a[/b]'\"")
    async with opened(tmp_path) as journal:
        await journal.begin_change(odd)
        assert await journal.change(odd.id) == odd


async def test_a_change_that_a_dead_process_left_under_way_is_unknown(tmp_path: Path) -> None:
    async with opened(tmp_path) as dead:
        await dead.begin_change(CHANGE)
    async with opened(tmp_path) as journal:
        found = await journal.change(CHANGE.id)
        assert found.state is AttemptState.UNKNOWN
        assert found.end is not None
        assert "program ended" in found.end.message
        with pytest.raises(Refused, match="another process"):
            await journal.finish_change(CHANGE.id, ACCEPTED, NOON)


async def test_a_change_of_a_living_process_stays_under_way(tmp_path: Path) -> None:
    async with opened(tmp_path) as first, opened(tmp_path) as second:
        await first.begin_change(CHANGE)
        async with opened(tmp_path):
            pass
        assert (await second.change(CHANGE.id)).state is AttemptState.IN_FLIGHT
        await first.finish_change(CHANGE.id, ACCEPTED, NOON)
        with pytest.raises(Refused, match="ended already"):
            await first.finish_change(CHANGE.id, replace(ACCEPTED, state=AttemptState.UNKNOWN), NOON)
        assert (await second.change(CHANGE.id)).end == ACCEPTED


async def test_changes_are_found_by_user_and_by_the_first_digits(tmp_path: Path) -> None:
    async with opened(tmp_path) as journal:
        for name, user in (("a1", "anna"), ("a2", "bob"), ("b1", "anna")):
            await journal.begin_change(replace(CHANGE, id=name, user=user))
        assert [change.id for change in await journal.changes(user="anna")] == ["b1", "a1"]
        assert [change.id for change in await journal.changes(limit=2)] == ["b1", "a2"]
        assert (await journal.change("b")).id == "b1"
        with pytest.raises(JournalError, match="More than one change"):
            await journal.change("a")
        with pytest.raises(JournalError, match="No change's id begins with “c”"):
            await journal.change("c")
        with pytest.raises(JournalError, match="No change is named"):
            await journal.change("")
