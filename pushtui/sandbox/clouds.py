"""The emulated clouds, and what happens at them without a request."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pushtui.sandbox.agora.front import AGORA
from pushtui.sandbox.rongcloud.front import RONGCLOUD
from pushtui.sandbox.tencent.front import TENCENT

if TYPE_CHECKING:
    from pushtui.sandbox.state import SandboxState

CLOUDS = (RONGCLOUD, AGORA, TENCENT)


def catch_up(state: SandboxState) -> None:
    """Let every cloud do what is due by now; called before anything is answered, so that nobody sees it late."""
    for cloud in CLOUDS:
        cloud.catch_up(state)
    state.changed_people.clear()
