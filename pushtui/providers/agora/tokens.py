"""Tokens of the cloud's own making."""

from __future__ import annotations

from pushtui.providers.agora import sources
from pushtui.providers.agora.rates import per_second
from pushtui.providers.agora.tokens_model import TokenAnswer, TokenRequest
from pushtui.providers.base import Encoding, Endpoint

TOKEN = Endpoint(
    name="token",
    method="POST",
    path="/token",
    encoding=Encoding.JSON,
    request_model=TokenRequest,
    response_model=TokenAnswer,
    repeatable=True,
    rates=per_second("token", 300, sources.EASEMOB_TOKEN),
)
