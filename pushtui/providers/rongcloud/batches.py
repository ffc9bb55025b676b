"""Recipients in bodies: read from them, put into them, and found in answers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from pushtui.domain.finding import PUSHTUI, Finding
from pushtui.domain.json_body import JsonObject, JsonPath, JsonValue, get
from pushtui.domain.recipient import Recipient
from pushtui.providers.rongcloud.rule_words import entries, error, strings
from pushtui.providers.rongcloud.templates import FILLED, PERSONAL, braced, is_name, placeholders, unbraced


def template_recipients(body: JsonObject) -> Iterator[Recipient]:
    """Yield the recipients that a template's body names, with their values."""
    values = entries(body.get("values"))
    for index, user in enumerate(entries(body.get("toUserId"))):
        given = values[index] if index < len(values) else None
        pairs = given.items() if isinstance(given, dict) else ()
        if isinstance(user, str):
            yield Recipient(0, user, tuple((unbraced(key), str(value)) for key, value in pairs))


def template_body(body: JsonObject, recipients: Sequence[Recipient]) -> JsonObject:
    """Return a template's body for some recipients; what it holds once for all is repeated for each."""
    values: list[JsonValue] = [{braced(name): value for name, value in one.values} for one in recipients]
    users: list[JsonValue] = [one.user for one in recipients]
    shared = {key: _repeated(key, value, len(users)) for key, value in body.items()}
    return _with_recipients(shared, {"toUserId": users, "values": values})


def template_names(body: JsonObject) -> tuple[str, ...]:
    """Return the placeholders that a template's texts hold, in the order in which people meet them."""
    texts = [text for field in FILLED for text in _texts(body.get(field))]
    return tuple(dict.fromkeys(name for text in texts for name in placeholders(text) if is_name(name)))


def no_names(_body: JsonObject) -> tuple[str, ...]:
    """The same text for all has no placeholders."""
    return ()


def named_recipients(field: str) -> Callable[[JsonObject], Iterator[Recipient]]:
    """Make the reader of a body that holds nothing of its recipients but their ids."""
    return lambda body: (Recipient(0, user) for user in strings(body.get(field)))


def body_for(field: str) -> Callable[[JsonObject, Sequence[Recipient]], JsonObject]:
    """Make the writer of such a body."""

    def made(body: JsonObject, recipients: Sequence[Recipient]) -> JsonObject:
        return _with_recipients(body, {field: [one.user for one in recipients]})

    return made


def users_in(field: str) -> Callable[[JsonObject], list[str]]:
    """Make the reader of whom a request goes to."""
    return lambda body: strings(body.get(field))


def message_to(field: str) -> Callable[[JsonObject, int], JsonObject]:
    """Make the reader of the message to one of a body's recipients, which is the same for all."""
    return lambda body, index: {**body, field: entries(body.get(field))[index : index + 1]}


def message_uids(answer: JsonObject) -> dict[str, str]:
    """Return the UID of each recipient's message; older services answer none."""
    found: dict[str, str] = {}
    for item in entries(answer.get("messageUIDs")):
        user, uid = get(item, ("userId",)), get(item, ("messageUID",))
        if isinstance(user, str) and isinstance(uid, str):
            found[user] = uid
    return found


def no_uids(_answer: JsonObject) -> dict[str, str]:
    """A notification without a message has no message UID."""
    return {}


def beside(fields: Iterable[str]) -> Callable[[JsonObject], Iterator[Finding]]:
    """Make the rule on what a body must not hold when its recipients stand elsewhere."""

    def rule(body: JsonObject) -> Iterator[Finding]:
        for name in fields:
            if name in body:
                said = "the recipients come from the source that the draft names; remove this, or the source"
                yield error((name,), said, PUSHTUI)

    return rule


def template_beside(body: JsonObject) -> Iterator[Finding]:
    """What recipients of a source get of their own comes through placeholders."""
    yield from beside(("toUserId", "values"))(body)
    for name in PERSONAL:
        given = body.get(name)
        if isinstance(given, list) and len(given) != 1:
            said = (
                f"{len(given)} entries are given; with recipients from a source write exactly one, for all of them. "
                'For a text of each one\'s own let a column fill a placeholder, and write that alone: ["{text}"]'
            )
            yield error((name,), said, PUSHTUI)


def below_body(field: str) -> Callable[[JsonPath], JsonPath]:
    """Make the translation of a recipient's path below `recipients` to one in the body that names it."""
    return lambda path: ("values",) if path[:1] == ("values",) else (field,)


def _texts(value: JsonValue) -> list[str]:
    return [value] if isinstance(value, str) else strings(value)


def _repeated(key: str, value: JsonValue, count: int) -> JsonValue:
    return value * count if key in PERSONAL and isinstance(value, list) and len(value) == 1 else value


def _with_recipients(body: JsonObject, given: JsonObject) -> JsonObject:
    """Put the recipients behind the content, as RongCloud's page does, else at the beginning."""
    made: JsonObject = {} if "content" in body else dict(given)
    for key, value in body.items():
        if key not in given:
            made[key] = value
        if key == "content":
            made.update(given)
    return made
