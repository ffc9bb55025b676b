from __future__ import annotations

import os
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import keyring.core
import pytest
from keyring.backend import KeyringBackend
from keyring.compat import properties

import pushtui
from pushtui.domain.errors import SecretUnavailable
from pushtui.domain.secret import Secret
from pushtui.vault import Vault, variable_for
from pushtui.vault.backends import CHOICE_VARIABLE, NoKeyring, Trusted

ENTRIES: dict[tuple[str, str], str] = {}
RELEASED = threading.Event()


class Working(KeyringBackend):
    """Keeps what it is given."""

    priority = 5.0

    def get_password(self, service: str, username: str) -> str | None:
        return ENTRIES.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        ENTRIES[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        del ENTRIES[service, username]


class Discarding(Working):
    """Says yes and keeps nothing."""

    def set_password(self, service: str, username: str, password: str) -> None:
        pass


class Hanging(Working):
    """Waits for a prompt that nobody answers."""

    def get_password(self, service: str, username: str) -> str | None:
        RELEASED.wait()
        return None


class Raising(Working):
    """Is locked, and babbles about what it was given."""

    def get_password(self, service: str, username: str) -> str | None:
        raise LookupError("The collection is locked.")

    def set_password(self, service: str, username: str, password: str) -> None:
        raise ValueError(f"cannot keep {password}")


class Unfit(Working):
    """Cannot work on this machine."""

    @properties.classproperty
    def priority(cls) -> float:  # noqa: N805
        raise RuntimeError("No daemon is running.")


class Slow(Working):
    """Takes for ever to say whether it works."""

    @properties.classproperty
    def priority(cls) -> float:  # noqa: N805
        RELEASED.wait()
        return 9.0


class Weaker(Working):
    priority = 1.0


@pytest.fixture(autouse=True)
def fresh_keyring(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    monkeypatch.delenv(CHOICE_VARIABLE, raising=False)
    ENTRIES.clear()
    RELEASED.clear()
    yield
    RELEASED.set()


def trusted(backend: type[KeyringBackend]) -> Trusted:
    return Trusted(f"{backend.__name__} keyring", f"{__name__}.{backend.__name__}", sys.platform)


def vault(*backends: type[KeyringBackend], timeout: float = 3.0, **environment: str) -> Vault:
    return Vault(timeout, environment, [trusted(backend) for backend in backends])


@pytest.mark.parametrize(
    ("account", "variable"),
    [("prod", "PUSHTUI_SECRET_PROD"), ("eu-1.live_x", "PUSHTUI_SECRET_EU_1_LIVE_X")],
)
def test_the_variable_of_an_account(account: str, variable: str) -> None:
    assert variable_for(account) == variable


async def test_the_environment_comes_first() -> None:
    ENTRIES["pushtui", "prod"] = "from the keyring"
    found = await vault(Working, PUSHTUI_SECRET_PROD="from outside").read("prod")
    assert (found.secret.reveal(), found.place) == ("from outside", "environment variable PUSHTUI_SECRET_PROD")


async def test_an_empty_variable_is_none() -> None:
    ENTRIES["pushtui", "prod"] = "from the keyring"
    found = await vault(Working, PUSHTUI_SECRET_PROD="").read("prod")
    assert (found.secret.reveal(), found.place) == ("from the keyring", "Working keyring")


async def test_the_environment_works_where_no_keyring_does() -> None:
    found = await vault(Unfit, PUSHTUI_SECRET_PROD="from outside").read("prod")
    assert found.secret.reveal() == "from outside"


async def test_a_secret_is_kept_read_and_forgotten() -> None:
    keep = vault(Working)
    assert await keep.write("prod", Secret("geheim-北京")) == "Working keyring"
    assert (await keep.read("prod")).secret.reveal() == "geheim-北京"
    await keep.delete("prod")
    await keep.delete("prod")
    with pytest.raises(SecretUnavailable, match=r"holds no secret for the account “prod”.*PUSHTUI_SECRET_PROD"):
        await keep.read("prod")


async def test_the_best_usable_keyring_is_taken() -> None:
    assert await vault(Weaker, Unfit, Working).write("prod", Secret("secret")) == "Working keyring"


async def test_a_keyring_that_discards_is_found_out() -> None:
    with pytest.raises(SecretUnavailable, match=r"did not give it back.*PUSHTUI_SECRET_PROD"):
        await vault(Discarding).write("prod", Secret("secret"))


async def test_a_keyring_that_hangs_is_given_up() -> None:
    with pytest.raises(SecretUnavailable, match=r"Hanging keyring was found.*0\.05 seconds.*PUSHTUI_SECRET_PROD"):
        await vault(Hanging, timeout=0.05).read("prod")


async def test_a_keyring_that_hangs_while_it_is_looked_at_does_not_stand_in_the_way() -> None:
    assert await vault(Slow, Working, timeout=0.2).write("prod", Secret("secret")) == "Working keyring"


async def test_a_keyring_that_fails_says_why() -> None:
    with pytest.raises(
        SecretUnavailable, match=r"Raising keyring was found, but it failed: The collection is locked\. "
    ):
        await vault(Raising).read("prod")


async def test_a_secret_in_a_failure_is_masked() -> None:
    with pytest.raises(SecretUnavailable) as caught:
        await vault(Raising).write("prod", Secret("hunter2hunter2"))
    assert "hunter2" not in caught.value.message
    assert "cannot keep •" in caught.value.message


async def test_without_a_keyring_the_reasons_and_the_way_out_are_told() -> None:
    for work in (vault(Unfit).read("prod"), vault(Unfit).write("prod", Secret("x")), vault(Unfit).delete("prod")):
        with pytest.raises(NoKeyring, match=r"Unfit keyring: No daemon is running\)\. Set .* PUSHTUI_SECRET_PROD"):
            await work


@pytest.mark.parametrize(
    "name", ["keyring.backends.null.Keyring", "keyring.backends.chainer.ChainerBackend", "keyrings.alt.file.Plain"]
)
async def test_settings_that_name_an_untrusted_keyring_are_refused(name: str) -> None:
    keep = Vault(3.0, {CHOICE_VARIABLE: name}, [trusted(Working)])
    with pytest.raises(NoKeyring, match=rf"names {name}, which pushtui does not trust.*Working.*PUSHTUI_SECRET_PROD"):
        await keep.write("prod", Secret("secret"))
    assert ENTRIES == {}


async def test_settings_choose_among_the_trusted() -> None:
    chosen = Vault(3.0, {CHOICE_VARIABLE: f"{__name__}.Weaker"}, [trusted(Working), trusted(Weaker)])
    assert await chosen.write("prod", Secret("secret")) == "Weaker keyring"


async def test_a_keyring_that_was_switched_off_stays_off() -> None:
    keyring.core.disable()
    with pytest.raises(NoKeyring, match=r"names keyring\.backends\.null\.Keyring"):
        await vault(Working).write("prod", Secret("secret"))


async def test_status_says_what_works_and_why_the_rest_does_not() -> None:
    variables, *keyrings = await vault(Unfit, Working, PUSHTUI_SECRET_PROD="x").status()
    assert (variables.usable, variables.note) == (True, "PUSHTUI_SECRET_PROD")
    assert [(one.place, one.usable, one.note) for one in keyrings] == [
        ("Working keyring", True, ""),
        ("Unfit keyring", False, "No daemon is running"),
    ]


async def test_status_survives_untrusted_settings() -> None:
    _, refused = await Vault(3.0, {CHOICE_VARIABLE: "keyring.backends.null.Keyring"}).status()
    assert not refused.usable
    assert "does not trust" in refused.note


async def test_a_message_bus_that_never_answers_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if sys.platform != "linux":
        pytest.skip("only Linux keyrings speak D-Bus")
    with socket.socket(socket.AF_UNIX) as bus:
        bus.bind(str(tmp_path / "bus"))
        bus.listen()
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", f"unix:path={tmp_path / 'bus'}")
        with pytest.raises(NoKeyring, match=r"Secret Service: .*PUSHTUI_SECRET_PROD"):
            await Vault(0.3, {}).read("prod")


ENDS_WITH_A_HANGING_CALL = """
import asyncio, threading
from pushtui.vault.threads import within

async def main():
    try:
        await within(0.05, threading.Event().wait)
    except TimeoutError:
        print("gave up", flush=True)

asyncio.run(main())
"""


def run(program: str) -> str:
    environment = {**os.environ, "PYTHONPATH": str(Path(str(pushtui.__file__)).parents[1])}
    done = subprocess.run([sys.executable, "-c", program], env=environment, capture_output=True, text=True, timeout=60)
    assert done.stderr == ""
    return done.stdout


def test_a_call_that_hangs_does_not_keep_the_program_from_ending() -> None:
    assert run(ENDS_WITH_A_HANGING_CALL) == "gave up\n"


def test_keyring_is_not_imported_before_it_is_asked() -> None:
    program = "import sys, pushtui.vault; print('keyring' in sys.modules, 'sqlite3' in sys.modules)"
    assert run(program) == "False False\n"
