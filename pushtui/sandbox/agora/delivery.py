"""From an accepted push or message to what each handset shows, or why it shows nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from pushtui.domain.handset import Delivery, Handset, Notification, Platform
from pushtui.domain.json_body import JsonObject, JsonValue, get
from pushtui.providers.agora.rendering import (
    AGORA_BLOCKS,
    Chat,
    Look,
    Taste,
    Texts,
    blocks_of,
    chat_texts,
    named_template,
    push_notification,
    subtitle,
    vendor_block,
)
from pushtui.sandbox.agora.silence import silence

if TYPE_CHECKING:
    from pushtui.sandbox.agora.data import AgoraUser
    from pushtui.sandbox.state import SandboxState
    from pushtui.sandbox.world import Person, SandboxHandset

NOT_BOUND = "no push binding"
NO_USER = "appUser not exists"


@dataclass(frozen=True, slots=True)
class Push:
    """A push on its way: id, `pushMessage`, strategy, and when it goes out."""

    id: str
    message: JsonObject
    strategy: int
    at: datetime


def deliver_push(state: SandboxState, user: AgoraUser, push: Push) -> list[Delivery]:
    """Return one delivery for each handset of a user."""
    person = person_of(state, user)
    held = silence(state, user, "", {}, push.at) if state.settings.agora.modes_hold_pushes else ""
    return [_deliver_push(state, user, person, item, push, held) for item in person.handsets]


def deliver_chat(state: SandboxState, user: AgoraUser, push_id: str, chat: Chat, message: JsonObject) -> list[Delivery]:
    """Return one delivery for each handset of the receiver of a message."""
    person = person_of(state, user)
    conversation = f"chatgroup/{chat.group}" if chat.group else f"user/{chat.sender}"
    held = silence(state, user, conversation, chat.ext, state.clock.now())
    return list(_deliver_chat(state, user, person, push_id, _translated(state, user, chat, message), held))


def person_of(state: SandboxState, user: AgoraUser) -> Person:
    """Return whose handsets a user's notifications appear on."""
    return state.meet(user.person, user.nickname or user.username)


def status_of(deliveries: list[Delivery]) -> JsonValue:
    """Say what became of a push to one user, for each device it was sent to."""
    sent = [item for item in deliveries if item.notification is not None or item.message]
    if sent:
        return [_success(item) for item in sent]
    reason = next((item.reason for item in deliveries if item.handset.platform is not Platform.WEB), NOT_BOUND)
    return [{"pushStatus": "FAIL", "desc": reason.partition(":")[0]}]


def _deliver_push(
    state: SandboxState, user: AgoraUser, person: Person, item: SandboxHandset, push: Push, held: str
) -> Delivery:
    handset = item.handset
    if held:
        return Delivery(push.id, user.username, handset, None, held)
    bound = _bound(user, handset)
    if _goes_to_vendor(push.strategy, online=person.online, bound=bound):
        if not bound:
            return Delivery(push.id, user.username, handset, None, _not_bound(handset))
        return Delivery(push.id, user.username, handset, *_shown(state, push.message, handset))
    if person.online:
        return Delivery(push.id, user.username, handset, *_inside(push.message))
    reason = (
        "user offline: strategy 4 drops the push."
        if push.strategy == 4
        else "user offline: Agora keeps the push until the user comes online."
    )
    return Delivery(push.id, user.username, handset, None, reason)


def _goes_to_vendor(strategy: int, *, online: bool, bound: bool) -> bool:
    """Tell which way a push goes; 2 knows the vendor only, 1 and 4 know Agora only."""
    if strategy == 0:
        return bound
    if strategy == 3:
        return bound and not online
    return strategy == 2


