from __future__ import annotations

import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from pushtui.domain.account import Account, Environment
from pushtui.domain.clock import SystemClock
from pushtui.domain.errors import AccountError, SecretUnavailable
from pushtui.domain.secret import Secret
from pushtui.files import FileLock
from pushtui.journal import Journal
from pushtui.paths import Paths
from pushtui.services.account_file import read_accounts
from pushtui.services.account_table import account_of, values_of
from pushtui.services.accounts import Accounts
from pushtui.vault import Vault

TWO = """\
# Kept by the night shift.
[accounts.prod]  # careful
provider = "rongcloud"
environment = "live"
region = "beijing"
app_key = "abc"   # from the console

# The one for trying things out.
[accounts.trial]
provider = "rongcloud"
environment = "test"
base_url = "https://push.example.com/"
app_key = "def"
zone = "Europe/Berlin"
read_only = true
"""
VALUES = {"provider": "rongcloud", "environment": "live", "region": "singapore", "app_key": "k"}


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    return Paths(tmp_path / "config", tmp_path / "state", tmp_path / "data")


@pytest.fixture
async def journal(paths: Paths) -> AsyncIterator[Journal]:
    journal = Journal(paths.journal_file, paths.locks, SystemClock())
    await journal.open()
    yield journal
    await journal.close()


@pytest.fixture
def accounts(paths: Paths, journal: Journal) -> Accounts:
    return Accounts(paths, Vault(environment={"PUSHTUI_SECRET_PROD": "from outside"}, trusted=()), journal)


@pytest.fixture
def file(paths: Paths) -> Path:
    paths.config.mkdir()
    paths.accounts_file.write_text(TWO)
    return paths.accounts_file


def described(**changes: object) -> str:
    values = {key: value for key, value in {**VALUES, **changes}.items() if value is not None}
    lines = [
        f"{key} = {str(value).lower() if isinstance(value, bool) else repr(value)}" for key, value in values.items()
    ]
    return "\n".join(["[accounts.prod]", *lines])


def with_base_url(url: object) -> dict[str, object]:
    return {"provider": "rongcloud", "environment": "live", "app_key": "k", "base_url": url}


async def test_what_the_file_says_is_read(accounts: Accounts, file: Path) -> None:
    prod, trial = await accounts.list()
    assert prod == Account(
        name="prod",
        provider="rongcloud",
        environment=Environment.LIVE,
        hosts=("https://api.rong-api.com", "https://api-b.rong-api.com"),
        ids={"app_key": "abc"},
        region="beijing",
        zone="Asia/Shanghai",
        push_zone="Asia/Shanghai",
    )
    assert (trial.hosts, trial.zone, trial.read_only) == (("https://push.example.com",), "Europe/Berlin", True)
    assert await accounts.get("trial") == trial


async def test_without_a_file_there_are_no_accounts(accounts: Accounts, paths: Paths) -> None:
    assert await accounts.list() == ()
    with pytest.raises(AccountError, match=re.escape(f"Describe one in {paths.accounts_file}")):
        await accounts.get("prod")


async def test_an_unknown_name_is_told_the_nearest(accounts: Accounts, file: Path) -> None:
    with pytest.raises(
        AccountError, match=r"No account is called “prd”\. Did you mean “prod”\? There are: prod, trial\."
    ):
        await accounts.get("prd")
    with pytest.raises(AccountError, match=r"No account is chosen\. There are: prod, trial\."):
        await accounts.get("")
    with pytest.raises(AccountError, match="pushtui demo"):
        await accounts.get("sandbox")


