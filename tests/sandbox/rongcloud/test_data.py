"""What RongCloud remembers can be written down and read back."""

from __future__ import annotations

import json

from pydantic import TypeAdapter

from pushtui.sandbox.rongcloud.data import RongCloudData
from tests.sandbox.rongcloud.app_server import AppServer
from tests.sandbox.rongcloud.bodies import FULLEST, SMALLEST


def test_the_memory_survives_as_json() -> None:
    app = AppServer()
    for path, body in {**SMALLEST, **FULLEST}.items():
        if path.endswith(("set.json", "getToken.json")):
            app(path, body)
    memory, adapter = app.state.rongcloud, TypeAdapter(RongCloudData)
    written = adapter.dump_json(memory)
    assert json.loads(written)["preferences"]["123"]["conversations"] == {'[10,"b","456"]': -1}
    assert adapter.validate_json(written) == memory


def test_reading_preferences_leaves_no_trace() -> None:
    memory = AppServer().state.rongcloud
    memory.preferences_of("nobody").tags.append("lost")
    assert "nobody" not in memory.preferences
    memory.change("nobody").tags.append("kept")
    assert memory.preferences_of("nobody").tags == ["kept"]


def test_the_same_calls_get_the_same_bytes() -> None:
    def answers() -> list[bytes]:
        app = AppServer()
        return [json.dumps(app(path, body)).encode() for path, body in {**SMALLEST, **FULLEST}.items()]

    assert answers() == answers()
