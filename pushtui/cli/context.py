"""What every command is given besides its own arguments."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from pushtui.domain.errors import Refused

if TYPE_CHECKING:
    from pushtui.cli.output import Output
    from pushtui.paths import Paths


@dataclass(frozen=True)
class Context:
    """Where to write, what may be changed, and where things are."""

    output: Output
    read_only: bool = False

    @cached_property
    def paths(self) -> Paths:
        """The folders of the person who runs the program."""
        from pushtui.paths import Paths

        return Paths.from_environment()

    def refuse_if_read_only(self, operation: str) -> None:
        """Raise Refused where nothing may be changed; the operation is a sentence's subject."""
        if self.read_only:
            raise Refused(f"{operation} would change something, and --read-only forbids that.")