@pytest.mark.parametrize(
    ("changes", "line", "complaint"),
    [
        ({"enviroment": "live"}, 6, "unknown key “enviroment”; allowed: .*Did you mean “environment”"),
        ({"environment": "production"}, 3, "environment is “production”; allowed: live, test, sandbox"),
        ({"environment": None}, 1, "environment is missing; allowed: live, test, sandbox"),
        (
            {"provider": "rongclod"},
            2,
            "provider is “rongclod”; allowed: rongcloud, agora, tencent. Did you mean “rongcloud”",
        ),
        ({"provider": 7}, 2, "provider is 7; allowed: rongcloud"),
        ({"region": "bejing"}, 4, "region is “bejing”; allowed: beijing, .*Did you mean “beijing”"),
        ({"region": None}, 1, "either region .* or base_url must be given"),
        ({"base_url": "https://a.example.com"}, 4, "either region .* or base_url must be given, not both"),
        ({"app_key": None}, 1, "app_key is missing"),
        ({"app_key": "two words"}, 5, "app_key is “two words”; it must be text of visible ASCII"),
        ({"app_key": 12}, 5, "app_key is 12; it must be text"),
        ({"zone": "Mars/Phobos"}, 6, "zone is “Mars/Phobos”; it must be a time zone"),
        ({"zone": "../etc/passwd"}, 6, "zone is “../etc/passwd”; it must be a time zone"),
        ({"read_only": "yes"}, 6, "read_only is “yes”; allowed: true, false"),
    ],
)
def test_everything_wrong_is_named_with_its_line(changes: dict[str, object], line: int, complaint: str) -> None:
    with pytest.raises(AccountError, match=f"^accounts.toml line {line}: account “prod”: {complaint}"):
        read_accounts(described(**changes), "accounts.toml")


AGORA = {
    "provider": "agora",
    "environment": "test",
    "base_url": "https://a1.agora.com",
    "org_name": "acme",
    "app_name": "shop",
    "app_id": "970CA35de60c44645bbae8a215061b33",
}
TENCENT = {
    "provider": "tencent",
    "environment": "live",
    "region": "singapore",
    "sdkappid": "1400000000",
    "admin": "administrator",
}


@pytest.mark.parametrize(
    ("values", "app", "ids"),
    [
        (AGORA, "acme/shop", ["org_name", "app_name", "app_id"]),
        ({**AGORA, "app_id": None, "client_id": "YXA6x"}, "acme/shop", ["org_name", "app_name", "client_id"]),
        ({**AGORA, "org_name": None, "app_name": None}, AGORA["app_id"], ["app_id"]),
        ({**AGORA, "client_id": "c"}, "acme/shop", ["org_name", "app_name", "app_id", "client_id"]),
        (TENCENT, "1400000000", ["sdkappid", "admin"]),
        ({**TENCENT, "sdkappid": 1400000000}, "1400000000", ["sdkappid", "admin"]),
    ],
)
def test_an_app_is_described_as_its_provider_calls_it(values: dict[str, object], app: str, ids: list[str]) -> None:
    account = account_of("mine", {key: value for key, value in values.items() if value is not None})
    assert (account.app_id, list(account.ids)) == (app, ids)
    assert account_of("mine", values_of(account)) == account


@pytest.mark.parametrize(
    ("values", "complaint"),
    [
        ({**AGORA, "base_url": None}, "base_url is missing; give the “REST API” domain in Agora's console"),
        ({**AGORA, "region": "singapore"}, "unknown key “region”; allowed: provider, environment, base_url,"),
        ({**AGORA, "app_name": None}, "app_name is missing; org_name and app_name go together"),
        ({**AGORA, "org_name": ".."}, "org_name is “..”; as a part of an address it cannot be"),
        ({**AGORA, "app_name": "a/b"}, "app_name is “a/b”; as a part of an address it cannot"),
        ({**AGORA, "org_name": None}, "org_name is missing; org_name and app_name go together"),
        ({**AGORA, "org_name": None, "app_name": None, "app_id": None}, "either org_name and app_name, or app_id must"),
        ({**AGORA, "app_id": None}, "app_id is missing: with the App Certificate it makes the token"),
        ({**AGORA, "app_id": "970CA35"}, "app_id is “970CA35”; it must be 32 hexadecimal digits"),
        ({**AGORA, "app_key": "acme#shop"}, "unknown key “app_key”; allowed: .*Did you mean “app_name”|app_key"),
        ({**AGORA, "token_exchange": 1}, "token_exchange is 1; allowed: true, false"),
        ({**TENCENT, "sdkappid": "14x"}, "sdkappid is “14x”; it must be a number of at most 10 digits"),
        ({**TENCENT, "sdkappid": True}, "sdkappid is true; it must be a number"),
        ({**TENCENT, "sdkappid": -1}, "sdkappid is -1; it must be a number"),
        ({**TENCENT, "admin": None}, "admin is missing"),
        ({**TENCENT, "region": "sngapore"}, "region is “sngapore”; allowed: china, .*Did you mean “singapore”"),
        ({**TENCENT, "token_exchange": True}, "unknown key “token_exchange”"),
        ({**TENCENT, "push_zone": "Mars"}, "push_zone is “Mars”; it must be a time zone"),
    ],
)
def test_what_is_wrong_with_an_app_is_named(values: dict[str, object], complaint: str) -> None:
    with pytest.raises(AccountError, match=f"^account “mine”: {complaint}"):
        account_of("mine", {key: value for key, value in values.items() if value is not None})


