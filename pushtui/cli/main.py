"""The `pushtui` command: parse, run one command, and turn whatever happens into an exit status."""

from __future__ import annotations

import gc
import signal
import sys
from collections.abc import Sequence
from types import FrameType
from typing import TYPE_CHECKING, NoReturn

from pushtui.cli.exits import BROKEN_PIPE, Exit, Interrupted, by_signal
from pushtui.cli.output import Output, OutputLost
from pushtui.domain.errors import PushtuiError, UsageError

if TYPE_CHECKING:
    from pushtui.reports import Report


def run() -> NoReturn:
    """Run the command line of this process and leave with its status."""
    for number in (signal.SIGTERM, signal.SIGHUP):
        if signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, _interrupt)
    status = main(sys.argv[1:])
    # The system takes back all memory at once; collecting it object by object takes longer than leaving.
    gc.freeze()
    sys.exit(status)


def main(arguments: Sequence[str]) -> int:
    """Run one command and return the exit status; nothing but SystemExit's own kind gets out."""
    output = Output.standard(as_json="--json" in arguments, color="--no-color" not in arguments)
    status = int(Exit.DONE)
    try:
        status = _guarded(arguments, output)
        output.flush()
    except BrokenPipeError:
        output.discard()
        return BROKEN_PIPE
    except OutputLost as error:
        output.discard()
        output.error(error)
        return status or Exit.FAILED
    return status


def _guarded(arguments: Sequence[str], output: Output) -> int:
    """Run a command; the crash handler of the command line."""
    try:
        return _run(arguments, output)
    except (BrokenPipeError, OutputLost):
        raise
    except UsageError as error:
        output.error(error)
        return Exit.USAGE
    except PushtuiError as error:
        output.error(error)
        return Exit.FAILED
    except KeyboardInterrupt:
        return by_signal(signal.SIGINT)
    except Interrupted as interrupted:
        return interrupted.status
    except Exception as error:  # noqa: BLE001 - the crash handler
        output.error(_unexpected(error))
        return Exit.FAILED


def _run(arguments: Sequence[str], output: Output) -> int:
    from pushtui.cli.commands import load
    from pushtui.cli.context import Context
    from pushtui.cli.help import overview
    from pushtui.cli.parser import parse

    wanted = parse(arguments)
    if wanted.text is not None:
        output.text(overview() if wanted.text == "" else wanted.text)
        return Exit.DONE
    given = wanted.given
    return load(given.command)(given, Context(output, read_only=getattr(given, "read_only", False)))


def _interrupt(number: int, _frame: FrameType | None) -> None:
    raise Interrupted(number)


def _unexpected(error: Exception) -> PushtuiError:
    report = _report(error)
    place = report.place if report is not None else "There is no report"
    return PushtuiError(f"An unexpected error ended the command. {place}.", title="Unexpected")


def _report(error: Exception) -> Report | None:
    from pushtui.domain.clock import SystemClock
    from pushtui.paths import Paths
    from pushtui.reports import write_report

    try:
        return write_report(Paths.from_environment().logs, error, SystemClock().now())
    except (ImportError, RuntimeError):
        # Without a home folder, or a whole installation, there is nowhere to write.
        return None
