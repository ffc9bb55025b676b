"""From an accepted push or message to what each handset shows, or why it shows nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from pushtui.domain.handset import Delivery, Handset, Notification, Platform
from pushtui.domain.json_body import JsonObject, JsonValue, get
from pushtui.providers.agora.rendering import (
    Chat,
    Look,
    Taste,
    Texts,
    blocks_of,
    chat_texts,
    named_template,
    push_notification,
    subtitle,
    words_inside,
)
from pushtui.sandbox.agora.moments import server_time
from pushtui.sandbox.agora.silence import silence
from pushtui.sandbox.inbox import KEPT_SENDS

if TYPE_CHECKING:
    from pushtui.sandbox.agora.data import AgoraUser
    from pushtui.sandbox.state import SandboxState
    from pushtui.sandbox.world import Person, SandboxHandset

NOT_BOUND = "no push binding"
WAITS = "user offline: Agora keeps the push until the user comes online."
UNKNOWN = "illegal binding"
DROPPED = "user offline: strategy 4 drops the push."


@dataclass(frozen=True, slots=True)
class Push:
    """A push on its way: id, `pushMessage`, strategy, and when it goes out."""

    id: str
    message: JsonObject
    strategy: int
    at: datetime


def deliver_push(state: SandboxState, user: AgoraUser, push: Push) -> list[Delivery]:
    """Return one delivery for each handset of a user, and for each device that is none of them."""
    person = person_of(state, user)
    held = silence(state, user, "", {}, push.at) if state.settings.agora.modes_hold_pushes else ""
    delivered = [_deliver_push(state, user, person, item, push, held) for item in person.handsets]
    if not held and _goes_to_vendor(push.strategy, online=person.online, bound=True):
        strange = dict.fromkeys(item.device_id for item in user.bindings if not item.handset)
        delivered += [_unknown_device(user, push, device) for device in strange]
    if any(item.reason == WAITS for item in delivered):
        user.kept = [*user.kept, push.id][-KEPT_SENDS:]
    return delivered


def plan(state: SandboxState, user: AgoraUser, push: Push) -> list[Delivery]:
    """Return one delivery for each handset of a user that says when the push goes out."""
    when = f"Planned for {server_time(state, push.at):%Y-%m-%d %H:%M} ({state.settings.agora.server_zone})."
    return [Delivery(push.id, user.username, item.handset, None, when) for item in person_of(state, user).handsets]


def arrived_late(delivery: Delivery, body: JsonObject) -> Delivery:
    """Return what becomes of a push that waited, once its user is online."""
    message = body.get("pushMessage")
    if delivery.reason != WAITS or not isinstance(message, dict):
        return delivery
    reason = "Kept until the user came online: Agora's own connection brought it into the app."
    return replace(delivery, reason=reason, message=words_inside(message))


def deliver_chat(state: SandboxState, user: AgoraUser, push_id: str, chat: Chat, message: JsonObject) -> list[Delivery]:
    """Return one delivery for each handset of the receiver of a message."""
    conversation = f"chatgroup/{chat.group}" if chat.group else f"user/{chat.sender}"
    held = silence(state, user, conversation, chat.ext, state.clock.now())
    return list(_deliver_chat(state, user, push_id, chat, message, held))


def person_of(state: SandboxState, user: AgoraUser) -> Person:
    """Return whose handsets a user's notifications appear on."""
    return state.meet(user.person, user.nickname or user.username)


def status_of(state: SandboxState, deliveries: list[Delivery]) -> JsonValue:
    """Say what became of a push to one user, for each device it was sent to."""
    fine = WAITS if state.settings.agora.kept_push_succeeds else None
    sent = [item for item in deliveries if item.notification is not None or item.message or item.reason == fine]
    if sent:
        return [_success() for _ in sent]
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
            return Delivery(push.id, user.username, handset, None, _not_bound(user, handset))
        return Delivery(push.id, user.username, handset, *_shown(state, push.message, handset))
    if person.online:
        return Delivery(push.id, user.username, handset, *_inside(push.message))
    return Delivery(push.id, user.username, handset, None, DROPPED if push.strategy == 4 else WAITS)


def _unknown_device(user: AgoraUser, push: Push, device: str) -> Delivery:
    """Say of a device that a client bound that nobody here holds it."""
    handset = Handset(device, "unknown device", Platform.ANDROID)
    return Delivery(push.id, user.username, handset, None, f"{UNKNOWN}: the user has no such handset in the sandbox.")


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
    return None, "Online: Agora's own connection brought it into the app.", words_inside(message)


def _deliver_chat(
    state: SandboxState, user: AgoraUser, push_id: str, chat: Chat, message: JsonObject, held: str
) -> Iterator[Delivery]:
    person = person_of(state, user)
    texts, note = _texts(state, user, _translated(state, user, chat, message))
    for item in person.handsets:
        reason = _chat_held_back(user, person, item.handset, held)
        shown = None if reason else _notification(chat.ext, texts, item.handset)
        yield Delivery(push_id, user.username, item.handset, shown, reason or note, chat.text)


def _chat_held_back(user: AgoraUser, person: Person, handset: Handset, held: str) -> str:
    if person.online:
        return "Online: the message arrives in the app at once, without a notification."
    if handset.platform is Platform.WEB:
        return "Offline web client: the message waits in the app; web never gets a notification."
    return held or ("" if _bound(user, handset) else _not_bound(user, handset))


def _texts(state: SandboxState, user: AgoraUser, chat: Chat) -> tuple[Texts, str]:
    """Return what is shown, and what is worth knowing about it."""
    settings = state.settings.agora
    look = Look(
        {name: Texts(item.title, item.content) for name, item in state.agora.templates.items()},
        settings.templates_by_style,
        settings.style_text,
        settings.lacking_arguments_stay,
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
    return any(item.handset == handset.id and item.alive for item in user.bindings)


def _not_bound(user: AgoraUser, handset: Handset) -> str:
    if handset.platform is Platform.WEB:
        return f"{NOT_BOUND}: web clients have no push vendor."
    if any(item.handset == handset.id for item in user.bindings):
        return f"{NOT_BOUND}: the handset lost the vendor's token that Agora knows."
    return f"{NOT_BOUND}: the device never told Agora a vendor's token, or was unbound."


def _success() -> JsonValue:
    """Write what a vendor answered."""
    answer: JsonObject = {"expireTokens": [], "sendResult": True, "failTokens": [], "msgCode": 200}
    return {"pushStatus": "SUCCESS", "data": {"code": 200, "data": answer, "message": "Success"}}
