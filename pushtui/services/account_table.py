"""The description of one account: its keys, their values, and everything that can be wrong with them."""

from __future__ import annotations

import ipaddress
import json
import re
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import TypeAlias
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from pushtui.domain.account import Account, Environment
from pushtui.domain.errors import AccountError
from pushtui.domain.json_body import JsonObject
from pushtui.domain.nearest import did_you_mean
from pushtui.providers.app_spec import AppSpec, IdSpec
from pushtui.providers.apps import APPS

Values: TypeAlias = "Mapping[str, object]"

NAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,31}")
SANDBOX_ACCOUNTS: Mapping[str, str] = MappingProxyType(
    {"rongcloud": "sandbox", "agora": "sandbox-agora", "tencent": "sandbox-tencent"}
)
"""The names of the accounts that a sandbox brings along, by provider."""
RESERVED = frozenset(SANDBOX_ACCOUNTS.values())

_VISIBLE = re.compile(r"[!-~]+")
_COMMON = ("provider", "environment", "region", "base_url", "zone", "push_zone", "read_only")


def account_of(name: str, values: Values) -> Account:
    """Make an account of what a person gave, by the keys of the file; AccountError names all that is wrong."""
    table = AccountTable(name, values)
    account = table.account()
    if table.problems:
        raise AccountError("\n".join(problem for _, problem in table.problems))
    return account


def values_of(account: Account) -> JsonObject:
    """Describe an account by the keys of the file; what is the default is left out."""
    spec = APPS[account.provider]
    values: JsonObject = {"provider": account.provider, "environment": account.environment.value}
    if account.region:
        values["region"] = account.region
    else:
        values["base_url"] = account.hosts[0] if len(account.hosts) == 1 else list(account.hosts)
    values.update(account.ids)
    if account.zone != _day_zone(spec, account.region):
        values["zone"] = account.zone
    known = spec.push_zone(account.region, account.hosts)
    if (account.push_zone, account.push_zone_assumed) != (known.zone, known.assumed):
        values["push_zone"] = account.push_zone
    flags = {"read_only": account.read_only, "token_exchange": account.token_exchange}
    values.update({key: True for key, is_set in flags.items() if is_set})
    return values


