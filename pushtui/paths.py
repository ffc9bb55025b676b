"""Where pushtui keeps things: the XDG folders of the person who runs it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Paths:
    """Three folders, and everything that is found in them. Nothing is created here."""

    config: Path
    """What a person writes: accounts and themes."""
    state: Path
    """What the program must remember: journal, recovery, logs, locks."""
    data: Path
    """What a person makes with it: drafts."""

    @classmethod
    def from_environment(cls) -> Paths:
        """Follow `XDG_CONFIG_HOME`, `XDG_STATE_HOME` and `XDG_DATA_HOME`, or the platform's habit."""
        import platformdirs

        return cls(
            config=platformdirs.user_config_path("pushtui", appauthor=False),
            state=platformdirs.user_state_path("pushtui", appauthor=False),
            data=platformdirs.user_data_path("pushtui", appauthor=False),
        )

    @property
    def accounts_file(self) -> Path:
        return self.config / "accounts.toml"

    @property
    def themes(self) -> Path:
        """The person's own themes."""
        return self.config / "themes"

    @property
    def journal_file(self) -> Path:
        return self.state / "journal.db"

    @property
    def recovery(self) -> Path:
        """What was being edited and is not saved."""
        return self.state / "recovery"

    @property
    def logs(self) -> Path:
        return self.state / "logs"

    @property
    def sandbox_file(self) -> Path:
        """Where a running sandbox says how to reach it."""
        return self.state / "sandbox.json"

    @property
    def locks(self) -> Path:
        """Files that a living process holds a lock on."""
        return self.state / "locks"

    @property
    def drafts(self) -> Path:
        """Where drafts go that are called by a plain name."""
        return self.data / "drafts"
