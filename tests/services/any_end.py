"""Runs with faults and deaths drawn at random, against the sandbox's ground truth.

Beyond what the tests draw: `python -m tests.services.any_end --cases 10000 --first 1000`.
"""

from __future__ import annotations

import argparse
import asyncio
import socket
import sys
import tempfile
from collections import Counter
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from random import Random
from typing import Any
from unittest import mock

from pushtui.domain.attempt import AttemptState
from pushtui.domain.draft import Draft
from pushtui.domain.errors import Refused
from pushtui.domain.json_body import JsonObject
from pushtui.domain.recipient import RecipientSource
from pushtui.domain.run import Phase, Run, Wish
from pushtui.paths import Paths
from pushtui.providers.kinds import KINDS
from tests.sandbox.client import SandboxClient, running
from tests.services.any_fault import DRIFT, drawn_fault, hits, refuses_for_good
from tests.services.conftest import sandbox_account
from tests.services.mortal import Fate, Killed, Life

BODIES: dict[str, JsonObject] = {
    "rongcloud.system-template": {
        "fromUserId": "news",
        "objectName": "RC:TxtMsg",
        "content": '{"content":"Hello {name}"}',
        "pushContent": ["Hello {name}"],
    },
    "rongcloud.system": {"fromUserId": "news", "objectName": "RC:TxtMsg", "content": '{"content":"Hello"}'},
    "rongcloud.push-user": {"notification": {"title": "News", "pushContent": "Hello"}},
}
MOST_LIVES = 60
"""Far more than any case needs once nobody dies any more."""


@dataclass(frozen=True, slots=True)
class Case:
    """What one case consists of; the same seed draws the same."""

    seed: int
    kind: str
    people: tuple[str, ...]
    batch: int
    faults: tuple[dict[str, Any], ...]
    fates: tuple[tuple[int, tuple[int, ...]], ...]
    """For each life at the beginning the step at which it dies, and those at which it is told to end."""
    stops: bool
    """Whether somebody wishes each life to stop."""
    backup: bool
    """Whether the first of two hosts cannot be reached."""
    wrong_secrets: int
    """How many lives at the beginning have the wrong secret, so that all they send is rejected."""
    rival: bool
    """Whether another process wants to send the same run at the same time."""
    decides: bool
    """Whether a person has what is unknown sent once more."""


@dataclass
class Told:
    """What pushtui says became of everybody, and how often it was cut off."""

    ends: Counter[tuple[str, AttemptState]] = field(default_factory=Counter)
    rejected: int = 0
    """Requests that the provider refused."""
    without_uid: int = 0
    """People who were accepted, and whose message has no UID."""
    deaths: int = 0
    interrupted: int = 0
    again: set[str] = field(default_factory=set)
    """People whose request somebody decided to send once more."""


def drawn(seed: int) -> Case:
    """Draw a case."""
    dice = Random(seed)
    kind = dice.choice(["rongcloud.system-template"] * 3 + ["rongcloud.system", "rongcloud.push-user"])
    count = dice.randint(1, 14)
    return Case(
        seed=seed,
        kind=kind,
        people=tuple(f"c{seed}-{number}" for number in range(count)),
        batch=dice.randint(1, 3),
        faults=tuple(drawn_fault(dice) for _ in range(dice.choice((0, 1, 1, 2, 2, 3, 4)))),
        fates=tuple(_fate(dice, 12 + 8 * count) for _ in range(dice.choice((0, 1, 1, 2, 3)))),
        stops=dice.random() < 0.15,
        backup=dice.random() < 0.15,
        wrong_secrets=dice.choice((0, 0, 0, 0, 1)),
        rival=dice.random() < 0.15,
        decides=dice.random() < 0.3,
    )


def _fate(dice: Random, steps: int) -> tuple[int, tuple[int, ...]]:
    first = dice.randint(1, steps)
    if dice.random() < 0.7:
        return first, ()
    return 0, (first, first + dice.randint(1, 3))[: dice.choice((1, 1, 2))]


