"""Every setting of a user that can be changed, as the program declares it."""

from __future__ import annotations

from collections.abc import Iterator

from pushtui.domain.change import Scope
from pushtui.providers.changes import SettingChange
from pushtui.providers.kinds import PROVIDERS
from pushtui.services.changes import changes_of

_HEAD = """\
# What can be changed of a user

`pushtui users set ID SETTING VALUE` reads the setting, shows the difference, asks, sends only what changes, and reads
it back; `clear` brings it back to nothing set. The journal keeps what was before, what was wanted, what was sent and
what is: `pushtui users changes`. `undo` brings back what was before, unless it changed since.

`--conversation user/anna` or `group/42` names a conversation; RongCloud's levels are also kept for all conversations of
a kind: `--conversation group`. With an answer that was lost, the outcome is *unknown*, it is not sent again, and what
reading it back tells is said; `pushtui users changes ID --read-back` reads it later. `pushtui users set-many` sets the
same for a list of users, by a run; at RongCloud only so far: at Agora Chat and Tencent Chat, one user at a time.
"""
_PLACES = {Scope.USER: "the user", Scope.CONVERSATION: "a conversation", Scope.TYPE: "a kind of conversation"}


def change_reference() -> str:
    """Return the reference: for each cloud, what can be set, how it is written, and whether it can be taken back."""
    return "\n".join([_HEAD, *(line for name in PROVIDERS for line in _cloud(name))])


def _cloud(name: str) -> Iterator[str]:
    yield f"## {PROVIDERS[name].title}\n"
    yield "| Setting | Of | Written as | What it does | Taken back |\n|---|---|---|---|---|"
    for setting in changes_of(name):
        cells = (f"`{setting.name}`", _PLACES[setting.scope], setting.syntax, setting.spec.help, _back(setting))
        yield f"| {' | '.join(cells)} |"
    yield ""


def _back(setting: SettingChange) -> str:
    return f"no: {setting.final}" if setting.final else "yes"
