"""How long until a whole profile is there, with every answer late by the same time.

Run: python -m bench.profile [--rounds N] [--latency SECONDS]
"""

from __future__ import annotations

import argparse
import asyncio
import statistics
import tempfile
import time
from pathlib import Path

from pushtui.domain.account import Account
from pushtui.domain.conversation import parse_conversation
from pushtui.domain.profile import FactState, Profile
from pushtui.paths import Paths
from pushtui.services.profiles import Wanted
from pushtui.services.services import Services
from tests.sandbox.clouds import Clouds, running_clouds
from tests.services.cloud_accounts import attach_clouds

USER = "priya"
WANTED = Wanted(tuple(map(parse_conversation, ("user/amelie", "user/omar", "group/12312312321"))))


async def opened(services: Services, account: Account) -> float:
    """Return the seconds from the question to the last value."""
    began = time.perf_counter()
    profile = await services.profiles.open(account, USER, wanted=WANTED)
    taken = time.perf_counter() - began
    _check(profile)
    return taken


def _check(profile: Profile) -> None:
    failed = [f"{fact.name}: {fact.problem}" for fact in profile.facts if fact.state is FactState.FAILED]
    if failed or not profile.exists:
        raise SystemExit(f"Not all of it could be read: {failed}")


async def measured(home: Path, clouds: Clouds, rounds: int) -> dict[str, tuple[float, list[float]]]:
    """Return the seconds of the first profile, and those of all further ones, by cloud."""
    found = {}
    for cloud in ("rongcloud", "agora", "tencent"):
        services = Services(Paths(home / "config", home / "state", home / "data"))
        await services.profiles.warm_up()
        account = attach_clouds(services, clouds)[cloud]
        first = await opened(services, account)
        found[cloud] = first, [await opened(services, account) for _ in range(rounds)]
        await services.calls.close()
    return found


def main() -> None:
    """Print, for each cloud, the first profile's time, the median, and the slowest."""
    parser = argparse.ArgumentParser("python -m bench.profile", description="Time until a whole profile is there.")
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--latency", type=float, default=0.2, help="seconds that each answer is late")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as home, running_clouds(Path(home)) as (_process, clouds):
        if given.latency:
            clouds.sandbox.fault("latency", seconds=given.latency, times=None)
        found = asyncio.run(measured(Path(home), clouds, given.rounds))
    print(f"every answer {given.latency * 1000:.0f} ms late, {given.rounds} profiles after the first")
    for cloud, (first, times) in found.items():
        figures = (("first", first), ("median", statistics.median(times)), ("slowest", max(times)))
        print(f"{cloud:<11}" + "   ".join(f"{name} {seconds * 1000:5.0f} ms" for name, seconds in figures))


if __name__ == "__main__":
    main()
