"""Everything that each cloud tells of a user, as the program declares it."""

from __future__ import annotations

from collections.abc import Iterator

from pushtui.providers.kinds import PROVIDERS
from pushtui.services.profiles import cloud_of

_HEAD = """\
# What the clouds tell of a user

`pushtui users show ID` asks all of it at once, at every account. Each value stands for itself: a call that fails or
takes too long spoils only what it would have told. With `--json`, values are found by their names; `state` is `known`,
`failed`, `not available from this provider` or `not applicable`, and `value` is null unless it is known.

Daily times are those of the provider's clock, in the account's `push_zone`; moments are written with their offset.
"""


def profile_reference() -> str:
    """Return the reference: for each cloud, what is told by which call, and what nobody tells."""
    return "\n".join([_HEAD, *(line for name in PROVIDERS for line in _cloud(name))])


def _cloud(name: str) -> Iterator[str]:
    cloud = cloud_of(name)
    sources = {kind.name: read.source for read in cloud.reads for kind in read.facts}
    untold = {kind.name: reason for kind, reason in cloud.untold}
    yield f"## {PROVIDERS[name].title}\n"
    yield "| Name | Value | About | Told by |\n|---|---|---|---|"
    for kind in cloud.kinds:
        told = f"`{sources[kind.name]}`" if kind.name in sources else f"nobody: {untold[kind.name]}"
        yield f"| `{kind.name}` | {kind.label} | {kind.section.value} | {told} |"
    yield ""
