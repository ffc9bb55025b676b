"""Accounts, online states, profiles and do-not-disturb as they travel."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field

from pushtui.domain.finding import Source
from pushtui.providers.tencent import sources
from pushtui.providers.tencent.protocol import Answered, TencentResponse
from pushtui.providers.tencent.values import USER_ID_BYTES, Flag, Unsigned, UserId, Whole
from pushtui.providers.wire import Utf8Limit, Wire, WireModel

ACCOUNTS_PER_CALL = 100
PROFILES_PER_CALL = 100
STATES_PER_CALL = 500
PROFILE_VALUE_BYTES = 500
FIELDS_PER_CALL = 100
"""No profile has so many; the bound is ours."""

NICKNAME = "Tag_Profile_IM_Nick"
FACE = "Tag_Profile_IM_Image"
LANGUAGE = "Tag_Profile_IM_Language"
"""A number that the app defines, not a locale."""
MESSAGE_SETTINGS = "Tag_Profile_IM_MsgSettings"
"""A number; bit 0 set means that the user wants no messages."""
NUMERIC = frozenset(
    {
        LANGUAGE,
        MESSAGE_SETTINGS,
        "Tag_Profile_IM_BirthDay",
        "Tag_Profile_IM_Level",
        "Tag_Profile_IM_Role",
    }
)
TEXTUAL = frozenset(
    {
        NICKNAME,
        FACE,
        "Tag_Profile_IM_Gender",
        "Tag_Profile_IM_Location",
        "Tag_Profile_IM_SelfSignature",
        "Tag_Profile_IM_AllowType",
        "Tag_Profile_IM_AdminForbidType",
    }
)
CUSTOM_PREFIX = "Tag_Profile_Custom_"

ProfileText = Annotated[str, Utf8Limit(PROFILE_VALUE_BYTES)]


class AccountModel(WireModel):
    SOURCE: ClassVar[Source] = sources.ACCOUNTS
    SECTION: ClassVar[str] = "Accounts"


class AccountId(AccountModel):
    """One account."""

    UserID: Annotated[UserId, Wire(f"The user id, at most {USER_ID_BYTES} bytes.")]


class CheckAccountsRequest(AccountModel):
    """Which accounts may exist."""

    CheckItem: Annotated[
        list[AccountId],
        Wire(f"At most {ACCOUNTS_PER_CALL} accounts."),
        Field(min_length=1, max_length=ACCOUNTS_PER_CALL),
    ]


class CheckedAccount(Answered):
    """Whether one account exists: `Imported` or `NotImported`."""

    UserID: str
    ResultCode: int = 0
    ResultInfo: str = ""
    AccountStatus: str = ""


class CheckAccountsResponse(TencentResponse):
    """The accounts asked for."""

    ResultItem: list[CheckedAccount] = Field(default_factory=list)


class ImportAccountRequest(AccountModel):
    """An account to import; importing it again changes only what is given."""

    UserID: Annotated[UserId, Wire(f"The user id, at most {USER_ID_BYTES} bytes.")]
    Nick: Annotated[ProfileText | None, Wire("Nickname.")] = None
    FaceUrl: Annotated[ProfileText | None, Wire("Address of the portrait.")] = None


class ImportAccountsRequest(AccountModel):
    """Accounts to import, either as ids (older) or with nicknames (newer)."""

    Accounts: Annotated[
        list[UserId] | None,
        Wire(f"User ids, at most {ACCOUNTS_PER_CALL}."),
        Field(min_length=1, max_length=ACCOUNTS_PER_CALL),
    ] = None
    AccountList: Annotated[
        list[ImportAccountRequest] | None,
        Wire(f"Accounts with nicknames, at most {ACCOUNTS_PER_CALL}."),
        Field(min_length=1, max_length=ACCOUNTS_PER_CALL),
    ] = None


class ImportAccountsResponse(TencentResponse):
    """Which accounts were not imported."""

    FailAccounts: list[str] = Field(default_factory=list)


class DeleteAccountsRequest(AccountModel):
    """Accounts to delete."""

    DeleteItem: Annotated[
        list[AccountId],
        Wire(f"At most {ACCOUNTS_PER_CALL} accounts."),
        Field(min_length=1, max_length=ACCOUNTS_PER_CALL),
    ]


class DeleteAccountsResponse(TencentResponse):
    """What became of each."""

    ResultItem: list[CheckedAccount] = Field(default_factory=list)


class OnlineStatusRequest(WireModel):
    """Whose connections are asked for."""

    SOURCE: ClassVar[Source] = sources.ONLINE_STATUS
    SECTION: ClassVar[str] = "Online status"

    To_Account: Annotated[
        list[UserId],
        Wire(f"User ids, at most {STATES_PER_CALL} in one call."),
        Field(min_length=1, max_length=STATES_PER_CALL),
    ]
    IsNeedDetail: Annotated[Flag, Wire("Whether each platform is listed.")] = None
    IsReturnInstid: Annotated[Flag, Wire("Whether the ids of devices are listed.")] = None
    IsReturnCustomStatus: Annotated[Flag, Wire("Whether the app's own status of each user is returned.")] = None


class PlatformStatus(Answered):
    """One platform of a user."""

    Platform: str
    Status: str


class OnlineStatus(Answered):
    """`Online`: connected; `PushOnline`: not, but reached by offline push; `Offline`: neither."""

    To_Account: str
    Status: str
    Detail: list[PlatformStatus] = Field(default_factory=list)


class FailedAccount(Answered):
    """An account that nothing could be said about."""

    To_Account: str
    ErrorCode: int
    ErrorInfo: str = ""


class OnlineStatusResponse(TencentResponse):
    """Connections by user; unknown users stand in ErrorList."""

    QueryResult: list[OnlineStatus] = Field(default_factory=list)
    ErrorList: list[FailedAccount] = Field(default_factory=list)


class ProfileModel(WireModel):
    SOURCE: ClassVar[Source] = sources.PROFILES
    SECTION: ClassVar[str] = "Profile"


class GetProfilesRequest(ProfileModel):
    """Whose profiles are asked for, and which fields."""

    To_Account: Annotated[
        list[UserId],
        Wire(f"User ids, at most {PROFILES_PER_CALL}."),
        Field(min_length=1, max_length=PROFILES_PER_CALL),
    ]
    TagList: Annotated[
        list[str],
        Wire("Fields of the profile.", suggestions=(NICKNAME, LANGUAGE, MESSAGE_SETTINGS)),
        Field(min_length=1, max_length=FIELDS_PER_CALL),
    ]


class ProfileItem(ProfileModel):
    """One field of a profile."""

    Tag: Annotated[str, Wire("Name of the field.", suggestions=(NICKNAME, LANGUAGE, MESSAGE_SETTINGS))]
    Value: Annotated[
        ProfileText | Unsigned,
        Wire(f"Its value: a text of at most {PROFILE_VALUE_BYTES} bytes, or a number where the field is one."),
    ]


class SetProfileRequest(ProfileModel):
    """Fields of one user's profile to set."""

    From_Account: Annotated[UserId, Wire("The user whose profile it is.")]
    ProfileItem: Annotated[
        list[ProfileItem], Wire("Fields and values."), Field(min_length=1, max_length=FIELDS_PER_CALL)
    ]


class ProfileField(Answered):
    """One field of a profile."""

    Tag: str
    Value: Any


class Profile(Answered):
    """One user's fields; those never set are absent."""

    To_Account: str
    ProfileItem: list[ProfileField] = Field(default_factory=list)
    ResultCode: int = 0
    ResultInfo: str = ""


class GetProfilesResponse(TencentResponse):
    """Profiles by user."""

    UserProfileItem: list[Profile] = Field(default_factory=list)
    Fail_Account: list[str] = Field(default_factory=list)


class DoNotDisturbRequest(WireModel):
    """A window in which a user gets nothing: once, or every day at the same hours."""

    SOURCE: ClassVar[Source] = sources.DO_NOT_DISTURB
    SECTION: ClassVar[str] = "Do not disturb"

    To_Account: Annotated[UserId, Wire("The user id.")]
    StartTime: Annotated[Unsigned, Wire("Unix seconds.")]
    EndTime: Annotated[Unsigned, Wire("Unix seconds.")]
    IsRepeated: Annotated[
        Literal[0, 1], Whole(), Wire("Whether the hours hold every day; only the time of day counts then.")
    ]
    Level: Annotated[Unsigned, Wire("What happens meanwhile; Tencent's page shows 0 and 1, both as “blocked”.")]
