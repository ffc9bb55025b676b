"""Operations on push aliases; setting one again replaces it."""

from __future__ import annotations

from pushtui.providers.rongcloud.alias_model import (
    DeleteAliasRequest,
    ListAliasesRequest,
    ListAliasesResponse,
    SetAliasesRequest,
)
from pushtui.providers.rongcloud.answers import CodeAnswer
from pushtui.providers.rongcloud.operation import operation

SET_ALIASES = operation("set-aliases", "/user/remarks/set.json", SetAliasesRequest, CodeAnswer)
GET_ALIASES = operation("get-aliases", "/user/remarks/get.json", ListAliasesRequest, ListAliasesResponse)
DELETE_ALIAS = operation("delete-alias", "/user/remarks/del.json", DeleteAliasRequest, CodeAnswer)
