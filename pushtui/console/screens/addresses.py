"""Where the sandbox's clouds answer, for programs that are to talk to them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content

from pushtui.console.acting import Copyable
from pushtui.console.screens.base import Dialog
from pushtui.console.widgets.literal import Block, Line, joined, lines, literal, literal_line
from pushtui.providers.apps import provider_title

if TYPE_CHECKING:
    from pathlib import Path

    from pushtui.services.sandbox_address import CloudAddress, SandboxAddress

NAME = 13


class AddressesDialog(Dialog[None]):
    """Base URLs and the ready-made apps, without their secrets; F12 copies them."""

    DEFAULT_CSS = """
    AddressesDialog > VerticalScroll {
        width: 84; max-width: 96%; height: auto; max-height: 90%; background: $surface; padding: 1 2;
    }
    AddressesDialog Block { height: auto; margin-top: 1; }
    """

    def __init__(self, address: SandboxAddress, file: Path) -> None:
        super().__init__()
        self._address = address
        self._file = file

    def compose(self) -> ComposeResult:
        with VerticalScroll():
            yield Line(literal_line("Where the clouds answer, on this machine only", "bold $primary"))
            yield Block(addresses(self._address))
            yield Block(
                literal(
                    "Secrets are not shown. `pushtui sandbox --json` prints them when a sandbox starts, and while it "
                    f"runs they are in {self._file}.",
                    "$quiet",
                )
            )

    def what_to_copy(self) -> Copyable:
        """F12 copies addresses and ids."""
        return Copyable("The addresses", addresses(self._address).plain)


def addresses(address: SandboxAddress) -> Content:
    """Write the addresses of all clouds and of the control API, with the ids of the ready-made apps."""
    clouds = [line for cloud in address.clouds for line in _cloud(cloud)]
    return lines(*clouds, literal_line("Control API", "bold"), _fact("base url", address.control_url))


def _cloud(cloud: CloudAddress) -> list[Content]:
    return [
        literal_line(provider_title(cloud.cloud), "bold"),
        _fact("base url", cloud.base_url),
        *(_fact(name.replace("_", " "), value) for name, value in cloud.ids.items()),
        Content(""),
    ]


def _fact(name: str, value: str) -> Content:
    return joined(literal_line(f"  {name:<{NAME}}", "$quiet"), literal_line(value))
