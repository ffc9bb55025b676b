"""The ritual grows with reach and differs between environments."""

from __future__ import annotations

import pytest

from pushtui.domain.account import Account, Environment
from pushtui.domain.confirmation import SMALL_REACH, ritual_for
from pushtui.domain.reach import Extent, Reach


def account(environment: Environment) -> Account:
    return Account("acme", "rongcloud", environment, ("https://example.com",), {"app_key": "k"})


@pytest.mark.parametrize(
    ("reach", "phrase", "key"),
    [
        (Reach(Extent.AT_MOST, 1), "sandbox 1", "s"),
        (Reach(Extent.EXACTLY, SMALL_REACH), f"sandbox {SMALL_REACH}", "s"),
        (Reach(Extent.AT_MOST, SMALL_REACH + 1), f"sandbox {SMALL_REACH + 1}", None),
        (Reach(Extent.UNKNOWN), "sandbox unknown", None),
        (Reach(Extent.EVERYBODY), "sandbox acme everybody", None),
    ],
)
def test_ritual_by_reach(reach: Reach, phrase: str, key: str | None) -> None:
    ritual = ritual_for(reach, account(Environment.SANDBOX), again=False)
    assert (ritual.phrase, ritual.key) == (phrase, key)
    assert ritual.accepts(f" {phrase} ")
    assert not ritual.accepts(phrase.upper())
    assert not ritual.accepts("")


@pytest.mark.parametrize("reach", [Reach(Extent.AT_MOST, 3), Reach(Extent.UNKNOWN), Reach(Extent.EVERYBODY)])
def test_what_was_sent_already_has_to_be_typed_with_the_word_again(reach: Reach) -> None:
    first, second = (ritual_for(reach, account(Environment.LIVE), again=again) for again in (False, True))
    assert second.phrase == f"{first.phrase} again"
    assert second.key is None
    assert not second.accepts(first.phrase)


@pytest.mark.parametrize("reach", [Reach(Extent.AT_MOST, 3), Reach(Extent.UNKNOWN), Reach(Extent.EVERYBODY)])
def test_words_and_keys_differ_between_environments(reach: Reach) -> None:
    rituals = [ritual_for(reach, account(environment), again=False) for environment in Environment]
    assert len({ritual.phrase for ritual in rituals}) == len(rituals)
    keys = [ritual.key for ritual in rituals if ritual.key]
    assert len(set(keys)) == len(keys)