class AccountTable:
    """One account's table, and what is wrong with it."""

    def __init__(self, name: str, values: Values) -> None:
        self.problems: list[tuple[str, str]] = []
        self._name = name
        self._values = values

    def account(self) -> Account:
        """Return the account as far as it can be understood; it counts only if there are no problems."""
        self._check_name()
        provider = self._word("provider", APPS)
        spec = APPS[provider or next(iter(APPS))]
        if provider:
            self._check_keys(spec)
        environment = self._word("environment", list(Environment))
        region = self._word("region", spec.regions) if "region" in self._values and spec.regions else ""
        hosts = self._hosts(spec, region)
        push = spec.push_zone(region, hosts)
        return Account(
            name=self._name,
            provider=provider,
            environment=Environment(environment) if environment else Environment.LIVE,
            hosts=hosts,
            ids=MappingProxyType(self._ids(spec) if provider else {}),
            region=region,
            zone=self._zone("zone", _day_zone(spec, region)),
            push_zone=self._zone("push_zone", push.zone),
            push_zone_assumed=push.assumed and "push_zone" not in self._values,
            token_exchange=self._flag("token_exchange"),
            read_only=self._flag("read_only"),
        )

    def _complain(self, key: str, problem: str) -> None:
        self.problems.append((key, f"account “{self._name}”: {problem}"))

    def _check_name(self) -> None:
        if self._name in RESERVED:
            self._complain("", "the name is reserved for the sandbox that pushtui brings along; choose another.")
        elif not NAME.fullmatch(self._name):
            self._complain(
                "", "the name must be 1 to 32 of a-z, 0-9, “.”, “_” and “-”, and begin with a letter or digit."
            )

    def _check_keys(self, spec: AppSpec) -> None:
        optional = {"region": bool(spec.regions), "token_exchange": spec.exchanges_tokens}
        keys = [*_COMMON, *(one.key for one in spec.ids), "token_exchange"]
        allowed = [key for key in keys if optional.get(key, True)]
        for key in self._values:
            if key not in allowed:
                hint = did_you_mean(key, allowed)
                self._complain(key, f"unknown key “{key}”; allowed: {', '.join(allowed)}.{hint}")
        if not spec.regions and "base_url" not in self._values:
            self._complain("base_url", f"base_url is missing; give {spec.host_help}.")
        elif spec.regions and ("region" in self._values) == ("base_url" in self._values):
            self._complain("region", f"either region ({', '.join(spec.regions)}) or base_url must be given, not both.")

    def _word(self, key: str, allowed: Iterable[str]) -> str:
        """Return one of the allowed words; empty, with a complaint, if it is none."""
        value, names = self._values.get(key), [str(name) for name in allowed]
        if isinstance(value, str) and value in names:
            return value
        given = f"is {_shown(value)}" if key in self._values else "is missing"
        hint = did_you_mean(value, names) if isinstance(value, str) else ""
        self._complain(key, f"{key} {given}; allowed: {', '.join(names)}.{hint}")
        return ""

    def _ids(self, spec: AppSpec) -> dict[str, str]:
        """Return the ids that are given; those that are wrong are empty."""
        wanted = [one for one in spec.ids if one.key in self._values or one.key in spec.required]
        ids = {one.key: self._identifier(one) for one in wanted}
        for key, problem in spec.check(ids) if all(ids.values()) else ():
            self._complain(key, problem)
        return ids

    def _identifier(self, spec: IdSpec) -> str:
        value = self._values.get(spec.key)
        text = str(value) if isinstance(value, int) and spec.takes_numbers else value
        if isinstance(text, str) and re.fullmatch(spec.pattern, text):
            return text
        given = f"is {_shown(value)}" if spec.key in self._values else "is missing"
        self._complain(spec.key, f"{spec.key} {given}; {spec.allowed}.")
        return ""

    def _flag(self, key: str) -> bool:
        value = self._values.get(key, False)
        if not isinstance(value, bool):
            self._complain(key, f"{key} is {_shown(value)}; allowed: true, false.")
        return value is True

    def _zone(self, key: str, default: str) -> str:
        value = self._values.get(key, default)
        try:
            return ZoneInfo(value).key if isinstance(value, str) else self._no_zone(key, value)
        except (ValueError, OSError, LookupError):
            return self._no_zone(key, value)

    def _no_zone(self, key: str, value: object) -> str:
        self._complain(key, f"{key} is {_shown(value)}; it must be a time zone such as UTC or Asia/Shanghai.")
        return ""

    def _hosts(self, spec: AppSpec, region: str) -> tuple[str, ...]:
        if region:
            return spec.regions[region].hosts
        given = self._values.get("base_url", [])
        urls = given if isinstance(given, list | tuple) else [given]
        if "base_url" in self._values and not urls:
            self._complain("base_url", "base_url is an empty list; give at least one address.")
        for url in urls:
            problem = _wrong_with(url)
            if problem:
                self._complain("base_url", f"base_url is {_shown(url)}; {problem}")
        return tuple(str(url).rstrip("/") for url in urls)


def _wrong_with(url: object) -> str:
    """Say what is wrong with a base URL; empty if nothing is."""
    example = "it must look like https://api.example.com."
    if not isinstance(url, str) or not _VISIBLE.fullmatch(url):
        return example
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
    except ValueError:
        return example
    if parts.scheme not in ("http", "https") or not host or parts.query or parts.fragment:
        return example
    if parts.username is not None or parts.password is not None:
        return "a user name or password must not stand in it."
    if parts.scheme == "http" and not _is_loopback(host):
        return "plain http is allowed to this machine only (127.0.0.1, ::1, localhost); use https."
    return ""


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _day_zone(spec: AppSpec, region: str) -> str:
    return spec.regions[region].zone if region in spec.regions else spec.day_zone


def _shown(value: object) -> str:
    return f"“{value}”" if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