@pytest.mark.parametrize(
    ("values", "zone", "push_zone", "assumed"),
    [
        (VALUES, "UTC", "UTC", False),
        ({**VALUES, "region": "beijing"}, "Asia/Shanghai", "Asia/Shanghai", False),
        ({**VALUES, "region": None, "base_url": "https://api.rong-api.com"}, "UTC", "Asia/Shanghai", False),
        ({**VALUES, "region": None, "base_url": "https://push.example.com"}, "UTC", "UTC", True),
        (AGORA, "UTC", "UTC", True),
        ({**AGORA, "base_url": "https://a1.easemob.com"}, "UTC", "Asia/Shanghai", True),
        ({**AGORA, "push_zone": "UTC"}, "UTC", "UTC", False),
        ({**AGORA, "push_zone": "Asia/Singapore"}, "UTC", "Asia/Singapore", False),
        (TENCENT, "Asia/Shanghai", "Asia/Shanghai", True),
    ],
)
def test_whose_clock_counts(values: dict[str, object], zone: str, push_zone: str, assumed: bool) -> None:
    account = account_of("mine", {key: value for key, value in values.items() if value is not None})
    assert (account.zone, account.push_zone, account.push_zone_assumed) == (zone, push_zone, assumed)
    assert ("taken to be so" in account.push_zone_words) is assumed
    assert account_of("mine", values_of(account)) == account


@pytest.mark.parametrize(
    ("url", "complaint"),
    [
        ("ftp://example.com", "it must look like"),
        ("example.com", "it must look like"),
        ("https://", "it must look like"),
        ("https://example.com?a=1", "it must look like"),
        ("https://example.com:port", "it must look like"),
        ("https://exa mple.com", "it must look like"),
        (3, "it must look like"),
        ([], "is an empty list"),
        ("https://me:secret@example.com", "must not stand in it"),
        ("http://push.example.com", "plain http is allowed to this machine only"),
        ("http://10.0.0.1", "plain http is allowed to this machine only"),
        ("http://127.0.0.1.example.com", "plain http is allowed to this machine only"),
    ],
)
def test_a_base_url_that_would_not_do_is_refused(url: object, complaint: str) -> None:
    with pytest.raises(AccountError, match=complaint):
        account_of("prod", with_base_url(url))


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1:7788", "http://[::1]:80", "http://localhost", "https://example.com/x"]
)
def test_a_base_url_that_will_do(url: str) -> None:
    assert account_of("prod", with_base_url(url)).hosts == (url,)


def test_all_that_is_wrong_is_said_at_once() -> None:
    with pytest.raises(AccountError) as caught:
        read_accounts(described(environment="x", app_key="", color="red") + "\n[accounts.Big]\n[acounts.x]", "f")
    message = caught.value.message
    for part in (
        "environment is",
        "app_key is",
        "unknown key “color”",
        "f line 7: account “Big”: the name",
        "“acounts”",
    ):
        assert part in message


