"""Push labels and who has them; all calls share one rate."""

from __future__ import annotations

from pushtui.providers.agora import sources
from pushtui.providers.agora.base_model import Answer, Nothing, Page
from pushtui.providers.agora.labels_model import LabelUsers, NewLabel
from pushtui.providers.agora.rates import per_second
from pushtui.providers.base import Encoding, Endpoint

_LABELS, _LABEL, _USERS = "/push/label", "/push/label/{label}", "/push/label/{label}/user"
_RATES = per_second("push labels", source=sources.OVERVIEW)

CREATE_LABEL = Endpoint(
    name="create-label",
    method="POST",
    path=_LABELS,
    encoding=Encoding.JSON,
    request_model=NewLabel,
    response_model=Answer,
    repeatable=False,
    rates=_RATES,
)

LIST_LABELS = Endpoint(
    name="list-labels",
    method="GET",
    path=_LABELS,
    encoding=Encoding.NONE,
    request_model=Page,
    response_model=Answer,
    repeatable=True,
    rates=_RATES,
)

READ_LABEL = Endpoint(
    name="read-label",
    method="GET",
    path=_LABEL,
    encoding=Encoding.NONE,
    request_model=Nothing,
    response_model=Answer,
    repeatable=True,
    rates=_RATES,
)

DELETE_LABEL = Endpoint(
    name="delete-label",
    method="DELETE",
    path=_LABEL,
    encoding=Encoding.NONE,
    request_model=Nothing,
    response_model=Answer,
    repeatable=False,
    rates=_RATES,
)

ADD_LABEL_USERS = Endpoint(
    name="add-label-users",
    method="POST",
    path=_USERS,
    encoding=Encoding.JSON,
    request_model=LabelUsers,
    response_model=Answer,
    repeatable=True,
    rates=_RATES,
)

REMOVE_LABEL_USERS = Endpoint(
    name="remove-label-users",
    method="DELETE",
    path=_USERS,
    encoding=Encoding.JSON,
    request_model=LabelUsers,
    response_model=Answer,
    repeatable=True,
    rates=_RATES,
)

LIST_LABEL_USERS = Endpoint(
    name="list-label-users",
    method="GET",
    path=_USERS,
    encoding=Encoding.NONE,
    request_model=Page,
    response_model=Answer,
    repeatable=True,
    rates=_RATES,
)

READ_LABEL_USER = Endpoint(
    name="read-label-user",
    method="GET",
    path="/push/label/{label}/user/{member}",
    encoding=Encoding.NONE,
    request_model=Nothing,
    response_model=Answer,
    repeatable=True,
    rates=_RATES,
)
