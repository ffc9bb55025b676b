"""How fast runs of many requests are, and what they take: `python -m bench.runs [paced|unpaced|memory]`.

`paced` sends with the sandbox's limits on. `unpaced` sends with them off and compares with a bare httpx loop of
the same concurrency that posts the same bodies to the same sandbox. `memory` plans and writes a run in one process
and sends it without a pause in another, and says how much memory each took at most.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import httpx

from pushtui.domain.account import Account, Environment
from pushtui.domain.attempt import AttemptState
from pushtui.domain.clock import SystemClock, SystemRandomness
from pushtui.domain.draft import Draft
from pushtui.domain.json_body import JsonObject
from pushtui.domain.plan import Plan
from pushtui.domain.recipient import RecipientSource
from pushtui.domain.run import Run
from pushtui.domain.secret import Secret
from pushtui.paths import Paths
from pushtui.providers.rongcloud.protocol import sign
from pushtui.services.running import WORKERS
from pushtui.services.services import Services

BODY: JsonObject = {
    "fromUserId": "news",
    "objectName": "RC:TxtMsg",
    "content": '{"content":"Dear {name}, your code is {code}."}',
    "pushContent": ["Your code is {code}"],
}
RATE = 100
SIZES = (10_000, 1_000_000)


@dataclass(frozen=True, slots=True)
class Served:
    """A sandbox that answers."""

    base_url: str
    control_url: str
    app_key: str
    secret: Secret

    @property
    def account(self) -> Account:
        return Account("sandbox", "rongcloud", Environment.SANDBOX, (self.base_url,), {"app_key": self.app_key})

    @property
    def address(self) -> tuple[str, str, str, str]:
        """What another process needs to know."""
        return (self.base_url, self.control_url, self.app_key, self.secret.reveal())

    def reset(self, *, limits: bool) -> None:
        """Forget everything."""
        httpx.post(f"{self.control_url}/reset")
        httpx.post(f"{self.control_url}/settings", json={"limits": limits})

    def accepted(self) -> int:
        """Return how many requests took effect."""
        return int(httpx.get(f"{self.control_url}/sends").json()["accepted"])


@contextmanager
def sandbox(folder: Path) -> Iterator[Served]:
    """Serve a sandbox in a process of its own."""
    command = [sys.executable, "-m", "pushtui.sandbox", "--port", "0", "--json", "--lifeline"]
    environment = {"XDG_STATE_HOME": str(folder), "HOME": str(folder), "PYTHONPATH": str(Path(__file__).parents[1])}
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment) as process:
        assert process.stdout is not None and process.stdin is not None
        said = json.loads(process.stdout.readline())
        cloud = said["rongcloud"]
        yield Served(cloud["base_url"], said["control_url"], cloud["app_key"], Secret(cloud["app_secret"]))
        process.stdin.close()


def people(folder: Path, count: int) -> Path:
    """Write a file of so many people."""
    path = folder / f"people-{count}.csv"
    with path.open("w") as file:
        file.write("user_id,name,code\n")
        file.writelines(f"user-{number:08},Person {number},{number * 7919 % 1_000_000:06}\n" for number in range(count))
    return path


async def planned(services: Services, file: Path) -> Plan:
    """Plan a message to everybody in a file."""
    source = RecipientSource("user_id", str(file), values=(("name", "name"), ("code", "code")))
    return await services.planning.plan(Draft("rongcloud.system-template", "sandbox", BODY, source))


async def opened(folder: Path, account: Account, secret: Secret) -> Services:
    """Open services in a folder of their own."""
    services = Services(Paths(folder / "config", folder / "state", folder / "data"))
    await services.journal.open()
    services.accounts.attach(account, secret)
    return services


async def paced(folder: Path, served: Served, seconds: int) -> None:
    """Send for so many seconds as fast as RongCloud allows."""
    served.reset(limits=True)
    services = await opened(folder / "paced", served.account, served.secret)
    plan = await planned(services, people(folder, RATE * seconds))
    run = await services.sending.send(plan, plan.ritual.phrase)
    refused = await tries(services, run) - run.batches
    took = ((run.tally.latest_at or run.made_at) - (run.tally.began_at or run.made_at)).total_seconds()
    print(
        f"limits on   {run.recipients:,} recipients in {run.batches} requests, {took:.2f} s: "
        f"{(run.recipients - 50) / took:.2f} a second, {refused} refused as too fast, {run.state_words}"
    )
    await services.journal.close()


async def tries(services: Services, run: Run) -> int:
    """Return how many requests left, counting those that were repeated."""
    highest = [attempt.number for attempt in await services.journal.standing(run.id, 0, run.batches)]
    return max(highest)


async def unpaced(folder: Path, served: Served, requests: int, rounds: int) -> None:
    """Compare sending with a bare loop over the same bodies, in a process of its own as ours is."""
    file = people(folder, requests * 50)
    ratios = []
    for number in range(rounds):
        services = await opened(folder / f"unpaced-{number}", served.account, served.secret)
        plan = await planned(services, file)
        bodies = folder / "bodies.json"
        bodies.write_text(json.dumps([request.body.decode() for request in plan.requests]))
        run = await services.sending.begin(plan, plan.ritual.phrase)
        served.reset(limits=False)
        ours = await timed(replace(services.sending, paced=False).resume(run.id), requests)
        assert (await services.history.run(run.id)).tally.of(AttemptState.ACCEPTED).batches == requests
        assert served.accepted() == requests
        await services.journal.close()
        fresh, kept = in_process(served, bodies, "new"), in_process(served, bodies, "kept")
        ratios.append((ours / fresh, ours / kept))
        print(
            f"limits off  {ours:.0f} requests a second; bare httpx {fresh:.0f} on new connections, "
            f"{kept:.0f} on kept ones: {ours / fresh:.2f} and {ours / kept:.2f}"
        )
    new, kept = (sorted(ratio)[len(ratios) // 2] for ratio in zip(*ratios, strict=True))
    print(f"median      {new:.2f} of new connections, {kept:.2f} of kept ones")


def in_process(served: Served, bodies: Path, connections: str) -> float:
    """Run the bare loop in a fresh process and return how many requests a second it makes."""
    served.reset(limits=False)
    command = [sys.executable, "-m", "bench.runs", "bare", "--folder", str(bodies), "--size", connections]
    done = subprocess.run([*command, "--sandbox", *served.address], check=True, capture_output=True)
    return float(done.stdout)


async def timed(work: Coroutine[Any, Any, object], requests: int) -> float:
    """Return how many requests a second some work makes."""
    began = time.perf_counter()
    await work
    return requests / (time.perf_counter() - began)


async def bare(served: Served, bodies: list[bytes], *, keep_alive: bool) -> None:
    """Post bodies with as many workers as a run has, and look at no more than the status."""
    left = iter(bodies)
    clock, randomness = SystemClock(), SystemRandomness()
    limits = httpx.Limits(max_keepalive_connections=WORKERS if keep_alive else 0)
    async with httpx.AsyncClient(base_url=served.base_url, limits=limits, trust_env=False) as client:

        async def work() -> None:
            for body in left:
                headers = dict(sign(served.account, served.secret, clock, randomness).headers)
                headers["Content-Type"] = "application/json"
                answer = await client.post("/message/system/publish_template.json", content=body, headers=headers)
                assert answer.status_code == 200

        await asyncio.gather(*(work() for _ in range(WORKERS)))


async def write(folder: Path, served: Served, count: int) -> None:
    """Plan a run of so many people and write it; print seconds and the peak of this process's memory."""
    file = people(folder, count)
    services = await opened(folder, served.account, served.secret)
    base = peak()
    began = time.perf_counter()
    plan = await planned(services, file)
    planning, after_plan = time.perf_counter() - began, peak()
    began = time.perf_counter()
    run = await services.sending.begin(plan, plan.ritual.phrase)
    writing = time.perf_counter() - began
    await services.journal.close()
    size = services.paths.journal_file.stat().st_size / 2**20
    print(
        f"memory      {count:>9,} recipients: plan {planning:.1f} s, journal {writing:.1f} s ({size:.0f} MiB); "
        f"RSS {base:.0f} MiB before, {after_plan:.0f} after the plan, {peak():.0f} at most"
    )
    assert run.recipients == count


