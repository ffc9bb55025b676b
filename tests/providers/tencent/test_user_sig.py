"""UserSig: made as Tencent's libraries make it, verified whatever its spelling, refused with a reason."""

from __future__ import annotations

import base64
import json
import tracemalloc
import zlib
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pushtui.domain.secret import Secret
from pushtui.providers.tencent.user_sig import Flaw, Illegal, NotUserSig, make, read, verify

KEY = Secret("5bd2850fff3ecb11d7c805251c51ee463a25727bddc2385f3fa8bfee1bb93b5e")
"""The public sample key of Tencent's own libraries."""
APP = 1400000000
ISSUED = 1700000000
NOW = datetime.fromtimestamp(ISSUED + 60, UTC)

PYTHON_LIBRARY = (
    "eJyrVgrxCdYrSy1SslJQMtIzUNJRAItkpqTmlWSmZUIkElNyM-Myi0uKEkvyi2BKilOyEwsKMlOACgxNDKAAKpdaUZBZlAqUsTAzgQuW"
    "ZOaChAzN0RQXZ6aDLKn0cUzVLjcPD00NLS1MCrPM0A*JMLcoNTLMD3HP1M60jCowLDUOKMiLNDOwVaoFAD4PNPI_"
)
NODE_LIBRARY = (
    "eJyrVgrxCdYrSy1SslIy0jNQ0gHzM1NS80oy0zLBwokpuZl5mcUlRYkl*UVQBcUp2YkFBZkpSlaGJgZQAJEpycxNVbIyNEcVTa0oyCxKVb"
    "KyMDOBCRVnpitZKVX6OKZql5uHh6aGlhYmhVlm6IdEmFuUGhnmh7hnamdaRhUYlhoHFORFmhnYKtUCAK0SM5I_"
)


def packed(members: dict[str, Any]) -> str:
    return coded(zlib.compress(json.dumps(members).encode()))


def coded(content: bytes) -> str:
    return base64.b64encode(content).decode().translate(str.maketrans("+/=", "*-_"))


def members(**changed: Any) -> dict[str, Any]:
    signed = read(make("administrator", APP, KEY, ISSUED, 86400))
    return {
        "TLS.ver": "2.0",
        "TLS.identifier": "administrator",
        "TLS.sdkappid": APP,
        "TLS.expire": 86400,
        "TLS.time": ISSUED,
        "TLS.sig": signed.signature,
        **{f"TLS.{name}": value for name, value in changed.items()},
    }


@pytest.mark.parametrize(
    ("identifier", "issued", "expire", "signature"),
    [
        ("administrator", 1700000000, 86400, "yLAe+w7WUeUuqbV9h/TX78u21oTGi+i9Zp1u3PpnY60="),
        ("xiaojun", 1560000000, 15552000, "s8FU8JR5YBrLz9VYrgPuOy2W6ZdCFMvrfWKJcDQqseo="),
        ("用户一", 1700000000, 3600, "8m0UqPF24tZt0BN1gtXh67tk2wq2woKC43SfIwSqTQc="),
    ],
)
def test_the_signature_is_that_of_the_libraries(identifier: str, issued: int, expire: int, signature: str) -> None:
    made = read(make(identifier, APP, KEY, issued, expire))
    assert (made.identifier, made.sdkappid, made.issued, made.expire) == (identifier, APP, issued, expire)
    assert made.signature == signature


@pytest.mark.parametrize("sample", [PYTHON_LIBRARY, NODE_LIBRARY])
def test_both_libraries_are_believed(sample: str) -> None:
    assert read(sample) == read(make("administrator", APP, KEY, ISSUED, 86400))
    assert verify(sample, KEY, APP, "administrator", NOW) is None


@given(st.permutations(list(members())), st.sampled_from([None, 1, 4]))
def test_order_and_spaces_do_not_matter(order: list[str], indent: int | None) -> None:
    text = json.dumps({name: members()[name] for name in order}, indent=indent)
    assert verify(coded(zlib.compress(text.encode())), KEY, APP, "administrator", NOW) is None


