"""The draft on the desk: what counts as saved, and what is kept until it is."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path

import pytest

from pushtui.domain.draft import Draft
from pushtui.paths import Paths
from pushtui.services.desk import Desk
from pushtui.services.drafts import ChangedOnDisk, Drafts, Fingerprint
from pushtui.services.recovery import LeftBehind, Recovery
from tests.bodies import push

TITLE = ("notification", "title")


class SlowDrafts(Drafts):
    """Tells when a file is written, and holds its save until it may go on."""

    def __init__(self, paths: Paths) -> None:
        super().__init__(paths)
        self.begun = asyncio.Event()
        self.may_go_on = asyncio.Event()

    async def save(
        self, path: Path, draft: Draft, expected: Fingerprint | None, *, overwrite: bool = False
    ) -> Fingerprint:
        fingerprint = await super().save(path, draft, expected, overwrite=overwrite)
        self.begun.set()
        await self.may_go_on.wait()
        return fingerprint


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    return Paths(tmp_path / "config", tmp_path / "state", tmp_path / "data")


@pytest.fixture
def slow(paths: Paths) -> SlowDrafts:
    return SlowDrafts(paths)


@pytest.fixture
def desk(paths: Paths) -> Desk:
    return Desk(Drafts(paths), Recovery(paths))


@pytest.fixture
async def file(paths: Paths, tmp_path: Path) -> Path:
    """A draft file."""
    path = tmp_path / "news.json"
    await Drafts(paths).save(path, Draft("rongcloud.push", "sandbox", push()), None)
    return path


async def title_in(paths: Paths, file: Path) -> object:
    body = (await Drafts(paths).open(file)).draft.body
    notification = body["notification"]
    assert isinstance(notification, dict)
    return notification["title"]


async def left_by_a_killed_console(paths: Paths, edit: Callable[[Desk], None], file: Path | None = None) -> LeftBehind:
    """Edit a draft in a console that never comes to save it."""
    recovery = Recovery(paths)
    desk = Desk(Drafts(paths), recovery)
    if file is not None:
        await desk.open(file)
    edit(desk)
    desk.keep()
    recovery.close()
    (left,) = await Recovery(paths).left_behind()
    return left


def dirty(desk: Desk) -> bool:
    return desk.composition.dirty


def entitle(title: str) -> Callable[[Desk], None]:
    return lambda desk: desk.composition.set_value(TITLE, title)


def test_an_empty_draft_is_worth_nothing_whoever_it_is_for(desk: Desk, paths: Paths) -> None:
    desk.composition.account = "prod"
    desk.keep()
    assert not dirty(desk)
    assert not paths.recovery.exists()


async def test_what_is_typed_during_a_save_is_not_saved(paths: Paths, slow: SlowDrafts, file: Path) -> None:
    recovery = Recovery(paths)
    desk = Desk(slow, recovery)
    await desk.open(file)
    desk.composition.set_value(TITLE, "first")
    saving = asyncio.create_task(desk.save(file))
    await slow.begun.wait()
    desk.composition.set_value(TITLE, "second")
    slow.may_go_on.set()
    await saving
    assert await title_in(paths, file) == "first"
    assert dirty(desk)
    recovery.close()
    (left,) = await Recovery(paths).left_behind()
    assert "second" in left.unsaved.text
    await desk.save(file)
    assert not dirty(desk)
    assert await title_in(paths, file) == "second"


async def test_an_account_chosen_during_a_save_is_not_saved(paths: Paths, slow: SlowDrafts, file: Path) -> None:
    desk = Desk(slow, Recovery(paths))
    await desk.open(file)
    saving = asyncio.create_task(desk.save(file))
    await slow.begun.wait()
    desk.composition.account = "prod"
    slow.may_go_on.set()
    await saving
    assert dirty(desk)


async def test_a_draft_laid_during_a_save_is_another_one(
    paths: Paths, slow: SlowDrafts, file: Path, tmp_path: Path
) -> None:
    other = tmp_path / "other.json"
    other.write_bytes(file.read_bytes())
    desk = Desk(slow, Recovery(paths))
    await desk.open(file)
    saved = desk.composition
    saved.set_value(TITLE, "first")
    saving = asyncio.create_task(desk.save(file))
    await slow.begun.wait()
    await desk.open(other)
    slow.may_go_on.set()
    await saving
    assert not saved.dirty
    assert (desk.composition.path, desk.composition.dirty) == (other, False)
    desk.composition.set_value(TITLE, "other")
    await desk.save(other)
    assert await title_in(paths, other) == "other"


async def test_a_save_that_has_begun_is_done_and_known(paths: Paths, slow: SlowDrafts, file: Path) -> None:
    desk = Desk(slow, Recovery(paths))
    await desk.open(file)
    desk.composition.set_value(TITLE, "first")
    saving = asyncio.create_task(desk.save(file))
    await slow.begun.wait()
    saving.cancel()
    slow.may_go_on.set()
    with pytest.raises(asyncio.CancelledError):
        await saving
    await desk.save(file)
    assert not dirty(desk)
    assert await title_in(paths, file) == "first"


async def test_another_account_is_a_change_of_a_file(desk: Desk, paths: Paths, file: Path) -> None:
    await desk.open(file)
    desk.composition.account = "prod"
    assert dirty(desk)
    await desk.save(file)
    assert not dirty(desk)
    assert (await Drafts(paths).open(file)).draft.account == "prod"


async def test_another_account_survives_a_killed_console(desk: Desk, paths: Paths, file: Path) -> None:
    def change(desk: Desk) -> None:
        desk.composition.account = "prod"

    desk.restore(await left_by_a_killed_console(paths, change, file))
    assert (desk.composition.account, desk.composition.path) == ("prod", file)


async def test_a_recovered_draft_is_saved_to_its_file(desk: Desk, paths: Paths, file: Path) -> None:
    desk.restore(await left_by_a_killed_console(paths, entitle("recovered"), file))
    assert dirty(desk)
    await desk.save(file)
    assert await title_in(paths, file) == "recovered"
    assert not list(paths.recovery.iterdir())


async def test_a_recovered_draft_does_not_overwrite_what_changed_since(desk: Desk, paths: Paths, file: Path) -> None:
    left = await left_by_a_killed_console(paths, entitle("recovered"), file)
    file.write_text(file.read_text().replace("News", "Theirs"))
    desk.restore(left)
    with pytest.raises(ChangedOnDisk):
        await desk.save(file)
    assert await title_in(paths, file) == "Theirs"
    await desk.save(file, overwrite=True)
    assert await title_in(paths, file) == "recovered"


async def test_the_only_copy_stays_while_no_other_can_be_written(paths: Paths, monkeypatch: pytest.MonkeyPatch) -> None:
    left = await left_by_a_killed_console(paths, entitle("precious"))

    def disk_is_full(*_args: object, **_options: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("pushtui.services.recovery.write_atomically", disk_is_full)
    desk = Desk(Drafts(paths), Recovery(paths))
    desk.restore(left)
    assert desk.composition.value(TITLE) == "precious"
    assert desk.failure is not None
    assert "No space left on device" in desk.failure.message
    (still,) = await Recovery(paths).left_behind()
    assert still.id == left.id
