"""Secrets do not leak by accident."""

from __future__ import annotations

import copy
import json
import pickle

import pytest

from pushtui.domain.secret import MASK, Secret, redact


def test_it_prints_as_a_mask_of_fixed_width() -> None:
    for value in ("short", "a-much-longer-secret-value"):
        secret = Secret(value)
        assert f"{secret} {secret!r} {secret!s} {[secret]}" == f"{MASK} {MASK} {MASK} [{MASK}]"


def test_it_is_redacted_from_the_moment_it_is_read() -> None:
    text = "curl -H 'secret: canary-7f3a-secret'"
    assert redact(text) == text
    Secret("canary-7f3a-secret")
    assert redact(text) == f"curl -H 'secret: {MASK}'"


@pytest.mark.parametrize("leak", [pickle.dumps, copy.copy, copy.deepcopy, json.dumps])
def test_it_cannot_be_written_or_copied(leak: object) -> None:
    assert callable(leak)
    with pytest.raises(TypeError):
        leak(Secret("canary-1d2e-secret"))


def test_it_matches_only_itself() -> None:
    secret = Secret("canary-99ab-secret")
    assert secret.matches("canary-99ab-secret")
    assert not secret.matches("canary-99ab-secre")
    assert secret != Secret("canary-99ab-secret")
