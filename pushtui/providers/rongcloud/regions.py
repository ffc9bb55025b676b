"""RongCloud's data centres. An app lives in exactly one of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Region:
    """A data centre with its two base URLs.

    `zone` is where its natural day is taken to begin and end, for daily quotas; RongCloud does not say.
    """

    name: str
    title: str
    primary: str
    backup: str
    zone: str


_REGIONS = (
    Region(
        "beijing",
        "Beijing",
        "https://api.rong-api.com",
        "https://api-b.rong-api.com",
        "Asia/Shanghai",
    ),
    Region(
        "singapore",
        "Singapore",
        "https://api.sg-light-api.com",
        "https://api-b.sg-light-api.com",
        "UTC",
    ),
    Region(
        "singapore-b",
        "Singapore B",
        "https://api.sg-b-light-api.com",
        "https://api-b.sg-b-light-api.com",
        "UTC",
    ),
    Region(
        "north-america",
        "North America",
        "https://api.us-light-api.com",
        "https://api-b.us-light-api.com",
        "UTC",
    ),
    Region(
        "saudi-arabia",
        "Saudi Arabia",
        "https://api.sau-light-api.com",
        "https://api-b.sau-light-api.com",
        "UTC",
    ),
)

REGIONS: Mapping[str, Region] = MappingProxyType({region.name: region for region in _REGIONS})
"""By the name that an account's description uses."""
