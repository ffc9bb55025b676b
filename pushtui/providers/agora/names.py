"""Which names Agora Chat allows."""

from __future__ import annotations

USERNAME = r"^[a-z0-9_.\-]{1,64}$"
"""Of users: no upper case."""
TEMPLATE_NAME = r"^[A-Za-z0-9]{1,64}$"
LABEL_NAME = r"^[A-Za-z0-9_.\-]{1,64}$"
_TIME = r"(?:[01]?[0-9]|2[0-3]):[0-5]?[0-9]"
INTERVAL = rf"^{_TIME}-{_TIME}$"
"""Daily quiet time; Agora's own Web SDK does not pad the numbers."""

DEFAULT_TEMPLATE, DETAIL_TEMPLATE = "default", "detail"
"""Templates that the cloud applies by itself, without being named."""
