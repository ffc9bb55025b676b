"""Push labels and who has them; all calls share one rate."""

from __future__ import annotations

from pushtui.providers.agora import sources
from pushtui.providers.agora.base_model import Nothing, Page
from pushtui.providers.agora.labels_model import LabelUsers, NewLabel
from pushtui.providers.agora.operation import operation
from pushtui.providers.agora.rates import per_second

_LABELS, _LABEL, _USERS = "/push/label", "/push/label/{label}", "/push/label/{label}/user"
_RATES = per_second("push labels", source=sources.OVERVIEW)
CREATE_LABEL = operation("create-label", "POST", _LABELS, NewLabel, _RATES, repeatable=False)
LIST_LABELS = operation("list-labels", "GET", _LABELS, Page, _RATES)
READ_LABEL = operation("read-label", "GET", _LABEL, Nothing, _RATES)
DELETE_LABEL = operation("delete-label", "DELETE", _LABEL, Nothing, _RATES, repeatable=False)
ADD_LABEL_USERS = operation("add-label-users", "POST", _USERS, LabelUsers, _RATES)
REMOVE_LABEL_USERS = operation("remove-label-users", "DELETE", _USERS, LabelUsers, _RATES)
LIST_LABEL_USERS = operation("list-label-users", "GET", _USERS, Page, _RATES)
READ_LABEL_USER = operation("read-label-user", "GET", "/push/label/{label}/user/{member}", Nothing, _RATES)
