"""An account as a row, and in full."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from textual.content import Content

from pushtui.console.widgets.literal import joined, lines, literal, literal_line
from pushtui.console.widgets.run_view import environment_style
from pushtui.console.widgets.table import Cell, Column, Row
from pushtui.console.widgets.top_bar import chip_of
from pushtui.domain.account import Account
from pushtui.providers.apps import provider_title
from pushtui.services.time_words import seconds

if TYPE_CHECKING:
    from pushtui.services.account_tests import Verdict

_STANDING = {
    "works": "bold $state-accepted",
    "works, but not for everything": "bold $finding-warning",
    "does not work": "bold $finding-error",
    "cannot be told": "bold $state-unknown",
}
COLUMNS = (
    Column("Account", 17),
    Column("Where", 9),
    Column("Provider", 12, spare=1),
    Column("App", 13),
    Column("Secret", 15, stretches=True),
    Column("Host", 24, spare=3),
    Column("Region", 10, spare=4),
    Column("Changes", 9, spare=2),
)


@dataclass(frozen=True, slots=True)
class SecretState:
    """What is known about where an account's secret is: a place, or why there is none, or nothing yet."""

    place: str = ""
    problem: str = ""

    @property
    def cell(self) -> Cell:
        """As it stands in a row."""
        if self.problem:
            return Cell("✖ none", "bold $finding-error")
        return Cell(f"✔ {self.place}", "$state-accepted") if self.place else Cell("○ looking …", "$quiet")


def account_row(account: Account, secret: SecretState, *, in_use: bool) -> Row:
    """Write an account as a row; a mark says which one is in use."""
    environment = account.environment
    return Row(
        account.name,
        (
            Cell(f"{'›' if in_use else ' '} {account.name}", "bold" if in_use else ""),
            Cell(f"{environment.mark} {environment}", environment_style(environment)),
            Cell(provider_title(account.provider)),
            Cell(account.app_id),
            secret.cell,
            Cell(urlsplit(account.hosts[0]).netloc if account.hosts else ""),
            Cell(account.region or "–", "$quiet"),
            Cell(_changes(account), "bold" if account.read_only else "$quiet"),
        ),
    )


def account_content(account: Account, secret: SecretState, verdicts: Sequence[Verdict] | None = ()) -> Content:
    """Write everything about an account: how it stands, where its secret is or how to provide it, hosts and zones."""
    first, *others = account.hosts or ("",)
    return lines(
        joined(literal_line(f"{account.name}  ", "bold"), chip_of(account.environment).content),
        *([_fact("test", "asking …")] if verdicts is None else []),
        *(line for verdict in verdicts or () for line in _verdict(verdict)),
        *_secret(account, secret),
        Content(""),
        _fact("provider", provider_title(account.provider)),
        *(_fact(name.replace("_", " "), value) for name, value in account.ids.items()),
        _fact("host", first),
        *(_fact("then", f"{host}  if the first is surely not reached") for host in others),
        *([_fact("region", account.region)] if account.region else []),
        _fact("day begins", f"at midnight, {account.zone}; daily quotas count from then"),
        _fact("quiet times", f"by the clock of {account.push_zone_words}"),
        _fact("changes", f"{_changes(account)}{': nothing can be sent' if account.read_only else ''}"),
    )


def _verdict(verdict: Verdict) -> list[Content]:
    """Write what one host made of a harmless call."""
    took = f" in {seconds(verdict.elapsed)}" if verdict.elapsed is not None else ""
    stands = literal_line(f"{verdict.standing.mark} {verdict.title}", _STANDING[verdict.standing.value])
    return [joined(_name("test"), stands, literal_line(f"  {verdict.host}{took}")), literal(verdict.words)]


def _secret(account: Account, secret: SecretState) -> list[Content]:
    if not secret.problem:
        return [_fact("secret", secret.place or "looking …")]
    how = f"To keep one in a keyring, run: pushtui accounts secret {account.name}"
    return [
        joined(_name("secret"), literal_line("✖ none. ", "bold $finding-error"), literal(secret.problem)),
        literal(how, "$quiet"),
    ]


def _changes(account: Account) -> str:
    return "read-only" if account.read_only else "allowed"


def _name(name: str) -> Content:
    return literal_line(f"{name:<13}", "$quiet")


def _fact(name: str, value: str) -> Content:
    return joined(_name(name), literal_line(value))
