"""What DRAFT means: a file, the name of a draft in the drafts folder, or standard input."""

from __future__ import annotations

import io
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from pushtui.cli.standard_input import STANDARD_INPUT
from pushtui.domain.errors import DraftError
from pushtui.services.drafts import Drafts

if TYPE_CHECKING:
    from argparse import Namespace

    from pushtui.domain.draft import Draft
    from pushtui.paths import Paths


def read_draft(given: Namespace, paths: Paths) -> Draft:
    """Read the draft that a command was given, with --account in place of its own account."""
    drafts = Drafts(paths)
    draft = _from_standard_input(drafts) if given.draft == STANDARD_INPUT else _from_file(drafts, given.draft)
    return draft if given.account is None else replace(draft, account=given.account)


def _from_file(drafts: Drafts, name: str) -> Draft:
    path = Path(name)
    if not drafts.find(path).exists() and path.name == name:
        raise DraftError(_missing(name, drafts.folder))
    return drafts.open_now(path).draft


def _from_standard_input(drafts: Drafts) -> Draft:
    if sys.stdin is None:
        raise DraftError("Standard input is closed; there is no draft to read.")
    if isinstance(sys.stdin, io.TextIOWrapper):
        sys.stdin.reconfigure(encoding="utf-8", errors="strict")
    try:
        return drafts.read_stream(sys.stdin)
    except OSError as error:
        raise DraftError(f"Standard input cannot be read: {error.strerror}.") from None


def _missing(name: str, folder: Path) -> str:
    from pushtui.domain.nearest import did_you_mean

    names = [path.name.removesuffix(".json") for place in (Path(), folder) for path in place.glob("*.json")]
    hint = did_you_mean(name.removesuffix(".json"), names)
    return f"There is no draft “{name}”, neither here nor in {folder}.{hint}"
