"""`POST /push.json`: who is named, what is checked, what they get."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from pushtui.domain.handset import Handset, Platform
from pushtui.domain.json_body import JsonObject, JsonPath, get
from pushtui.providers.rongcloud.push import PUSH
from pushtui.providers.rongcloud.rendering import effective_text
from pushtui.providers.rongcloud.system_rendering import words_in_app
from pushtui.sandbox.cloud import Call, Operation, Refusal
from pushtui.sandbox.rongcloud.delivery import Parcel
from pushtui.sandbox.rongcloud.messages import check_content, check_type
from pushtui.sandbox.rongcloud.sending import accept

if TYPE_CHECKING:
    from pushtui.providers.rongcloud.push_model import PushRequest
    from pushtui.sandbox.rongcloud.settings import RongCloudSettings
    from pushtui.sandbox.state import SandboxState

NARROWING = ("userid", "tag", "tag_or", "packageName")


def push(state: SandboxState, call: Call, request: PushRequest) -> JsonObject:
    """Accept a push, deliver it, and answer with its ids."""
    body: JsonObject = request.model_dump(by_alias=True, exclude_none=True)
    _check_audience(body)
    _check_message(request)
    _check_text(body, state.settings.rongcloud)
    uid = state.randomness.message_uid() if request.message else ""
    push_id = uid or state.randomness.push_id()
    words = words_in_app(request.message.objectName, request.message.content) if request.message else ""
    parcels = [
        Parcel(push_id, user, body, request.fromuserid or "", words, active_only=True)
        for user in recipients(state, body)
    ]
    addressed = partial(not_addressed, body, state.settings.rongcloud)
    accept(state, call, body, parcels, send_id=push_id, message_uid=uid, addressed=addressed)
    return {"id": push_id, "messageUID": uid} if uid else {"id": push_id}


def recipients(state: SandboxState, body: JsonObject) -> list[str]:
    """Return the user ids that the audience names: everybody's, else those given, else the tags' users.

    Ids that nobody has are among those given.
    """
    if is_to_all(body):
        return list(state.rongcloud.users)
    ids = _strings(body, ("audience", "userid"))
    if ids:
        return [*dict.fromkeys(ids)]
    every, some = {*_strings(body, ("audience", "tag"))}, {*_strings(body, ("audience", "tag_or"))}
    tags = {user: {*state.rongcloud.preferences_of(user).tags} for user in state.rongcloud.users}
    return [user for user, own in tags.items() if every <= own and (not some or some & own)]


def is_to_all(body: JsonObject) -> bool:
    """Tell whether a push goes to everybody."""
    return get(body, ("audience", "is_to_all")) is True


def not_addressed(body: JsonObject, settings: RongCloudSettings, handset: Handset) -> str:
    """Say why the push is not meant for a handset of a recipient; user ids beat platform and package."""
    if handset.platform is Platform.WEB or (_strings(body, ("audience", "userid")) and not is_to_all(body)):
        return ""
    platforms = _strings(body, ("platform",))
    needed = _platform_word(handset.platform, settings)
    if needed and needed not in platforms:
        return f"Not addressed: platform names {', '.join(sorted({*platforms}))}, not {needed}."
    package = get(body, ("audience", "packageName"))
    if package and package != handset.package and not is_to_all(body):
        return f"Not addressed: packageName is {package}, the app here is {handset.package}."
    return ""


def _platform_word(platform: Platform, settings: RongCloudSettings) -> str:
    """Return what `platform` must name to reach a handset; HarmonyOS has no word of its own."""
    if platform is Platform.HARMONY:
        return "android" if settings.harmony_follows_android else ""
    return platform.value


def _check_audience(body: JsonObject) -> None:
    if not is_to_all(body) and not any(get(body, ("audience", name)) for name in NARROWING):
        raise Refusal(1002, "ParamError:audience names nobody.")


def _check_message(request: PushRequest) -> None:
    """A message and its sender come together; built-in types are known and hold JSON."""
    message = request.message
    if message and not request.fromuserid:
        raise Refusal(1002, "ParamError:fromuserid is required.")
    if request.fromuserid and not message:
        raise Refusal(1002, "ParamError:message is required.")
    if message:
        check_type(message.objectName, "message.objectName")
        check_content(message.objectName, message.content, "message.content")


def _check_text(body: JsonObject, settings: RongCloudSettings) -> None:
    """Without a common text, platforms need their own."""
    named = _strings(body, ("platform",))
    for platform in (Platform.IOS, Platform.ANDROID):
        needed = not settings.text_per_platform or platform.value in named
        if needed and effective_text(body, platform) is None:
            raise Refusal(
                1002, f"ParamError:notification.{platform.value}.alert is required without notification.alert."
            )


def _strings(body: JsonObject, path: JsonPath) -> list[str]:
    value = get(body, path)
    return [item for item in value if isinstance(item, str)] if isinstance(value, list) else []


OPERATIONS = (Operation(PUSH, push, switched_on=lambda state: state.settings.rongcloud.broadcast_enabled),)
