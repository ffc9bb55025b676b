from __future__ import annotations

import os
import resource
import sqlite3
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, closing, contextmanager
from pathlib import Path

import pytest

from pushtui.domain.clock import SystemClock
from pushtui.domain.errors import JournalError
from pushtui.journal import Journal, engine
from pushtui.journal.schema import MIGRATIONS

RUN_OF_FIRST_SCHEMA = """
    INSERT INTO runs (seq, id, plan_id, digest, made_at, environment, provider, app_id, kind, account, body, reach)
    VALUES ({number}, '{name}', '{name}', '', '2026-11-05T12:00:00.000000Z', 'test', '', '', '', '', '{{}}', '')
"""
ATTEMPT_OF_FIRST_SCHEMA = """
    INSERT INTO attempts (seq, id, run_id, number, quota_group, state, owner, method, url, headers, body, body_sha256,
        planned_at, title, message, spends_quota, push_id, message_uid, request_id)
    VALUES ({number}, '{name}', '{name}', 1, '', '{state}', '', '', '', '[]', '', '', '2026-11-05T12:00:00.000000Z',
        {title}, '', 0, '', '', '')
"""
ENDS = (
    ("accepted", "accepted", "'Accepted'"),
    ("rejected", "rejected", "'Authentication failed'"),
    ("not sent", "rejected", "'Not sent'"),
    ("planned", "planned", "NULL"),
)


@asynccontextmanager
async def opened(path: Path) -> AsyncIterator[Journal]:
    journal = Journal(path, path.parent / "locks", SystemClock())
    try:
        await journal.open()
        yield journal
    finally:
        await journal.close()


@contextmanager
def full_disk(limit: int) -> Iterator[None]:
    """Let no file of this process grow beyond `limit` bytes."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def mode(path: Path) -> int:
    return path.stat().st_mode & 0o777


def widen(file: Path, folder: Path) -> None:
    file.chmod(0o644)
    folder.chmod(0o755)


def change(path: Path, statement: str) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(statement)


def make_of_schema(path: Path, number: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Make a journal as an earlier version made it."""
    with monkeypatch.context() as past:
        past.setattr(engine, "MIGRATIONS", MIGRATIONS[:number])
        engine.connect(path).close()


async def test_folder_and_files_are_private_from_birth(tmp_path: Path) -> None:
    path = tmp_path / "state" / "journal.db"
    before = os.umask(0)
    try:
        async with opened(path) as journal:
            await journal.record("a", "b", {})
            assert mode(path.parent) == mode(path.parent / "locks") == 0o700
            assert {item.name: mode(item) for item in path.parent.glob("journal.db*")} == dict.fromkeys(
                ("journal.db", "journal.db-wal", "journal.db-shm"), 0o600
            )
    finally:
        os.umask(before)


async def test_a_readable_journal_made_earlier_is_tightened(tmp_path: Path) -> None:
    path = tmp_path / "journal.db"
    async with opened(path):
        pass
    widen(path, tmp_path)
    async with opened(path):
        assert (mode(path), mode(tmp_path)) == (0o600, 0o700)


async def test_what_was_written_is_there_after_opening_again(tmp_path: Path) -> None:
    async with opened(tmp_path / "journal.db") as journal:
        await journal.record("a", "b", {"c": 1})
    async with opened(tmp_path / "journal.db") as journal:
        assert [record.details for record in await journal.records()] == [{"c": 1}]


