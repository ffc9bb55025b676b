"""`python -m pushtui.sandbox` serves the sandbox without the command line around it."""

from __future__ import annotations

import argparse
import gc
import sys
from pathlib import Path

from pushtui.domain.errors import SandboxError
from pushtui.sandbox.server import SandboxOptions, serve
from pushtui.sandbox.settings import settings_help


def main(arguments: list[str] | None = None) -> int:
    """Serve and return the exit status."""
    parser = argparse.ArgumentParser(
        "python -m pushtui.sandbox",
        description="Serve pushtui's sandbox on loopback.",
        epilog=f"Settings that POST /_sandbox/settings changes while it runs:\n{settings_help()}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--port", type=int, default=7788, help="loopback port; 0 takes a free one (default: 7788)")
    parser.add_argument("--seed", type=int, default=1, help="the same seed gives the same ids and secret (default: 1)")
    parser.add_argument("--json", action="store_true", help="say the address as one line of JSON")
    parser.add_argument("--no-limits", action="store_false", dest="limits", help="switch rates and quotas off")
    parser.add_argument("--lifeline", action="store_true", help="stop when standard input ends")
    parser.add_argument("--state", type=Path, metavar="FILE", help="begin as FILE says, and keep the state there")
    given = parser.parse_args(arguments)
    try:
        return serve(SandboxOptions(given.port, given.seed, given.json, given.limits, given.lifeline, given.state))
    except SandboxError as error:
        sys.stderr.write(f"{error.message}\n")
        return 1


if __name__ == "__main__":
    status = main()
    # Whoever ends the sandbox waits for it, and the system takes back all memory faster than a collector.
    gc.freeze()
    sys.exit(status)
