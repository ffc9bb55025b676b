"""What a person does at the console, in steps that wait for what they see."""

from __future__ import annotations

from tests.terminal.terminal import Terminal

LEAVE_ALTERNATE_SCREEN, SHOW_CURSOR = b"\x1b[?1049l", b"\x1b[?25h"
READY = ("○ SANDBOX", "of 2 this hour")
"""On the screen once account and quotas are known."""
PHRASE = "sandbox unknown"


def compose(console: Terminal) -> None:
    """Fill in an empty draft: audience, sender, message, title and text."""
    console.press("Tab", "Whether the push goes to every user")
    console.press("Tab", "Users who have all of these tags")
    console.press("vip", "1 of 20 items")
    console.press("Ctrl+Down", "With a message, the push opens a")
    console.press("Tab", "User id that the message comes from")
    console.press("fromuseId1", "10 of 64 characters")
    console.press("Tab", "Message type: one of")
    console.press("Tab", "What the message says")
    console.send("End", "Left", "Left")
    console.press("Hello", '{"content":"Hello"}')
    console.press("Ctrl+Down", "Title in the notification bar")
    console.press("Spring sale", "11 of 50 characters")
    console.press("Tab", "Text of the notification")
    console.press("Doors open at nine", "Doors open at nine", "No findings")


def review(console: Terminal) -> None:
    """Plan the draft and type the phrase that confirms it."""
    console.press("F9", "digest", f"type {PHRASE}")
    console.move_focus("Tab", away_from="Cancel")
    console.send(PHRASE)
    console.wait_until(lambda: console.text.count(PHRASE) == 2, "for the phrase to be typed")


def assert_restored(console: Terminal) -> None:
    """Check that the terminal is as it was found."""
    assert LEAVE_ALTERNATE_SCREEN in console.raw
    assert SHOW_CURSOR in console.raw
    assert console.modes == console.modes_before
