"""What a chat message or a push shows on a handset at Agora Chat.

Pure, and patient with values that are still being written: a wrong type counts as absent.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pushtui.domain.handset import Handset, Notification, Platform
from pushtui.domain.json_body import JsonObject, JsonPath, JsonValue, get
from pushtui.providers.agora.names import DEFAULT_TEMPLATE, DETAIL_TEMPLATE
from pushtui.providers.agora.pushes_model import LARGEST_BADGE

STYLE_TITLE, STYLE_TEXT = "You have a new message", "Click to check"
PUSH_TITLE, PUSH_TEXT = "You have a message", "Check the message"

_VARIABLE = re.compile(r"\{(\d+|\$\w+)\}")


@dataclass(frozen=True, slots=True)
class Texts:
    """A title and a text; in a template they hold variables."""

    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Chat:
    """A message on its way to one receiver."""

    text: str
    ext: JsonObject
    sender: str
    """The sender's user id."""
    nickname: str = ""
    """The sender's push nickname; empty if unset."""
    group: str = ""
    """The group's id; empty for a message from one to one."""

    @property
    def sender_name(self) -> str:
        """The nickname, else the user id."""
        return self.nickname or self.sender


@dataclass(frozen=True, slots=True)
class Taste:
    """How a receiver wants notifications to look."""

    username: str
    style: int = 0
    template: str = ""
    """The receiver's own template; empty for none."""


@dataclass(frozen=True, slots=True)
class Look:
    """How the app has it: its templates, and what differs between clusters."""

    templates: Mapping[str, Texts]
    by_style: bool = False
    """Whether “default” stands for style 0 only, and “detail” for style 1."""
    style_text: str = STYLE_TEXT
    lacking_stay: bool = True
    """Whether a variable without a value stays as it is, and is not left out."""


def chat_texts(chat: Chat, taste: Taste, look: Look) -> Texts:
    """Return title and text of a message's notification.

    From weak to strong: display style, template “default”, texts in the message's extension,
    the receiver's template, the template that the sender names. Source: Agora, “Set the display
    content of push notifications”; the receiver's template is Easemob's.
    """
    named, titles, texts = _named(chat.ext, taste.username)
    for name in (named, taste.template):
        if name in look.templates:
            return _fill(look, name, chat, titles, texts)
    shown = _by_style(chat, taste, look)
    default = DETAIL_TEMPLATE if look.by_style and taste.style == 1 else DEFAULT_TEMPLATE
    if default in look.templates:
        shown = _fill(look, default, chat, titles, texts)
    return Texts(_said(chat.ext, "title") or shown.title, _said(chat.ext, "content") or shown.text)


def fill(
    template: Texts, chat: Chat, titles: Sequence[str] = (), texts: Sequence[str] = (), *, lacking_stay: bool = True
) -> Texts:
    """Put values for variables; title and text count separately.

    A number without a value stays as it is or is left out; other words in braces are no variables.
    """
    return Texts(_filled(template.title, chat, titles, lacking_stay), _filled(template.text, chat, texts, lacking_stay))


def named_template(ext: JsonObject, username: str) -> str:
    """Return the template that the sender names for a receiver; empty if none."""
    return _named(ext, username)[0]


def push_notification(message: JsonObject, handset: Handset, blocks: Sequence[str], badge: int) -> Notification:
    """Return what a handset shows of a push; a vendor's block goes before the basic fields.

    `badge` is the number on the icon until now.
    """
    block = vendor_block(message, blocks)
    ios = handset.platform is Platform.IOS
    return Notification(
        title=_first(block, _TITLES) or _text(message, ("title",)) or PUSH_TITLE,
        text=_first(block, _TEXTS) or _text(message, ("content",)) or PUSH_TEXT,
        badge=_badge(message, block, badge),
        group=_first(block, (("threadId",),)) if ios else "",
        collapse=_first(block, _COLLAPSES),
        channel="" if ios else _first(block, _CHANNELS),
        category=_first(block, (("categoryName",), ("category",))),
        image=_first(block, (("bigPicture",), ("image",), ("notification", "image"))),
        sound=_first(block, (("sound",), ("notification", "sound"))),
    )


def words_inside(message: JsonObject) -> str:
    """Return what the app itself gets to read of a push that came through Agora's own connection."""
    block = vendor_block(message, AGORA_BLOCKS)
    texts = [_text(block, (name,)) or _text(message, (name,)) for name in ("title", "content")]
    return " · ".join(text for text in texts if text) or PUSH_TITLE


