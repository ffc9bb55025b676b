"""What Tencent Chat tells of a user."""

from __future__ import annotations

from pushtui.domain.profile import FactState
from tests.sandbox.clouds import Clouds
from tests.services.profiles.conftest import Opener


async def test_all_that_is_told_of_somebody(opened: Opener, clouds: Clouds) -> None:
    clouds.agora.person("minjun", online=True)
    profile = await opened("tencent", "minjun")
    told = {fact.name: fact.value for fact in profile.facts if fact.state is FactState.KNOWN}
    assert told == {
        "exists": True,
        "presence": "Online",
        "online": told["online"],
        "nickname": told["nickname"],
        "message_settings": 1,
        "language": told["language"],
        "attributes": {"country": "Korea"},
        "tags": told["tags"],
    }
    assert isinstance(told["online"], dict) and set(told["online"].values()) == {"Online"}
    assert isinstance(told["language"], int)
    assert profile.complete
    untold = {fact.name: fact.problem for fact in profile.facts if fact.state is FactState.UNAVAILABLE}
    assert set(untold) == {"bindings", "quiet_hours", "conversations"}
    assert all(untold.values())


async def test_a_language_is_called_the_number_that_it_is(opened: Opener) -> None:
    fact = await opened.fact("tencent", "amelie", "language")
    assert fact.words == f"{fact.value}: a number of the app's own, no language code"


async def test_message_settings_say_what_the_bit_means(opened: Opener) -> None:
    assert (await opened.fact("tencent", "minjun", "message_settings")).words == "1: nothing is received (bit 0 is set)"
    unset = await opened.fact("tencent", "amelie", "message_settings")
    assert (unset.value, unset.words) == (0, "not set: messages are received")


async def test_answers_in_another_order_or_with_unknown_users_listed_are_read_alike(
    opened: Opener, clouds: Clouds
) -> None:
    before = await opened("tencent", "nobody-at-all")
    clouds.sandbox.settings(tencent__unknown_users_listed=True)
    after = await opened("tencent", "nobody-at-all")
    assert [(fact.name, fact.state) for fact in before.facts] == [(fact.name, fact.state) for fact in after.facts]
    assert after.exists is False


async def test_a_user_who_fails_within_a_success_fails_alone(opened: Opener, clouds: Clouds) -> None:
    clouds.sandbox.fault("partial-success", cloud="tencent", path="/v4/all_member_push/im_get_tag", times=None)
    profile = await opened("tencent", "amelie")
    (failed,) = [fact for fact in profile.facts if fact.state is FactState.FAILED]
    assert failed.name == "tags"
    assert "for this user" in failed.problem
    assert profile.exists
