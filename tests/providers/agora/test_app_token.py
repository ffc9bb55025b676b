"""007 tokens: Agora's own examples, and what must be refused."""

from __future__ import annotations

import base64
import hmac
import struct
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pushtui.domain.secret import Secret
from pushtui.providers.agora.app_token import (
    LONGEST_VALIDITY,
    CorruptToken,
    ExpiredToken,
    ForeignToken,
    NotForChat,
    TokenError,
    build,
    contents,
    verify,
)

APP, CERTIFICATE = "970CA35de60c44645bbae8a215061b33", Secret("5CFd2fd1755d40ecb72977518be15d3b")
OTHER_APP, OTHER_CERTIFICATE = "0123456789abcdef" * 2, Secret("fedcba9876543210" * 2)

VECTORS = [
    pytest.param(
        (APP, CERTIFICATE, 1111111, 600, 1, ""),
        "007eJxTYNDNaz3snC8huEfHWdz6s98qltq4zqy9fl99Uh0FDvy6F6DAYGlu4OxobJqSamaQbGJiZmKalJSYapFoZGhqYGaYZGzs/kWA"
        "IYKJgYGRAYRZgZgJzGdgAACt8hhr",
        id="app",
    ),
    pytest.param(
        (APP, CERTIFICATE, 1111111, 600, 1, "2882341273"),
        "007eJxTYNAIsnbS3v/A5t2TC6feR15r+6cq8bqAvfaW+tk/Vzz+p6xTYLA0N3B2NDZNSTUzSDYxMTMxTUpKTLVINDI0NTAzTDI2dv8i"
        "wBDBxMDAyADCrEDMCOZzMRhZWBgZmxgamRsDAB+lHrg=",
        id="user",
    ),
    pytest.param(
        (OTHER_APP, OTHER_CERTIFICATE, 1700000000, 86400, 12345678, ""),
        "007eJxTYEhf3r74coV279XpS9+lBxl9ElDj3FR9vSanUyZk5teHi98pMBgYGhmbmJqZW1gmJiWnpKah8xk+Bqc2BDIy+CXuYWBkYAVi"
        "JgYQn4EBAPKaHwE=",
        id="third",
    ),
]

Vector = tuple[str, Secret, int, int, int, str]


@pytest.mark.parametrize(("given_values", "token"), VECTORS)
def test_agora_s_own_tokens_are_made_and_believed(given_values: Vector, token: str) -> None:
    assert contents(build(*given_values)) == contents(token)
    app, certificate, issued_at, expire, salt, user = given_values
    read = verify(token, app, certificate, issued_at)
    assert (read.issued_at, read.expires_at, read.salt, read.user) == (issued_at, issued_at + expire, salt, user)


def test_the_signature_is_the_documented_one() -> None:
    signature = contents(build(APP, CERTIFICATE, 1111111, 600, 1))[2:34]
    assert signature.hex() == "2d6e85c3436f1811bc2c43173bf34eaa047d5e896abd4ef54c654110c0fade50"


@given(st.integers(0, 2**32 - 1), st.integers(1, LONGEST_VALIDITY), st.integers(0, 2**32 - 1), st.text(max_size=80))
def test_what_is_built_is_believed_until_it_expires(issued_at: int, expire: int, salt: int, user: str) -> None:
    token = build(APP, CERTIFICATE, issued_at, expire, salt, user)
    assert verify(token, APP, CERTIFICATE, issued_at + expire - 1).user == user
    with pytest.raises(ExpiredToken):
        verify(token, APP, CERTIFICATE, issued_at + expire)


