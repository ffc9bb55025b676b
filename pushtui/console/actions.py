"""The registry of actions: bindings, key bar, palette, help and the key table are made from it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, StrEnum
from types import MappingProxyType


class Scope(StrEnum):
    """Where an action works; the value is the title people see."""

    GLOBAL = "Everywhere"
    COMPOSE = "Compose"
    PREVIEW = "What each reads"
    REVIEW = "Review"
    HISTORY = "History"
    RUN = "Run"
    RESULTS = "Results"
    SANDBOX = "Sandbox"
    INBOX = "Sandbox inbox"
    PEOPLE = "Sandbox people"
    FAULTS = "Sandbox faults"
    SETTINGS = "Sandbox settings"
    ACCOUNTS = "Accounts"
    USER = "User"


class Bar(Enum):
    """Whether the key bar names an action."""

    ALWAYS = 2
    ROOM_PERMITTING = 1
    NEVER = 0


@dataclass(frozen=True, slots=True)
class Action:
    """Something a person can do.

    `id` names the method (`action_<id>`) on the app for the global scope, else on the screen.
    The first of `keys` is the one that is shown.
    """

    id: str
    keys: tuple[str, ...]
    label: str
    description: str
    scope: Scope = Scope.GLOBAL
    dangerous: bool = False
    """It changes something that cannot be taken back."""
    modal: bool = False
    """It works while a dialog is open."""
    bar: Bar = Bar.ALWAYS

    @property
    def key(self) -> str:
        """The key that is shown, as people write it."""
        return key_name(self.keys[0])

    @property
    def key_names(self) -> tuple[str, ...]:
        """All its keys, as people write them."""
        return tuple(key_name(key) for key in self.keys)


_COMPOSE, _REVIEW, _HISTORY = Scope.COMPOSE, Scope.REVIEW, Scope.HISTORY
_PREVIEW = Scope.PREVIEW
_RUN, _RESULTS = Scope.RUN, Scope.RESULTS
_SANDBOX, _INBOX, _PEOPLE, _FAULTS = Scope.SANDBOX, Scope.INBOX, Scope.PEOPLE, Scope.FAULTS
_SETTINGS, _ACCOUNTS = Scope.SETTINGS, Scope.ACCOUNTS
_USER = Scope.USER

ACTIONS: tuple[Action, ...] = (
    Action("help", ("f1",), "Help", "Explain the focused field and list the keys"),
    Action("compose", ("f2",), "Compose", "Write a push", bar=Bar.NEVER),
    Action("history", ("f3",), "History", "See what was sent and what came back", bar=Bar.NEVER),
    Action("sandbox", ("f4",), "Sandbox", "See what handsets showed; people and faults", bar=Bar.NEVER),
    Action("accounts", ("f5",), "Accounts", "See the apps that pushes can go to", bar=Bar.NEVER),
    Action(
        "user", ("ctrl+f", "alt+u"), "User", "Open a user: all settings, and why a push shows or not", bar=Bar.NEVER
    ),
    Action("toggle_json", ("f6",), "JSON", "Switch between the form and the JSON body", _COMPOSE),
    Action("open_draft", ("f7", "ctrl+o"), "Open", "Open a draft file", _COMPOSE),
    Action("save_draft", ("f8", "ctrl+s"), "Save", "Save the draft to a file", _COMPOSE),
    Action("new_draft", ("ctrl+n",), "New", "Start a new draft", _COMPOSE, bar=Bar.ROOM_PERMITTING),
    Action(
        "review",
        ("f9",),
        "Review",
        "Plan the push, read the plan, confirm and send",
        _COMPOSE,
        dangerous=True,
    ),
    Action(
        "next_finding",
        ("f11", "ctrl+g"),
        "Next finding",
        "Go to the field of the next finding",
        _COMPOSE,
        bar=Bar.NEVER,
    ),
    Action(
        "recipients",
        ("ctrl+r",),
        "Recipients",
        "Go to the recipients; once there, read them again",
        _COMPOSE,
        bar=Bar.NEVER,
    ),
    Action(
        "recipients_to_body",
        ("alt+r",),
        "Into the body",
        "Bring the recipients back into the body",
        _COMPOSE,
        bar=Bar.NEVER,
    ),
    Action(
        "preview", ("ctrl+l",), "What each reads", "See the message as each recipient reads it", _COMPOSE, bar=Bar.NEVER
    ),
    Action("undo", ("alt+z", "ctrl+z"), "Undo", "Take back the last change to the draft", _COMPOSE, bar=Bar.NEVER),
    Action(
        "previous_section",
        ("ctrl+up", "alt+up"),
        "Previous section",
        "Go to the section above",
        _COMPOSE,
        bar=Bar.NEVER,
    ),
    Action(
        "next_section",
        ("ctrl+down", "alt+down"),
        "Next section",
        "Go to the section below",
        _COMPOSE,
        bar=Bar.NEVER,
    ),
    Action("next_person", ("right", "n"), "Next", "See the next recipient", _PREVIEW),
    Action("previous_person", ("left", "p"), "Previous", "See the recipient before", _PREVIEW),
    Action("go_to_person", ("g",), "Go to", "Go to a recipient by number", _PREVIEW),
    Action("longest_person", ("l",), "Longest", "See who has the longest values, then the next such", _PREVIEW),
    Action("emptiest_person", ("e",), "Emptiest", "See who has the emptiest values, then the next such", _PREVIEW),
    Action("first_person", ("home",), "First", "See the first recipient", _PREVIEW, bar=Bar.NEVER),
    Action("last_person", ("end",), "Last", "See the last recipient", _PREVIEW, bar=Bar.NEVER),
    Action("toggle_curl", ("f6",), "curl", "Switch between the HTTP request and the same as a curl command", _REVIEW),
    Action("open_detail", ("enter",), "Detail", "Open the run, or read request, answer and timing", _HISTORY),
    Action("new_from_run", ("n",), "New from this", "Open what was sent as a new draft", _HISTORY),
    Action("refresh_history", ("r",), "Refresh", "Read the journal again", _HISTORY),
    Action("pause_run", ("p", "space"), "Pause", "Let the run wait, or go on", _RUN),
    Action("stop_run", ("s",), "Stop", "End the run; what did not leave stays planned", _RUN),
    Action("resume_run", ("r",), "Resume", "Send what did not leave yet", _RUN, dangerous=True),
    Action("detach_run", ("d",), "Detach", "Let a process of its own go on with it, so that one can leave", _RUN),
    Action("show_results", ("enter",), "Results", "See what became of each recipient", _RUN),
    Action(
        "toggle_request",
        ("f6",),
        "Request",
        "Switch between what went wrong and the latest request with its answer",
        _RUN,
        bar=Bar.ROOM_PERMITTING,
    ),
    Action("show_everybody", ("1",), "All", "See all recipients", _RESULTS, bar=Bar.NEVER),
    Action("show_accepted", ("2",), "Accepted", "See who was accepted, and message UIDs", _RESULTS, bar=Bar.NEVER),
    Action("show_rejected", ("3",), "Rejected", "See who was rejected, and why", _RESULTS, bar=Bar.NEVER),
    Action("show_unknown", ("4",), "Unknown", "See of whom nobody knows", _RESULTS, bar=Bar.NEVER),
    Action("show_planned", ("5",), "Planned", "See to whom nothing has left yet", _RESULTS, bar=Bar.NEVER),
    Action("find_recipient", ("/",), "Find", "Go to the recipient with a user id", _RESULTS),
    Action("export_results", ("e",), "Export", "Write those shown to a CSV or JSON file", _RESULTS),
    Action("draft_rejected", ("n",), "New draft", "Make a new draft for those who were rejected", _RESULTS),
    Action(
        "retry_unknown",
        ("u",),
        "Unknown again",
        "Decide that those who are unknown are sent to once more",
        _RESULTS,
        dangerous=True,
    ),
    Action("refresh_results", ("r",), "Refresh", "Look again who stands where", _RESULTS, bar=Bar.ROOM_PERMITTING),
    Action("show_inbox", ("1",), "Inbox", "See the sends as they arrive", _SANDBOX, bar=Bar.NEVER),
    Action("show_people", ("2",), "People", "See the sandbox's users and their handsets", _SANDBOX, bar=Bar.NEVER),
    Action("show_faults", ("3",), "Faults", "See what can go wrong, and let it", _SANDBOX, bar=Bar.NEVER),
    Action("show_settings", ("4",), "Settings", "See how the three clouds behave", _SANDBOX, bar=Bar.NEVER),
    Action("refresh_sandbox", ("r",), "Refresh", "Ask the sandbox again", _SANDBOX, bar=Bar.ROOM_PERMITTING),
    Action("set_clock", ("c",), "Clock", "Freeze, move or release the sandbox's clock", _SANDBOX),
    Action(
        "show_addresses",
        ("a",),
        "Addresses",
        "See where the clouds answer, and their apps",
        _SANDBOX,
        bar=Bar.ROOM_PERMITTING,
    ),
    Action("reset_sandbox", ("x",), "Reset", "Bring the sandbox back to its beginning", _SANDBOX, dangerous=True),
    Action("read_handsets", ("enter",), "Handsets", "Go on to the handsets, to scroll them", _INBOX),
    Action("toggle_online", ("enter",), "Online", "Let the highlighted user go online or offline", _PEOPLE),
    Action("toggle_details", ("d",), "Details", "Let the user's handset hide or show texts", _PEOPLE),
    Action("toggle_token", ("t",), "Push token", "Take the handset's push token, or give it one", _PEOPLE),
    Action("switch_fault", ("enter",), "Switch", "Set the highlighted fault, or remove it", _FAULTS),
    Action("clear_faults", ("o",), "All off", "Remove all faults", _FAULTS),
    Action("change_setting", ("enter",), "Change", "Change the highlighted setting", _SETTINGS),
    Action("restore_setting", ("d",), "Default", "Bring the setting back to its default", _SETTINGS),
    Action("use_account", ("enter",), "Use", "Compose for the highlighted account", _ACCOUNTS),
    Action("test_account", ("t",), "Test", "Ask the provider one harmless question", _ACCOUNTS),
    Action("refresh_accounts", ("r",), "Refresh", "Read the account file again", _ACCOUNTS),
    Action("show_profile", ("1",), "Profile", "See what the clouds tell of the user", _USER, bar=Bar.NEVER),
    Action("show_why", ("2",), "Why", "See why a push would show or not", _USER, bar=Bar.NEVER),
    Action("show_user_changes", ("3",), "Changes", "See what was changed for the user", _USER, bar=Bar.NEVER),
    Action("change_fact", ("enter",), "Change", "Change the highlighted setting", _USER),
    Action("ask_why", ("q",), "Ask", "Ask about a sender, a group, a mention or a moment", _USER),
    Action("ask_push", ("p",), "Push", "Ask about a push of the history", _USER),
    Action("compare_user", ("b",), "Beside", "Put another user beside, or take one away", _USER),
    Action("narrow_accounts", ("a",), "One account", "Keep to one account, or see all", _USER, bar=Bar.ROOM_PERMITTING),
    Action("read_user", ("r",), "Read", "Read everything anew", _USER),
    Action(
        "name_conversations",
        ("c",),
        "Conversations",
        "Name conversations to read about: user/anna group/42",
        _USER,
        bar=Bar.ROOM_PERMITTING,
    ),
    Action("undo_change", ("u",), "Take back", "Take the highlighted change back", _USER),
    Action("next_account", ("right",), "Next account", "Go to the account below", _USER, bar=Bar.NEVER),
    Action("previous_account", ("left",), "Previous account", "Go to the account above", _USER, bar=Bar.NEVER),
    Action(
        "copy",
        ("f12",),
        "Copy",
        "Copy what is shown: JSON, curl, a request",
        modal=True,
        bar=Bar.ROOM_PERMITTING,
    ),
    Action("commands", ("ctrl+p",), "Commands", "Find any action by name"),
    Action("next_theme", ("ctrl+t",), "Next theme", "Change the colours", modal=True, bar=Bar.NEVER),
    Action("quit", ("f10", "ctrl+q"), "Quit", "Leave; an unsaved draft is kept", modal=True),
)

BY_ID: Mapping[str, Action] = MappingProxyType({action.id: action for action in ACTIONS})

MODES: Mapping[str, Scope] = MappingProxyType(
    {"compose": _COMPOSE, "history": _HISTORY, "sandbox": _SANDBOX, "accounts": _ACCOUNTS, "user": _USER}
)
"""The screens that have a tab in the top bar, by the id of the action that shows them."""

_HOMES: Mapping[Scope, Scope] = MappingProxyType(
    {Scope.PREVIEW: Scope.COMPOSE, _REVIEW: _COMPOSE, _RUN: _HISTORY, _RESULTS: _HISTORY}
)
"""The screen on which another lies, for those that lie on one."""

PARTS: Mapping[str, Scope] = MappingProxyType(
    {"show_inbox": _INBOX, "show_people": _PEOPLE, "show_faults": _FAULTS, "show_settings": _SETTINGS}
)
"""The parts of the sandbox's screen, by the id of the action that shows them."""


