"""RongCloud's built-in message types."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class MessageType:
    """A built-in type: its content's keys, whether it is kept, and whether it pushes by itself."""

    name: str
    title: str
    keys: tuple[str, ...]
    stored: bool
    pushes: bool
    """Whether RongCloud has a push text for it when none is given."""
    signal: bool = False
    """For the SDKs among themselves; nobody sends it by hand."""

    @property
    def main_key(self) -> str:
        """The key that a message of this type cannot do without."""
        return self.keys[0] if self.keys else ""


_EXTRAS = ("extra", "user", "mentionedInfo")

_TYPES = (
    MessageType("RC:TxtMsg", "text", ("content",), True, True),
    MessageType("RC:ImgMsg", "image", ("imageUri", "content"), True, True),
    MessageType("RC:GIFMsg", "GIF image", ("remoteUrl", "localPath", "width", "height", "gifDataSize"), True, True),
    MessageType("RC:HQVCMsg", "voice", ("remoteUrl", "duration"), True, True),
    MessageType("RC:VCMsg", "voice, deprecated", ("content", "duration"), True, True),
    MessageType("RC:ImgTextMsg", "image and text", ("title", "content", "imageUri", "url"), True, True),
    MessageType("RC:FileMsg", "file", ("fileUrl", "name", "size", "type"), True, True),
    MessageType("RC:LBSMsg", "location", ("latitude", "longitude", "content", "poi"), True, True),
    MessageType("RC:SightMsg", "short video", ("sightUrl", "content", "duration", "size", "name"), True, True),
    MessageType("RC:ReferenceMsg", "quote", (), True, True),
    MessageType("RC:CombineMsg", "combined messages", (), True, True),
    MessageType("RC:InfoNtf", "note in the chat", ("message",), True, False),
    MessageType("RC:ContactNtf", "contact note", ("operation", "sourceUserId", "targetUserId", "message"), True, False),
    MessageType("RC:ProfileNtf", "profile note", ("operation", "data"), True, False),
    MessageType("RC:GrpNtf", "group note", ("operation", "operatorUserId", "data", "message"), True, False),
    MessageType("RC:CmdNtf", "command, stored", ("name", "data"), True, False),
    MessageType("RC:CmdMsg", "command", ("name", "data"), False, False),
    MessageType("RC:RcCmd", "recall", (), False, True, signal=True),
    MessageType("RC:RcNtf", "recall note", (), False, False, signal=True),
    MessageType("RC:ReadNtf", "read receipt", (), False, False, signal=True),
    MessageType("RC:RRReqMsg", "read receipt request", (), False, False, signal=True),
    MessageType("RC:TypSts", "typing", (), False, False, signal=True),
)

BUILT_IN = {kind.name: kind for kind in _TYPES}
OBJECT_NAMES = tuple(kind.name for kind in _TYPES if not kind.signal)
COMMON_KEYS = frozenset(_EXTRAS)
"""Keys that any built-in content may hold."""