@given(st.data())
def test_any_flipped_bit_is_refused(data: st.DataObject) -> None:
    whole = bytearray(contents(build(APP, CERTIFICATE, 1111111, 600, 1, "anna")))
    position = data.draw(st.integers(0, len(whole) * 8 - 1))
    whole[position // 8] ^= 1 << position % 8
    with pytest.raises(TokenError):
        verify(token_of(bytes(whole)), APP, CERTIFICATE, 1111111)


@given(st.binary(max_size=200) | st.text(max_size=200).map(str.encode))
def test_whatever_is_no_token_is_corrupt_or_foreign(content: bytes) -> None:
    for token in (token_of(content), content.decode("latin-1"), "007" + content.decode("latin-1")):
        with pytest.raises((CorruptToken, ForeignToken)):
            verify(token, APP, CERTIFICATE, 0)


@pytest.mark.parametrize(("app", "certificate"), [(OTHER_APP, CERTIFICATE), (APP, OTHER_CERTIFICATE)])
def test_a_token_of_another_app_or_certificate_is_foreign(app: str, certificate: Secret) -> None:
    with pytest.raises(ForeignToken):
        verify(build(app, certificate, 0, 600, 1), APP, CERTIFICATE, 1)


def test_a_small_token_that_inflates_to_a_flood_is_corrupt() -> None:
    with pytest.raises(CorruptToken):
        verify(token_of(bytes(50_000_000)), APP, CERTIFICATE, 0)


def test_more_than_a_day_counts_as_a_day() -> None:
    token = build(APP, CERTIFICATE, 1000, 10 * LONGEST_VALIDITY, 1)
    assert verify(token, APP, CERTIFICATE, 1000).expires_at == 1000 + LONGEST_VALIDITY


@pytest.mark.parametrize(
    ("expire", "privilege", "valid"),
    [(600, 86400, 600), (86400, 600, 600), (200_000, 100_000, 86400), (100_000, 300, 300), (50, 0, 0)],
)
def test_the_shortest_of_token_privilege_and_day_counts(expire: int, privilege: int, valid: int) -> None:
    token = signed(b"\x01\x00" + struct.pack("<HHHIH", 5, 1, 2, privilege, 0), expire)
    if valid:
        assert verify(token, APP, CERTIFICATE, 1000 + valid - 1).expires_at == 1000 + valid
    with pytest.raises(ExpiredToken):
        verify(token, APP, CERTIFICATE, 1000 + valid)


def test_nothing_may_follow_the_token() -> None:
    content = contents(build(APP, CERTIFICATE, 1000, 600, 1))
    followed = "007" + base64.b64encode(zlib.compress(content) + b"more").decode()
    with pytest.raises(CorruptToken):
        verify(followed, APP, CERTIFICATE, 1000)


@pytest.mark.parametrize(
    ("services", "error"),
    [
        (b"\x00\x00", NotForChat),
        (b"\x01\x00" + struct.pack("<HHHIHH", 1, 1, 1, 600, 0, 0), NotForChat),
        (b"\x01\x00" + struct.pack("<HHHIH", 5, 1, 1, 600, 0), NotForChat),
        (b"\x01\x00" + struct.pack("<HHHIH", 99, 1, 1, 600, 0), NotForChat),
        (b"\x02\x00" + struct.pack("<HHHIHH", 1, 1, 1, 600, 0, 0) + struct.pack("<HHHIH", 5, 1, 2, 600, 0), None),
        (b"\x02\x00" + struct.pack("<HHHIHHh", 7, 1, 3, 600, 0, 0, -1) + struct.pack("<HHHIH", 5, 1, 2, 9, 0), None),
        (b"\x01\x00" + struct.pack("<HHHI", 5, 1, 2, 600), CorruptToken),
    ],
    ids=["none", "only RTC", "user privilege without user", "unknown", "RTC and Chat", "APaaS and Chat", "cut off"],
)
def test_the_services_of_a_signed_token(services: bytes, error: type[TokenError] | None) -> None:
    token = signed(services)
    if error is None:
        assert verify(token, APP, CERTIFICATE, 1000).user == ""
    else:
        with pytest.raises(error):
            verify(token, APP, CERTIFICATE, 1000)


@pytest.mark.parametrize(("app", "certificate"), [("", CERTIFICATE), ("x" * 32, CERTIFICATE), (APP, Secret("5CFd"))])
def test_nothing_is_made_from_a_wrong_id_or_certificate(app: str, certificate: Secret) -> None:
    with pytest.raises(ValueError, match="32 hexadecimal digits"):
        build(app, certificate, 0, 600, 1)


def token_of(content: bytes) -> str:
    return "007" + base64.b64encode(zlib.compress(content)).decode()


def signed(services: bytes, expire: int = 600) -> str:
    """Sign any services, without help from the code under test."""
    info = struct.pack("<H", 32) + APP.encode() + struct.pack("<III", 1000, expire, 7) + services
    key = hmac.digest(struct.pack("<I", 1000), CERTIFICATE.reveal().encode(), "sha256")
    key = hmac.digest(struct.pack("<I", 7), key, "sha256")
    return token_of(struct.pack("<H", 32) + hmac.digest(key, info, "sha256") + info)
