"""The commands about users: accounts, online states, profiles, do-not-disturb."""

from pushtui.providers.tencent import sources
from pushtui.providers.tencent import users_model as model
from pushtui.providers.tencent.protocol import TencentResponse, endpoint

CHECK_ACCOUNTS = endpoint(
    "im_open_login_svc",
    "account_check",
    model.CheckAccountsRequest,
    model.CheckAccountsResponse,
    sources.ACCOUNTS,
    100,
)
IMPORT_ACCOUNT = endpoint(
    "im_open_login_svc", "account_import", model.ImportAccountRequest, TencentResponse, sources.ACCOUNTS, 200
)
IMPORT_ACCOUNTS = endpoint(
    "im_open_login_svc",
    "multiaccount_import",
    model.ImportAccountsRequest,
    model.ImportAccountsResponse,
    sources.ACCOUNTS,
    100,
)
DELETE_ACCOUNTS = endpoint(
    "im_open_login_svc",
    "account_delete",
    model.DeleteAccountsRequest,
    model.DeleteAccountsResponse,
    sources.ACCOUNTS,
    100,
)
ONLINE_STATUS = endpoint(
    "openim",
    "query_online_status",
    model.OnlineStatusRequest,
    model.OnlineStatusResponse,
    sources.ONLINE_STATUS,
    200,
)
GET_PROFILES = endpoint(
    "profile", "portrait_get", model.GetProfilesRequest, model.GetProfilesResponse, sources.PROFILES, 200
)
SET_PROFILE = endpoint("profile", "portrait_set", model.SetProfileRequest, TencentResponse, sources.PROFILES, 200)
DO_NOT_DISTURB = endpoint(
    "im_msg_db_logic",
    "admin_set_do_not_disturb",
    model.DoNotDisturbRequest,
    TencentResponse,
    sources.DO_NOT_DISTURB,
    200,
)
