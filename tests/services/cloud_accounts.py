"""The accounts of a sandbox's three clouds."""

from __future__ import annotations

from pushtui.domain.account import Account, Environment
from pushtui.domain.secret import Secret
from pushtui.services.services import Services
from tests.sandbox.clouds import Clouds


def cloud_accounts(clouds: Clouds) -> dict[str, tuple[Account, Secret]]:
    """Describe each cloud's app, with its secret, by the provider's name."""
    rongcloud, agora, tencent = clouds.sandbox, clouds.agora, clouds.tencent
    agora_ids = {"org_name": agora.org_name, "app_name": agora.app_name, "app_id": agora.app_id}
    return {
        "rongcloud": (
            _account("sandbox", "rongcloud", rongcloud.base_url, {"app_key": rongcloud.app_key}),
            Secret(rongcloud.app_secret),
        ),
        "agora": (_account("sandbox-agora", "agora", agora.base_url, agora_ids), Secret(agora.app_certificate)),
        "tencent": (
            _account(
                "sandbox-tencent", "tencent", tencent.base_url, {"sdkappid": str(tencent.app), "admin": tencent.admin}
            ),
            Secret(tencent.key),
        ),
    }


def attach_clouds(services: Services, clouds: Clouds) -> dict[str, Account]:
    """Make the accounts known to services, and return them by the provider's name."""
    found = cloud_accounts(clouds)
    for account, secret in found.values():
        services.accounts.attach(account, secret)
    return {name: account for name, (account, _) in found.items()}


def _account(name: str, provider: str, host: str, ids: dict[str, str]) -> Account:
    return Account(name, provider, Environment.SANDBOX, (host,), ids)
