"""One harmless call for each cloud, which shows whether an account's host, ids and secret are right."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from pushtui.domain.json_body import JsonObject
from pushtui.providers.agora.notifications import READ_MODE
from pushtui.providers.base import Endpoint
from pushtui.providers.rongcloud.users import CHECK_ONLINE
from pushtui.providers.tencent.attributes import GET_NAMES

NOBODY = "pushtui-account-test"
"""A user who need not exist."""


@dataclass(frozen=True, slots=True)
class Probe:
    """A read that changes nothing, costs nothing and needs nothing to exist.

    That nobody has the id that is asked about is as good an answer as any.
    """

    endpoint: Endpoint[Any]
    values: Mapping[str, str] = field(default_factory=dict)
    body: JsonObject = field(default_factory=dict)


PROBES: Mapping[str, Probe] = MappingProxyType(
    {
        "rongcloud": Probe(CHECK_ONLINE, body={"userId": NOBODY}),
        "agora": Probe(READ_MODE, {"username": NOBODY, "chattype": "user", "key": NOBODY}),
        "tencent": Probe(GET_NAMES),
    }
)
"""By the provider's name. Agora's and Tencent's also show whether the feature is on that push settings need."""
