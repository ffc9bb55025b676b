"""The whole state as JSON, so that it can be kept and brought back exactly.

Secrets are not in it, since they are made from the seed; tokens that clouds issued are.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from pydantic import TypeAdapter, ValidationError

from pushtui.domain.errors import SandboxError
from pushtui.domain.json_body import dotted
from pushtui.files import write_atomically
from pushtui.sandbox.agora.data import AgoraData
from pushtui.sandbox.chance import SeededRandomness
from pushtui.sandbox.clock import ClockReading
from pushtui.sandbox.fault_kinds import KINDS
from pushtui.sandbox.faults import FaultRecord, check_seconds
from pushtui.sandbox.inbox import Inbox
from pushtui.sandbox.limits import Buckets, CallCounter
from pushtui.sandbox.rongcloud.data import RongCloudData
from pushtui.sandbox.settings import SandboxSettings, as_json, changed
from pushtui.sandbox.tencent.data import TencentData
from pushtui.sandbox.world import Person

if TYPE_CHECKING:
    from pushtui.sandbox.state import SandboxState


class SnapshotError(ValueError):
    """What is given is no snapshot; the text says why."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """All that a sandbox knows at one moment."""

    sandbox: Literal[1]
    """The version of this format."""
    seed: int
    began: datetime
    clock: ClockReading
    settings: SandboxSettings
    randomness: list[int]
    people: dict[str, Person]
    rongcloud: RongCloudData
    agora: AgoraData
    tencent: TencentData
    inbox: Inbox
    calls: CallCounter
    buckets: Buckets
    expired: list[str]
    requests: Counter[str]
    faults: list[FaultRecord]


_FORMAT = TypeAdapter(Snapshot)


def take_snapshot(state: SandboxState) -> bytes:
    """Write everything down as JSON; the same state gives the same bytes."""
    snapshot = Snapshot(
        sandbox=1,
        seed=state.seed,
        began=state.began,
        clock=state.clock.reading(),
        settings=state.settings,
        randomness=state.randomness.memory(),
        people=state.people,
        rongcloud=state.rongcloud,
        agora=state.agora,
        tencent=state.tencent,
        inbox=state.inbox,
        calls=state.calls,
        buckets=state.buckets,
        expired=sorted(state.expired),
        requests=state.requests,
        faults=state.faults.records(),
    )
    return _FORMAT.dump_json(snapshot)


def load_snapshot(state: SandboxState, data: bytes) -> None:
    """Bring everything back but the secrets; raises SnapshotError and changes nothing if it does not fit."""
    snapshot = _read(data)
    try:
        _check(snapshot)
        randomness = SeededRandomness(snapshot.seed)
        randomness.recall(snapshot.randomness)
        state.clock.restore(snapshot.clock)
    except ValueError as error:
        raise SnapshotError(f"The snapshot cannot be loaded: {error}") from None
    state.seed, state.began, state.randomness = snapshot.seed, snapshot.began, randomness
    state.settings, state.people = snapshot.settings, snapshot.people
    state.rongcloud, state.agora, state.tencent = snapshot.rongcloud, snapshot.agora, snapshot.tencent
    state.inbox, state.calls, state.buckets = snapshot.inbox, snapshot.calls, snapshot.buckets
    state.expired, state.requests = set(snapshot.expired), snapshot.requests
    state.faults.restore(snapshot.faults)
    state.news.ring()


def read_state_file(path: Path) -> bytes | None:
    """Return a snapshot from a file, None if there is none yet; raises SandboxError."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise SandboxError(f"{path} cannot be read: {error.strerror}.") from None


def write_state_file(path: Path, state: SandboxState) -> None:
    """Keep a snapshot in a private file, whole or not at all; raises SandboxError."""
    try:
        write_atomically(path, take_snapshot(state))
    except OSError as error:
        raise SandboxError(f"{path} cannot be written: {error.strerror}.") from None


def seed_of(data: bytes) -> int:
    """Return the seed of a snapshot; raises SnapshotError if it is none."""
    return _read(data).seed


def _read(data: bytes) -> Snapshot:
    try:
        return _FORMAT.validate_json(data, strict=True)
    except ValidationError as error:
        details = error.errors(include_url=False)[0]
    path = dotted(tuple(details["loc"]))
    raise SnapshotError(f"This is no snapshot of the sandbox: {f'{path}: ' if path else ''}{details['msg']}.")


def _check(snapshot: Snapshot) -> None:
    """Check what types do not say; raises ValueError."""
    changed(SandboxSettings(), as_json(snapshot.settings))
    for record in snapshot.faults:
        check_seconds(record.order.seconds, KINDS[record.order.name])
    for moment in (snapshot.began, snapshot.clock.frozen):
        if moment is not None and moment.tzinfo is None:
            raise ValueError(f"the time {moment} has no zone")
    kept = [send.sequence for send in snapshot.inbox.sends]
    newest = snapshot.inbox.sequence
    if kept != list(range(newest, newest - len(kept), -1)) or not {*snapshot.inbox.showing.values()} <= {*kept}:
        raise ValueError("inbox: its sends are not numbered from the newest down")
    for user in (*snapshot.rongcloud.users, *snapshot.tencent.accounts):
        if user not in snapshot.people:
            raise ValueError(f"people: nobody is “{user}”, who is a user of a cloud")