@pytest.mark.parametrize("name", ["Prod", "", "-x", "a b", "x" * 33, "prod\n", "sandbox"])
def test_names_that_cannot_be(name: str) -> None:
    with pytest.raises(AccountError, match="the name"):
        account_of(name, VALUES)


@pytest.mark.parametrize("text", ["accounts = 3", '[accounts]\nprod = "x"', "accounts = [1]"])
def test_accounts_must_be_tables(text: str) -> None:
    with pytest.raises(AccountError):
        read_accounts(text, "accounts.toml")


def test_toml_that_is_none_is_named_with_its_place() -> None:
    with pytest.raises(AccountError, match=r"accounts.toml is not valid TOML: .*line 2"):
        read_accounts("[accounts.prod]\nregion = = 1", "accounts.toml")


async def test_a_file_that_is_no_text_is_named(accounts: Accounts, file: Path) -> None:
    file.write_bytes(b"\xff\xfe")
    with pytest.raises(AccountError, match=re.escape(f"{file} is not UTF-8")):
        await accounts.list()


async def test_adding_keeps_what_a_person_wrote(accounts: Accounts, file: Path) -> None:
    new = account_of("eu.live", {**VALUES, "read_only": True})
    assert await accounts.add(new, None) == ""
    assert file.read_text().startswith(TWO)
    assert [account.name for account in await accounts.list()] == ["prod", "trial", "eu.live"]
    assert await accounts.get("eu.live") == new
    assert file.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(
    "changes",
    [{}, {"zone": "Asia/Tokyo"}, {"region": None, "base_url": ["https://a.example.com", "https://b.example.com"]}],
)
async def test_an_added_account_comes_back_as_it_was(accounts: Accounts, changes: dict[str, object]) -> None:
    values = {key: value for key, value in {**VALUES, **changes}.items() if value is not None}
    account = account_of("prod", values)
    await accounts.add(account, None)
    assert await accounts.get("prod") == account
    assert values_of(account) == values


async def test_a_name_is_given_once(accounts: Accounts, file: Path) -> None:
    with pytest.raises(AccountError, match="already"):
        await accounts.add(account_of("prod", VALUES), None)
    assert file.read_text() == TWO


async def test_names_that_would_share_a_secret_are_refused(accounts: Accounts) -> None:
    await accounts.add(account_of("eu-live", VALUES), None)
    with pytest.raises(AccountError, match="share the environment variable PUSHTUI_SECRET_EU_LIVE"):
        await accounts.add(account_of("eu.live", VALUES), None)


async def test_an_account_is_added_even_if_nothing_can_keep_its_secret(accounts: Accounts, paths: Paths) -> None:
    with pytest.raises(SecretUnavailable, match=r"“new” was added without its secret\. .* PUSHTUI_SECRET_NEW instead"):
        await accounts.add(account_of("new", VALUES), Secret("geheimnis"))
    assert (await accounts.get("new")).name == "new"
    assert "geheimnis" not in paths.accounts_file.read_text()


async def test_removing_leaves_the_rest_and_its_comments(accounts: Accounts, file: Path) -> None:
    await accounts.remove("prod")
    assert [account.name for account in await accounts.list()] == ["trial"]
    text = file.read_text()
    assert "# Kept by the night shift." in text
    assert "# The one for trying things out.\n[accounts.trial]" in text
    await accounts.remove("trial")
    assert await accounts.list() == ()


class Keyring(Vault):
    """Holds a secret for every account, and may be locked."""

    def __init__(self, *, locked: bool = False) -> None:
        super().__init__(environment={}, trusted=())
        self.forgotten: list[str] = []
        self._locked = locked

    async def delete(self, account: str) -> None:
        if self._locked:
            raise SecretUnavailable("The keyring is locked.")
        self.forgotten.append(account)


async def test_a_secret_goes_with_its_account(paths: Paths, file: Path) -> None:
    keyring = Keyring()
    await Accounts(paths, keyring).remove("prod")
    assert keyring.forgotten == ["prod"]


