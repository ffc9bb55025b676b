"""F12: hand what is shown to the terminal's clipboard, or to a file if it is too long for that."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pushtui.console.clipboard import LARGEST
from pushtui.console.widgets.literal import toast
from pushtui.domain.secret import redact
from pushtui.files import private_folder, write_atomically

if TYPE_CHECKING:
    from pushtui.console.acting import Copyable
    from pushtui.console.app import PushtuiApp


def copy(app: PushtuiApp, what: Copyable) -> None:
    """Copy, and say what happened; nobody can know whether the terminal took it."""
    size = len(what.text.encode("utf-8", "replace"))
    if size > LARGEST:
        _to_file(app, what, size)
        return
    app.copy_to_clipboard(what.text)
    toast(app, f"{what.name}: sent to your terminal's clipboard ({size} bytes).")


def _to_file(app: PushtuiApp, what: Copyable, size: int) -> None:
    path = app.options.paths.state / "copied.txt"
    try:
        private_folder(path.parent)
        write_atomically(path, redact(what.text).encode("utf-8", "replace"), durable=False)
    except OSError as error:
        toast(
            app, f"{what.name} is too long for a terminal ({size} bytes); {path}: {error.strerror}.", severity="error"
        )
    else:
        toast(app, f"{what.name} is too long for a terminal ({size} bytes): written to {path}.")
