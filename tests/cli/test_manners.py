"""Pipes that break, disks that are full, and errors that nobody expected."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from pushtui.cli import main as program
from pushtui.domain.secret import Secret
from pushtui.paths import Paths
from tests.cli.program import Program
from tests.sandbox.client import SandboxClient


def test_a_broken_pipe_is_quiet(pushtui: Program) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    done = subprocess.run(
        pushtui.command("schema"), stdout=writer, stderr=subprocess.PIPE, env=pushtui.variables, timeout=60
    )
    os.close(writer)
    assert (done.returncode, done.stderr) == (141, b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full on this system")
def test_a_full_disk_is_a_sentence(pushtui: Program) -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            pushtui.command("schema"), stdout=full, stderr=subprocess.PIPE, env=pushtui.variables, timeout=60
        )
    assert done.returncode == 1
    assert done.stderr.decode() == "Output: Standard output cannot be written: No space left on device.\n"


def test_nothing_is_sent_when_nobody_reads(linked: Program, sandbox: SandboxClient) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    command = linked.command("send", linked.draft(), "--confirm", "sandbox unknown")
    done = subprocess.run(command, stdout=writer, cwd=linked.folder, env=linked.variables, timeout=60)
    os.close(writer)
    assert (done.returncode, sandbox.requests()) == (141, 0)


def test_a_push_under_way_needs_no_reader_of_its_notes(linked: Program, sandbox: SandboxClient) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    command = linked.command("send", linked.draft(), "--confirm", "sandbox unknown")
    done = subprocess.run(
        command, stdout=subprocess.PIPE, stderr=writer, cwd=linked.folder, env=linked.variables, timeout=60
    )
    os.close(writer)
    assert (done.returncode, sandbox.accepted()) == (0, 1)
    assert "✔ accepted" in done.stdout.decode()


def test_closed_streams_are_no_crash(pushtui: Program) -> None:
    command = " ".join(pushtui.command("schema")) + " <&- >&- 2>&-"
    assert subprocess.run(["sh", "-c", command], env=pushtui.variables, timeout=60).returncode == 0


def test_an_unexpected_error_is_a_report(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    secret = Secret("very-secret-value")

    def broken(*_arguments: object) -> int:
        local = secret.reveal()
        raise RuntimeError(f"about {local}")

    monkeypatch.setattr(program, "_run", broken)
    assert program.main(["plan"]) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert "An unexpected error ended the command. Report " in said.err
    assert "Traceback" not in said.err
    [report] = Paths.from_environment().logs.iterdir()
    assert "RuntimeError" in report.read_text()
    assert secret.reveal() not in report.read_text() + said.err
    assert report.stat().st_mode & 0o777 == 0o600


def test_an_unusable_journal_is_a_sentence(pushtui: Program) -> None:
    journal = Paths.from_environment().journal_file
    journal.parent.mkdir(parents=True)
    journal.write_bytes(b"this is no database" * 100)
    for arguments in (("history",), ("plan", pushtui.draft(account="shop")), ("accounts",)):
        done = pushtui(*arguments)
        assert done.status == 1
        assert str(journal) in done.err
        assert "Traceback" not in done.err
    assert pushtui("doctor").status == 1
