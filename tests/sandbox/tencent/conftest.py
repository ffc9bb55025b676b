"""The sandbox's Tencent side, as if it had just been started."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.sandbox.tencent.client import TencentClient, running


@pytest.fixture(scope="package")
def tencent_process(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TencentClient]:
    """One sandbox process for these tests."""
    with running(tmp_path_factory.mktemp("tencent")) as client:
        yield client


@pytest.fixture
def tencent(tencent_process: TencentClient) -> TencentClient:
    """At noon in Beijing, when nobody's do-not-disturb holds."""
    tencent_process.sandbox.reset()
    tencent_process.sandbox.freeze("2026-11-22T04:00:00Z")
    return tencent_process
