"""How Agora Chat's operations are declared: JSON where there is a body, and the same envelope round every answer."""

from __future__ import annotations

from pushtui.domain.quota import Quota, Rate
from pushtui.providers.agora.base_model import Answer, Nothing
from pushtui.providers.base import Encoding, Endpoint, RequestT
from pushtui.providers.wire import WireModel


def operation(
    name: str,
    method: str,
    path: str,
    request_model: type[RequestT],
    rates: tuple[Rate, ...],
    *,
    repeatable: bool = True,
    quotas: tuple[Quota, ...] = (),
    response_model: type[WireModel] = Answer,
) -> Endpoint[RequestT]:
    """Declare an operation; what a GET asks for stands in its query."""
    without_body = method == "GET" or request_model is Nothing
    return Endpoint(
        name=name,
        method=method,
        path=path,
        encoding=Encoding.NONE if without_body else Encoding.JSON,
        request_model=request_model,
        response_model=response_model,
        repeatable=repeatable,
        rates=rates,
        quotas=quotas,
    )
