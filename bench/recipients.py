"""Reading and checking many recipients, beside `csv.DictReader` over the same file: `python -m bench.recipients`.

Each reader runs in a process of its own, so that its peak memory is its own.
"""

from __future__ import annotations

import argparse
import csv
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path

from pushtui.domain.account import Account, Environment
from pushtui.domain.draft import Draft
from pushtui.domain.recipient import RecipientSource
from pushtui.providers.kinds import kind_named
from pushtui.services.audience import look
from pushtui.services.recipients.importing import Survey, nobody, recipients_of

ROOT = Path(__file__).parents[1]
COLUMNS = ("user_id", "name", "city", "amount")
NAMES = ("Tom", "张伟", "José", "Анна")


def draft(path: Path) -> Draft:
    """Return a draft whose template has a placeholder for each column."""
    values = tuple((name, name) for name in COLUMNS[1:])
    body: dict[str, object] = {
        "fromUserId": "news",
        "objectName": "RC:TxtMsg",
        "content": '{"content":"Hi {name} in {city}: {amount} is due"}',
        "pushContent": ["Hi {name}"],
    }
    return Draft("rongcloud.system-template", "sandbox", body, RecipientSource("user_id", str(path), values=values))  # type: ignore[arg-type]  # JSON all right


def rows(count: int) -> Iterator[list[str]]:
    """Yield people, no two alike."""
    for number in range(count):
        yield [f"user-{number:08}", f"{NAMES[number % 4]} {number % 1000}", "Beijing", f"{number % 997}.50"]


def write(path: Path, count: int) -> None:
    """Write a file in the format of its name."""
    if path.suffix == ".xlsx":
        from openpyxl import Workbook

        book = Workbook(write_only=True)
        sheet = book.create_sheet()
        for row in (list(COLUMNS), *rows(count)):
            sheet.append(row)
        book.save(path)
        return
    with path.open("w", encoding="utf-8", newline="") as file:
        if path.suffix == ".jsonl":
            file.writelines(json.dumps(dict(zip(COLUMNS, row, strict=True))) + "\n" for row in rows(count))
        else:
            csv.writer(file).writerows([COLUMNS])
            csv.writer(file).writerows(rows(count))


def bare(path: Path) -> int:
    """Read with the standard library alone."""
    with path.open(encoding="utf-8", newline="") as file:
        return sum(1 for _ in csv.DictReader(file))


def stream(path: Path) -> int:
    """Read what is written to the journal when a run begins."""
    return sum(1 for _ in recipients_of(kind_named("rongcloud.system-template"), draft(path)))


def survey(path: Path) -> int:
    """Read and check everybody, as `pushtui check` does."""
    found = Survey(kind_named("rongcloud.system-template"), draft(path))
    count = sum(1 for _ in found)
    if found.findings:
        raise SystemExit(str(found.findings))
    return count


def plan(path: Path) -> int:
    """Read and check everybody, and make all requests, as a plan does."""
    account = Account("bench", "rongcloud", Environment.SANDBOX, ("http://127.0.0.1:1",), {"app_key": "x"})
    return look(kind_named("rongcloud.system-template"), account, draft(path), nobody).requests.recipients


READERS: Mapping[str, Callable[[Path], int]] = {"DictReader": bare, "stream": stream, "survey": survey, "plan": plan}


def run_one(name: str, path: Path) -> None:
    """Run one reader and print rows, seconds, seconds of processor time, peak memory and its growth in MiB."""
    before, began, worked = _peak(), time.perf_counter(), time.process_time()
    count = READERS[name](path)
    taken, used = time.perf_counter() - began, time.process_time() - worked
    print(json.dumps([count, taken, used, _peak(), _peak() - before]))


def _peak() -> float:
    """The process's own peak in MiB; what `getrusage` says on Linux may be that of whoever started it."""
    with suppress(OSError):
        for line in Path("/proc/self/status").read_text().splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def measure(name: str, path: Path) -> list[float]:
    """Run a reader in a process of its own, and return what it prints."""
    command = [sys.executable, "-m", "bench.recipients", "--reader", name, "--file", str(path)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    figures: list[float] = json.loads(done.stdout)
    return figures


def main() -> None:
    """Print a line for each format and reader."""
    parser = argparse.ArgumentParser("python -m bench.recipients", description="Reading many recipients.")
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--excel-rows", type=int, default=100_000)
    parser.add_argument("--reader", choices=READERS, help=argparse.SUPPRESS)
    parser.add_argument("--file", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.reader:
        run_one(given.reader, given.file)
        return
    print(f"{'format':<8}{'reader':<12}{'rows':>10}{'seconds':>9}{'CPU s':>8}{'peak MiB':>10}{'grown':>8}")
    with tempfile.TemporaryDirectory() as folder:
        for suffix, count in (("csv", given.rows), ("jsonl", given.rows), ("xlsx", given.excel_rows)):
            path = Path(folder) / f"people.{suffix}"
            write(path, count)
            for name in READERS if suffix == "csv" else ("stream", "survey", "plan"):
                read, seconds, used, peak, grown = measure(name, path)
                print(f"{suffix:<8}{name:<12}{read:>10,}{seconds:9.2f}{used:8.2f}{peak:10.0f}{grown:8.0f}")


if __name__ == "__main__":
    main()
