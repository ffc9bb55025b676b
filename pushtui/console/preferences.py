"""What the console remembers of a person's taste: the name of a theme."""

from __future__ import annotations

from pushtui.files import private_folder, write_atomically
from pushtui.paths import Paths

LONGEST_NAME = 32


def chosen_theme(paths: Paths) -> str | None:
    """Return the theme chosen last; None if there is none or it cannot be read."""
    try:
        return (paths.state / "theme").read_text(encoding="utf-8")[:LONGEST_NAME].strip() or None
    except (OSError, UnicodeDecodeError):
        return None


def remember_theme(paths: Paths, name: str) -> None:
    """Keep the name of the chosen theme. Raises OSError."""
    private_folder(paths.state)
    write_atomically(paths.state / "theme", f"{name}\n".encode(), durable=False)
