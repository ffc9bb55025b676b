"""Opening profiles: every value for itself, as it arrives, and never more than one can read."""

from __future__ import annotations

import asyncio

import pytest

from pushtui.domain.errors import PushtuiError, SecretUnavailable, UsageError
from pushtui.domain.profile import FactState, Profile
from pushtui.services.profile_comparison import compared
from pushtui.services.profile_export import GIVEN_UP, exported, readable_names
from pushtui.services.profiles import Profiles, Wanted
from pushtui.vault import FoundSecret
from tests.sandbox.clouds import Clouds
from tests.services.profiles.conftest import Opener

TAGS = "/user/tags/get.json"
TYPE_LEVELS = "/conversation/type/notification/get.json"
CLOUDS = ("rongcloud", "agora", "tencent")


def failed(profile: Profile) -> dict[str, str]:
    """Return what could not be read, and why."""
    return {fact.name: fact.problem for fact in profile.facts if fact.state is FactState.FAILED}


def impatient(opened: Opener) -> Profiles:
    """Return profiles that give a value up after a moment."""
    return Profiles(opened.services.accounts, opened.services.calls, opened.services.clock, patience=0.5)


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        ("reset-before", "Nothing was changed"),
        ("html-5xx", "HTML page"),
        ("invalid-json", "not its JSON"),
        ("half-body", "no whole answer"),
        ("internal-error", "1000"),
    ],
)
async def test_a_failing_call_spoils_its_own_row_only(fault: str, said: str, opened: Opener, clouds: Clouds) -> None:
    clouds.sandbox.fault(fault, cloud="rongcloud", path=TAGS, times=None)
    profile = await opened("rongcloud", "priya")
    assert said in failed(profile).pop("tags")
    assert len(failed(profile)) == 1
    assert profile.is_known("quiet_hours")
    assert not profile.is_known("tags")


async def test_a_call_that_never_ends_is_given_up_and_the_rest_was_there_long_before(
    opened: Opener, clouds: Clouds
) -> None:
    clouds.sandbox.fault("hold", cloud="rongcloud", path=TAGS, times=None)
    steps: list[Profile] = []
    profile = await impatient(opened).open(opened.accounts["rongcloud"], "priya", steps.append)
    assert failed(profile) == {"tags": "No answer came within 0.5 s."}
    before = steps[-2]
    assert [fact.name for fact in before.facts if fact.state is FactState.WAITING] == ["tags"]
    assert profile.complete and not before.complete


async def test_values_are_told_one_by_one_from_nothing_on(opened: Opener) -> None:
    steps: list[Profile] = []
    profile = await opened.services.profiles.open(opened.accounts["rongcloud"], "priya", steps.append)
    waiting = [sum(fact.state is FactState.WAITING for fact in step.facts) for step in steps]
    assert waiting == sorted(waiting, reverse=True)
    assert waiting[0] == len(profile.facts) - 2, "what nobody tells is said at once"
    assert waiting[-1] == 0 and steps[-1] == profile
    assert len(steps) > 5


async def test_a_known_value_says_when_and_by_what_it_was_read(opened: Opener) -> None:
    before = opened.services.clock.now()
    fact = await opened.fact("rongcloud", "priya", "tags")
    assert fact.read_at is not None and before <= fact.read_at <= opened.services.clock.now()
    assert fact.source == f"POST {TAGS}"


async def test_the_clouds_clock_is_compared_with_ours(opened: Opener, clouds: Clouds) -> None:
    clouds.sandbox.control("POST", "/clock", {"freeze": None})
    assert (await opened("rongcloud", "priya")).ahead.total_seconds() == 0
    clouds.sandbox.advance(3600)
    assert (await opened("rongcloud", "priya")).ahead.total_seconds() == pytest.approx(3600, abs=5)


async def test_only_what_is_wanted_is_asked(opened: Opener, clouds: Clouds) -> None:
    before = clouds.sandbox.requests("/user/info.json"), clouds.sandbox.requests(TAGS)
    profile = await opened.services.profiles.open(
        opened.accounts["rongcloud"], "priya", wanted=Wanted(only=frozenset({"tags"}))
    )
    assert [fact.name for fact in profile.facts] == ["tags"]
    assert (clouds.sandbox.requests("/user/info.json"), clouds.sandbox.requests(TAGS)) == (before[0], before[1] + 1)


async def test_a_name_that_is_none_is_refused_with_the_nearest(opened: Opener) -> None:
    wanted = Wanted(only=frozenset({"tgas"}))
    with pytest.raises(UsageError, match="Did you mean “tags”"):
        await opened.services.profiles.everywhere("priya", wanted=wanted)
    with pytest.raises(UsageError, match="empty"):
        await opened("rongcloud", " ")


