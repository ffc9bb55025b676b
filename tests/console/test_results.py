"""What became of each recipient: filters, pages, files, and decisions."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from textual.pilot import Pilot

from pushtui.console.acting import copyable
from pushtui.console.runs_at_work import open_run
from pushtui.console.screens.results import ResultsScreen
from pushtui.console.screens.run import RunScreen
from pushtui.console.widgets.entry import Entry
from pushtui.console.widgets.result_table import KEPT, ResultTable
from pushtui.domain.draft import Draft
from pushtui.domain.run import Phase
from tests.console.full import SMALL, WIDE, screen_text, settle, toasts, type_text, until
from tests.console.pages import app_of, press, services_of
from tests.console.runs import asked, everybody_once, hold, let_go, open_latest, said, sent, unpaced
from tests.sandbox.client import SandboxClient
from tests.services.runs import BODY, KIND, PATH, batches_of, begun, ends, plan_for


@pytest.fixture(autouse=True)
def small_batches() -> Iterator[None]:
    """Four people a request."""
    with batches_of(4):
        yield


async def open_results(pilot: Pilot[int]) -> ResultsScreen:
    """Open the recipients of the latest run."""
    await open_latest(pilot)
    await press(pilot, "enter")
    screen = pilot.app.screen
    assert isinstance(screen, ResultsScreen)
    await until(pilot, lambda: screen.table.result is not None)
    return screen


async def name_file(pilot: Pilot[int], path: Path) -> None:
    """Answer with the name of a file."""
    pilot.app.screen.query_one(Entry).value = str(path)
    await press(pilot, "enter")


def listed(pilot: Pilot[int]) -> list[str]:
    """Return the user ids in sight."""
    table = pilot.app.screen.query_one(ResultTable)
    lines = screen_text(pilot).splitlines()[table.region.y : table.region.bottom]
    return [line.split()[2] for line in lines if "user-" in line]


@pytest.mark.parametrize("size", [WIDE, SMALL])
async def test_everybody_is_listed_with_state_and_uid(sandbox: SandboxClient, size: tuple[int, int]) -> None:
    async with unpaced(sandbox, size=size) as pilot:
        run = await sent(services_of(pilot), 30)
        screen = await open_results(pilot)
        await until(pilot, lambda: listed(pilot)[:3] == ["user-1", "user-2", "user-3"])
        result = screen.table.result
        assert result is not None and result.uid
        text = screen_text(pilot)
        assert text.count(result.uid) == 2
        assert "request 1 of 8" in text
        assert "1 All 30" in text
        assert "2 ✔ Accepted 30" in text
        copied = copyable(pilot.app.screen)
        assert copied is not None and result.uid in copied.text and "user-1" in copied.text
        assert run.recipients == screen.table.count
        await press(pilot, "escape")
        assert isinstance(pilot.app.screen, RunScreen)


async def test_keys_go_through_a_long_list_and_little_of_it_is_read(sandbox: SandboxClient) -> None:
    async with unpaced(sandbox) as pilot:
        with batches_of(50):
            await begun(services_of(pilot), 3000)
        screen = await open_results(pilot)
        table = screen.table
        await press(pilot, "end")
        await until(pilot, lambda: listed(pilot)[-1:] == ["user-3000"])
        await press(pilot, "home", "pagedown", "down", "up", "up")
        await until(pilot, lambda: table.result is not None and table.result.user == f"user-{table.size.height - 1}")
        await pilot.press(*["pagedown"] * 60)
        assert len(table._chunks) <= KEPT
        await until(pilot, lambda: table.result is not None)
        await pilot.click(ResultTable, offset=(5, 2))
        await until(pilot, lambda: table.result is not None and table.result.user in listed(pilot)[2:3])


async def test_a_user_is_found_among_many(sandbox: SandboxClient) -> None:
    async with unpaced(sandbox) as pilot:
        with batches_of(50):
            await begun(services_of(pilot), 3000)
        screen = await open_results(pilot)
        await asked(pilot, "/")
        await type_text(pilot, "user-2999\n")
        await until(pilot, lambda: screen.table.result is not None and screen.table.result.user == "user-2999")
        await until(pilot, lambda: "user-2999" in listed(pilot))
        await asked(pilot, "/")
        await type_text(pilot, "nobody\n")
        await until(pilot, lambda: "None of the 3,000 recipients shown has the user id “nobody”." in said(pilot))


async def test_filters_show_one_state_each(sandbox: SandboxClient) -> None:
    sandbox.fault("answer-lost", times=2, path=PATH)
    async with unpaced(sandbox) as pilot:
        run = await sent(services_of(pilot), 30)
        states = await ends(services_of(pilot), run)
        screen = await open_results(pilot)
        unknown = [user for user, state in states.items() if state == "unknown"]
        await press(pilot, "4")
        await until(pilot, lambda: listed(pilot) == unknown)
        assert "Outcome unknown:" in screen_text(pilot)
        assert "no whole answer came" in " ".join(screen_text(pilot).split())
        result = screen.table.result
        assert result is not None and result.request_id
        assert f"request id   {result.request_id}" in screen_text(pilot)
        await press(pilot, "3")
        assert "Nobody was rejected" in screen_text(pilot)
        await press(pilot, "n", "e")
        assert toasts(pilot)[-2:] == ["New draft: nobody was rejected.", "Export: nobody is shown."]
        await press(pilot, "2")
        await until(pilot, lambda: screen.table.count == 30 - len(unknown))
        await press(pilot, "5")
        assert "Nobody is left" in screen_text(pilot)
        await press(pilot, "1")
        await until(pilot, lambda: listed(pilot)[:1] == ["user-1"])


async def test_those_shown_go_to_a_file(sandbox: SandboxClient, tmp_path: Path) -> None:
    sandbox.fault("answer-lost", times=1, path=PATH)
    async with unpaced(sandbox) as pilot:
        run = await sent(services_of(pilot), 10)
        states = await ends(services_of(pilot), run)
        await open_results(pilot)
        for key, name in (("1", "all.json"), ("4", "unknown.csv")):
            await press(pilot, key)
            await asked(pilot, "e")
            assert "Write the results to a file" in screen_text(pilot)
            await name_file(pilot, tmp_path / name)
            await until(pilot, (tmp_path / name).exists)
            await settle(pilot)
            assert toasts(pilot)[-1].endswith(f"written to {tmp_path / name}.")
        everybody = json.loads((tmp_path / "all.json").read_text())["results"]
        assert {one["user_id"]: one["state"] for one in everybody} == states
        rows = list(csv.DictReader((tmp_path / "unknown.csv").read_text().splitlines()))
        assert {row["user_id"] for row in rows} == {user for user, state in states.items() if state == "unknown"}
        await asked(pilot, "e")
        await name_file(pilot, tmp_path / "all.json")
        await until(pilot, lambda: "already" in screen_text(pilot))


async def test_one_key_makes_a_draft_for_those_who_were_rejected(sandbox: SandboxClient) -> None:
    async with unpaced(sandbox) as pilot:
        services = services_of(pilot)
        sandbox.settings(rongcloud__allowed_drift=300)
        sandbox.advance(-86_400)
        run = await sent(services, 10)
        sandbox.advance(86_400)
        await open_results(pilot)
        await press(pilot, "n")
        await until(pilot, lambda: app_of(pilot).current_mode == "compose")
        await settle(pilot)
        composition = services.desk.composition
        assert composition.path is not None and composition.path.name == f"rejected-{run.id[:8]}.json"
        assert not composition.dirty
        plan = await services.planning.plan(composition.draft)
        assert (plan.requests.recipients, plan.sendable) == (10, True)
        composition.set_value(("fromUserId",), "somebody")
        await press(pilot, "f3")
        await asked(pilot, "n", "enter")
        assert composition is services.desk.composition
        await asked(pilot, "n", "tab", "enter")
        await until(pilot, lambda: services.desk.composition is not composition)
        again = services.desk.composition.path
        assert again is not None and again.name == f"rejected-{run.id[:8]}-2.json"


async def test_what_is_unknown_is_planned_again_for_a_reason_and_a_ritual(sandbox: SandboxClient) -> None:
    sandbox.fault("reset-before", times=2, path=PATH)
    async with unpaced(sandbox) as pilot:
        services = services_of(pilot)
        run = await sent(services, 30)
        unknown = list((await ends(services, run)).values()).count("unknown")  # type: ignore[arg-type]  # a str enum
        await open_results(pilot)
        await press(pilot, "4")
        await asked(pilot, "u")
        assert f"{unknown} people may get the same twice." in screen_text(pilot)
        assert [widget.id for widget in pilot.app.screen.focus_chain] == ["reason", "phrase", "cancel"]
        assert pilot.app.focused is not None and pilot.app.focused.id == "cancel"
        await press(pilot, "tab", "tab")
        await type_text(pilot, f"sandbox {unknown} again\n")
        assert toasts(pilot)[-1].startswith("Say why first")
        await type_text(pilot, "the log has none\n")
        await press(pilot, "enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, RunScreen))
        await until(pilot, lambda: f"sends to the {unknown} who are left" in screen_text(pilot))
        (record,) = [one for one in await services.journal.records() if "again" in one.action]
        assert record.details["reason"] == "the log has none"
        assert "What people decided" in said(pilot) and "the log has none" in said(pilot)
        await asked(pilot, "r", "tab")
        assert f"{unknown} of them may have it already, and get it twice." in said(pilot)
        await type_text(pilot, f"sandbox {unknown} again\n")
        await until(pilot, lambda: "✔ done" in screen_text(pilot))
        assert everybody_once(sandbox, 30)


async def test_a_run_that_is_sent_is_not_decided_about(sandbox: SandboxClient) -> None:
    sandbox.fault("hold", times=None, path=PATH)
    async with unpaced(sandbox) as pilot:
        services = services_of(pilot)
        run = await begun(services, 30)
        await services.here.resume(await services.runs.rest(run.id), "sandbox 30")
        await until(pilot, lambda: sandbox.requests(PATH) > 0)
        await open_results(pilot)
        await press(pilot, "u")
        assert "the run is being sent; stop it first (Esc, s)" in toasts(pilot)[-1]
        await press(pilot, "5")
        assert "◐ in flight" in screen_text(pilot)
        sandbox.control("DELETE", "/faults")
        await services.here.ended(run.id)
        await press(pilot, "r", "2")
        await until(pilot, lambda: "✔ accepted" in screen_text(pilot))
        assert (await services.history.run(run.id)).phase is Phase.DONE


async def test_a_run_that_begins_takes_the_place_of_results(sandbox: SandboxClient) -> None:
    hold(sandbox)
    async with unpaced(sandbox) as pilot:
        services = services_of(pilot)
        await begun(services, 30)
        await open_results(pilot)
        plan = await plan_for(services, 8)
        await press(pilot, "f2")
        run = await services.here.begin(plan, plan.ritual.phrase)
        await open_run(app_of(pilot), services, run)
        await settle(pilot)
        assert isinstance(pilot.app.screen, RunScreen)
        assert toasts(pilot) == []
        let_go(sandbox)
        await services.here.ended(run.id)


async def test_hostile_ids_are_shown_literally(sandbox: SandboxClient) -> None:
    async with unpaced(sandbox) as pilot:
        services = services_of(pilot)
        hostile = "a[/b]c[@click=app.bell]"
        body = {**BODY, "toUserId": [hostile], "values": [{"{name}": "x"}]}
        plan = await services.planning.plan(Draft(KIND, "sandbox", body))
        await services.sending.send(plan, plan.ritual.phrase)
        await open_results(pilot)
        await until(pilot, lambda: screen_text(pilot).count(hostile[:10]) == 2)
        assert hostile in screen_text(pilot)
