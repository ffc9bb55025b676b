"""The sandbox's reference, made from its operations, settings, faults and control calls."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from importlib import import_module
from typing import Any

from pushtui.domain.json_body import JsonObject, JsonValue, compact
from pushtui.domain.quota import Quota, Rate
from pushtui.sandbox.announcement import describe
from pushtui.sandbox.app import CLOUDS
from pushtui.sandbox.cloud import Operation
from pushtui.sandbox.control import CALLS, CONTROL, INDEX
from pushtui.sandbox.credentials import credentials_of
from pushtui.sandbox.faults import known_faults
from pushtui.sandbox.inbox import KEPT_SENDS
from pushtui.sandbox.server import SandboxOptions
from pushtui.sandbox.settings import CLOUDS as CLOUD_NAMES
from pushtui.sandbox.settings import declared

TITLES = {"rongcloud": "RongCloud", "agora": "Agora Chat", "tencent": "Tencent Chat"}
MANY = 8
"""More choices are not listed."""
BELOW = {
    "rongcloud": "Right below the base URL; signed as RongCloud does.",
    "agora": "Below `/{org_name}/{app_name}` or `/app-id/{app_id}`; with a 007 token or one from `/token` as bearer.",
    "tencent": "Below the base URL, with `sdkappid`, `identifier`, `usersig`, `random` and `contenttype` in the query.",
}

START = """# The sandbox

Three emulated clouds on this machine: real HTTP on loopback, people with handsets, an inbox of what each handset
showed or why it showed nothing, and faults by name. Nothing leaves the machine, and nothing from outside gets in.

```sh
pushtui sandbox                     # serve, and say where and with which accounts
pushtui sandbox --port 0 --json     # free ports, and one line of JSON for scripts, once it answers
pushtui sandbox --no-limits         # rates and quotas off, for measurements
pushtui sandbox --seed 7            # other ids and secrets; the same seed, clock and calls give the same bytes
pushtui sandbox --state FILE        # go on where FILE ended, and keep the state there
```

`pushtui demo` starts one for the console alone. Ctrl+C, SIGTERM and SIGHUP end it cleanly, also with requests in
flight.

## Ports

`--port` is that of the control API; {ports} follow, in this order. With 0, all four are
free ones. If one is taken, the sandbox says which, and does not start. Each cloud has a port of its own, so that every
path belongs to it alone; the control API answers on all of them.

## The line of JSON

One line, shown here with breaks and masks. Base URLs have no slash at the end, Agora's no org and app, and Tencent's
no `/v4`.

```json
{line}
```

Secrets are made from the seed. Clients may register users of their own: `/user/getToken.json`, `POST /users`,
`account_import`; each gets a handset, unless `new_users_have_handset` is off.
"""

SETTINGS = """## Settings

`POST {control}/settings` changes them by name while the sandbox runs; a reset brings the defaults back. Where a cloud's
documents leave something open, the choice is a setting, and its default is what was inferred. These are:
{inferred}.
"""

FAULTS = """## Faults

`POST {control}/faults` with `name` and parameters sets one. A request meets the first fault that fits it. A parameter
that the fault does not take is refused, with those that it takes.
"""

SNAPSHOTS = f"""## Snapshots and the state file

`GET {CONTROL}/snapshot` is the whole state as JSON: clock, settings, people, what each cloud remembers, the last
{KEPT_SENDS} sends, counts, limits used up, faults that wait, and where the randomness stands. `POST {CONTROL}/snapshot`
brings back exactly that; another version, or anything that does not fit, changes nothing. Secrets are not in it, and
the accounts stay those of the start; tokens that clouds issued are in it, so keep it to yourself.

With `--state FILE` the sandbox begins as the file says, with the accounts of the file's seed, and writes it at a clean
end, in one step and for its owner alone. A file that is not there yet is made at the start.
"""

TRUTH = f"""## What is true