def subtitle(message: JsonObject, blocks: Sequence[str]) -> str:
    """Return what stands under the title on iOS; both spellings are in use."""
    names: tuple[JsonPath, ...] = (("subTitle",), ("sub_title",))
    return _first(vendor_block(message, blocks), names) or _first(message, names)


def vendor_block(message: JsonObject, blocks: Sequence[str]) -> JsonObject:
    """Return the first block that the push has of those that count."""
    found = (message.get(name) for name in blocks)
    return next((block for block in found if isinstance(block, dict)), {})


def blocks_of(handset: Handset) -> tuple[str, ...]:
    """Return the names of the blocks that a handset's vendor reads."""
    kind = handset.vendor if handset.platform is Platform.ANDROID else handset.platform.value
    return _BLOCKS.get(kind, ())


AGORA_BLOCKS = ("agora", "easemob")
"""The blocks of the cloud's own connection."""

_BLOCKS: Mapping[str, tuple[str, ...]] = {
    "ios": ("apns",),
    "harmonyOS": ("huawei",),
    "fcm": ("fcmV1", "fcm"),
    "hw": ("huawei",),
    "honor": ("honor",),
    "mi": ("xiaomi",),
    "oppo": ("oppo",),
    "vivo": ("vivo",),
}
_TITLES: tuple[JsonPath, ...] = (("title",), ("notification", "title"))
_TEXTS: tuple[JsonPath, ...] = (("content",), ("body",), ("notification", "body"))
_COLLAPSES: tuple[JsonPath, ...] = (("collapseId",), ("collapseKey",), ("notification", "tag"))
_CHANNELS: tuple[JsonPath, ...] = (("channelId",), ("notification", "androidChannelId"))


def _fill(look: Look, name: str, chat: Chat, titles: Sequence[str], texts: Sequence[str]) -> Texts:
    return fill(look.templates[name], chat, titles, texts, lacking_stay=look.lacking_stay)


def _by_style(chat: Chat, taste: Taste, look: Look) -> Texts:
    if taste.style != 1:
        return Texts(STYLE_TITLE, look.style_text)
    return Texts(STYLE_TITLE, f"{chat.group or chat.sender_name}: {chat.text}")


def _named(ext: JsonObject, username: str) -> tuple[str, list[str], list[str]]:
    """Return name and arguments of the sender's template; another one may be directed to this receiver."""
    directed = get(ext, ("em_push_template", "directed_template"))
    targets = _strings(directed, ("target",)) if isinstance(directed, dict) else []
    template = directed if username in targets else get(ext, ("em_push_template",))
    if not isinstance(template, dict):
        return "", [], []
    name = _text(template, ("name",))
    return name, _strings(template, ("title_args",)), _strings(template, ("content_args",))


def _said(ext: JsonObject, part: str) -> str:
    """Return a text that the extension gives for the notification."""
    return _text(ext, ("em_apns_ext", f"em_push_{part}")) or _text(ext, ("em_push_ext", part))


def _filled(pattern: str, chat: Chat, values: Sequence[str], lacking_stay: bool) -> str:
    known = {str(index): value for index, value in enumerate(values)}
    known["$fromNickname"] = chat.sender_name
    known["$msg"] = chat.text
    known["$dynamicFrom"] = _text(chat.ext, ("em_push_ext", "group_user_nickname")) or chat.sender_name

    def shown(variable: re.Match[str]) -> str:
        lacking = variable[0] if lacking_stay or variable[1].startswith("$") else ""
        return known.get(variable[1], lacking)

    return _VARIABLE.sub(shown, pattern)


def _badge(message: JsonObject, block: JsonObject, now: int) -> int | None:
    """Return the number on the icon after a push; None leaves it alone.

    To set goes before to add, but the examples write `setNum: 0` beside an `addNum` that counts.
    """
    own = block.get("badge")
    change = own if isinstance(own, dict) else get(message, ("config", "badge"))
    setting, adding = _number(own), None
    if setting is None and isinstance(change, dict):
        setting, adding = _number(change.get("setNum")), _number(change.get("addNum"))
    wanted = now + adding if adding and not setting else setting
    return None if wanted is None else min(max(wanted, 0), LARGEST_BADGE)


def _number(value: JsonValue) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _first(block: JsonObject, paths: Sequence[JsonPath]) -> str:
    return next((found for path in paths if (found := _text(block, path))), "")


def _text(value: JsonValue, path: JsonPath) -> str:
    found = get(value, path)
    return found if isinstance(found, str) else ""


def _strings(value: JsonValue, path: JsonPath) -> list[str]:
    found = get(value, path)
    return [item if isinstance(item, str) else str(item) for item in found] if isinstance(found, list) else []