@pytest.mark.parametrize(
    ("cloud", "path", "calls"),
    [
        ("rongcloud", TYPE_LEVELS, 40),
        ("agora", "/users/{username}", 10),
        ("tencent", "/v4/all_member_push/im_get_tag", 10),
    ],
)
async def test_ten_profiles_at_once_are_never_too_fast(
    cloud: str, path: str, calls: int, opened: Opener, clouds: Clouds
) -> None:
    clouds.sandbox.control("POST", "/clock", {"freeze": None})
    users = ["priya", "omar", "amelie", "minjun", "olena"] * 2
    profiles = await asyncio.gather(*(opened(cloud, user) for user in users))
    assert [failed(profile) for profile in profiles] == [{}] * 10
    assert clouds.sandbox.requests(path) == calls, "a refused call is made again"


@pytest.mark.parametrize("cloud", CLOUDS)
async def test_nobody_is_said_once_at_every_cloud(cloud: str, opened: Opener) -> None:
    profile = await opened(cloud, "nobody-at-all")
    assert profile.exists is False
    assert failed(profile) == {}
    assert [fact.name for fact in profile.facts if fact.state is FactState.KNOWN] == ["exists"]


@pytest.mark.parametrize(("cloud", "most"), [("rongcloud", 64), ("tencent", 32)])
async def test_an_id_that_nobody_can_have_is_not_asked_about(cloud: str, most: int, opened: Opener) -> None:
    profile = await opened(cloud, "ü" * (most // 2) + "x")
    fact = profile.fact("exists")
    assert fact is not None and fact.words == f"no such user: an id has at most {most} bytes of UTF-8"
    assert failed(profile) == {}
    assert profile.complete
    assert (await opened(cloud, "ü" * (most // 2))).exists is False


async def test_an_account_without_a_secret_does_not_keep_the_others_from_answering(
    opened: Opener, monkeypatch: pytest.MonkeyPatch
) -> None:
    secret = opened.services.accounts.secret

    async def lost(name: str) -> FoundSecret:
        if name == "sandbox":
            raise SecretUnavailable("It is nowhere.")
        return await secret(name)

    monkeypatch.setattr(opened.services.accounts, "secret", lost)
    looks = {look.account.provider: look for look in await opened.services.profiles.everywhere("priya")}
    assert (looks["rongcloud"].profile, looks["rongcloud"].problem) == (None, "It is nowhere.")
    assert looks["agora"].profile is not None and looks["agora"].profile.exists
    with pytest.raises(SecretUnavailable):
        await opened("rongcloud", "priya")


async def test_users_are_compared_account_by_account(opened: Opener) -> None:
    accounts = tuple(opened.accounts.values())
    found = await compared(opened.services.profiles, ["priya", "omar"], accounts)
    rows = {row.name: row.differs for row in found[0].rows}
    assert [one.account for one in found] == [*accounts]
    assert (rows["quiet_hours"], rows["exists"], rows["bindings"]) == (True, False, False)


async def test_an_export_keeps_the_order_of_the_users(opened: Opener, clouds: Clouds) -> None:
    clouds.sandbox.control("POST", "/clock", {"freeze": None})
    users = ["priya", "omar", "nobody", "amelie", "priya"] * 4
    account = opened.accounts["rongcloud"]
    found = [profile async for profile in exported(opened.services.profiles, account, users)]
    assert [profile.user for profile in found] == users
    assert [profile.exists for profile in found[:3]] == [True, True, False]
    names = readable_names(account, Wanted())
    assert "tags" in names and "bindings" not in names and "conversations" not in names


async def test_an_export_ends_where_the_cloud_is_out_of_reach(opened: Opener, clouds: Clouds) -> None:
    clouds.sandbox.fault("reset-before", cloud="rongcloud", times=None)
    told: list[str] = []
    users = (f"u{number}" for number in range(1000))
    wanted = Wanted(only=frozenset({"tags"}))
    profiles = exported(opened.services.profiles, opened.accounts["rongcloud"], users, wanted)
    with pytest.raises(PushtuiError, match="could not be read"):
        async for profile in profiles:
            told.append(profile.user)  # noqa: PERF401 - what was told before the end counts
    assert len(told) == GIVEN_UP
    assert next(users) == f"u{GIVEN_UP * 2 - 1}", "no more were asked than were under way"


async def test_an_id_in_upper_case_is_told_the_likely_cause_at_agora(opened: Opener) -> None:
    (exists,) = [fact for fact in (await opened("agora", "AMELIE")).facts if fact.name == "exists"]
    assert exists.value is False
    assert exists.words == "no such user. Agora keeps ids in lower case: did you mean “amelie”?"
