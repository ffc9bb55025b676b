"""What one keystroke costs: a new body, its JSON text and all findings: `python -m bench.findings`."""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Mapping

from pushtui.domain.draft import Draft
from pushtui.domain.json_body import JsonObject
from pushtui.services.composing import Composition

FRAME = 1000 / 60
"""Milliseconds; what a keystroke may take so that nobody sees it."""


def small() -> JsonObject:
    """Return a push as people write most of them."""
    return {
        "platform": ["ios", "android"],
        "audience": {"tag": ["vip"], "is_to_all": False},
        "notification": {"title": "News", "alert": "Something new"},
    }


def many_users() -> JsonObject:
    """Return a push to as many users as one call takes."""
    users: JsonObject = {"userid": [f"user-{number:08}" for number in range(1000)], "is_to_all": False}
    return {**small(), "audience": users}


def long_message() -> JsonObject:
    """Return a push whose message is as long as it may be."""
    content = '{"content":"' + "x" * (127 * 1024) + '"}'
    return {**small(), "fromuserid": "news", "message": {"objectName": "RC:TxtMsg", "content": content}}


BODIES: Mapping[str, JsonObject] = {"small": small(), "1,000 user ids": many_users(), "127 KiB": long_message()}


def keystrokes(body: JsonObject, count: int) -> list[float]:
    """Type into the title and return the milliseconds of each key."""
    composition = Composition.of(Draft("rongcloud.push", "sandbox", body))
    taken = []
    for number in range(count):
        began = time.perf_counter()
        composition.set_value(("notification", "title"), "News"[: number % 4 + 1])
        taken.append((time.perf_counter() - began) * 1000)
    return taken


def main() -> None:
    """Print median and slowest for bodies of several sizes."""
    parser = argparse.ArgumentParser("python -m bench.findings", description="What one keystroke costs.")
    parser.add_argument("--keys", type=int, default=200)
    count = parser.parse_args().keys
    for name, body in BODIES.items():
        taken = keystrokes(body, count)
        print(f"{name:<16} median {statistics.median(taken):6.2f} ms  slowest {max(taken):6.2f} ms")
    print(f"{'one frame':<16}        {FRAME:6.2f} ms")


if __name__ == "__main__":
    main()
