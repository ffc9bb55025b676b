"""How an app at Tencent Chat is described. An app lives in exactly one data centre."""

from __future__ import annotations

from collections.abc import Sequence

from pushtui.providers.app_spec import AppSpec, IdSpec, PushZone, Region, by_name

BEIJING = "Asia/Shanghai"
"""The zone of the pushes of a day, and of the times in Tencent's samples; no document says so."""


def _region(name: str, title: str, *domains: str) -> Region:
    return Region(name, title, tuple(f"https://{domain}" for domain in domains), BEIJING)


REGIONS = by_name(
    _region("china", "China", "console.tim.qq.com", "adminapi.my-imcloud.com"),
    _region("singapore", "Singapore", "adminapisgp.im.qcloud.com", "adminapisgp.my-imcloud.com"),
    _region("seoul", "Seoul", "adminapikr.im.qcloud.com", "adminapikr.my-imcloud.com"),
    _region("tokyo", "Tokyo", "adminapijpn.im.qcloud.com"),
    _region("frankfurt", "Frankfurt", "adminapiger.im.qcloud.com", "adminapiger.my-imcloud.com"),
    _region("mumbai", "Mumbai", "adminapiind.im.qcloud.com", "adminapiind.my-imcloud.com"),
    _region("silicon-valley", "Silicon Valley", "adminapiusa.im.qcloud.com", "adminapiusa.my-imcloud.com"),
    _region("jakarta", "Jakarta", "adminapiidn.im.qcloud.com", "adminapiidn.my-imcloud.com"),
    _region("riyadh", "Riyadh", "adminapiksa.im.qcloud.com"),
)


def push_zone(_region: str, _hosts: Sequence[str]) -> PushZone:
    """Times are set as moments; only the samples tell by whose clock they were thought of."""
    return PushZone(BEIJING, assumed=True)


TENCENT_APP = AppSpec(
    provider="tencent",
    title="Tencent Chat",
    ids=(
        IdSpec("sdkappid", "SDKAppID", r"[1-9][0-9]{0,9}", "it must be a number of at most 10 digits", True),
        IdSpec("admin", "UserID of an app admin, such as administrator"),
    ),
    required=frozenset({"sdkappid", "admin"}),
    secret=lambda ids: "secret key",
    regions=REGIONS,
    host_help="https://adminapisgp.im.qcloud.com",
    day_zone=BEIJING,
    push_zone=push_zone,
)
