"""How RongCloud speaks of what is not there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pushtui.providers.rongcloud.codes import SUCCESS
from pushtui.sandbox.cloud import Refusal

if TYPE_CHECKING:
    from pushtui.sandbox.state import SandboxState

NOT_THERE = "ParamError:data is not exist."
"""As recorded from the real service."""


def nothing_to_delete(state: SandboxState) -> None:
    """Refuse to delete what is not there, if the setting says so."""
    code = state.settings.rongcloud.missing_data_code
    if code != SUCCESS:
        raise Refusal(code, NOT_THERE)
