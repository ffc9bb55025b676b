"""A run that stands still on its way, so that its picture is always the same."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from functools import partial
from types import SimpleNamespace
from typing import Any
from unittest import mock

from textual.pilot import Pilot

from pushtui.domain.attempt import Attempt, AttemptState
from pushtui.domain.draft import Draft
from pushtui.domain.recipient import RecipientSource, TableFormat
from pushtui.services.runs_here import RunsHere
from tests.console.full import until
from tests.console.pages import services_of
from tests.screenshots.story import Story
from tests.services.runs import KIND, PATH

MEMBERS = 1200
FIRST_NAMES = ("Amélie", "Bao", "Carlos", "Dora", "Emre", "Fatou", "Giulia", "Hana", "Ivo", "Jun", "Kwame", "Lena")
EVENING: dict[str, Any] = {
    "fromUserId": "fromuseId1",
    "objectName": "RC:TxtMsg",
    "content": '{"content":"Dear {name}, the spring sale opens for members tonight at eight."}',
    "pushContent": ["Dear {name}, tonight at eight"],
}
GATEWAY_FAILS, STANDS_STILL = 6, 15
"""Requests of the run."""


@asynccontextmanager
async def on_its_way(story: Story) -> AsyncIterator[Pilot[int]]:
    """Open a console whose run to members has one request in doubt and waits for the answer of another."""
    async with story.console() as pilot:
        services = services_of(pilot)
        sending = replace(services.sending, paced=False)
        watched: Any = SimpleNamespace(
            begin=sending.begin, resume=partial(sending.resume, watch=partial(_watch, story))
        )
        services.here = RunsHere(watched, services.runs, services.sandbox)
        story.sandbox.settings(limits=False)
        plan = await services.planning.plan(_draft())
        assert plan.sendable, plan.findings
        with mock.patch("pushtui.services.running.WORKERS", 1):
            await services.here.begin(plan, plan.ritual.phrase)
            await until(pilot, lambda: story.sandbox.requests(PATH) == STANDS_STILL)
            try:
                yield pilot
            finally:
                story.sandbox.control("DELETE", "/faults")


def _watch(story: Story, attempt: Attempt) -> None:
    """Let things happen just before some requests leave."""
    if attempt.state is AttemptState.PLANNED and attempt.number == GATEWAY_FAILS:
        story.sandbox.fault("html-5xx", times=1, path=PATH)
    if attempt.state is AttemptState.PLANNED and attempt.number == STANDS_STILL:
        story.sandbox.fault("hold", times=None, path=PATH)


def _draft() -> Draft:
    people = (
        {"user_id": f"member-{number:04}", "name": FIRST_NAMES[number % len(FIRST_NAMES)]}
        for number in range(1, MEMBERS + 1)
    )
    text = "".join(json.dumps(one, ensure_ascii=False) + "\n" for one in people)
    return Draft(
        KIND,
        "sandbox",
        EVENING,
        RecipientSource("user_id", text=text, values=(("name", "name"),), format=TableFormat.JSON_LINES),
    )
