"""Making the sandbox that runs behave: people, faults, settings, clock, reset, snapshots."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from pushtui.cli.context import Context
from pushtui.cli.exits import Exit
from pushtui.cli.sandbox_views import (
    fault_document,
    fault_lines,
    fault_words,
    faults_document,
    people_lines,
    person_document,
    setting_document,
    setting_lines,
    time_document,
    time_line,
)
from pushtui.domain.errors import UsageError
from pushtui.domain.nearest import did_you_mean
from pushtui.domain.typed_time import moment_of, seconds_of
from pushtui.services.sandbox_files import load_snapshot, save_snapshot
from pushtui.services.sandbox_values import (
    fault_called,
    fault_values,
    setting_called,
    setting_value,
    typed_value,
)

if TYPE_CHECKING:
    from pushtui.domain.json_body import JsonObject, JsonValue
    from pushtui.services.sandbox_control import SandboxControl
    from pushtui.services.sandbox_link import SandboxLink
    from pushtui.services.sandbox_world import Person

FAULT_OPTIONS = ("cloud", "path", "times", "probability", "accepted", "seconds", "status", "retry_after")
SWITCHES = {"online": "online", "hides_details": "hides_details", "push_token": "has_push_token"}
"""Options of a person that are on or off, and what the sandbox calls them."""


async def reset(given: Namespace, link: SandboxLink, context: Context) -> int:
    """Bring the sandbox back to its beginning."""
    context.refuse_if_read_only("`sandbox reset`")
    await link.reset(given.seed)
    context.output.answer({"reset": True}, ["The sandbox is as it was at its beginning."])
    return Exit.DONE


async def people(given: Namespace, link: SandboxLink, context: Context) -> int:
    """List people, show one, or change one."""
    changes = _changes_of_person(given)
    if given.person is None:
        if changes:
            raise UsageError("Whom to change is missing: give a user id. See: pushtui sandbox people --help")
        found = (await link.control.state()).people
    elif changes:
        context.refuse_if_read_only("`sandbox people` with options")
        found = (await link.control.change_person(given.person, **changes),)
    else:
        found = (_person(given.person, (await link.control.state()).people),)
    context.output.answer({"people": [person_document(person) for person in found]}, people_lines(found))
    return Exit.DONE


async def faults(given: Namespace, link: SandboxLink, context: Context) -> int:
    """List faults, set one, or remove them."""
    if given.step == "add":
        return await _add_fault(given, link, context)
    if given.step == "clear":
        return await _clear_faults(given, link, context)
    known = await link.control.faults()
    context.output.answer(faults_document(known), fault_lines(known))
    return Exit.DONE


async def settings(given: Namespace, link: SandboxLink, context: Context) -> int:
    """List settings, or show and change those that are named."""
    declared = await link.control.settings()
    named = [one.partition("=") for one in given.settings]
    wanted = [setting_called(declared, name).name for name, _, _ in named]
    values: JsonObject = {
        name: setting_value(setting_called(declared, name), text) for name, changed, text in named if changed
    }
    if values:
        context.refuse_if_read_only("`sandbox settings` with values")
        await link.control.change_settings(values)
        declared = await link.control.settings()
    shown = [setting for setting in declared if not wanted or setting.name in wanted]
    context.output.answer({"settings": [setting_document(setting) for setting in shown]}, setting_lines(shown))
    return Exit.DONE


async def clock(given: Namespace, link: SandboxLink, context: Context) -> int:
    """Tell the sandbox's time, or change it."""
    if given.step is not None:
        context.refuse_if_read_only(f"`sandbox clock {given.step}`")
        await _set_clock(given, link.control)
    time = (await link.control.state()).time
    context.output.answer({"clock": time_document(time)}, [time_line(time)])
    return Exit.DONE


async def save(given: Namespace, link: SandboxLink, context: Context) -> int:
    """Keep all that the sandbox remembers in a file."""
    context.refuse_if_read_only("`sandbox save`")
    await save_snapshot(link.control, Path(given.file), force=given.force)
    context.output.answer({"saved": given.file}, [f"All that the sandbox remembers is in {given.file}."])
    return Exit.DONE


async def load(given: Namespace, link: SandboxLink, context: Context) -> int:
    """Bring back what a file keeps."""
    context.refuse_if_read_only("`sandbox load`")
    await load_snapshot(link.control, Path(given.file))
    context.output.answer({"loaded": given.file}, [f"The sandbox is as {given.file} keeps it."])
    return Exit.DONE


async def _add_fault(given: Namespace, link: SandboxLink, context: Context) -> int:
    context.refuse_if_read_only("`sandbox faults add`")
    kind = fault_called(await link.control.faults(), given.name)
    typed = {name: value for name in FAULT_OPTIONS if (value := vars(given)[name]) is not None}
    fault = await link.control.set_fault(kind.name, **fault_values(kind, typed))
    words = f"The fault {fault.id} is set: {fault.name}, {fault_words(fault)}."
    context.output.answer(fault_document(fault), [words])
    return Exit.DONE


async def _clear_faults(given: Namespace, link: SandboxLink, context: Context) -> int:
    context.refuse_if_read_only("`sandbox faults clear`")
    removed = await link.control.remove_faults(given.fault)
    if given.fault is not None and not removed:
        raise UsageError(f"No fault has the number {given.fault}. See: pushtui sandbox faults")
    context.output.answer({"removed": removed}, [f"Removed: {removed}."])
    return Exit.DONE


async def _set_clock(given: Namespace, control: SandboxControl) -> None:
    if given.step == "advance":
        await control.advance(seconds_of(given.duration))
    elif given.step == "follow":
        await control.follow()
    else:
        await control.freeze((await control.state()).time.now if given.time is None else moment_of(given.time))


def _changes_of_person(given: Namespace) -> dict[str, JsonValue]:
    """Return what is to be changed, by the sandbox's names."""
    changes: dict[str, JsonValue] = {
        name: typed_value(option, text, "boolean")
        for option, name in SWITCHES.items()
        if (text := vars(given)[option]) is not None
    }
    texts = {name: text for name in ("language", "handset") if (text := vars(given)[name]) is not None}
    if "handset" in texts and not {"hides_details", "has_push_token"} & changes.keys():
        raise UsageError("--handset needs --hides-details or --push-token: nothing else is a handset's own.")
    return {**changes, **texts}


def _person(wanted: str, people: tuple[Person, ...]) -> Person:
    by_id = {person.id: person for person in people}
    if wanted not in by_id:
        raise UsageError(f"Nobody has the user id “{wanted}”.{did_you_mean(wanted, by_id)}")
    return by_id[wanted]
