"""`POST /token`: tokens of the cloud's own making."""

from __future__ import annotations

import base64
import hashlib
import hmac
from typing import TYPE_CHECKING

from pydantic_core import ErrorDetails

from pushtui.domain.json_body import JsonObject
from pushtui.providers.agora.codes import Key
from pushtui.providers.agora.tokens import TOKEN
from pushtui.providers.agora.tokens_model import TokenRequest
from pushtui.sandbox.agora.access import OWN, bearer, caller_of_agora
from pushtui.sandbox.agora.data import APPLICATION, Token
from pushtui.sandbox.agora.moments import milliseconds
from pushtui.sandbox.agora.registration import password_hash
from pushtui.sandbox.agora.subject import ALONE, Subject, argument, field
from pushtui.sandbox.agora.users import entity
from pushtui.sandbox.cloud import Call, Operation, Refusal

if TYPE_CHECKING:
    from pushtui.sandbox.state import SandboxState


def token(state: SandboxState, call: Call, request: TokenRequest) -> JsonObject:
    """Give a token for client credentials, for a user's password, or for a 007 token."""
    if request.grant_type == "agora":
        return _exchanged(state, call)
    if request.grant_type == "password":
        return _for_user(state, request)
    _check_client(state, request)
    return {**_issued(state, request, ""), "application": APPLICATION}


def _exchanged(state: SandboxState, call: Call) -> JsonObject:
    caller = caller_of_agora(state, bearer(call))
    return {"access_token": _remembered(state, Token(caller.user, caller.ends)), "expire_timestamp": caller.ends}


def _for_user(state: SandboxState, request: TokenRequest) -> JsonObject:
    user = state.agora.find(request.username or "")
    given = password_hash(request.password or "")
    if user is None or not user.password_hash or not hmac.compare_digest(user.password_hash, given):
        raise Refusal(Key.GRANT)
    return {**_issued(state, request, user.uuid), "user": entity(user)}


def _check_client(state: SandboxState, request: TokenRequest) -> None:
    mine = state.credentials
    if not request.client_id:
        raise Refusal(Key.ARGUMENT, "client_id must be provided.")
    if not request.client_secret:
        raise Refusal(Key.ARGUMENT, "client_secret must be provided.")
    if request.client_id != mine.client_id:
        raise Refusal(Key.GRANT, "client_id does not match")
    if not mine.client_secret.matches(request.client_secret):
        raise Refusal(Key.GRANT, "client_secret does not match")


def _issued(state: SandboxState, request: TokenRequest, user: str) -> JsonObject:
    """Make a token; 0 seconds is one that never ends."""
    settings = state.settings.agora
    unit = 1 if settings.ttl_in_milliseconds else 1000
    valid = settings.token_ttl * 1000 if request.ttl is None else request.ttl * unit
    ends = milliseconds(state) + valid if valid else 0
    return {"access_token": _remembered(state, Token(user, ends)), "expires_in": valid // 1000}


def _remembered(state: SandboxState, token: Token) -> str:
    """Make a token's text, which says nothing, and remember what it opens."""
    content = hashlib.sha512(state.randomness.identifier().encode()).digest()
    text = OWN + base64.urlsafe_b64encode(content).decode().rstrip("=")
    state.agora.tokens[text] = token
    return text


def _object(details: ErrorDetails, given: JsonObject) -> Refusal:
    if details["type"] == "missing":
        return Refusal(Key.ARGUMENT, f"{field(details)} must be provided.")
    if details["loc"][-1] == "grant_type":
        return Refusal(Key.GRANT, "grant_type is not supported")
    return argument(details, given)


SUBJECTS = (Subject(ALONE, _object, (Operation(TOKEN, token),)),)
