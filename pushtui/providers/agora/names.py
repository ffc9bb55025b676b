"""Which names Agora Chat allows."""

from __future__ import annotations

USERNAME = r"^[a-z0-9_.\-]{1,64}\Z"
"""Of users: no upper case."""
TEMPLATE_NAME = r"^[A-Za-z0-9]{1,64}\Z"
LABEL_NAME = r"^[A-Za-z0-9_.\-]{1,64}\Z"
INTERVAL = r"^\d{1,2}:\d{1,2}-\d{1,2}:\d{1,2}\Z"

DEFAULT_TEMPLATE, DETAIL_TEMPLATE = "default", "detail"
"""Templates that the cloud applies by itself, without being named."""