async def send(folder: Path, served: Served, count: int) -> None:
    """Send what is written; print the rate and the peak of this process's memory."""
    services = await opened(folder, served.account, served.secret)
    (run,) = await services.history.runs()
    base, began = peak(), time.perf_counter()
    run = await replace(services.sending, paced=False).resume(run.id)
    rate = run.batches / (time.perf_counter() - began)
    await services.journal.close()
    size = services.paths.journal_file.stat().st_size / 2**20
    print(
        f"memory      {count:>9,} recipients: sent at {rate:.0f} requests a second ({run.state_words}); "
        f"RSS {base:.0f} MiB before, {peak():.0f} at most; journal {size:.0f} MiB"
    )


def in_processes(folder: Path, served: Served) -> None:
    """Write and send runs of several sizes, each step in a process of its own."""
    for size in SIZES:
        served.reset(limits=False)
        place = folder / f"memory-{size}"
        place.mkdir()
        for step in ("write", "send"):
            command = [sys.executable, "-m", "bench.runs", step, "--size", str(size), "--folder", str(place)]
            subprocess.run([*command, "--sandbox", *served.address], check=True)


def peak() -> float:
    """Return the most memory this process had, in MiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    """Print figures; assert nothing about them."""
    parser = argparse.ArgumentParser("python -m bench.runs", description=__doc__)
    parts = ("all", "paced", "unpaced", "memory", "write", "send", "bare")
    parser.add_argument("part", nargs="?", choices=parts, default="all")
    parser.add_argument("--seconds", type=int, default=65, help="how long the paced run is")
    parser.add_argument("--requests", type=int, default=600, help="how many the unpaced run has")
    parser.add_argument("--rounds", type=int, default=9, help="how often the unpaced run is compared")
    for inner in ("--size", "--folder"):
        parser.add_argument(inner, help=argparse.SUPPRESS)
    parser.add_argument("--sandbox", nargs=4, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.part in ("write", "send", "bare"):
        base_url, control_url, app_key, secret = given.sandbox
        served = Served(base_url, control_url, app_key, Secret(secret))
        if given.part == "bare":
            bodies = [body.encode() for body in json.loads(Path(given.folder).read_text())]
            loop = bare(served, bodies, keep_alive=given.size == "kept")
            print(asyncio.run(timed(loop, len(bodies))))
            return
        step = {"write": write, "send": send}[given.part]
        asyncio.run(step(Path(given.folder), served, int(given.size)))
        return
    with tempfile.TemporaryDirectory() as name, sandbox(Path(name)) as served:
        folder = Path(name)
        if given.part in ("paced", "all"):
            asyncio.run(paced(folder, served, given.seconds))
        if given.part in ("unpaced", "all"):
            asyncio.run(unpaced(folder, served, given.requests, given.rounds))
        if given.part in ("memory", "all"):
            in_processes(folder, served)


if __name__ == "__main__":
    main()
