from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import pushtui
from pushtui.domain.errors import DraftError
from pushtui.paths import Paths
from pushtui.services.drafts import Fingerprint
from pushtui.services.recovery import LeftBehind, Recovery, Unsaved

UNSAVED = Unsaved("rongcloud.push", "sandbox", '{"half": ', Path("/drafts/news.json"))

CONSOLE = """
import sys
from pathlib import Path
from pushtui.paths import Paths
from pushtui.services.recovery import Recovery, Unsaved

folder, name = Path(sys.argv[1]), sys.argv[2]
recovery = Recovery(Paths(folder, folder, folder))
for number in range(100):
    recovery.keep(Unsaved("rongcloud.push", name, f"text {number}"))
recovery.flush()
if name == "saved":
    recovery.discard()
print("kept", flush=True)
sys.stdin.read()
"""


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    folder = tmp_path / "state"
    return Paths(folder, folder, folder)


@contextmanager
def console(paths: Paths, name: str = "a") -> Iterator[subprocess.Popen[bytes]]:
    """A running console with something unsaved; killed at the end."""
    environment = {**os.environ, "PYTHONPATH": str(Path(str(pushtui.__file__)).parents[1])}
    command = [sys.executable, "-c", CONSOLE, str(paths.state), name]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment) as process:
        try:
            assert process.stdout is not None
            assert process.stdout.readline() == b"kept\n"
            yield process
        finally:
            process.kill()


def kept(paths: Paths) -> list[Path]:
    return sorted(paths.recovery.glob("*"))


def failure_of(recovery: Recovery) -> str:
    return recovery.failure.message if recovery.failure else ""


async def test_what_a_killed_console_had_not_saved_is_found(paths: Paths) -> None:
    before = datetime.now(UTC)
    with console(paths):
        pass
    (left,) = await Recovery(paths).left_behind()
    assert left.unsaved == Unsaved("rongcloud.push", "a", "text 99", None)
    assert before < left.kept_at < datetime.now(UTC)


async def test_a_living_console_keeps_its_own(paths: Paths) -> None:
    with console(paths):
        assert await Recovery(paths).left_behind() == []
        assert len(kept(paths)) == 1


async def test_what_was_saved_is_not_offered(paths: Paths) -> None:
    with console(paths, "saved"):
        pass
    assert await Recovery(paths).left_behind() == []
    assert kept(paths) == []
    assert list(paths.locks.iterdir()) == []


async def test_each_console_has_its_own(paths: Paths) -> None:
    with console(paths, "a"), console(paths, "b"):
        pass
    newest, oldest = await Recovery(paths).left_behind()
    assert {newest.unsaved.account, oldest.unsaved.account} == {"a", "b"}
    assert newest.kept_at >= oldest.kept_at


async def test_taken_up_it_is_kept_before_the_old_goes(paths: Paths) -> None:
    with console(paths):
        pass
    recovery = Recovery(paths)
    (left,) = await recovery.left_behind()
    recovery.keep(left.unsaved)
    recovery.replace(left)
    recovery.replace(left)
    (mine,) = kept(paths)
    assert mine.stem != left.id
    assert await recovery.left_behind() == []
    recovery.discard()
    assert kept(paths) == []


async def test_what_is_not_wanted_goes(paths: Paths) -> None:
    with console(paths, "a"), console(paths, "b"):
        pass
    recovery = Recovery(paths)
    unwanted, other = await recovery.left_behind()
    recovery.drop(unwanted)
    assert await recovery.left_behind() == [other]


async def test_what_cannot_be_removed_is_told(paths: Paths) -> None:
    (paths.recovery / "folder.json").mkdir(parents=True)
    with pytest.raises(DraftError, match=r"folder\.json cannot be removed"):
        Recovery(paths).drop(LeftBehind("folder", UNSAVED, datetime.now(UTC)))


async def test_what_an_older_pushtui_kept_has_no_fingerprint(paths: Paths) -> None:
    with console(paths):
        pass
    (file,) = kept(paths)
    values = json.loads(file.read_text())
    del values["fingerprint"]
    file.write_text(json.dumps(values))
    (left,) = await Recovery(paths).left_behind()
    assert left.unsaved == Unsaved("rongcloud.push", "a", "text 99")


async def test_the_file_is_private(paths: Paths) -> None:
    recovery = Recovery(paths)
    recovery.keep(UNSAVED)
    recovery.flush()
    (file,) = kept(paths)
    assert file.stat().st_mode & 0o777 == 0o600
    assert paths.recovery.stat().st_mode & 0o777 == 0o700
    recovery.discard()


async def test_the_latest_wins_and_discarding_ends_it(paths: Paths) -> None:
    recovery = Recovery(paths)
    recovery.discard()
    recovery.keep(UNSAVED)
    recovery.discard()
    recovery.keep(Unsaved("k", "a", "newer"))
    recovery.flush()
    (file,) = kept(paths)
    assert "newer" in file.read_text()
    recovery.discard()
    assert kept(paths) == []


async def test_a_place_that_cannot_be_written_is_told_and_tried_again(paths: Paths) -> None:
    paths.state.mkdir()
    paths.recovery.touch()
    recovery = Recovery(paths)
    recovery.keep(UNSAVED)
    recovery.flush()
    assert str(paths.recovery) in failure_of(recovery)
    paths.recovery.unlink()
    recovery.flush()
    assert failure_of(recovery) == ""
    assert len(kept(paths)) == 1
    recovery.discard()


async def test_what_is_not_wanted_any_more_has_not_failed(paths: Paths) -> None:
    paths.state.mkdir()
    paths.recovery.touch()
    recovery = Recovery(paths)
    recovery.keep(UNSAVED)
    recovery.flush()
    recovery.discard()
    assert failure_of(recovery) == ""


async def test_a_file_of_another_form_is_offered_as_text(paths: Paths) -> None:
    paths.recovery.mkdir(parents=True)
    (paths.recovery / "old.json").write_text('{"text": "by hand"}')
    (left,) = await Recovery(paths).left_behind()
    assert left.unsaved == Unsaved("", "", '{"text": "by hand"}')


FILES = st.just((None, None)) | st.just((Path("/a/b.json"), Fingerprint("abc")))


@given(st.text(), st.text(), st.text(st.characters()), FILES)
async def test_any_text_comes_back(
    kind: str, account: str, text: str, file: tuple[Path | None, Fingerprint | None]
) -> None:
    unsaved = Unsaved(kind, account, text, *file)
    with tempfile.TemporaryDirectory() as folder:
        paths = Paths(Path(folder), Path(folder), Path(folder))
        recovery = Recovery(paths)
        recovery.keep(unsaved)
        recovery.flush()
        assert [left.unsaved for left in await as_another(paths, recovery)] == [unsaved]


async def as_another(paths: Paths, recovery: Recovery) -> list[LeftBehind]:
    """Look as a console does that starts after this one died."""
    (lock,) = paths.locks.iterdir()
    lock.unlink()
    left = await Recovery(paths).left_behind()
    recovery.discard()
    return left
