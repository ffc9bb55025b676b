"""Any page of a run's recipients, and all of them in a file."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from pushtui.domain.attempt import AttemptState
from pushtui.domain.draft import Draft
from pushtui.domain.errors import Refused
from pushtui.domain.run import Run
from pushtui.services.result_files import COLUMNS, save_results
from pushtui.services.result_pages import ResultPages
from pushtui.services.results import EVERY_STATE
from pushtui.services.services import Services
from tests.bodies import push
from tests.sandbox.client import SandboxClient
from tests.services.runs import PATH, batches_of, plan_for

UNKNOWN = frozenset((AttemptState.UNKNOWN,))


@pytest.fixture(autouse=True)
def small_batches() -> Iterator[None]:
    """Four people a request."""
    with batches_of(4):
        yield


@pytest.fixture
async def run(services: Services, sandbox: SandboxClient) -> Run:
    """A run to 30 people, two of whose requests ended unknown."""
    sandbox.settings(limits=False)
    sandbox.fault("answer-lost", times=2, path=PATH)
    services.sending = replace(services.sending, paced=False)
    plan = await plan_for(services, 30)
    return await services.sending.send(plan, plan.ritual.phrase)


async def test_pages_hold_what_the_whole_holds(services: Services, run: Run) -> None:
    everything = [result async for result in services.results.of(run)]
    pages = await ResultPages.of(services.journal, run, EVERY_STATE)
    assert pages.count == len(everything) == 30
    for start, stop in ((0, 30), (0, 1), (3, 5), (4, 8), (7, 29), (29, 30), (25, 99), (-5, 2)):
        assert await pages.rows(start, stop) == everything[max(start, 0) : stop]
    assert await pages.rows(30, 40) == await pages.rows(5, 5) == []


async def test_pages_of_one_state_skip_the_others(services: Services, run: Run) -> None:
    unknown = [result async for result in services.results.of(run, UNKNOWN)]
    pages = await ResultPages.of(services.journal, run, UNKNOWN)
    assert pages.count == len(unknown) in (6, 8)
    assert await pages.rows(0, 99) == unknown
    assert await pages.rows(3, 6) == unknown[3:6]
    nobody = await ResultPages.of(services.journal, run, frozenset((AttemptState.REJECTED,)))
    assert (nobody.count, await nobody.rows(0, 10)) == (0, [])


async def test_a_user_is_found_by_id(services: Services, run: Run) -> None:
    pages = await ResultPages.of(services.journal, run, EVERY_STATE)
    assert [await pages.place_of(user) for user in ("user-1", "user-5", "user-30", "user-31", "")] == [
        0,
        4,
        29,
        None,
        None,
    ]
    (found,) = [result async for result in services.results.of(run, EVERY_STATE, "user-30")]
    assert [found] == await pages.rows(29, 30)
    unknown = await ResultPages.of(services.journal, run, UNKNOWN)
    assert [await unknown.place_of(result.user) for result in await unknown.rows(0, 9)] == list(range(unknown.count))
    accepted = next(one.user for one in await pages.rows(0, 30) if one.state is AttemptState.ACCEPTED)
    assert await unknown.place_of(accepted) is None


async def test_an_audience_has_no_pages(services: Services) -> None:
    plan = await services.planning.plan(Draft("rongcloud.push", "sandbox", push()))
    run = await services.sending.send(plan, plan.ritual.phrase)
    with pytest.raises(Refused, match="only the provider knows"):
        await ResultPages.of(services.journal, run, EVERY_STATE)


async def test_a_file_holds_everybody(services: Services, run: Run, tmp_path: Path) -> None:
    await save_results(run, services.results.of(run), tmp_path / "all.csv")
    rows = list(csv.DictReader((tmp_path / "all.csv").read_text().splitlines()))
    await save_results(run, services.results.of(run), tmp_path / "all.JSON")
    results = json.loads((tmp_path / "all.JSON").read_text())["results"]
    assert [tuple(row) for row in rows] == [COLUMNS] * 30
    assert [row["user_id"] for row in rows] == [one["user_id"] for one in results]
    assert (tmp_path / "all.csv").stat().st_mode & 0o777 == 0o600


async def test_a_file_is_never_overwritten_or_left_half_written(services: Services, run: Run, tmp_path: Path) -> None:
    file = tmp_path / "kept.csv"
    file.write_text("kept")
    for path, words in ((file, "already"), (tmp_path / "a.txt", "neither in .csv nor in .json")):
        with pytest.raises(Refused, match=words):
            await save_results(run, services.results.of(run), path)
    with pytest.raises(Refused, match="cannot be written: No such file"):
        await save_results(run, services.results.of(run), tmp_path / "none" / "a.csv")
    await services.journal.close()
    with pytest.raises(Exception, match="is closed"):
        await save_results(run, services.results.of(run), tmp_path / "half.csv")
    assert [path.name for path in tmp_path.glob("*.*")] == ["kept.csv"]
    assert file.read_text() == "kept"
