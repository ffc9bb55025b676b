"""How most of RongCloud's operations are declared: a POST that may be repeated, with a rate of its own."""

from __future__ import annotations

from pushtui.domain.quota import Rate
from pushtui.providers.base import Encoding, Endpoint, RequestT
from pushtui.providers.rongcloud import sources
from pushtui.providers.wire import WireModel


def operation(
    name: str,
    path: str,
    request_model: type[RequestT],
    response_model: type[WireModel],
    *,
    encoding: Encoding = Encoding.FORM,
    per_second: int = 100,
) -> Endpoint[RequestT]:
    """Declare an operation that reads or sets something, so that doing it twice does no harm."""
    return Endpoint(
        name=name,
        method="POST",
        path=path,
        encoding=encoding,
        request_model=request_model,
        response_model=response_model,
        repeatable=True,
        rates=(Rate(path, per_second, 1, sources.LIMITS),),
    )