def _shown(state: SandboxState, message: JsonObject, handset: Handset) -> tuple[Notification, str]:
    """Show a push that came through the vendor, and count its badge."""
    badges = state.agora.badges
    shown = push_notification(message, handset, blocks_of(handset), badges.get(handset.id, 0))
    if shown.badge is not None:
        badges[handset.id] = shown.badge
    under = subtitle(message, blocks_of(handset)) if handset.platform is Platform.IOS else ""
    return shown, f"Subtitle: {under}" if under else ""


def _inside(message: JsonObject) -> tuple[None, str, str]:
    """Show a push that came through Agora's own connection, inside the app that is open."""
    block = vendor_block(message, AGORA_BLOCKS)
    texts = [_first(block, message, name) for name in ("title", "content")]
    said = " · ".join(text for text in texts if text)
    return None, "Online: Agora's own connection brought it into the app.", said or "You have a message"


def _first(block: JsonObject, message: JsonObject, name: str) -> str:
    found = block.get(name) or message.get(name)
    return found if isinstance(found, str) else ""


def _deliver_chat(
    state: SandboxState, user: AgoraUser, person: Person, push_id: str, chat: Chat, held: str
) -> Iterator[Delivery]:
    texts, note = _texts(state, user, chat)
    for item in person.handsets:
        reason = _chat_held_back(user, person, item.handset, held)
        shown = None if reason else _notification(chat.ext, texts, item.handset)
        yield Delivery(push_id, user.username, item.handset, shown, reason or note, chat.text)


def _chat_held_back(user: AgoraUser, person: Person, handset: Handset, held: str) -> str:
    if person.online:
        return "Online: the message arrives in the app at once, without a notification."
    if handset.platform is Platform.WEB:
        return "Offline web client: the message waits in the app; web never gets a notification."
    return held or ("" if _bound(user, handset) else _not_bound(handset))


def _texts(state: SandboxState, user: AgoraUser, chat: Chat) -> tuple[Texts, str]:
    """Return what is shown, and what is worth knowing about it."""
    settings = state.settings.agora
    look = Look(
        {name: Texts(item.title, item.content) for name, item in state.agora.templates.items()},
        settings.templates_by_style,
        settings.style_text,
    )
    template = user.template if settings.receiver_templates_count else ""
    texts = chat_texts(chat, Taste(user.username, user.display_style or 0, template), look)
    named = named_template(chat.ext, user.username)
    missing = named and named not in look.templates
    return texts, f"There is no template “{named}”; what counts less is shown." if missing else ""


def _notification(ext: JsonObject, texts: Texts, handset: Handset) -> Notification:
    """Add what the message's extension says for the vendor."""
    sound, category = get(ext, ("em_apns_ext", "em_push_sound")), get(ext, ("em_apns_ext", "em_push_category"))
    if handset.platform is not Platform.IOS:
        return Notification(texts.title, texts.text)
    return Notification(
        texts.title,
        texts.text,
        sound=sound if isinstance(sound, str) else "",
        category=category if isinstance(category, str) else "",
    )


def _translated(state: SandboxState, user: AgoraUser, chat: Chat, message: JsonObject) -> Chat:
    """Take the text in the receiver's language, if the message carries it."""
    own = get(message, ("body", "translations", user.language)) if user.language else None
    if not state.settings.agora.translation_open or not isinstance(own, str):
        return chat
    return Chat(own, chat.ext, chat.sender, chat.nickname, chat.group)


def _bound(user: AgoraUser, handset: Handset) -> bool:
    return any(item.device_id == handset.id for item in user.bindings)


def _not_bound(handset: Handset) -> str:
    if handset.platform is Platform.WEB:
        return f"{NOT_BOUND}: web clients have no push vendor."
    return f"{NOT_BOUND}: the device never told Agora a vendor's token, or was unbound."


def _success(_delivery: Delivery) -> JsonValue:
    """Write what a vendor answered."""
    answer: JsonObject = {"expireTokens": [], "sendResult": True, "failTokens": [], "msgCode": 200}
    return {"pushStatus": "SUCCESS", "data": {"code": 200, "data": answer, "message": "Success"}}
