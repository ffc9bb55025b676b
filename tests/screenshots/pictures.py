"""Taking the pictures, and telling which of those on disk are stale."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from textual.pilot import Pilot
from textual.screen import ModalScreen

from tests.console.full import screen_text, settle, until
from tests.sandbox.client import running
from tests.screenshots.running import on_its_way
from tests.screenshots.standstill import environment
from tests.screenshots.story import LOOKED_AT, SECRETS, Story
from tests.screenshots.svg import self_contained

FOLDER = Path(__file__).parents[2] / "screenshots"
PHRASE = "sandbox unknown"
KEY_NAMES = {" ": "space"}

Pictures = dict[str, str]
"""SVG texts by file name."""


@dataclass(frozen=True, slots=True)
class Stop:
    """A picture of the tour: the keys that lead there, and a text that says one has arrived."""

    name: str
    keys: Sequence[str]
    shows: str


TOUR = (
    Stop("compose", ("tab", "tab", "tab"), "audience.tag_or"),
    Stop("json", ("f6", *["down"] * 24), "notification.ios.badge"),
    Stop("plan", ("f6", "f9"), "digest"),
    Stop("receipt", ("tab", *(KEY_NAMES.get(key, key) for key in PHRASE), "enter"), "message UID"),
    Stop("history", ("escape", "f3"), "Attempts"),
    Stop("inbox", ("f4",), "Shown on"),
    Stop("people", ("2", *["down"] * 14), "HUAWEI nova 12"),
    Stop("faults", ("3",), "until removed"),
    Stop("fault", ("down", "down", "enter"), "Set the fault"),
    Stop("settings", ("escape", "4", "down", "down", "down"), "natural day"),
    Stop("accounts", ("f5",), "day begins"),
    Stop("help", ("f2", "ctrl+down", "ctrl+down", "f1"), "Keys: compose"),
)

FOR_MANY = (
    Stop("kinds", ("ctrl+n",), "for many named users"),
    Stop("recipients", ("escape", "ctrl+r", *["down"] * 6), "no column"),
    Stop("preview", ("ctrl+l", "right"), "recipient 2 of 6"),
)

A_RUN = (
    Stop("run", ("f3", "enter"), "What went wrong"),
    Stop("results", ("enter", *["pagedown"] * 10), "? unknown  member"),
)


def take() -> Pictures:
    """Take all pictures, over a sandbox and in a home of their own."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        with environment(home, **SECRETS), running(home / "sandbox", "--seed", "1") as (_process, sandbox):
            return asyncio.run(_take(Story(sandbox)))


def write() -> None:
    """Write all pictures, and remove those that are none any more."""
    pictures = take()
    FOLDER.mkdir(exist_ok=True)
    for path in FOLDER.glob("*.svg"):
        if path.name not in pictures:
            path.unlink()
    for name, svg in pictures.items():
        (FOLDER / name).write_text(svg, encoding="utf-8")


def stale() -> list[str]:
    """Name the pictures that no longer show what the console does."""
    pictures, kept = take(), {path.name: path.read_text(encoding="utf-8") for path in FOLDER.glob("*.svg")}
    return sorted(name for name in pictures.keys() | kept.keys() if pictures.get(name) != kept.get(name))


async def _take(story: Story) -> Pictures:
    await story.begin()
    return {
        **await _tour(story, TOUR, story.draft),
        **await _tour(story, FOR_MANY, story.draft_for_many),
        "compose-80x24.svg": await _compose(story, 2, size=(80, 24)),
        "compose-light.svg": await _compose(story, 3, theme="light"),
        "compose-colour-blind.svg": await _compose(story, 6, theme="colour-blind"),
        **await _user(story, (120, 40), "user", "1"),
        **await _user(story, (80, 24), "user-80x24", "2"),
        **await _run(story),
    }


async def _tour(story: Story, stops: Sequence[Stop], draft: Path) -> Pictures:
    """Go through screens, as one does who sends a draft."""
    async with story.console(draft=draft) as pilot:
        return await _taken(pilot, stops)


async def _user(story: Story, size: tuple[int, int], name: str, part: str) -> Pictures:
    """Open a user, and one part of what is known."""
    with story.only_sandbox():
        async with story.console(size) as pilot:
            await _go(pilot, ("ctrl+f",), "A user's id")
            await _go(pilot, (*LOOKED_AT, "enter"), "bound devices")
            await _go(pilot, ("down", "down", part), "Silent until 11:00")
            return {f"{name}.svg": _picture(pilot)}


async def _run(story: Story) -> Pictures:
    """Look at a run on its way; it is the last tour, since it takes the sandbox's limits away."""
    async with on_its_way(story) as pilot:
        return await _taken(pilot, A_RUN)


async def _taken(pilot: Pilot[int], stops: Sequence[Stop]) -> Pictures:
    pictures = {}
    for stop in stops:
        await _go(pilot, stop.keys, stop.shows)
        pictures[f"{stop.name}.svg"] = _picture(pilot)
    return pictures


async def _compose(story: Story, section: int, *, size: tuple[int, int] = (120, 40), theme: str = "dark") -> str:
    """Show the form, so many sections below the first."""
    async with story.console(size, theme) as pilot:
        await _go(pilot, ("ctrl+down",) * section + ("tab",), "spring-sale.json")
        return _picture(pilot)


async def _go(pilot: Pilot[int], keys: Sequence[str], shows: str) -> None:
    """Press keys until the screen shows what they lead to, and nothing changes any more."""
    for key in keys:
        await pilot.press(key)
    await until(pilot, lambda: shows in screen_text(pilot))
    await pilot.pause()
    if not isinstance(pilot.app.screen, ModalScreen):  # a dialog's worker waits for a person
        await settle(pilot)


def _picture(pilot: Pilot[int]) -> str:
    return self_contained(pilot.app.export_screenshot(title="pushtui"))
