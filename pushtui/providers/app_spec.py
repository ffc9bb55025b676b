"""What an account at a provider is described by: the ids of its app, and where apps live."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

Complaint = tuple[str, str]
"""The key that is wrong, and what is wrong with it."""


@dataclass(frozen=True, slots=True)
class Region:
    """A data centre: its base URLs, the first tried first, and whose clock counts there."""

    name: str
    title: str
    hosts: tuple[str, ...]
    zone: str
    """Where its natural day is taken to begin and end, for daily quotas."""


@dataclass(frozen=True, slots=True)
class PushZone:
    """The zone whose clock quiet times are read by, and whether that is only taken to be so."""

    zone: str
    assumed: bool


@dataclass(frozen=True, slots=True)
class IdSpec:
    """One id that a provider calls an app, or its administrator, by."""

    key: str
    help: str
    pattern: str = r"[!-~]+"
    """All of it, as a regular expression."""
    allowed: str = "it must be text of visible ASCII characters"
    """The pattern in words."""
    takes_numbers: bool = False
    """Whether it may be written as a number."""


def _nothing_more(_ids: Mapping[str, str]) -> Iterator[Complaint]:
    return iter(())


@dataclass(frozen=True, slots=True)
class AppSpec:
    """How an app at one provider is described."""

    provider: str
    title: str
    ids: tuple[IdSpec, ...]
    required: frozenset[str]
    """Keys of ids that are always needed."""
    secret: Callable[[Mapping[str, str]], str]
    """What the secret of an account with these ids is called."""
    regions: Mapping[str, Region]
    host_help: str
    """Where people find the base URL."""
    day_zone: str
    """The zone of the natural day where no region says so."""
    push_zone: Callable[[str, Sequence[str]], PushZone]
    """The zone of quiet times, by the region's name and the hosts."""
    check: Callable[[Mapping[str, str]], Iterator[Complaint]] = _nothing_more
    """What is wrong with the ids together."""
    exchanges_tokens: bool = False
    """Whether there are apps that want their token exchanged first."""

    def region_of(self, hosts: Sequence[str]) -> Region | None:
        """Return the data centre that a base URL belongs to, if it is known."""
        return next((region for region in self.regions.values() if hosts and hosts[0] in region.hosts), None)


def by_name(*regions: Region) -> Mapping[str, Region]:
    """Return regions by the name that an account's description uses."""
    return MappingProxyType({region.name: region for region in regions})