@pytest.mark.parametrize("content", [b"this is no database" * 100, b"SQLite format 3\x00" + b"\xff" * 5000])
async def test_a_damaged_journal_is_named_and_kept(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "journal.db"
    path.write_bytes(content)
    with pytest.raises(JournalError, match=r"is damaged or is no journal.*move it away") as caught:
        async with opened(path):
            pass
    assert str(path) in caught.value.message
    assert path.read_bytes() == content


async def test_damage_that_shows_later_is_named_too(tmp_path: Path) -> None:
    path = tmp_path / "journal.db"
    async with opened(path) as journal:
        for _ in range(200):
            await journal.record("a" * 500, "b", {})
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2] + b"\xff" * (len(whole) - len(whole) // 2))
    with pytest.raises(JournalError, match="is damaged"):
        async with opened(path) as journal:
            await journal.records()


async def test_a_database_of_another_program_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "journal.db"
    change(path, "CREATE TABLE recipes (name TEXT)")
    before = path.read_bytes()
    with pytest.raises(JournalError, match="database of another program"):
        async with opened(path):
            pass
    assert path.read_bytes() == before


async def test_meta_of_another_program_does_not_deceive(tmp_path: Path) -> None:
    path = tmp_path / "journal.db"
    change(path, "CREATE TABLE meta (name TEXT, value TEXT)")
    with pytest.raises(JournalError, match="database of another program"):
        async with opened(path):
            pass


async def test_a_newer_schema_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "journal.db"
    async with opened(path):
        pass
    change(path, "UPDATE meta SET value = '99' WHERE name = 'schema'")
    with pytest.raises(JournalError, match=rf"newer pushtui \(schema 99; this one knows {len(MIGRATIONS)}\)"):
        async with opened(path):
            pass


async def test_a_journal_of_the_first_schema_learns_what_was_reached(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "journal.db"
    make_of_schema(path, 1, monkeypatch)
    for number, (name, state, title) in enumerate(ENDS):
        change(path, RUN_OF_FIRST_SCHEMA.format(number=number, name=name))
        change(path, ATTEMPT_OF_FIRST_SCHEMA.format(number=number, name=name, state=state, title=title))
    async with opened(path) as journal:
        reached = {run.id: run.outcome and run.outcome.reached for run in await journal.runs()}
        assert reached == {"accepted": True, "rejected": True, "not sent": False, "planned": None}


async def test_a_place_that_cannot_hold_a_journal_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    for path in (tmp_path / "file" / "journal.db", tmp_path):
        with pytest.raises(JournalError, match=r"cannot be (used|opened)") as caught:
            async with opened(path):
                pass
        assert str(path) in caught.value.message


async def test_a_full_disk_loses_nothing_that_was_written(tmp_path: Path) -> None:
    path = tmp_path / "journal.db"
    async with opened(path) as journal:
        await journal.record("first", "b", {})
        with full_disk(200_000), pytest.raises(JournalError, match=r"disk is full|cannot be used"):
            await journal.record("too much", "b", {"text": "x" * 400_000})
        assert [record.subject for record in await journal.records()] == ["first"]
        await journal.record("second", "b", {})
    async with opened(path) as journal:
        assert [record.subject for record in await journal.records()] == ["second", "first"]


@pytest.mark.parametrize("used", [False, True], ids=["alone", "while another process has it open"])
async def test_a_full_disk_can_be_read(tmp_path: Path, used: bool) -> None:
    path = tmp_path / "journal.db"
    async with opened(path) as journal:
        await journal.record("first", "b", {})
        if not used:
            await journal.close()
        with full_disk(0):
            async with opened(path) as reader:
                assert [record.subject for record in await reader.records()] == ["first"]
                assert (await reader.runs(), used or "disk is full" in reader.notice) == ([], True)
                with pytest.raises(JournalError, match=r"disk is full|cannot be used"):
                    await reader.record("second", "b", {"text": "x" * 400_000})
    async with opened(path) as journal:
        assert journal.notice == ""
        await journal.record("third", "b", {})
        assert [record.subject for record in await journal.records()] == ["third", "first"]


async def test_a_failed_opening_leaves_no_lock(tmp_path: Path) -> None:
    path = tmp_path / "journal.db"
    path.write_bytes(b"no database" * 100)
    with pytest.raises(JournalError):
        async with opened(path):
            pass
    path.unlink()
    async with opened(path) as journal:
        assert await journal.records() == []
    assert list((tmp_path / "locks").iterdir()) == []
