"""An app's server that talks to RongCloud: in one process with it, or over a socket."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from pushtui.domain.handset import Delivery
from pushtui.sandbox.cloud import Call, Reply
from pushtui.sandbox.inbox import AcceptedSend
from pushtui.sandbox.rongcloud.front import RONGCLOUD
from pushtui.sandbox.routing import segments_of
from pushtui.sandbox.state import SandboxState
from tests.sandbox.client import HttpAnswer, SandboxClient
from tests.sandbox.states import state_at

FORM = "application/x-www-form-urlencoded"
JSON_PATHS = frozenset(
    {
        "/push.json",
        "/push/user.json",
        "/message/system/publish_template.json",
        "/user/tag/set.json",
        "/user/tag/batch/set.json",
    }
)
"""The other paths take forms."""
TEXT = '{"content":"hi"}'


def encoded(path: str, body: Mapping[str, Any]) -> bytes:
    """Write a body as the path wants it; lists are repeated keys in forms."""
    return (
        json.dumps(body).encode()
        if path in JSON_PATHS
        else urlencode(body, doseq=True, errors="surrogatepass").encode()
    )


def post(sandbox: SandboxClient, path: str, body: Mapping[str, Any] | bytes | str, **headers: str) -> HttpAnswer:
    """Make a signed call over a socket."""
    if isinstance(body, str):
        body = body.encode()
    content = body if isinstance(body, bytes) else encoded(path, body)
    kind = "application/json" if path in JSON_PATHS else FORM
    return sandbox.request("POST", path, content, {**sandbox.signed(), "Content-Type": kind, **headers})


@dataclass(slots=True)
class AppServer:
    """Calls the cloud without a socket, at a time that stands still."""

    state: SandboxState = field(default_factory=state_at)

    def reply(self, path: str, content: bytes) -> Reply:
        """Make a signed call."""
        secret = self.state.credentials.app_secret.reveal()
        signed = SandboxClient("", "", self.state.credentials.app_key, secret).signed()
        headers = {name.lower(): value for name, value in signed.items()}
        return RONGCLOUD.answer(
            self.state, Call("POST", path, headers, content, "r", segments=segments_of(path.encode()))
        )

    def __call__(self, path: str, body: Mapping[str, Any]) -> Any:
        """Make a call that is accepted, and return its answer."""
        reply = self.reply(path, encoded(path, body))
        said = json.loads(reply.body)
        assert (reply.status, said["code"]) == (200, 200), said
        return said

    @property
    def newest(self) -> AcceptedSend:
        """The newest send."""
        return self.state.inbox.sends[0]

    @property
    def deliveries(self) -> dict[str, Delivery]:
        """The newest send's deliveries by handset id."""
        return {delivery.handset.id: delivery for delivery in self.newest.deliveries}

    def register(self, user: str, name: str = "Somebody") -> str:
        """Register a user; returns the id of the handset they have since."""
        self("/user/getToken.json", {"userId": user, "name": name})
        return self.state.people[user].handsets[0].handset.id

    def text_to(self, *users: str, **fields: Any) -> dict[str, Delivery]:
        """Send a text as a system message; returns the deliveries by handset id."""
        message = {"fromUserId": "fromuseId1", "toUserId": users, "objectName": "RC:TxtMsg", "content": TEXT}
        self("/message/system/publish.json", {**message, **fields})
        return self.deliveries
