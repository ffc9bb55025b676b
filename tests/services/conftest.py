"""The service layer over an isolated home, with the sandbox's account attached, and all three clouds."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from pushtui.domain.account import Account, Environment
from pushtui.domain.secret import Secret
from pushtui.paths import Paths
from pushtui.services.services import Services
from tests.sandbox.client import SandboxClient
from tests.sandbox.clouds import NOON, Clouds, running_clouds
from tests.services.mortal import QuickClock
from tests.services.runs import batches_of


def sandbox_account(sandbox: SandboxClient, **changes: object) -> Account:
    """Describe the sandbox's app, with some values changed."""
    values: dict[str, object] = {
        "name": "sandbox",
        "provider": "rongcloud",
        "environment": Environment.SANDBOX,
        "hosts": (sandbox.base_url,),
        "ids": {"app_key": sandbox.app_key},
    }
    return Account(**(values | changes))  # type: ignore[arg-type]  # the values are right by construction


@pytest.fixture
async def services(sandbox: SandboxClient, isolated_home: Path) -> AsyncIterator[Services]:
    """Open services whose account `sandbox` is the running sandbox."""
    opened = Services(Paths.from_environment())
    await opened.journal.open()
    opened.accounts.attach(sandbox_account(sandbox), Secret(sandbox.app_secret))
    yield opened
    await opened.journal.close()


@pytest.fixture
def small_batches() -> Iterator[None]:
    """Four people a request."""
    with batches_of(4):
        yield


@pytest.fixture
def quick(services: Services, sandbox: SandboxClient) -> Services:
    """Services that need not wait, at a sandbox without limits."""
    sandbox.settings(limits=False)
    clock = QuickClock()
    services.sending = replace(services.sending, clock=clock, sleep=clock.sleep)
    return services


@asynccontextmanager
async def another(sandbox: SandboxClient) -> AsyncIterator[Services]:
    """What another process would have."""
    services = Services(Paths.from_environment())
    await services.journal.open()
    services.accounts.attach(sandbox_account(sandbox), Secret(sandbox.app_secret))
    yield services
    await services.journal.close()


@pytest.fixture(scope="package")
def clouds_process(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Clouds]:
    """One sandbox process for these tests."""
    with running_clouds(tmp_path_factory.mktemp("clouds")) as (_process, clouds):
        yield clouds


@pytest.fixture
def clouds(clouds_process: Clouds) -> Clouds:
    """The clouds as if they had just been started, at noon, when no quiet time holds."""
    clouds_process.sandbox.reset()
    clouds_process.sandbox.freeze(NOON)
    return clouds_process