def in_scope(scope: Scope) -> tuple[Action, ...]:
    """Return the actions of one scope in their order."""
    return tuple(action for action in ACTIONS if action.scope is scope)


def scopes_at(scope: Scope | None) -> tuple[Scope, ...]:
    """Return the scopes whose actions work where one is, from the narrowest to the widest."""
    if scope is None:
        return (Scope.GLOBAL,)
    return (scope, Scope.SANDBOX, Scope.GLOBAL) if scope in PARTS.values() else (scope, Scope.GLOBAL)


def mode_of(scope: Scope) -> Action:
    """Return the action that shows a scope's screen."""
    if scope in PARTS.values():
        scope = Scope.SANDBOX
    home = _HOMES.get(scope, scope)
    return next(BY_ID[mode] for mode, owner in MODES.items() if owner is home)


def way_to(scope: Scope) -> str:
    """Say which keys lead to a scope: `F4`, and `F4, 2` for a part of a screen."""
    part = [BY_ID[action].key for action, owner in PARTS.items() if owner is scope]
    return ", ".join((mode_of(scope).key, *part))


def key_name(key: str) -> str:
    """Write a key the way keyboards print it: `F9`, `Ctrl+S`, `Enter`, `n`."""
    return key if len(key) == 1 else "+".join(part.capitalize() for part in key.split("+"))


def key_table() -> str:
    """Write all actions as a Markdown table, for the README."""
    rows = ["| Key | Where | What it does |", "|---|---|---|"]
    for action in sorted(ACTIONS, key=lambda action: list(Scope).index(action.scope)):
        keys = " or ".join(f"`{name}`" for name in action.key_names)
        rows.append(f"| {keys} | {action.scope.value} | {action.description} |")
    return "\n".join(rows) + "\n"
