"""Quiet hours: one daily window for each user."""

from __future__ import annotations

from datetime import time
from typing import TYPE_CHECKING

from pushtui.domain.json_body import JsonObject
from pushtui.providers.rongcloud.quiet_hours import DELETE_QUIET_HOURS, GET_QUIET_HOURS, SET_QUIET_HOURS
from pushtui.sandbox.cloud import Call, Operation, Refusal
from pushtui.sandbox.rongcloud.absent import nothing_to_delete
from pushtui.sandbox.rongcloud.data import ONLY_MENTIONS, QuietHours

if TYPE_CHECKING:
    from pushtui.providers.rongcloud.quiet_hours_model import OneUsersQuietHours, SetQuietHoursRequest
    from pushtui.sandbox.state import SandboxState


def set_quiet_hours(state: SandboxState, _call: Call, request: SetQuietHoursRequest) -> JsonObject:
    """Set the window; a second one replaces the first."""
    if request.level is None and state.settings.rongcloud.quiet_hours_level_required:
        raise Refusal(1002, "ParamError:level is required.")
    window = QuietHours(time.fromisoformat(request.startTime), request.period, request.level or ONLY_MENTIONS)
    state.rongcloud.change(request.userId).quiet_hours = window
    return {}


def get_quiet_hours(state: SandboxState, _call: Call, request: OneUsersQuietHours) -> JsonObject:
    """Return the window; without one there is no start, no period and no level."""
    window = state.rongcloud.preferences_of(request.userId).quiet_hours
    if window is None:
        return {"data": {"startTime": "", "period": 0, "unPushLevel": 0}}
    return {"data": {"startTime": f"{window.start:%H:%M:%S}", "period": window.minutes, "unPushLevel": window.level}}


def delete_quiet_hours(state: SandboxState, _call: Call, request: OneUsersQuietHours) -> JsonObject:
    """Take the window away."""
    if state.rongcloud.preferences_of(request.userId).quiet_hours is None:
        nothing_to_delete(state)
    else:
        state.rongcloud.change(request.userId).quiet_hours = None
    return {}


OPERATIONS = (
    Operation(SET_QUIET_HOURS, set_quiet_hours),
    Operation(GET_QUIET_HOURS, get_quiet_hours),
    Operation(DELETE_QUIET_HOURS, delete_quiet_hours),
)
