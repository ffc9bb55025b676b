from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pushtui
from pushtui.domain.attempt import Attempt, AttemptState
from pushtui.domain.clock import SystemClock
from pushtui.journal import Journal

PROGRAM = Path(__file__).with_name("processes.py")
SENDS = 25
EARLY = SystemClock().now()


def start(folder: Path, command: str, name: str) -> subprocess.Popen[bytes]:
    root = Path(str(pushtui.__file__)).parents[1]
    return subprocess.Popen(
        [sys.executable, PROGRAM, folder, command, name],
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(root)},
    )


@contextmanager
def hanging(folder: Path) -> Iterator[subprocess.Popen[bytes]]:
    """A process that has a send under way and never gets its answer; killed at the end."""
    with start(folder, "hang", "a") as process:
        try:
            assert process.stdout is not None
            assert process.stdout.readline() == b"under way\n"
            yield process
        finally:
            process.kill()


async def open_again(folder: Path) -> tuple[list[Attempt], Journal]:
    journal = Journal(folder / "journal.db", folder / "locks", SystemClock())
    return await journal.open(), journal


async def test_processes_that_write_at_once_lose_nothing(tmp_path: Path) -> None:
    processes = [start(tmp_path, "write", name) for name in "abcd"]
    ends = [process.communicate() and process.returncode for process in processes]
    assert ends == [0, 0, 0, 0]
    abandoned, journal = await open_again(tmp_path)
    runs = await journal.runs(limit=1000)
    await journal.close()
    assert abandoned == []
    assert {run.id for run in runs} == {f"run-{name}-{number}" for name in "abcd" for number in range(SENDS)}
    assert all(run.state is AttemptState.ACCEPTED for run in runs)


async def test_a_killed_process_leaves_exactly_one_unknown(tmp_path: Path) -> None:
    with hanging(tmp_path) as process:
        process.kill()
        process.wait()
    abandoned, journal = await open_again(tmp_path)
    states = {run.id: run.state for run in await journal.runs()}
    outcome = (await journal.run("run-a")).outcome
    counted = await journal.counted_calls("rongcloud", "key", "push", EARLY)
    await journal.close()
    assert [(attempt.id, attempt.state) for attempt in abandoned] == [("attempt-run-a", AttemptState.UNKNOWN)]
    assert states == {"run-a": AttemptState.UNKNOWN, "run-a-planned": AttemptState.PLANNED}
    assert outcome is not None and outcome.spends_quota
    assert "ended while the request was under way" in outcome.message
    assert len(counted) == 1


async def test_an_unknown_attempt_is_reported_once_only(tmp_path: Path) -> None:
    with hanging(tmp_path):
        pass
    first, journal = await open_again(tmp_path)
    await journal.close()
    second, journal = await open_again(tmp_path)
    await journal.close()
    assert (len(first), second) == (1, [])
    assert list((tmp_path / "locks").iterdir()) == []


async def test_an_attempt_of_a_living_process_is_left_alone(tmp_path: Path) -> None:
    with hanging(tmp_path):
        abandoned, journal = await open_again(tmp_path)
        run = await journal.run("run-a")
        await journal.close()
    assert abandoned == []
    assert run.state is AttemptState.IN_FLIGHT


async def test_two_journals_of_one_process_do_not_take_each_other_for_dead(tmp_path: Path) -> None:
    with hanging(tmp_path):
        _, first = await open_again(tmp_path)
        abandoned, second = await open_again(tmp_path)
        await first.close()
        await second.close()
    assert abandoned == []
