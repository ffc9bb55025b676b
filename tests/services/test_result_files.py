"""What became of everybody, as files for people and for programs."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from pushtui.domain.attempt import AttemptState
from pushtui.domain.errors import Refused
from pushtui.services.result_files import ResultFormat, save_results, write_results
from pushtui.services.results import RecipientResult
from tests.journal.test_journal import run_of

IN_A_TABLE = {
    "=1+1": "'=1+1",
    "+86 138": "'+86 138",
    "-5": "'-5",
    "@SUM(A1)": "'@SUM(A1)",
    "\tx": "'␉x",
    "\rx": "'␍x",
    "＝1": "'＝1",
    "a=1": "a=1",
    'say "hi", she said': 'say "hi", she said',
    "": "",
    "\x1b[2Jx\u202e": "␛[2Jx<U+202E>",
    "北京👩\u200d🔧": "北京👩\u200d🔧",
}


async def results(*users: str) -> AsyncIterator[RecipientResult]:
    for user in users:
        yield RecipientResult(user, AttemptState.ACCEPTED, "UID-1", "", 1, "an id")
    yield RecipientResult("last", AttemptState.REJECTED, "", "=Refused: no", 2)


async def written(result_format: ResultFormat) -> str:
    pieces: list[str] = []
    await write_results(run_of("a"), results(*IN_A_TABLE), result_format, pieces.append)
    return "".join(pieces)


async def test_a_table_starts_no_formula_in_a_spreadsheet() -> None:
    header, *lines = csv.reader(io.StringIO(await written(ResultFormat.CSV)))
    assert header == ["user_id", "state", "message_uid", "reason", "request", "request_id"]
    assert [row[0] for row in lines[:-1]] == list(IN_A_TABLE.values())
    assert lines[0][1:] == ["accepted", "UID-1", "", "1", "an id"]
    assert lines[-1] == ["last", "rejected", "", "'=Refused: no", "2", ""]


async def test_json_is_exact() -> None:
    text = await written(ResultFormat.JSON)
    document = json.loads(text)
    assert document["run"] == "run-a"
    assert [row["user_id"] for row in document["results"][:-1]] == list(IN_A_TABLE)
    assert document["results"][-1]["reason"] == "=Refused: no"
    assert "\x1b" not in text and "\u202e" not in text


@pytest.mark.parametrize("name", ["out.csv", "out.JSON"])
async def test_a_file_is_new_private_and_whole(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    await save_results(run_of("a"), results("user"), path)
    assert path.stat().st_mode & 0o777 == 0o600
    before = path.read_text()
    assert "last" in before
    with pytest.raises(Refused, match="already"):
        await save_results(run_of("a"), results(), path)
    assert path.read_text() == before


@pytest.mark.parametrize(("name", "words"), [("out.txt", r"neither in \.csv nor in \.json"), ("no/out.csv", "No such")])
async def test_a_file_that_cannot_be_is_not_begun(tmp_path: Path, name: str, words: str) -> None:
    with pytest.raises(Refused, match=words):
        await save_results(run_of("a"), results(), tmp_path / name)
    assert [path.name for path in tmp_path.iterdir()] == ["home"]
