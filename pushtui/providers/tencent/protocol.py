"""What every call to Tencent Chat shares: query parameters and envelope."""

from __future__ import annotations

from pydantic import ConfigDict

from pushtui.domain.finding import Source
from pushtui.domain.quota import Rate
from pushtui.providers.base import Encoding, Endpoint, RequestT
from pushtui.providers.wire import WireModel

LARGEST_NUMBER = 2**32 - 1
"""Numbers are unsigned and have 32 bits: `random`, MsgRandom, times, profile values."""
CONTENT_TYPE = "json"

OK = "OK"
FAIL = "FAIL"


class Answered(WireModel):
    """What Tencent says, which may be more than is known here."""

    model_config = ConfigDict(extra="allow", strict=False, frozen=True)


class TencentResponse(Answered):
    """The envelope of every answer; HTTP says 200 even for a failure."""

    ActionStatus: str
    ErrorInfo: str = ""
    ErrorCode: int


def endpoint(
    service: str,
    command: str,
    request: type[RequestT],
    response: type[WireModel],
    source: Source,
    per_second: int,
) -> Endpoint[RequestT]:
    """Declare a command that may be repeated: POST of JSON, with a rate of its own."""
    path = f"/v4/{service}/{command}"
    return Endpoint(
        name=command,
        method="POST",
        path=path,
        encoding=Encoding.JSON,
        request_model=request,
        response_model=response,
        repeatable=True,
        rates=(Rate(path, per_second, 1.0, source),),
    )
