"""The accounts file: read with every complaint's line, changed without touching what a person wrote.

[accounts.prod]
provider = "rongcloud"
environment = "live"            # live, test or sandbox
region = "beijing"              # or base_url = "https://…", or a list of them, the first is tried first
app_key = "…"                   # agora: org_name and app_name, app_id or client_id; tencent: sdkappid, admin
zone = "Asia/Shanghai"          # optional: where the provider's day begins
push_zone = "Asia/Shanghai"     # optional: whose clock quiet times are read by
token_exchange = false          # optional, agora only
read_only = false               # optional
"""

from __future__ import annotations

import json
import re
import tomllib

from pushtui.domain.account import Account
from pushtui.domain.errors import AccountError
from pushtui.services.account_table import AccountTable, values_of


def read_accounts(text: str, file: str) -> dict[str, Account]:
    """Read all accounts of a file; AccountError says everything that is wrong, each with its line."""
    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise AccountError(f"{file} is not valid TOML: {error}.") from None
    tables = document.pop("accounts", {})
    problems = [f"{file}: unknown key “{key}”; allowed: accounts." for key in document]
    accounts = {}
    if not isinstance(tables, dict):
        raise AccountError(f"{file}: “accounts” must hold tables: [accounts.NAME].")
    for name, values in tables.items():
        table = AccountTable(name, values if isinstance(values, dict) else {})
        accounts[name] = table.account()
        problems += [f"{file}{_line(text, name, key)}: {problem}" for key, problem in table.problems]
    if problems:
        raise AccountError("\n".join(problems))
    return accounts


def with_account(text: str, account: Account) -> str:
    """Return the file's text with one more account at its end, the rest as the person wrote it."""
    lines = [f"{key} = {json.dumps(value, ensure_ascii=False)}" for key, value in values_of(account).items()]
    before = f"{text.rstrip()}\n\n" if text.strip() else ""
    return before + "\n".join([f"[accounts.{_key(account.name)}]", *lines]) + "\n"


def without_account(text: str, name: str) -> str:
    """Return the file's text without an account's table; comments stay, since they may be about others."""
    lines = text.splitlines(keepends=True)
    header = _header(name)
    start = next((number for number, line in enumerate(lines) if header.match(line)), None)
    if start is None:
        return text
    rest = range(start + 1, len(lines))
    stop = next((number for number in rest if lines[number].lstrip().startswith("[")), len(lines))
    while _is_blank_or_comment(lines[stop - 1]):
        stop -= 1
    return "".join(lines[:start] + lines[stop:])


def _is_blank_or_comment(line: str) -> bool:
    return not line.strip() or line.lstrip().startswith("#")


def _key(name: str) -> str:
    return f'"{name}"' if "." in name else name


def _header(name: str) -> re.Pattern[str]:
    quoted = re.escape(name)
    return re.compile(rf"""\s*\[\s*accounts\s*\.\s*(?:{quoted}|"{quoted}"|'{quoted}')\s*\]""")


def _line(text: str, name: str, key: str) -> str:
    """Return ` line N` of a key, or of the account's header, where it stands in the usual form."""
    header, found, inside = _header(name), 0, False
    for number, line in enumerate(text.splitlines(), 1):
        if line.lstrip().startswith("["):
            inside = header.match(line) is not None
            found = number if inside else found
        elif inside and key and re.match(rf"""\s*["']?{re.escape(key)}["']?\s*=""", line):
            return f" line {number}"
    return f" line {found}" if found else ""
