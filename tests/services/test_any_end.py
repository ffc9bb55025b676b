"""However a run is cut off, everybody is in exactly one end state, and nobody is sent the same twice."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.sandbox.client import SandboxClient
from tests.services.any_end import try_many

CASES = 500
TOGETHER = 50


@pytest.mark.parametrize("first", range(0, CASES, TOGETHER))
async def test_faults_and_deaths_at_random(first: int, sandbox: SandboxClient, tmp_path: Path) -> None:
    seen = await try_many(first, TOGETHER, sandbox, tmp_path)
    assert seen["cases"] == TOGETHER
    assert seen["deaths"] > 0 and seen["interrupted"] > 0
    assert all(seen[word] > 0 for word in ("accepted", "unknown", "decisions"))
