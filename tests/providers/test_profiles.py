"""What clouds tell of users, whatever they answer."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pushtui.domain.account import Account, Environment
from pushtui.domain.conversation import parse_conversation
from pushtui.domain.errors import ProviderError
from pushtui.domain.profile import EXISTS, Section
from pushtui.providers.agora.profile import PROFILE as AGORA
from pushtui.providers.profiles import TELLING, Asked, CloudProfile, NotTold, ProfileRead, Said, Values, enumerated
from pushtui.providers.rongcloud.profile import PROFILE as RONGCLOUD
from pushtui.providers.tencent.profile import PROFILE as TENCENT

CLOUDS = {"rongcloud": RONGCLOUD, "agora": AGORA, "tencent": TENCENT}
READS = [
    pytest.param(name, read, id=f"{name} {read.endpoint.name}")
    for name, cloud in CLOUDS.items()
    for read in cloud.reads
]
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)

ENVELOPE = {"code": 200, "ActionStatus": "OK", "ErrorCode": 0, "timestamp": 1}
"""What says of any answer that it is a success."""
_WORDS = """
data entities type ignoreDuration ignoreInterval language anna user group cursor isMuted total users result status
userName createTime startTime period ResultItem QueryResult UserProfileItem UserAttrs UserTags To_Account ProfileItem
Status Tags Attrs Detail ErrorList UserID AccountStatus pushInfo device_token value
"""
_KEYS = st.sampled_from(_WORDS.split())
_LEAVES = (
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.sampled_from(["anna", "", "1", "ALL"])
)
ANSWERS = st.dictionaries(
    _KEYS, st.recursive(_LEAVES, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_KEYS, inner, max_size=4))
)


def told(cloud: str, read: ProfileRead, body: Any) -> Values:
    """Return what a read makes of the same answer to all its calls."""

    async def ask(*_call: object) -> Said:
        return Said(body, NOW)

    account = Account("shop", cloud, Environment.TEST, ("https://api.example.com",))
    asked = Asked(account, "anna", (parse_conversation("user/bob"),), ("vip",))
    return asyncio.run(told_by(read, asked, ask))


async def told_by(read: ProfileRead, asked: Asked, ask: Any) -> Values:
    return await read.tell(asked, ask)


@pytest.mark.parametrize(("cloud", "read"), [case for case in READS if "read-label-user" not in str(case.id)])
def test_an_answer_that_says_nothing_tells_nothing(cloud: str, read: ProfileRead) -> None:
    with pytest.raises((NotTold, ProviderError)):
        told(cloud, read, ENVELOPE)


@pytest.mark.parametrize(("cloud", "read"), READS)
@settings(max_examples=25)
@given(body=ANSWERS)
def test_whatever_comes_is_told_whole_or_said_to_be_unreadable(cloud: str, read: ProfileRead, body: Any) -> None:
    try:
        values = told(cloud, read, {**body, **ENVELOPE})
    except TELLING as error:
        assert str(error)
        return
    assert set(values) == {kind.name for kind in read.facts}
    assert all(isinstance(value.words, str) and value.words for value in values.values())


@pytest.mark.parametrize("cloud", CLOUDS.values(), ids=CLOUDS)
def test_names_are_unique_and_in_the_order_of_the_sections(cloud: CloudProfile) -> None:
    assert len(set(cloud.names)) == len(cloud.names)
    order = [[*Section].index(kind.section) for kind in cloud.kinds]
    assert order == sorted(order)
    assert EXISTS in cloud.names
    assert all(reason.endswith(".") for _, reason in cloud.untold)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ([], "none"),
        (["a", "b"], "a, b"),
        ([str(number) for number in range(21)], ", ".join(map(str, range(20))) + ", and 1 more"),
    ],
)
def test_a_long_list_is_cut_off_and_says_so(words: list[str], said: str) -> None:
    assert enumerated(words, "none") == said
