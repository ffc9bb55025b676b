"""All clouds of a sandbox, as if it had just been started."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.sandbox.clouds import NOON, Clouds, running_clouds


@pytest.fixture(scope="package")
def clouds_process(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Clouds]:
    """One sandbox process for these tests, without rates and quotas."""
    with running_clouds(tmp_path_factory.mktemp("clouds"), "--no-limits") as (_process, clouds):
        yield clouds


@pytest.fixture
def clouds(clouds_process: Clouds) -> Clouds:
    """At noon, when nobody's quiet hours hold."""
    clouds_process.sandbox.control("POST", "/reset", {"seed": 1})
    clouds_process.sandbox.freeze(NOON)
    return clouds_process