async def test_an_account_that_stays_keeps_its_secret(paths: Paths, file: Path) -> None:
    keyring = Keyring()
    file.write_text(
        "accounts.prod = {" + 'provider = "rongcloud", environment = "live", region = "beijing", app_key = "k"}\n'
    )
    with pytest.raises(AccountError, match="edit it by hand"):
        await Accounts(paths, keyring).remove("prod")
    assert keyring.forgotten == []


async def test_a_secret_that_stays_is_told(paths: Paths, file: Path) -> None:
    accounts = Accounts(paths, Keyring(locked=True))
    with pytest.raises(
        SecretUnavailable, match=r"“prod” was removed, but its secret may still be kept\. The keyring is"
    ):
        await accounts.remove("prod")
    assert [account.name for account in await accounts.list()] == ["trial"]


async def test_a_file_that_cannot_be_changed_safely_is_left_alone(accounts: Accounts, file: Path) -> None:
    text = 'accounts.prod = {provider = "rongcloud", environment = "live", region = "beijing", app_key = "k"}\n'
    file.write_text(text)
    with pytest.raises(AccountError, match="edit it by hand"):
        await accounts.remove("prod")
    assert file.read_text() == text


async def test_a_broken_file_is_not_rewritten(accounts: Accounts, file: Path) -> None:
    file.write_text(TWO + "oops = 1\n")
    with pytest.raises(AccountError, match="unknown key “oops”"):
        await accounts.add(account_of("new", VALUES), None)
    assert file.read_text() == TWO + "oops = 1\n"


async def test_two_processes_do_not_change_the_file_at_once(accounts: Accounts, file: Path, paths: Paths) -> None:
    other = FileLock(paths.locks / "accounts.lock")
    assert other.try_acquire()
    with pytest.raises(AccountError, match="Another pushtui is changing the accounts"):
        await accounts.remove("prod")
    other.release()
    await accounts.remove("prod")


async def test_changes_are_in_the_audit_trail_without_secrets(accounts: Accounts, journal: Journal) -> None:
    await accounts.add(account_of("new", VALUES), None)
    await accounts.remove("new")
    removed, added = await journal.records()
    assert (added.subject, added.action, added.details["app_key"]) == ("account new", "added", "k")
    assert (removed.subject, removed.action) == ("account new", "removed")


async def test_the_secret_of_an_account(accounts: Accounts, file: Path) -> None:
    found = await accounts.secret("prod")
    assert (found.secret.reveal(), found.place) == ("from outside", "environment variable PUSHTUI_SECRET_PROD")
    with pytest.raises(SecretUnavailable, match="PUSHTUI_SECRET_TRIAL"):
        await accounts.secret("trial")
    with pytest.raises(AccountError, match="No account is called"):
        await accounts.secret("ghost")


async def test_an_attached_account_comes_first_and_is_never_written(accounts: Accounts, file: Path) -> None:
    sandbox = Account("sandbox", "rongcloud", Environment.SANDBOX, ("http://127.0.0.1:1",), {"app_key": "s"})
    accounts.attach(sandbox, Secret("app secret"))
    assert [account.name for account in await accounts.list()] == ["sandbox", "prod", "trial"]
    assert await accounts.get("sandbox") is sandbox
    assert (await accounts.secret("sandbox")).secret.reveal() == "app secret"
    assert file.read_text() == TWO
    with pytest.raises(AccountError, match="belongs to this session only"):
        await accounts.remove("sandbox")


async def test_an_attached_account_works_even_if_the_file_is_broken(accounts: Accounts, file: Path) -> None:
    file.write_text("nonsense")
    sandbox = Account("sandbox", "rongcloud", Environment.SANDBOX, ("http://127.0.0.1:1",), {"app_key": "s"})
    accounts.attach(sandbox, Secret("app secret"))
    assert await accounts.get("sandbox") is sandbox
    assert accounts.attached == (sandbox,)
