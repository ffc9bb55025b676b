"""Recipients are a stream: memory does not grow with them, progress is told, and reading can be ended."""

from __future__ import annotations

import tracemalloc
from collections.abc import Callable
from pathlib import Path

import pytest

from pushtui.services.recipients import encodings
from pushtui.services.recipients.duplicates import SeenUsers
from pushtui.services.recipients.importing import OFTEN, Progress, Survey, recipients_of
from tests.services.recipients.files import draft, source, template

BYTES_A_USER = 60
"""What telling duplicates may cost, with room for a table that just grew."""


def people(path: Path, count: int) -> Path:
    with path.open("w") as file:
        file.write("user_id,c\n")
        file.writelines(f"user-{number},Tom {number}\n" for number in range(count))
    return path


def peak(work: Callable[[], object]) -> int:
    tracemalloc.start()
    try:
        work()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def test_memory_does_not_grow_with_the_rows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(encodings, "CHUNK", 1 << 16)
    recipients = source(people(tmp_path / "many.csv", 40_000), "c")
    few = source(people(tmp_path / "few.csv", 100), "c")
    sum(1 for _ in recipients_of(template(), draft(few)))
    reading = peak(lambda: sum(1 for _ in recipients_of(template(), draft(recipients))))
    survey = peak(lambda: sum(1 for _ in Survey(template(), draft(recipients))))
    assert reading < 400_000 < recipients.path.stat().st_size / 2
    assert survey - reading < 40_000 * BYTES_A_USER


def test_progress_is_told_up_to_the_end(tmp_path: Path) -> None:
    told: list[Progress] = []
    recipients = recipients_of(template(), draft(source(people(tmp_path / "p.csv", 3 * OFTEN), "c")), told.append)
    assert sum(1 for _ in recipients) == 3 * OFTEN
    assert [one.rows for one in told] == [0, OFTEN, 2 * OFTEN, 3 * OFTEN, 3 * OFTEN]
    fractions = [one.fraction for one in told]
    assert fractions == sorted(fractions)
    assert (fractions[0], fractions[-1]) == (0.0, 1.0)
    assert 0.1 < fractions[1] < 0.9


def test_whatever_the_listener_raises_ends_the_reading(tmp_path: Path) -> None:
    class Enough(Exception):
        pass

    def stop(progress: Progress) -> None:
        if progress.rows:
            raise Enough

    survey = Survey(template(), draft(source(people(tmp_path / "p.csv", 3 * OFTEN), "c")), stop)
    with pytest.raises(Enough):
        list(survey)
    assert survey.count == OFTEN - 1


def test_a_file_that_changes_while_it_is_read_is_no_crash(tmp_path: Path) -> None:
    path = people(tmp_path / "p.csv", 3 * OFTEN)

    def spoil(progress: Progress) -> None:
        if progress.rows:
            path.write_bytes(b"\xff" * path.stat().st_size)

    survey = Survey(template(), draft(source(path, "c")), spoil)
    assert 0 < sum(1 for _ in survey) < 3 * OFTEN
    assert "the file changed while it was read" in survey.findings[-1].message


def test_users_are_known_again_among_many() -> None:
    seen = SeenUsers()
    assert not any(seen.earlier(f"user-{number}", number) for number in range(1, 20_001))
    assert [seen.earlier(f"user-{number}", 99_999) for number in range(1, 20_001)] == list(range(1, 20_001))
