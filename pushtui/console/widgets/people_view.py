"""A user of the sandbox as a row, and with all handsets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content

from pushtui.console.widgets.handset_card import platform_words
from pushtui.console.widgets.literal import joined, lines, literal_line
from pushtui.console.widgets.table import Cell, Column, Row
from pushtui.services.time_words import clock_time, short_time

if TYPE_CHECKING:
    from pushtui.services.sandbox_world import Person, Phone

COLUMNS = (
    Column("User id", 12),
    Column("Name", 18, spare=3),
    Column("State", 13),
    Column("Handsets", 20, stretches=True),
    Column("Language", 8, spare=2),
    Column("Last online", 14, spare=1),
    Column("Tags", 18, spare=4),
)


def person_row(person: Person) -> Row:
    """Write a person: whether they are online, and what is in their pockets."""
    return Row(
        person.id,
        (
            Cell(person.id, "bold"),
            Cell(person.name),
            _state(person),
            Cell(" + ".join(_short(phone) for phone in person.phones) or "none"),
            Cell(person.language, "$quiet"),
            Cell(short_time(person.last_online) if person.connected else "never", "$quiet"),
            Cell(", ".join(person.tags), "$quiet"),
        ),
    )


def person_content(person: Person) -> Content:
    """Write all about a person and their handsets."""
    when = f"last online {clock_time(person.last_online)}" if person.connected else "never logged in"
    return lines(
        joined(literal_line(person.id, "bold"), literal_line(f"  {person.name}")),
        literal_line(
            " · ".join(
                ("online" if person.online else when, f"language {person.language}", f"tags {_tags(person)}"),
            ),
            "$quiet",
        ),
        Content(""),
        *(line for phone in person.phones for line in _phone(phone)),
        *([] if person.phones else [literal_line("No handset: nothing can be shown.", "$finding-warning")]),
    )


def _state(person: Person) -> Cell:
    if person.online:
        return Cell("● online", "$state-accepted")
    return Cell("○ offline") if person.connected else Cell("– no login", "$quiet")


def _short(phone: Phone) -> str:
    doubts = [*([] if phone.has_push_token else ["no token"]), *(["hides"] if phone.handset.hides_details else [])]
    return f"{phone.handset.model} ({', '.join(doubts)})" if doubts else phone.handset.model


def _phone(phone: Phone) -> list[Content]:
    handset = phone.handset
    token = literal_line("✔ push token", "$state-accepted")
    none = literal_line("✖ no push token: its vendor cannot reach it", "$finding-warning")
    hidden = literal_line("▲ hides details: shows that something came, not what", "$finding-warning")
    return [
        joined(literal_line(handset.model, "bold"), literal_line(f"  {platform_words(handset)}  {handset.package}")),
        joined(literal_line("  "), token if phone.has_push_token else none),
        joined(literal_line("  "), hidden if handset.hides_details else literal_line("✔ shows details", "$quiet")),
    ]


def phone_words(phone: Phone) -> str:
    """Say whether a handset can be reached, and what it shows then."""
    return f"{'push token' if phone.has_push_token else 'no push token'}, {_shows(phone)}"


def _shows(phone: Phone) -> str:
    return "hides details" if phone.handset.hides_details else "shows details"


def _tags(person: Person) -> str:
    return ", ".join(person.tags) or "none"
