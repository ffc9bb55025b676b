"""Agora Chat's errors as its servers write them: HTTP status, error, exception and description.

Where the tables give only one of the names, the other is inferred from its neighbours. The same
word may mean different things, so each row has a key of its own. A text that always names what it
is about is not in the table.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Key(StrEnum):
    """The rows of the table."""

    NOT_JSON = "not JSON"
    ARGUMENT = "argument"
    PARAMETER = "parameter"
    GRANT = "grant"
    NO_SUCH_SETTINGS_USER = "no such user, in push settings"
    NO_SUCH_TEMPLATE = "no such template"
    DUPLICATE = "duplicate"
    FEATURE_OFF = "feature off"
    BAD_PUSH = "bad push"
    EXPIRED_OR_MISSING = "expired or missing"
    WRONG_KIND_OF_TOKEN = "wrong kind of token"  # noqa: S105 - no secret
    REGISTRATION_CLOSED = "registration closed"
    NOT_PERMITTED = "not permitted"
    CORRUPT = "corrupt"
    FOREIGN = "foreign"
    PUSH_OFF = "push off"
    PUSH_LIMIT = "push limit"
    NO_SUCH_APP = "no such app"
    NO_SUCH_USER = "no such user"
    NO_SUCH_RESOURCE = "no such resource"
    NO_SUCH_ADDRESS = "no such address"
    NO_SUCH_METHOD = "no such method"
    TIMEOUT = "timeout"
    MEDIA_TYPE = "media type"
    PLAN_LIMIT = "plan limit"
    RATE_LIMIT = "rate limit"
    OLD_NO_SUCH_METHOD = "no such method, as 500"
    OLD_NO_SUCH_ADDRESS = "no such address, as 500"
    INTERNAL = "internal"


@dataclass(frozen=True, slots=True)
class Code:
    """One documented error."""

    http: int
    error: str
    exception: str
    text: str = ""
    """What it says where the refusal has no words of its own."""


CODES: dict[Key, Code] = {
    Key.NOT_JSON: Code(400, "json_parse", "JsonParseException", "Unexpected character"),
    Key.ARGUMENT: Code(400, "illegal_argument", "IllegalArgumentException", "This is an invalid request."),
    Key.PARAMETER: Code(400, "illegal_argument", "IllegalArgumentException"),
    Key.GRANT: Code(400, "invalid_grant", "InvalidGrantException", "invalid username or password"),
    Key.NO_SUCH_SETTINGS_USER: Code(
        400,
        "required_property_not_found",
        "RequiredPropertyNotFoundException",
        "Entity user requires a property named username",
    ),
    Key.NO_SUCH_TEMPLATE: Code(400, "entity_not_found", "EntityNotFoundException"),
    Key.DUPLICATE: Code(400, "duplicate_unique_property_exists", "DuplicateUniquePropertyExistsException"),
    Key.FEATURE_OFF: Code(
        400, "service open exception", "ServiceOpenException", "the app not open push notification settings"
    ),
    Key.BAD_PUSH: Code(400, "bad_request", "MessageException"),
    Key.EXPIRED_OR_MISSING: Code(
        401, "unauthorized", "EasemobSecurityException", "Unable to authenticate due to expired access token"
    ),
    Key.WRONG_KIND_OF_TOKEN: Code(401, "unauthorized", "EasemobSecurityException", "Unable to authenticate (OAuth)"),
    Key.REGISTRATION_CLOSED: Code(
        401,
        "unauthorized",
        "EasemobSecurityException",
        "Registration is not open, please contact the app admin",
    ),
    Key.NOT_PERMITTED: Code(401, "unauthorized", "UnauthorizedException"),
    Key.CORRUPT: Code(
        401,
        "auth_bad_access_token",
        "EasemobSecurityException",
        "Unable to authenticate due to corrupt access token",
    ),
    Key.FOREIGN: Code(401, "auth_bad_access_token", "EasemobSecurityException", "Unable to authenticate"),
    Key.PUSH_OFF: Code(403, "forbidden_op", "ServiceNotOpenException", "push service not open"),
    Key.PUSH_LIMIT: Code(403, "forbidden_op", "LimitException", "limit request"),
    Key.NO_SUCH_APP: Code(404, "organization_application_not_found", "OrganizationApplicationNotFoundException"),
    Key.NO_SUCH_USER: Code(404, "service_resource_not_found", "UserNotFoundException", "Service resource not found"),
    Key.NO_SUCH_RESOURCE: Code(
        404, "service_resource_not_found", "ServiceResourceNotFoundException", "Service resource not found"
    ),
    Key.NO_SUCH_ADDRESS: Code(404, "not_found", "NotFoundException", "url is invalid"),
    Key.NO_SUCH_METHOD: Code(405, "method_not_allowed", "NotAllowedException", "Method Not Allowed"),
    Key.TIMEOUT: Code(408, "request_timeout", "RequestTimeoutException", "Request Timeout"),
    Key.MEDIA_TYPE: Code(415, "web_application", "WebApplicationException", "Unsupported Media Type"),
    Key.PLAN_LIMIT: Code(
        429,
        "resource_limited",
        "ResourceLimitedException",
        "You have exceeded the limit of the Free edition. Please upgrade to higher edition.",
    ),
    Key.RATE_LIMIT: Code(429, "reach_limit", "ReachLimitException", "This request has reached api limit"),
    Key.OLD_NO_SUCH_METHOD: Code(
        500,
        "unsupported_service_operation",
        "UnsupportedServiceOperationException",
        "Service operation not supported",
    ),
    Key.OLD_NO_SUCH_ADDRESS: Code(
        500, "web_application", "WebApplicationException", "javax.ws.rs.WebApplicationException"
    ),
    Key.INTERNAL: Code(500, "internal_server_error", "InternalServerErrorException", "Internal Server Error"),
}
"""Sources: Agora's and Easemob's tables of status codes; answers recorded from Easemob."""