@contextmanager
def small_batches(case: Case) -> Iterator[None]:
    """Let few people need several requests."""
    kind = KINDS[case.kind]
    assert kind.batching is not None
    with mock.patch.dict(KINDS, {case.kind: replace(kind, batching=replace(kind.batching, most=case.batch))}):
        yield


async def play(case: Case, sandbox: SandboxClient, folder: Path) -> Told:
    """Send, die, resume until nothing is left, and return what pushtui tells then."""
    await asyncio.to_thread(_prepare, case, sandbox)
    paths, told = Paths(folder / "config", folder / "state", folder / "data"), Told()
    with small_batches(case), _nobody_listens() as nobody:
        account = sandbox_account(sandbox, hosts=(nobody, sandbox.base_url) if case.backup else (sandbox.base_url,))
        fates = list(case.fates)
        for number in range(MOST_LIVES):
            secret = "wrong" if number < case.wrong_secrets else sandbox.app_secret
            life = Life(paths, account, secret, Fate(*fates.pop(0)) if fates else None)
            rival = Life(paths, account, secret) if case.rival else None
            try:
                living = asyncio.create_task(_live(life, rival, case, told))
                life.fate.ask = living.cancel
                if await living:
                    return told
            except Killed:
                told.deaths += 1
            except asyncio.CancelledError:
                told.interrupted += 1
            finally:
                await life.end()
                if rival is not None:
                    await rival.end()
    raise AssertionError(f"seed {case.seed}: it never ends")


async def _live(life: Life, rival: Life | None, case: Case, told: Told) -> bool:
    """Go on with the run, or begin it; tell whether it is done."""
    await life.journal.open()
    runs = await life.journal.runs()
    if not runs:
        plan = await life.planning.plan(_draft(case))
        assert plan.sendable, plan.findings
        run = await life.sending.send(plan, plan.ritual.phrase)
    elif runs[0].phase is Phase.DONE:
        run = runs[0]
    else:
        await asyncio.gather(*_lives(life, rival, case, runs[0]))
        (run,) = await life.journal.runs()
    if run.phase is not Phase.DONE or await _decided(life, run, case, told):
        return False
    results = [result async for result in life.results.of(run)]
    told.ends = Counter((result.user, result.state) for result in results)
    told.rejected = run.tally.of(AttemptState.REJECTED).batches
    told.without_uid = sum(result.state is AttemptState.ACCEPTED and not result.uid for result in results)
    return True


def _lives(life: Life, rival: Life | None, case: Case, run: Run) -> Iterator[Coroutine[Any, Any, object]]:
    """Yield what processes do with a run at the same time; whoever dies among them raises Killed."""
    if rival is None:
        yield life.sending.resume(run.id)
    else:
        yield _one_of_them(life, rival, run)
    if case.stops:
        yield _stop_soon(life, run)


async def _decided(life: Life, run: Run, case: Case, told: Told) -> bool:
    """Have what is unknown sent once more, if somebody decides so, and that only once; tell whether it is."""
    unknown = [result.user async for result in life.results.of(run, frozenset((AttemptState.UNKNOWN,)))]
    if not case.decides or told.again or not unknown:
        return False
    told.again = set(unknown)
    await life.journal.retry_unknown(run.id, "because", run.tally.of(AttemptState.UNKNOWN))
    return True


async def _one_of_them(life: Life, rival: Life, run: Run) -> None:
    """Let two processes want to send the same run; one of them may, and the other goes on if that one dies at once."""
    await rival.journal.open()
    wants = [one.sending.resume(run.id) for one in (life, rival)]
    ends = await asyncio.gather(*wants, return_exceptions=True)
    assert sum(isinstance(end, Refused) for end in ends) <= 1 or any(isinstance(end, Killed) for end in ends), ends
    for end in ends:
        if isinstance(end, BaseException) and not isinstance(end, Refused):
            raise end


async def _stop_soon(life: Life, run: Run) -> None:
    await asyncio.sleep(0)
    try:
        await life.journal.wish(run.id, Wish.STOP)
    except (Refused, Killed):
        return


