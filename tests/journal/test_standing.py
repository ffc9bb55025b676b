"""Whatever processes do to a run, and whomever they take for dead, each request has one attempt that counts."""

from __future__ import annotations

import itertools
import tempfile
from collections import Counter
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from pushtui.domain.attempt import AttemptState
from pushtui.domain.errors import PushtuiError
from pushtui.domain.run import Count, Wish
from pushtui.journal.ownership import Ownership
from pushtui.journal.spool import Spool
from pushtui.journal.store import Store
from tests.journal.test_journal import ACCEPTED, NOON, REJECTED, REQUEST, attempt_of, run_of

RUN = "run-a"
BATCHES = 3
UNKNOWN = replace(ACCEPTED, state=AttemptState.UNKNOWN)
OUTCOMES = (ACCEPTED, REJECTED, UNKNOWN)

WHO = st.integers(0, 1)
ATTEMPT = st.integers(0, 4)
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("depart"), WHO, ATTEMPT),
        st.tuples(st.just("finish"), WHO, ATTEMPT, st.sampled_from(OUTCOMES), st.booleans()),
        st.tuples(st.sampled_from(("claim", "take over", "release", "retry")), WHO),
    ),
    min_size=12,
    max_size=30,
)


class Gossip(Ownership):
    """A process that may take the other one for dead, rightly or not."""

    believes_it_alone_lives = False

    def is_dead(self, owner: str) -> bool:
        return owner != self.id and self.believes_it_alone_lives


class World:
    """Two processes at one journal, and what the first one began."""

    def __init__(self, folder: Path) -> None:
        self.owners = [Gossip(folder / "locks", name) for name in ("one", "other")]
        self.stores = [Store(folder / "journal.db", owner) for owner in self.owners]
        self.left: Counter[str] = Counter()
        self._names = map(str, itertools.count())
        run = replace(run_of("a"), batches=BATCHES, recipients=BATCHES)
        with Spool(folder) as spool:
            for number in range(1, BATCHES + 1):
                body = replace(REQUEST, body=f'{{"a":{number}}}')
                spool.add(replace(attempt_of(run, number, body), id=next(self._names), recipients=1))
            self.stores[0].begin_run(run, spool, None)
        self._depart(self.stores[0], "0")

    def step(self, what: str, who: int, attempt: int = 0, *values: object) -> None:
        """Do one thing; raises PushtuiError where it is refused."""
        store, owner = self.stores[who], self.owners[who]
        owner.believes_it_alone_lives = what == "take over"
        if what in ("claim", "take over"):
            store.claim_run(RUN, NOON)
        elif what == "release":
            store.release_run(RUN, "")
        elif what == "retry":
            self._retry(store)
        elif what == "depart":
            self._depart(store, str(attempt))
        else:
            outcome, again = values
            name = next(self._names) if again else ""
            store.together([lambda: store.finish(str(attempt), outcome, NOON, name)])  # type: ignore[arg-type]

    def _retry(self, store: Store) -> None:
        store.release_run(RUN, "")
        unknown = store.run(RUN).tally.of(AttemptState.UNKNOWN)
        store.retry_unknown(RUN, "because", Count(unknown.batches, unknown.recipients), lambda: next(self._names), NOON)

    def _depart(self, store: Store, attempt_id: str) -> None:
        request = next((found.request for found in store.planned(RUN, 0, 99) if found.id == attempt_id), REQUEST)
        (end,) = store.together([lambda: store.depart(attempt_id, request, NOON)])
        self.left[attempt_id] += end is Wish.NONE

    def check(self) -> None:
        """Compare what the journal says with what must be true at any moment."""
        standing = self.stores[0].standing(RUN, 0, 99)
        assert [found.batch for found in standing] == list(range(1, BATCHES + 1))
        assert all(times == 1 for times in self.left.values() if times)
        every = self.stores[0]._database.select("SELECT batch FROM attempts WHERE state = 'planned'")
        assert all(times == 1 for times in Counter(row["batch"] for row in every).values())

    def close(self) -> None:
        for store in self.stores:
            store.close()


@settings(max_examples=100)
@given(STEPS)
def test_no_request_is_ever_planned_twice_at_once(steps: list[tuple[str, int]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        world = World(Path(folder))
        try:
            for step in steps:
                with suppress(PushtuiError):  # What is refused must have changed nothing that counts.
                    world.step(*step)
                world.check()
        finally:
            world.close()
