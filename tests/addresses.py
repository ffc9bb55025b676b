"""The file by which programs find a sandbox, for one that was started with another home."""

from __future__ import annotations

from urllib.parse import urlsplit

from pushtui.domain.json_body import compact
from pushtui.sandbox.announcement import describe
from pushtui.sandbox.credentials import credentials_of
from tests.sandbox.client import SandboxClient


def address_line(sandbox: SandboxClient) -> str:
    """Write what the sandbox said when it started."""
    state = sandbox.control("GET", "/state")
    ports = {cloud: urlsplit(about["base_url"]).port or 0 for cloud, about in state["clouds"].items()}
    return compact(describe(credentials_of(1), sandbox.control_url, ports))