def _draft(case: Case) -> Draft:
    rows = "".join(f"{user},{user}\n" for user in case.people)
    values = (("name", "name"),) if "{name}" in str(BODIES[case.kind]) else ()
    source = RecipientSource(user="id", text=f"id,name\n{rows}", values=values)
    return Draft(case.kind, "sandbox", BODIES[case.kind], source)


def _prepare(case: Case, sandbox: SandboxClient) -> None:
    sandbox.control("DELETE", "/faults")
    sandbox.reset()
    sandbox.settings(limits=False, rongcloud__allowed_drift=DRIFT)
    for fault in case.faults:
        sandbox.fault(**fault)


def _refused(case: Case, sandbox: SandboxClient) -> int:
    """Count the requests that RongCloud refused for good, by what its faults say."""
    waiting = {fault["id"]: fault for fault in sandbox.control("GET", "/faults")["faults"]}
    return sum(
        hits(fault, waiting.get(number)) for number, fault in enumerate(case.faults, start=1) if refuses_for_good(fault)
    )


@contextmanager
def _nobody_listens() -> Iterator[str]:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        yield f"http://127.0.0.1:{taken.getsockname()[1]}"


def judge(case: Case, told: Told, accepted: dict[str, int], refused: int) -> None:
    """Compare what pushtui tells with the ground truth; AssertionError names the seed.

    `accepted` counts by person, `refused` the requests that a fault made RongCloud refuse for good.
    """
    assert sorted(user for user, _ in told.ends.elements()) == sorted(case.people), f"seed {case.seed}: {told.ends}"
    for user, state in told.ends:
        times = accepted.get(user, 0)
        allowed = AGAIN[state] if user in told.again else TIMES[state]
        assert times in allowed, f"seed {case.seed}: {user} is {state}, and was accepted {times} times"
    may_be = told.rejected <= refused or case.wrong_secrets > 0
    assert may_be, f"seed {case.seed}: {told.rejected} requests are rejected, but {refused} were refused for good"
    named = told.without_uid == 0 or case.kind not in WITH_UIDS
    assert named, f"seed {case.seed}: {told.without_uid} people were accepted and have no message UID"


WITH_UIDS = ("rongcloud.system-template", "rongcloud.system")
TIMES = {AttemptState.ACCEPTED: (1,), AttemptState.REJECTED: (0,), AttemptState.UNKNOWN: (0, 1)}
"""How often somebody in an end state may have been accepted."""
AGAIN = {AttemptState.ACCEPTED: (1, 2), AttemptState.REJECTED: (0,), AttemptState.UNKNOWN: (0, 1, 2)}
"""The same for those whose request was sent once more, since nobody knew."""


async def try_case(seed: int, sandbox: SandboxClient, folder: Path) -> tuple[Case, Told]:
    """Play one case and judge it."""
    case = drawn(seed)
    told = await play(case, sandbox, folder)
    truth = await asyncio.to_thread(sandbox.control, "GET", "/sends")
    judge(case, told, truth["recipients"], await asyncio.to_thread(_refused, case, sandbox))
    return case, told


async def try_many(first: int, count: int, sandbox: SandboxClient, folder: Path) -> Counter[str]:
    """Play cases and count what happened in them."""
    seen: Counter[str] = Counter()
    for seed in range(first, first + count):
        place = folder / str(seed)
        place.mkdir()
        case, told = await try_case(seed, sandbox, place)
        seen["cases"] += 1
        seen["deaths"] += told.deaths
        seen["interrupted"] += told.interrupted
        seen["faults"] += len(case.faults)
        seen["decisions"] += bool(told.again)
        for (_, state), times in told.ends.items():
            seen[state.value] += times
    return seen


def main() -> None:
    """Play as many cases as wanted."""
    parser = argparse.ArgumentParser("python -m tests.services.any_end", description=__doc__)
    parser.add_argument("--cases", type=int, default=5000)
    parser.add_argument("--first", type=int, default=100_000)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder, "sandbox")
        home.mkdir()
        with running(home) as (_process, sandbox):
            sys.stdout.write(f"{dict(asyncio.run(try_many(given.first, given.cases, sandbox, Path(folder))))}\n")


if __name__ == "__main__":
    main()
