"""The payloads of push templates."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import Field

from pushtui.providers.agora.base_model import AgoraModel
from pushtui.providers.agora.names import TEMPLATE_NAME
from pushtui.providers.wire import Wire

_VARIABLES = "{0}, {1} … stand for what the sender gives; {$fromNickname} and {$msg} for sender and message."


class TemplateName(AgoraModel):
    """What a template is called."""

    SECTION: ClassVar[str] = "Template"

    name: Annotated[
        str,
        Wire("What senders call it: letters and digits. “default” and “detail” apply by themselves."),
        Field(max_length=64, pattern=TEMPLATE_NAME),
    ]


class TemplateTexts(AgoraModel):
    """Both texts of a template."""

    SECTION: ClassVar[str] = "Template"

    title_pattern: Annotated[str, Wire(f"The title. {_VARIABLES}", label="title"), Field(min_length=1)]
    content_pattern: Annotated[
        str,
        Wire(f"The text. {_VARIABLES} It has numbers of its own.", label="text", multiline=True),
        Field(min_length=1),
    ]


class NewTemplate(TemplateTexts, TemplateName):
    """A template to create: its name, then its texts."""