`GET {CONTROL}/sends` counts what was accepted, whatever the clients were told: a send whose answer was lost is in
it, one that was reset before is not. The same seed, clock (frozen) and calls in the same order give the same bytes,
with ids and the outcomes of faults with a probability. Agora's `uri` says localhost, whatever the port.
"""


def sandbox_reference() -> str:
    """Return the whole document."""
    parts = [
        START.format(line=_line(), ports=", ".join(TITLES[cloud.name] for cloud in CLOUDS)),
        *_endpoints(),
        SETTINGS.format(control=CONTROL, inferred=", ".join(_inferred())),
        *_settings(),
        FAULTS.format(control=CONTROL),
        *_faults(),
        *_control(),
        SNAPSHOTS,
        TRUTH,
    ]
    return "\n".join(parts)


def _line() -> str:
    ports = {cloud.name: SandboxOptions().port + number for number, cloud in enumerate(CLOUDS, 1)}
    said = describe(credentials_of(1), f"http://127.0.0.1:{SandboxOptions().port}{CONTROL}", ports)
    members = [f'"{name}": {compact(_masked(value)).replace(",", ", ")}' for name, value in said.items()]
    return "{" + ",\n ".join(members) + "}"


def _masked(value: JsonValue) -> JsonValue:
    if not isinstance(value, dict):
        return value
    kept = ("base_url", "app_key", "org_name", "app_name", "sdkappid", "admin")
    return {name: item if name in kept else "…" for name, item in value.items()}


def _endpoints() -> Iterator[str]:
    for cloud in CLOUDS:
        rows = [_operation(operation) for operation in cloud.operations]
        yield f"## {TITLES[cloud.name]}\n\n{BELOW[cloud.name]}\n\n{_table(('operation', 'body', 'limits'), rows)}"


def _operation(operation: Operation[Any]) -> tuple[str, ...]:
    endpoint = operation.endpoint
    every: list[Rate | Quota] = [*endpoint.rates, *endpoint.quotas]
    limits = "; ".join(_limit(limit, endpoint.cost_unit) for limit in every)
    return f"`{endpoint.method} {endpoint.path}`", endpoint.encoding.name.lower(), limits


def _limit(limit: Rate | Quota, unit: str) -> str:
    if isinstance(limit, Quota):
        return f"{limit.limit} per {limit.window}"
    per = "second" if limit.seconds == 1 else f"{limit.seconds:g} seconds"
    return f"{limit.limit} {unit}{'s' if limit.limit > 1 else ''} per {per}"


def _settings() -> Iterator[str]:
    for cloud in ("", *CLOUD_NAMES):
        rows = [
            (f"`{name}`", f"`{json.dumps(item.default)}`", _choices(item.metadata["choices"]) + item.metadata["help"])
            for name, item in declared().items()
            if name.rpartition(".")[0] == cloud
        ]
        table = _table(("setting", "default", "meaning"), rows)
        yield f"### {TITLES.get(cloud, 'The whole sandbox')}\n\n{table}{_assumed(cloud)}"


def _assumed(cloud: str) -> str:
    """Return what a cloud assumes beside its settings, as a list."""
    sentences = getattr(import_module(f"pushtui.sandbox.{cloud}.settings"), "ASSUMPTIONS", ()) if cloud else ()
    items = "".join(f"- {sentence}\n" for sentence in sentences)
    return f"\nAlso inferred, and fixed:\n\n{items}" if items else ""


def _inferred() -> Iterator[str]:
    for name, item in declared().items():
        if re.search(r"\binferred\.", item.metadata["help"], re.IGNORECASE):
            yield f"`{name}`"


def _choices(choices: tuple[JsonValue, ...]) -> str:
    if len(choices) > MANY:
        return f"One of {len(choices)} values, from {choices[0]} to {choices[-1]}. "
    return f"One of {', '.join(map(str, choices))}. " if choices else ""


def _faults() -> Iterator[str]:
    known = known_faults()
    rows = [(f"`{fault['name']}`", str(fault["help"]), ", ".join(_own(fault))) for fault in known]
    yield _table(("fault", "what happens", "its own parameters"), rows)
    found = {str(item["name"]): item for fault in known for item in _parameters(fault)}
    shared = [(f"`{name}`", _default(item), str(item["help"])) for name, item in found.items() if name != "seconds"]
    yield _table(("parameter", "default", "meaning"), shared)
    spans = [
        (f"`{fault['name']}`", _default(item), f"{item['help']} From {item['minimum']:,.0f} to {item['maximum']:,.0f}.")
        for fault in known
        for item in _parameters(fault)
        if item["name"] == "seconds"
    ]
    yield _table(("`seconds` of", "default", "meaning"), spans)


def _parameters(fault: JsonObject) -> list[Any]:
    parameters = fault["parameters"]
    return parameters if isinstance(parameters, list) else []


def _own(fault: JsonObject) -> list[str]:
    common = ("cloud", "path", "times", "probability")
    return [f"`{item['name']}`" for item in _parameters(fault) if item["name"] not in common]


def _default(item: JsonObject) -> str:
    return f"`{compact(item['default'])}`"


def _control() -> Iterator[str]:
    rows = [
        (f"`{call.method} {CONTROL}{call.path}`", call.takes.replace("|", "/"), call.help) for call in (INDEX, *CALLS)
    ]
    yield (
        "## Control API\n\nJSON in, JSON out, on loopback and to local names only. A wrong call answers 400 with a "
        "sentence in `error` that names the field, what was given and what is allowed.\n\n"
        f"{_table(('call', 'takes', 'what it does'), rows)}"
    )


def _table(heading: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> str:
    lines = [heading, tuple("---" for _ in heading), *rows]
    return "".join(f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in line)} |\n" for line in lines)
