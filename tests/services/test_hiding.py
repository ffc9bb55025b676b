"""What an answer may echo of a signature, in any way of writing it."""

from __future__ import annotations

from urllib.parse import quote

import pytest

from pushtui.providers.base import Signature
from pushtui.services.hiding import Hiding

TOKEN = "007eJx+SlAsH/and=more"


@pytest.mark.parametrize(
    "echo", [f"Bearer {TOKEN}", TOKEN, quote(TOKEN, safe=""), quote(TOKEN), TOKEN.replace("/", "\\/")]
)
def test_a_token_is_hidden_with_and_without_its_scheme(echo: str) -> None:
    hide = Hiding(Signature(headers=(("Authorization", f"Bearer {TOKEN}"),)), frozenset(("authorization",)))
    shown = hide.text(f"the token “{echo}” is corrupt")
    assert "SlAsH" not in shown
    assert shown.startswith("the token “")
