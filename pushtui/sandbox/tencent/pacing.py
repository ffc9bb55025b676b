"""How fast and how often: rates of all commands, the second between pushes and the pushes of a day.

A push counts once it is accepted, or by a setting as soon as it arrives; one that comes again is no other push.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from pushtui.domain.quota import Quota
from pushtui.providers.tencent import codes
from pushtui.providers.tencent.push import PUSH
from pushtui.sandbox.cloud import Call, Limits, Operation, Refusal
from pushtui.sandbox.tencent.data import is_recent
from pushtui.sandbox.tencent.reading import is_too_large
from pushtui.sandbox.tolerance import NotReadable, read_object

if TYPE_CHECKING:
    from pushtui.domain.quota import Rate
    from pushtui.sandbox.state import SandboxState

_SECOND, _WEEK = timedelta(seconds=1), timedelta(days=7)
_GROUP = PUSH.quota_group
_APART = max(timedelta(seconds=rate.seconds) for rate in PUSH.rates)


def over_limit(call: Call, full: Rate | Quota) -> Refusal:
    """Say which limit is reached."""
    if isinstance(full, Quota):
        return Refusal(codes.PUSHES_USED_UP)
    return Refusal(codes.PUSHES_TOO_CLOSE if call.path == PUSH.path else codes.TOO_OFTEN)


LIMITS = Limits(refusal=over_limit, day_zone=lambda state: state.settings.tencent.day_zone)


def check_pace(state: SandboxState, operation: Operation[Any], call: Call) -> None:
    """Refuse calls beyond the command's rate, and new pushes that come too soon or are too many."""
    if operation.endpoint is not PUSH:
        LIMITS.check(state, operation, call)
    elif state.settings.limits and not _comes_again(state, call):
        _check_push(state, call)
        if state.settings.tencent.failed_pushes_count:
            state.calls.count(_GROUP, state.clock.now())


def count_accepted(state: SandboxState) -> None:
    """Count a push that was accepted, unless it was counted when it arrived."""
    if state.settings.limits and not state.settings.tencent.failed_pushes_count:
        state.calls.count(_GROUP, state.clock.now())


def earlier_task(state: SandboxState, random: int) -> str | None:
    """Return the task of a push with the same random number, forgetting those that no longer count."""
    span = _WEEK if state.settings.tencent.random_unique_for_a_week else _SECOND
    now, pushes = state.clock.now(), state.tencent.pushes
    state.tencent.pushes = {number: made for number, made in pushes.items() if is_recent(made.at, now, span)}
    made = state.tencent.pushes.get(random)
    return made.task_id if made else None


def _check_push(state: SandboxState, call: Call) -> None:
    """Pushes must be more than a second apart, so exactly a second is too soon."""
    now = state.clock.now()
    if any(timedelta(0) <= now - at <= _APART for at in state.calls.calls[_GROUP]):
        raise over_limit(call, PUSH.rates[0])
    full = state.calls.exhausted(PUSH.quotas, now, LIMITS.day_zone(state))
    if full is not None:
        raise over_limit(call, full)


def _comes_again(state: SandboxState, call: Call) -> bool:
    """Tell whether a push was accepted before; its body is only read if any was."""
    if not state.tencent.pushes or is_too_large(state, call):
        return False
    try:
        random = read_object(call.body).get("MsgRandom")
    except NotReadable:
        return False
    return type(random) is int and earlier_task(state, random) is not None
