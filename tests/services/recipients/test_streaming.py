"""Recipients are a stream: memory does not grow with them, progress is told, and reading can be ended."""

from __future__ import annotations

import errno
import tempfile
import tracemalloc
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

import pytest

from pushtui.domain.finding import Severity
from pushtui.services.recipients import duplicates, encodings
from pushtui.services.recipients.duplicates import SeenUsers
from pushtui.services.recipients.importing import OFTEN, Progress, Survey, recipients_of
from tests.services.recipients.files import draft, source, template


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
    monkeypatch.setattr(duplicates, "FULL", 64)
    recipients = source(people(tmp_path / "many.csv", 40_000), "c")
    few = source(people(tmp_path / "few.csv", 100), "c")
    sum(1 for _ in recipients_of(template(), draft(few)))
    reading = peak(lambda: sum(1 for _ in recipients_of(template(), draft(recipients))))
    survey = peak(lambda: sum(1 for _ in Survey(template(), draft(recipients))))
    assert reading < 400_000 < recipients.path.stat().st_size / 2
    assert survey - reading < 400_000


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


@pytest.mark.parametrize("full", [2, 1024])
def test_users_are_known_again_among_many(full: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(duplicates, "FULL", full)
    users = [f"user-{number}" for number in (*range(1, 5001), *range(1, 5001, 7), 3)]
    with SeenUsers() as seen:
        for line, user in enumerate(users, 2):
            seen.add(user, line)
        found = sorted(seen.twice())
    assert found == [
        (line, users.index(user) + 2) for line, user in enumerate(users, 2) if users.index(user) < line - 2
    ]


def test_the_same_user_in_every_row_takes_no_memory(tmp_path: Path) -> None:
    path = tmp_path / "same.csv"
    path.write_text("user_id\n" + "21\n" * 40_000)
    survey = Survey(template(), draft(source(path)))
    assert peak(lambda: sum(1 for _ in survey)) < 4 << 20
    (found,) = [one for one in survey.findings if one.severity is Severity.ERROR and one.field == "recipients.user"]
    assert found.message.startswith("the user id came before: the message would be sent twice (line 3, as on line 2: ")
    assert found.message.endswith('line 5, as on line 2: "21"; and 39,996 more)')


def test_a_full_disk_is_told_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    def full() -> NoReturn:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(duplicates, "FULL", 2)
    monkeypatch.setattr(tempfile, "TemporaryFile", full)
    survey = Survey(template(), draft(source("", text="user_id\n21\n")))
    assert sum(1 for _ in survey) == 0
    assert "folder for temporary files: No space left on device. Make room there" in survey.findings[0].message
