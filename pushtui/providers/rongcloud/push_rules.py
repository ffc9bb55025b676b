"""What no single field of a `/push.json` body shows: findings over several fields, and reach."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from pushtui.domain.finding import PUSHTUI, Finding, Severity, Source
from pushtui.domain.json_body import JsonObject, JsonPath, compact, get, has
from pushtui.domain.reach import Extent, Reach
from pushtui.providers.rongcloud import message_rules, sources
from pushtui.providers.rongcloud.rule_words import Rule, name_is_clean, strings, subobject, texts_are_visible

AUDIENCE: JsonPath = ("audience",)
MESSAGE: JsonPath = ("message",)
NOTIFICATION: JsonPath = ("notification",)
ALERT: JsonPath = ("notification", "alert")
NARROWING = ("tag", "tag_or", "userid", "packageName")
TAG_BYTES = 40
IMAGES_HTTPS: tuple[JsonPath, ...] = (
    ("notification", "android", "honor", "image"),
    ("notification", "android", "hw", "image"),
    ("notification", "harmonyOS", "ohos", "image"),
)
IMAGES_ANY: tuple[JsonPath, ...] = (
    ("notification", "android", "mi", "large_icon_uri"),
    ("notification", "android", "fcm", "imageUrl"),
    ("notification", "ios", "richMediaUri"),
)


def _error(path: JsonPath, message: str, source: Source = sources.TAGGED_PUSH) -> Finding:
    return Finding(Severity.ERROR, path, message, source)


def _warning(path: JsonPath, message: str, source: Source = sources.TAGGED_PUSH) -> Finding:
    return Finding(Severity.WARNING, path, message, source)


def _advice(path: JsonPath, message: str, source: Source = sources.TAGGED_PUSH) -> Finding:
    return Finding(Severity.ADVICE, path, message, source)


def everybody_stands_alone(body: JsonObject) -> Iterator[Finding]:
    """With is_to_all, RongCloud silently ignores whatever narrows the audience."""
    if get(body, ("audience", "is_to_all")) is not True:
        return
    for name in NARROWING:
        if get(body, (*AUDIENCE, name)):
            yield _error(
                (*AUDIENCE, name),
                "EVERYBODY is chosen, so this would be ignored and the push go to all; remove one of them",
            )


def somebody_is_named(body: JsonObject) -> Iterator[Finding]:
    """Nobody named and not everybody: what RongCloud makes of it is not documented."""
    if get(body, ("audience", "is_to_all")) is False and not any(get(body, (*AUDIENCE, name)) for name in NARROWING):
        yield _error(AUDIENCE, "nobody is named: give tags, user ids or a package name, or choose EVERYBODY", PUSHTUI)


def user_ids_beat_tags(body: JsonObject) -> Iterator[Finding]:
    """User ids take precedence over tags and platform."""
    if not get(body, ("audience", "userid")) or get(body, ("audience", "is_to_all")) is True:
        return
    for name in ("tag", "tag_or", "packageName"):
        if get(body, (*AUDIENCE, name)):
            yield _warning((*AUDIENCE, name), "user ids are given, so this is ignored", sources.SDK_CHECKS)
    if len(strings(get(body, ("platform",)))) == 1:
        yield _warning(("platform",), "user ids are given, so the platform is ignored", sources.SDK_CHECKS)


def names_are_clean(body: JsonObject) -> Iterator[Finding]:
    """Duplicates, blanks at the ends and invisible characters in ids and tags."""
    for name in ("tag", "tag_or", "userid"):
        path: JsonPath = (*AUDIENCE, name)
        values = get(body, path)
        for index, value in enumerate(values if isinstance(values, list) else []):
            yield from name_is_clean((*path, index), value)
        yield from _duplicates(path, strings(values))
    yield from name_is_clean((*AUDIENCE, "packageName"), get(body, ("audience", "packageName")))
    yield from _duplicates(("platform",), strings(get(body, ("platform",))))


def _duplicates(path: JsonPath, values: list[str]) -> Iterator[Finding]:
    twice = [value for value, count in Counter(values).items() if count > 1]
    if twice:
        yield _warning(path, f"{len(twice)} given more than once: {', '.join(map(compact, twice[:3]))}", PUSHTUI)


def tags_can_exist(body: JsonObject) -> Iterator[Finding]:
    """A tag longer than users can carry matches nobody."""
    for name in ("tag", "tag_or"):
        values = get(body, (*AUDIENCE, name))
        for index, tag in enumerate(values if isinstance(values, list) else []):
            used = len(tag.encode("utf-8", "surrogatepass")) if isinstance(tag, str) else 0
            if used > TAG_BYTES:
                yield _warning(
                    (*AUDIENCE, name, index),
                    f"{used} UTF-8 bytes are given; a user's tag has at most {TAG_BYTES}, so nobody can have it",
                    sources.USER_TAGS,
                )


def message_is_whole(body: JsonObject) -> Iterator[Finding]:
    """A message needs its sender, a sender needs a message; push-only has neither."""
    if has(body, ("message",)) and not has(body, ("fromuserid",)):
        yield _error(("fromuserid",), "a message is given, so its sender is required")
    if has(body, ("fromuserid",)) and not has(body, ("message",)):
        yield _error(("message",), "a sender is given, but no message; give one, or choose “notification only”")


def object_name_is_known(body: JsonObject) -> Iterator[Finding]:
    """The message's type is one that may be sent."""
    return message_rules.object_name_is_known(body, MESSAGE, sources.TAGGED_PUSH)


