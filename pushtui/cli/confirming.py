"""What confirms something that cannot be called back, from an option or from the person at the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pushtui.cli.questions import answer_to, at_terminal
from pushtui.domain.errors import Refused

if TYPE_CHECKING:
    from pushtui.cli.output import Output
    from pushtui.domain.confirmation import Ritual


def confirmation(
    ritual: Ritual, option: str | None, output: Output, *, act: str, nothing: str, first: str = "", piped: bool = False
) -> str:
    """Return what confirms; Refused where nobody did.

    `option` is what --confirm holds; `act` says what typing does (`send`), `nothing` what happened if it was not
    typed; `first` is advice for those who cannot be asked, such as where standard input is `piped`.
    """
    if option is not None:
        if not ritual.accepts(option):
            raise Refused(f"--confirm: “{option}” is given, “{ritual.phrase}” is needed. {nothing}")
        return option
    if piped or not at_terminal():
        give = f"{first}give" if first else "Give"
        raise Refused(f"There is nobody to ask. {give} --confirm “{ritual.phrase}”. {nothing}")
    wanted = f"“{ritual.phrase}”" if ritual.key is None else f"“{ritual.phrase}”, or just “{ritual.key}”,"
    typed = answer_to(f"\nType {wanted} to {act}; anything else {act}s nothing: ", output)
    if not ritual.accepts(typed) and typed != ritual.key:
        raise Refused(f"Not confirmed. {nothing}")
    return typed
