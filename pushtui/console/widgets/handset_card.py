"""A handset as a picture of text: the notification it showed, or the reason why it shows nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import zip_longest

from rich.cells import cell_len
from textual.content import Content

from pushtui.console.widgets.literal import joined, literal_line
from pushtui.domain.handset import Delivery, Handset, Notification, Platform
from pushtui.domain.safe_text import cell

GAP = 2
"""Columns between two pictures."""
LONGEST_TEXT = 10
"""Rows of a notification's text; a phone shows fewer."""

_PLATFORMS = {
    Platform.IOS: "iOS",
    Platform.ANDROID: "Android",
    Platform.HARMONY: "HarmonyOS",
    Platform.WEB: "Web",
}
_VENDORS = {"honor": "HONOR", "hw": "Huawei", "mi": "Xiaomi", "oppo": "OPPO", "vivo": "vivo", "fcm": "FCM"}


def platform_words(handset: Handset) -> str:
    """Name a handset's platform and, on Android, whose push service it uses."""
    vendor = _VENDORS.get(handset.vendor, handset.vendor)
    return f"{_PLATFORMS[handset.platform]}{f'/{vendor}' if vendor else ''}"


def card(delivery: Delivery, shown: Notification, width: int) -> list[Content]:
    """Draw a handset that shows a notification; every line is exactly `width` columns."""
    inner = width - 4
    inside = [
        joined(literal_line("■ ", "$primary"), _cut(delivery.handset.package or "app", inner - 2, "$quiet")),
        *wrapped(shown.title, inner, "bold"),
        *_shortened(wrapped(shown.text, inner)),
        *_packed(_details(shown), inner),
    ]
    notes = [*wrapped(delivery.reason, width, "$finding-warning"), *_in_app(delivery, width)]
    return [
        *_owner(delivery, width),
        *(_on_panel(line, width) for line in inside),
        *(_filled(line, width) for line in notes),
    ]


def in_panel(inside: Sequence[Content], width: int) -> list[Content]:
    """Draw lines on a panel of a width; each is at most four columns narrower."""
    return [_on_panel(line, width) for line in inside]


def side_by_side(
    draw: Callable[[int], Sequence[Sequence[Content]]], narrowest: int, width: int, *, most: int = 100
) -> Iterator[Content]:
    """Draw pictures in rows, as many beside each other as fit, a blank line after each row.

    `draw` makes all of them for a width.
    """
    number = min(most, max(1, (width + GAP) // (narrowest + GAP)))
    room = (width + GAP) // number - GAP
    pictures, gap = draw(room), literal_line(" " * GAP)
    for first in range(0, len(pictures), number):
        for row in zip_longest(*pictures[first : first + number], fillvalue=blank(room)):
            yield gap.join(row)
        yield Content("")


def silence(delivery: Delivery, width: int) -> list[Content]:
    """Draw a handset that shows nothing, and say why."""
    handset = delivery.handset
    name = joined(
        literal_line("– ", "$quiet"),
        literal_line(cell(delivery.user), "bold"),
        literal_line(cell(f"  {handset.model}  {platform_words(handset)}"), "$quiet"),
    )
    told = [*wrapped(delivery.reason, width - 2), *_in_app(delivery, width - 2)]
    return [name.truncate(width, ellipsis=True), *(joined(literal_line("  "), line) for line in told)]


def wrapped(text: str, width: int, style: str = "") -> list[Content]:
    """Wrap any text at words, to lines of at most `width` columns whose width every terminal agrees on."""
    paragraphs = [literal_line(cell(paragraph), style) for paragraph in text.splitlines() if paragraph]
    return [line.rstrip() for paragraph in paragraphs for line in paragraph.wrap(max(2, width))]


def blank(width: int) -> Content:
    """Return an empty line of a width."""
    return literal_line(" " * width)


def _owner(delivery: Delivery, width: int) -> Iterator[Content]:
    handset = delivery.handset
    platform = platform_words(handset)
    if platform == delivery.user:
        platform = ""
    room = width - cell_len(platform) - 2
    name = joined(
        literal_line(cell(delivery.user), "bold"), literal_line(cell(f"  {handset.model}"), "$quiet")
    ).truncate(room, ellipsis=True)
    yield joined(_filled(name, room + 2), literal_line(platform, "$quiet"))


def _in_app(delivery: Delivery, width: int) -> list[Content]:
    """Say what arrived inside the app, if the send carries a message."""
    return _shortened(wrapped(f"in the app: {delivery.message}", width, "$quiet")) if delivery.message else []


def _details(shown: Notification) -> list[str]:
    """List what a handset does with a notification beside showing its text."""
    facts = (
        ("badge", "" if shown.badge is None else str(shown.badge)),
        ("group", shown.group),
        ("collapse", shown.collapse),
        ("channel", shown.channel),
        ("category", shown.category),
        ("alerts", shown.sound),
        ("image", shown.image),
    )
    return [f"{name} {value}" for name, value in facts if value]


def _packed(facts: list[str], width: int) -> list[Content]:
    """Put facts on as few lines as hold them whole."""
    rows: list[str] = []
    for fact in facts:
        longer = f"{rows[-1]} · {fact}" if rows else ""
        if rows and cell_len(cell(longer)) <= width:
            rows[-1] = longer
        else:
            rows.append(fact)
    return wrapped("\n".join(rows), width, "$quiet")


def _shortened(lines: list[Content]) -> list[Content]:
    if len(lines) <= LONGEST_TEXT:
        return lines
    rest = literal_line(f"… {len(lines) - LONGEST_TEXT + 1} more lines", "$quiet")
    return [*lines[: LONGEST_TEXT - 1], rest]


def _cut(text: str, width: int, style: str) -> Content:
    return literal_line(cell(text), style).truncate(width, ellipsis=True)


def _filled(line: Content, width: int) -> Content:
    return joined(line, blank(max(0, width - line.cell_length)))


def _on_panel(line: Content, width: int) -> Content:
    return _filled(joined(literal_line("  "), line), width).stylize_before("on $panel")