def content_fits_its_type(body: JsonObject) -> Iterator[Finding]:
    """The message's content is what its type wants."""
    return message_rules.content_fits_its_type(body, MESSAGE, sources.TAGGED_PUSH)


def storing_matters(body: JsonObject) -> Iterator[Finding]:
    """The message's type is one for which keeping the last message matters."""
    return message_rules.storing_matters(body, MESSAGE, sources.TAGGED_PUSH)


def every_platform_has_text(body: JsonObject) -> Iterator[Finding]:
    """Each chosen platform needs a text, of its own or the common one."""
    if get(body, ALERT):
        return
    platforms = strings(get(body, ("platform",)))
    asked = [name for name in ("ios", "android") if name in platforms]
    missing = [name for name in asked if not get(body, (*NOTIFICATION, name, "alert"))]
    if missing == asked:
        yield _error(ALERT, f"no text: write one here, or one for each platform{_silence(body)}")
        return
    for name in missing:
        yield _error(
            (*NOTIFICATION, name, "alert"),
            f"no text for {name}: set it here or in notification.alert{_silence(body)}",
        )
    if missing:
        return
    for name in ("ios", "android"):
        if name not in platforms and not get(body, (*NOTIFICATION, name, "alert")):
            yield _warning(
                ALERT,
                f"without it RongCloud asks for both ios.alert and android.alert; {name}.alert is missing",
            )
    if not get(body, (*NOTIFICATION, "harmonyOS", "alert")):
        yield _warning(ALERT, "without it HarmonyOS handsets have no text and show nothing")


def _silence(body: JsonObject) -> str:
    """Say when even RongCloud has no text of its own for a message type."""
    name = get(body, ("message", "objectName"))
    if not isinstance(name, str) or not name:
        return ""
    return "" if message_rules.notifies_by_itself(name) else f"; {name} shows nothing at all without one"


def vendors_are_reached(body: JsonObject) -> Iterator[Finding]:
    """A part for a platform that is not chosen does nothing."""
    platforms = get(body, ("platform",))
    if not isinstance(platforms, list) or get(body, ("audience", "userid")):
        return
    for name in ("ios", "android"):
        if name not in platforms and get(body, (*NOTIFICATION, name)):
            yield _warning((*NOTIFICATION, name), f"{name} is not among the platforms, so this part has no effect")


