"""The worker boundary: an error in a worker becomes a message, and the console goes on."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any, Protocol, runtime_checkable

from textual.app import App
from textual.worker import Worker

from pushtui.console.widgets.literal import toast
from pushtui.domain.errors import PushtuiError

if TYPE_CHECKING:
    from textual.dom import DOMNode

    from pushtui.reports import Report


@runtime_checkable
class Reporter(Protocol):
    """An app that can write an unexpected error down."""

    def report(self, error: BaseException) -> Report: ...


def run_guarded(
    node: DOMNode,
    work: Callable[[], Awaitable[None]],
    *,
    group: str = "default",
    exclusive: bool = False,
) -> Worker[None]:
    """Run work beside the message loop; its errors are shown, never fatal.

    `exclusive` cancels what runs in the same group of the same node.
    """

    async def guarded() -> None:
        try:
            await work()
        except PushtuiError as error:
            show_error(node.app, error)
        except Exception as error:  # noqa: BLE001 - the worker boundary
            show_unexpected(node.app, error)

    return node.run_worker(guarded, group=group, exclusive=exclusive, exit_on_error=False)


def show_error(app: App[Any], error: PushtuiError) -> None:
    """Show an error that was written for people."""
    toast(app, error.message, title=error.title, severity="error", timeout=10)


def show_unexpected(app: App[Any], error: BaseException) -> None:
    """Write an unexpected error down and show where."""
    if not isinstance(app, Reporter):
        raise error
    report = app.report(error)
    toast(
        app,
        f"{type(error).__name__}. {report.place}. The console goes on; your draft is kept.",
        title="Unexpected error",
        severity="error",
        timeout=10,
    )
