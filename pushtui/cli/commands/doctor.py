"""A look at what pushtui stands on."""

from __future__ import annotations

import os
import platform
from argparse import Namespace
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from pushtui import __version__
from pushtui.cli.context import Context
from pushtui.cli.exits import Exit
from pushtui.cli.session import Session
from pushtui.cli.text import Span, Style, table
from pushtui.domain.errors import PushtuiError


@dataclass(frozen=True, slots=True)
class Check:
    """One thing looked at; `well` is None where it is neither good nor bad."""

    name: str
    well: bool | None
    note: str


def doctor(given: Namespace, context: Context) -> int:
    """Look at folders, journal, accounts, keyring and sandbox; status 1 if something is wrong."""
    checks = [Check("pushtui", None, f"{__version__}, Python {platform.python_version()}"), *_folders(context)]
    try:
        with Session(context) as session:
            checks += _services(session)
    except PushtuiError as error:
        checks.append(Check("journal", False, error.message))
    context.output.answer(
        {"checks": [{"name": one.name, "well": one.well, "note": one.note} for one in checks]},
        table([_row(one) for one in checks]),
    )
    return Exit.FAILED if any(one.well is False for one in checks) else Exit.DONE


def _folders(context: Context) -> list[Check]:
    paths = context.paths
    named = {"config": paths.config, "state": paths.state, "drafts": paths.drafts}
    return [_folder(name, folder) for name, folder in named.items()]


def _folder(name: str, folder: Path) -> Check:
    if not folder.exists():
        return Check(name, None, f"{folder} (made when it is needed)")
    well = folder.is_dir() and os.access(folder, os.R_OK | os.W_OK | os.X_OK)
    return Check(name, well, str(folder) if well else f"{folder} cannot be used")


def _services(session: Session) -> list[Check]:
    services = session.services
    places = session.do(services.vault.status())
    return [
        Check("journal", True, str(services.journal.path)),
        _attempted("accounts", lambda: f"{len(session.do(services.accounts.list()))} described"),
        *(Check("secrets", one.usable or None, f"{one.place}: {one.note}") for one in places),
        _attempted("sandbox", lambda: session.do(services.sandbox.attach()).base_url, wrong=None),
    ]


def _attempted(name: str, look: Callable[[], str], wrong: bool | None = False) -> Check:
    try:
        return Check(name, True, look())
    except PushtuiError as error:
        return Check(name, wrong, error.message)


def _row(one: Check) -> tuple[str | Span, ...]:
    mark = {True: Span("✔", Style.GOOD), False: Span("✖", Style.BAD), None: Span("·", Style.QUIET)}[one.well]
    return (mark, one.name, one.note.replace("\n", " "))