def vendor_fields_come_together(body: JsonObject) -> Iterator[Finding]:
    """Fields that count only beside another one."""
    android = subobject(body, (*NOTIFICATION, "android"))
    ios = subobject(body, (*NOTIFICATION, "ios"))
    base: JsonPath = (*NOTIFICATION, "android")
    if has(android, ("oppo", "notify_level")) and not get(android, ("oppo", "category")):
        yield _error((*base, "oppo", "notify_level"), "counts only with oppo.category; set it, or remove this")
    if get(android, ("vivo", "category")) and not has(android, ("vivo", "classification")):
        yield _error(
            (*base, "vivo", "classification"),
            "vivo.category is set, so the matching classification is required",
        )
    if get(android, ("honor", "importance")) == "LOW" and get(android, ("honor", "image")):
        yield _warning((*base, "honor", "image"), "not shown, because importance is LOW")
    category = get(android, ("hw", "category"))
    if isinstance(category, str) and category != category.upper():
        yield _warning((*base, "hw", "category"), f"Huawei's classes are in capitals: {category.upper()}")
    if ios.get("richMediaUri") and not ios.get("category"):
        yield _warning(
            (*NOTIFICATION, "ios", "category"), "richMediaUri is used together with a category; it is missing"
        )


def images_are_https(body: JsonObject) -> Iterator[Finding]:
    """Where a vendor demands https, anything else shows no image."""
    for path in IMAGES_HTTPS + IMAGES_ANY:
        address = get(body, path)
        if not isinstance(address, str) or not address or address.startswith("https://"):
            continue
        if path in IMAGES_HTTPS:
            yield _error(path, f"{compact(address[:60])} is given; the address must start with https://")
        else:
            yield _advice(path, "an address with https:// is safer: many handsets refuse anything else", PUSHTUI)
    if get(body, ("notification", "android", "mi", "large_icon_uri")):
        yield _advice(
            ("notification", "android", "mi", "large_icon_uri"),
            "Xiaomi is said to ignore it by now",
            sources.SDK_CHECKS,
        )


def silence_is_meant(body: JsonObject) -> Iterator[Finding]:
    """A silent push shows nothing, whatever text it carries."""
    if get(body, ("notification", "ios", "contentAvailable")) == 1:
        yield _warning(("notification", "ios", "contentAvailable"), "silent: iPhones and iPads show nothing")


def extras_are_text(body: JsonObject) -> Iterator[Finding]:
    """RongCloud's own SDKs write extras as text to text."""
    for platform in ("ios", "android", "harmonyOS"):
        extras = subobject(body, (*NOTIFICATION, platform, "extras"))
        odd = [key for key, value in extras.items() if not isinstance(value, str)]
        if odd:
            yield _advice(
                (*NOTIFICATION, platform, "extras"),
                f"RongCloud's SDKs allow text only; {compact(odd[0])} is something else",
                sources.SDK_CHECKS,
            )


def text_is_visible(body: JsonObject) -> Iterator[Finding]:
    """Nothing that people read holds what they cannot see."""
    return texts_are_visible(body, frozenset({(*MESSAGE, "content")}))


RULES: tuple[Rule, ...] = (
    everybody_stands_alone,
    somebody_is_named,
    user_ids_beat_tags,
    names_are_clean,
    tags_can_exist,
    message_is_whole,
    object_name_is_known,
    content_fits_its_type,
    storing_matters,
    every_platform_has_text,
    vendors_are_reached,
    vendor_fields_come_together,
    images_are_https,
    silence_is_meant,
    extras_are_text,
    text_is_visible,
)


def reach(body: JsonObject) -> Reach:
    """Say who a body can touch; RongCloud reaches devices of the last 30 days only."""
    audience = subobject(body, AUDIENCE)
    if audience.get("is_to_all") is not False:
        return Reach(Extent.EVERYBODY, reason="every user of the app whose device connected in the last 30 days")
    users = set(strings(audience.get("userid")))
    if users:
        return Reach(
            Extent.AT_MOST,
            len(users),
            "the user ids given; those that exist and connected in the last 30 days",
        )
    package = audience.get("packageName")
    tags = [_tags(audience, "tag", "all of"), _tags(audience, "tag_or", "any of")]
    named = " and ".join(part for part in tags if part)
    if not named:
        if package:
            return Reach(Extent.EVERYBODY, reason=f"every user of the app {package}")
        return Reach(Extent.UNKNOWN, reason="nobody is named")
    named += f" and the app {package}" if package else ""
    return Reach(Extent.UNKNOWN, reason=f"users with {named}; RongCloud does not say how many there are")


def _tags(audience: JsonObject, name: str, words: str) -> str:
    tags = strings(audience.get(name))
    return f"{words} the tags {', '.join(tags)}" if tags else ""