@given(
    st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=32),
    st.integers(1, 2**32 - 1),
    st.integers(0, 2**33),
    st.integers(0, 2**33),
)
def test_what_is_made_verifies_until_it_ends(identifier: str, app: int, issued: int, expire: int) -> None:
    made, end = make(identifier, app, KEY, issued, expire), datetime.fromtimestamp(issued + expire, UTC)
    assert verify(made, KEY, app, identifier, end) is None
    assert verify(made, KEY, app, identifier, end + timedelta(seconds=1)) is Flaw.EXPIRED
    assert verify(made, Secret("another key"), app, identifier, end) is Flaw.OTHER_KEY
    assert verify(made, KEY, app + 1, identifier, end) is Flaw.OTHER_APP
    assert verify(made, KEY, app, identifier + "x", end) is Flaw.OTHER_IDENTIFIER


@given(st.integers(0, 8 * 130 - 1))
def test_a_flipped_bit_is_noticed(bit: int) -> None:
    content = bytearray(base64.b64decode(PYTHON_LIBRARY.translate(str.maketrans("*-_", "+/="))))
    content[bit // 8] ^= 1 << bit % 8
    assert verify(coded(bytes(content)), KEY, APP, "administrator", NOW) is Flaw.ILLEGAL


@given(st.integers(0, len(PYTHON_LIBRARY) - 1), st.characters(codec="utf-8"))
def test_a_changed_character_is_noticed_or_changes_nothing(index: int, character: str) -> None:
    changed = PYTHON_LIBRARY[:index] + character + PYTHON_LIBRARY[index + 1 :]
    flaw = verify(changed, KEY, APP, "administrator", NOW)
    assert flaw is Flaw.ILLEGAL or (flaw is None and read(changed) == read(PYTHON_LIBRARY))


@given(st.text(max_size=300) | st.binary(max_size=300).map(coded))
def test_anything_else_is_illegal_and_no_failure(text: str) -> None:
    assert verify(text, KEY, APP, "administrator", NOW) is Flaw.ILLEGAL


@given(st.sampled_from(list(members())), st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=9))
def test_any_member_may_be_anything(name: str, value: Any) -> None:
    flaw = verify(packed({**members(), name: value}), KEY, APP, "administrator", NOW)
    assert flaw is not None or value == members()[name]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("x" * 5000, Illegal.TOO_LONG),
        ("eJyr+VgrxC", Illegal.NOT_BASE64),
        ("eJ!", Illegal.NOT_BASE64),
        (coded(b"no zlib"), Illegal.NOT_DEFLATED),
        (coded(zlib.compress(b"{}")[:-3]), Illegal.NOT_DEFLATED),
        (coded(zlib.compress(b"{}") + b"more"), Illegal.NOT_DEFLATED),
        (coded(zlib.compress(b"0" * 2_000_000)), Illegal.TOO_LARGE),
        (coded(zlib.compress(b"nothing")), Illegal.NOT_JSON),
        (coded(zlib.compress(b"[" * 4000)), Illegal.NOT_JSON),
        (packed({"a": 1}), Illegal.WRONG_VERSION),
        (packed(members(ver="1.0")), Illegal.WRONG_VERSION),
        (packed(members(sdkappid=str(APP))), Illegal.WRONG_MEMBER),
        (packed(members(time=True)), Illegal.WRONG_MEMBER),
        (packed(members(sig=None)), Illegal.WRONG_MEMBER),
        (packed(members(userbuf=1)), Illegal.WRONG_MEMBER),
    ],
)
def test_why_a_text_is_no_user_sig(text: str, why: Illegal) -> None:
    with pytest.raises(NotUserSig) as caught:
        read(text)
    assert caught.value.why is why
    assert verify(text, KEY, APP, "administrator", NOW) is Flaw.ILLEGAL


def test_a_bomb_is_not_inflated() -> None:
    bomb = coded(zlib.compress(b"0" * 2_000_000))
    tracemalloc.start()
    try:
        assert verify(bomb, KEY, APP, "administrator", NOW) is Flaw.ILLEGAL
        assert tracemalloc.get_traced_memory()[1] < 200_000
    finally:
        tracemalloc.stop()


def test_a_user_buffer_is_signed_too() -> None:
    with_buffer = packed(members(userbuf="abc"))
    assert read(with_buffer).userbuf == "abc"
    assert verify(with_buffer, KEY, APP, "administrator", NOW) is Flaw.OTHER_KEY
