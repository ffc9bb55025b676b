"""`python -m tests.screenshots` makes the pictures anew; with `--check` it names those that are stale."""

from __future__ import annotations

import argparse
import sys

from tests.screenshots.pictures import FOLDER, stale, write


def main() -> int:
    """Return 1 if pictures are checked and stale, else 0."""
    parser = argparse.ArgumentParser("python -m tests.screenshots", description="Take the pictures of the README.")
    parser.add_argument("--check", action="store_true", help="write nothing; name what is stale")
    if not parser.parse_args().check:
        write()
        return 0
    names = stale()
    for name in names:
        sys.stdout.write(f"{FOLDER.name}/{name} is stale; run: python -m tests.screenshots\n")
    return 1 if names else 0


if __name__ == "__main__":
    sys.exit(main())
