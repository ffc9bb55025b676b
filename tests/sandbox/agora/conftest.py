"""The sandbox's Agora side, as if it had just been started."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.sandbox.agora.client import AgoraClient, running

NOON = "2026-11-22T12:00:00Z"


@pytest.fixture(scope="package")
def agora_process(tmp_path_factory: pytest.TempPathFactory) -> Iterator[AgoraClient]:
    """One sandbox process for these tests."""
    with running(tmp_path_factory.mktemp("agora")) as client:
        yield client


@pytest.fixture
def agora(agora_process: AgoraClient) -> AgoraClient:
    """At noon, when no quiet time holds."""
    agora_process.sandbox.reset()
    agora_process.sandbox.freeze(NOON)
    return agora_process
