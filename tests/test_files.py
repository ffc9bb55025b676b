from __future__ import annotations

import os
import resource
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

import pushtui
from pushtui.files import FileLock, private_folder, write_atomically


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An empty folder."""
    folder = tmp_path / "folder"
    folder.mkdir()
    return folder


def mode(path: Path) -> int:
    return path.stat().st_mode & 0o777


@contextmanager
def wide_umask() -> Iterator[None]:
    before = os.umask(0)
    try:
        yield
    finally:
        os.umask(before)


@contextmanager
def full_disk(limit: int) -> Iterator[None]:
    """Let no file of this process grow beyond `limit` bytes."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_a_new_folder_and_its_missing_parents_are_private(tmp_path: Path) -> None:
    with wide_umask():
        made = private_folder(tmp_path / "state" / "pushtui")
    assert mode(made) == mode(made.parent) == 0o700


def test_a_folder_that_others_can_read_is_tightened(tmp_path: Path) -> None:
    folder = tmp_path / "state"
    folder.mkdir()
    folder.chmod(0o755)
    private_folder(folder)
    assert mode(folder) == 0o700


def test_folders_above_that_exist_are_left_alone(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    private_folder(tmp_path / "state")
    assert mode(tmp_path) == 0o755


@pytest.mark.parametrize("durable", [True, False])
def test_a_written_file_is_private_and_whole(folder: Path, durable: bool) -> None:
    path = folder / "file"
    with wide_umask():
        write_atomically(path, b"one", durable=durable)
    assert (path.read_bytes(), mode(path)) == (b"one", 0o600)
    write_atomically(path, b"two", durable=durable)
    assert path.read_bytes() == b"two"
    assert [item.name for item in folder.iterdir()] == ["file"]


def test_the_mode_can_be_chosen_in_spite_of_the_umask(tmp_path: Path) -> None:
    write_atomically(tmp_path / "file", b"", mode=0o664)
    assert mode(tmp_path / "file") == 0o664


def test_a_symbolic_link_survives(tmp_path: Path) -> None:
    target, link = tmp_path / "dotfiles.toml", tmp_path / "accounts.toml"
    target.write_bytes(b"old")
    link.symlink_to(target)
    write_atomically(link, b"new")
    assert link.is_symlink()
    assert target.read_bytes() == b"new"


def test_a_full_disk_leaves_the_old_file_whole_and_no_rest(folder: Path) -> None:
    path = folder / "file"
    path.write_bytes(b"old")
    with full_disk(1000), pytest.raises(OSError):
        write_atomically(path, b"x" * 5000)
    assert path.read_bytes() == b"old"
    assert [item.name for item in folder.iterdir()] == ["file"]


def test_only_one_holds_a_lock(tmp_path: Path) -> None:
    first, second = FileLock(tmp_path / "lock"), FileLock(tmp_path / "lock")
    assert first.try_acquire()
    assert first.try_acquire()
    assert not second.try_acquire()
    first.release()
    assert second.try_acquire()
    second.release()


def test_a_lock_file_is_private_and_removed_on_wish(folder: Path) -> None:
    lock = FileLock(folder / "lock")
    with wide_umask():
        lock.try_acquire()
    assert mode(folder / "lock") == 0o600
    lock.release(remove=True)
    assert list(folder.iterdir()) == []


HOLDER = """
import sys
from pathlib import Path
from pushtui.files import FileLock
lock = FileLock(Path(sys.argv[1]))
print(lock.try_acquire(), flush=True)
sys.stdin.read()
"""


def test_a_killed_process_loses_its_lock(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    command = [sys.executable, "-c", HOLDER, str(path)]
    environment = {**os.environ, "PYTHONPATH": str(Path(str(pushtui.__file__)).parents[1])}
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"True\n"
        lock = FileLock(path)
        assert not lock.try_acquire()
        holder.kill()
        holder.wait()
        assert lock.try_acquire()
        lock.release()
