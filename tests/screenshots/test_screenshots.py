"""The pictures show what the console does, and bring nothing from elsewhere."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree

import pytest

from tests.screenshots.pictures import FOLDER, stale
from tests.screenshots.svg import self_contained

PICTURES = sorted(FOLDER.glob("*.svg"))


def test_the_pictures_show_what_the_console_does() -> None:
    assert stale() == [], "run: python -m tests.screenshots"


@pytest.mark.parametrize("picture", PICTURES, ids=lambda path: path.stem)
def test_a_picture_is_whole_and_loads_nothing(picture: Path) -> None:
    text = picture.read_text(encoding="utf-8")
    assert ElementTree.fromstring(text).tag.endswith("svg")
    assert not re.search(r"@font-face|@import|url\((?!#)|\bhref=", text)


@pytest.mark.parametrize("picture", PICTURES, ids=lambda path: path.stem)
def test_a_picture_tells_nothing_of_the_machine_it_was_taken_on(picture: Path) -> None:
    text = picture.read_text(encoding="utf-8")
    assert not any(place in text for place in (str(Path.home()), "/tmp/", "/home/", "/root/", "/Users/"))
    assert set(re.findall(r"127\.0\.0\.1:(\d+)", text)) <= {"7788", "7789", "7790", "7791"}


def test_fonts_on_servers_are_taken_out() -> None:
    svg = "<style>\n@font-face {\n src: url(https://cdn.example/x.woff)\n }\n .a { font-family: Fira Code; }\n</style>"
    assert "cdn" not in self_contained(svg)
    assert "monospace;" in self_contained(svg)
