"""Tokens of the cloud's own making."""

from __future__ import annotations

from pushtui.providers.agora import sources
from pushtui.providers.agora.operation import operation
from pushtui.providers.agora.rates import per_second
from pushtui.providers.agora.tokens_model import TokenAnswer, TokenRequest

TOKEN = operation(
    "token", "POST", "/token", TokenRequest, per_second("token", 300, sources.EASEMOB_TOKEN), response_model=TokenAnswer
)
