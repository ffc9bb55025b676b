"""How an app at Agora Chat, or at Easemob, is described. Its host is told by the console, so there are no regions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from urllib.parse import urlsplit

from pushtui.providers.app_spec import AppSpec, Complaint, IdSpec, PushZone

CHINA = "Asia/Shanghai"
_IN_CHINA = (".easemob.com", ".cn")


def check(ids: Mapping[str, str]) -> Iterator[Complaint]:
    """Say what is wrong with the ids together: the app needs a name or an id, and something to make tokens of."""
    for key in ("org_name", "app_name"):
        if ids.get(key) in (".", "..") or "/" in ids.get(key, ""):
            yield key, f"{key} is “{ids[key]}”; as a part of an address it cannot be “.” or “..”, nor hold a slash."
    named = [key for key in ("org_name", "app_name") if ids.get(key)]
    if len(named) == 1:
        missing = "app_name" if named == ["org_name"] else "org_name"
        yield missing, f"{missing} is missing; org_name and app_name go together (App Key: org_name#app_name)."
    elif not named and not ids.get("app_id"):
        yield "org_name", "either org_name and app_name, or app_id must be given."
    elif not ids.get("app_id") and not ids.get("client_id"):
        yield (
            "app_id",
            "app_id is missing: with the App Certificate it makes the token. "
            "An app with client credentials has client_id instead.",
        )


def push_zone(_region: str, hosts: Sequence[str]) -> PushZone:
    """No document says whose clock quiet times are read by; the data centre's is the likely one."""
    host = (urlsplit(hosts[0]).hostname or "") if hosts else ""
    return PushZone(CHINA if host.endswith(_IN_CHINA) else "UTC", assumed=True)


AGORA_APP = AppSpec(
    provider="agora",
    title="Agora Chat",
    ids=(
        IdSpec("org_name", "organization, the first part of the App Key org#app"),
        IdSpec("app_name", "app, the second part of the App Key org#app"),
        IdSpec("app_id", "App ID", r"[0-9a-fA-F]{32}", "it must be 32 hexadecimal digits"),
        IdSpec("client_id", "client id, for client credentials instead of an App Certificate"),
    ),
    required=frozenset(),
    secret=lambda ids: "client secret" if "client_id" in ids else "App Certificate",
    regions=MappingProxyType({}),
    host_help="the “REST API” domain in Agora's console, such as https://a1.agora.com",
    day_zone="UTC",
    push_zone=push_zone,
    check=check,
    exchanges_tokens=True,
)
