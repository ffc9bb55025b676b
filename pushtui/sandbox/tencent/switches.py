"""What the app's console has to allow first."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pushtui.sandbox.state import SandboxState


def push_to_all(state: SandboxState) -> bool:
    """Tell whether the console allows pushing to all users."""
    return state.settings.tencent.push_to_all_enabled


def do_not_disturb(state: SandboxState) -> bool:
    """Tell whether the console allows global do-not-disturb."""
    return state.settings.tencent.do_not_disturb_enabled
