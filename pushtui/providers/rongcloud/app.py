"""How an app at RongCloud is described. An app lives in exactly one data centre."""

from __future__ import annotations

from collections.abc import Sequence

from pushtui.providers.app_spec import AppSpec, IdSpec, PushZone, Region, by_name

BEIJING = "Asia/Shanghai"

REGIONS = by_name(
    Region("beijing", "Beijing", ("https://api.rong-api.com", "https://api-b.rong-api.com"), BEIJING),
    Region("singapore", "Singapore", ("https://api.sg-light-api.com", "https://api-b.sg-light-api.com"), "UTC"),
    Region("singapore-b", "Singapore B", ("https://api.sg-b-light-api.com", "https://api-b.sg-b-light-api.com"), "UTC"),
    Region("north-america", "North America", ("https://api.us-light-api.com", "https://api-b.us-light-api.com"), "UTC"),
    Region("saudi-arabia", "Saudi Arabia", ("https://api.sau-light-api.com", "https://api-b.sau-light-api.com"), "UTC"),
)
"""The zones of the natural day are inferred: RongCloud does not say."""


def push_zone(region: str, hosts: Sequence[str]) -> PushZone:
    """Quiet hours are Beijing time in China's data centre and UTC in the others, as RongCloud's page says."""
    known = REGIONS.get(region) or RONGCLOUD_APP.region_of(hosts)
    if known is None:
        return PushZone("UTC", assumed=True)
    return PushZone(BEIJING if known.name == "beijing" else "UTC", assumed=False)


RONGCLOUD_APP = AppSpec(
    provider="rongcloud",
    title="RongCloud",
    ids=(IdSpec("app_key", "App Key"),),
    required=frozenset({"app_key"}),
    secret=lambda ids: "App Secret",
    regions=REGIONS,
    host_help="https://api.example.com",
    day_zone="UTC",
    push_zone=push_zone,
)
