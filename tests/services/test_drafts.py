from __future__ import annotations

import io
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pushtui.domain.draft import Draft
from pushtui.domain.errors import DraftError
from pushtui.domain.json_body import JsonValue
from pushtui.paths import Paths
from pushtui.services.draft_text import BIGGEST, draft_text, read_draft
from pushtui.services.drafts import ChangedOnDisk, Drafts, Fingerprint

DRAFT = Draft("rongcloud.push", "sandbox", {"platform": ["ios"], "notification": {"alert": "你好 👋"}})
OTHER = Draft("rongcloud.push", "prod", {})

TEXT = st.text(st.characters(exclude_categories=["Cs"]))
JSON: st.SearchStrategy[JsonValue] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | TEXT,
    lambda inner: st.lists(inner) | st.dictionaries(TEXT, inner),
    max_leaves=20,
)


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    return Paths(tmp_path / "config", tmp_path / "state", tmp_path / "data")


@pytest.fixture
def drafts(paths: Paths) -> Drafts:
    return Drafts(paths)


@given(TEXT, TEXT, st.dictionaries(TEXT, JSON))
def test_what_is_written_is_read_again(kind: str, account: str, body: dict[str, JsonValue]) -> None:
    draft = Draft(kind, account, body)
    assert read_draft(draft_text(draft)) == draft


def test_a_draft_is_written_for_people() -> None:
    assert draft_text(Draft("rongcloud.push", "sandbox", {"text": "é"})) == (
        '{\n  "kind": "rongcloud.push",\n  "account": "sandbox",\n  "body": {\n    "text": "é"\n  }\n}\n'
    )


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("", "not valid JSON: line 1, column 1"),
        ('{\n  "kind": }', "not valid JSON: line 2, column 11"),
        ("[]", "must be one JSON object"),
        ('{"kind": "a", "kind": "b", "account": "c", "body": {}}', "“kind” stands twice"),
        ('{"kind": "a", "account": "b", "body": {"x": {"y": 1, "y": 2}}}', "“y” stands twice"),
        ('{"kind": "a", "account": "b", "body": {"x": NaN}}', "NaN is not JSON"),
        ('{"kind": "a", "account": "b", "body": {"x": "\\ud800"}}', "lone surrogate"),
        ('{"kind": "a", "acount": "b", "body": {}}', "Unknown key “acount”.*Did you mean “account”"),
        ('{"kind": "a", "body": {}}', "“account” is missing"),
        ('{"kind": "a", "account": "b"}', "“body” is missing"),
        ('{"kind": "a", "account": "b", "body": []}', "“body” is a list; it must be an object"),
        ('{"kind": 1, "account": "b", "body": {}}', "“kind” is a number; it must be text"),
        ('{"kind": "a", "account": null, "body": {}}', "“account” is null; it must be text"),
        (
            '{"platform": ["ios"], "audience": {"is_to_all": false}}',
            "neither “kind” nor “body”.*the body that the provider",
        ),
        ("[" * 100_000, "nested too deeply"),
    ],
)
def test_text_that_is_no_draft(text: str, complaint: str) -> None:
    with pytest.raises(DraftError, match=complaint):
        read_draft(text)


def test_a_byte_order_mark_does_no_harm() -> None:
    assert read_draft("\ufeff" + draft_text(DRAFT)) == DRAFT


def test_the_size_limit_counts_bytes_and_is_told(drafts: Drafts, tmp_path: Path) -> None:
    just_fits = draft_text(Draft("a", "b", {"x": ""}))
    room = BIGGEST - len(just_fits)
    assert read_draft(just_fits.replace('""', '"' + "x" * room + '"')).kind == "a"
    for text in ("x" * (BIGGEST + 1), "é" * (BIGGEST // 2 + 1)):
        with pytest.raises(DraftError, match="longer than 4 MiB"):
            read_draft(text)


async def test_a_big_file_is_not_read_whole(drafts: Drafts) -> None:
    with pytest.raises(DraftError, match="/dev/zero: This is longer than 4 MiB"):
        await drafts.open(Path("/dev/zero"))


def test_a_draft_comes_from_a_stream(drafts: Drafts) -> None:
    assert drafts.read_stream(io.StringIO(draft_text(DRAFT))) == DRAFT
    assert drafts.read_text(draft_text(DRAFT)) == DRAFT
    with pytest.raises(DraftError, match="longer than 4 MiB"):
        drafts.read_stream(io.StringIO("x" * (BIGGEST + 1)))
    with pytest.raises(DraftError, match="not UTF-8"):
        drafts.read_stream(io.TextIOWrapper(io.BytesIO(b"\xff"), "utf-8"))


async def test_saved_and_opened(drafts: Drafts, tmp_path: Path) -> None:
    path = tmp_path / "news.json"
    fingerprint = await drafts.save(path, DRAFT, None)
    opened = await drafts.open(path)
    assert (opened.path, opened.draft, opened.fingerprint) == (path, DRAFT, fingerprint)
    assert path.read_text() == draft_text(DRAFT)


async def test_a_new_file_is_private_and_an_old_one_keeps_its_mode(drafts: Drafts, tmp_path: Path) -> None:
    path = tmp_path / "news.json"
    fingerprint = await drafts.save(path, DRAFT, None)
    assert path.stat().st_mode & 0o777 == 0o600
    path.chmod(0o644)
    await drafts.save(path, OTHER, fingerprint)
    assert path.stat().st_mode & 0o777 == 0o644


async def test_nobody_elses_work_is_overwritten(drafts: Drafts, tmp_path: Path) -> None:
    path = tmp_path / "news.json"
    fingerprint = await drafts.save(path, DRAFT, None)
    with pytest.raises(ChangedOnDisk, match=r"There is a file .*news\.json already"):
        await drafts.save(path, OTHER, None)
    path.write_text("mine")
    with pytest.raises(ChangedOnDisk, match="changed by somebody else"):
        await drafts.save(path, OTHER, fingerprint)
    assert path.read_text() == "mine"
    path.unlink()
    with pytest.raises(ChangedOnDisk, match="was removed"):
        await drafts.save(path, OTHER, fingerprint)
    assert not path.exists()


@pytest.mark.parametrize("expected", [None, Fingerprint("stale")])
async def test_overwriting_is_possible_on_purpose(drafts: Drafts, tmp_path: Path, expected: Fingerprint | None) -> None:
    path = tmp_path / "news.json"
    path.write_text("old")
    await drafts.save(path, DRAFT, expected, overwrite=True)
    assert (await drafts.open(path)).draft == DRAFT


async def test_a_plain_name_means_the_drafts_folder(drafts: Drafts, paths: Paths) -> None:
    await drafts.save(Path("spring"), DRAFT, None)
    await drafts.save(Path("v1.2"), DRAFT, None)
    assert sorted(path.name for path in paths.drafts.iterdir()) == ["spring.json", "v1.2.json"]
    assert paths.drafts.stat().st_mode & 0o777 == 0o700
    for name in ("spring", "spring.json"):
        assert (await drafts.open(Path(name))).path == paths.drafts / "spring.json"


async def test_a_plain_name_of_a_file_here_opens_that(
    drafts: Drafts, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    await drafts.save(Path("spring.json"), DRAFT, None)
    await drafts.save(tmp_path / "spring.json", OTHER, None)
    monkeypatch.chdir(tmp_path)
    assert (await drafts.open(Path("spring.json"))).draft == OTHER
    assert (await drafts.open(Path("spring"))).draft == DRAFT


def test_paths_are_those_a_person_means(drafts: Drafts, isolated_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(isolated_home)
    for locate in (drafts.find, drafts.place):
        assert locate(Path("~/x.json")) == isolated_home / "x.json"
        assert locate(Path("a/x.json")) == isolated_home / "a" / "x.json"
    assert drafts.place(drafts.place(Path("x"))) == drafts.place(Path("x"))


async def test_the_folder_is_listed_with_what_cannot_be_read(drafts: Drafts, paths: Paths) -> None:
    assert await drafts.list() == ()
    await drafts.save(Path("old"), DRAFT, None)
    await drafts.save(Path("new"), OTHER, None)
    (paths.drafts / "broken.json").write_text("{")
    (paths.drafts / "notes.txt").write_text("not a draft")
    for age, name in enumerate(("new", "broken", "old")):
        os.utime(paths.drafts / f"{name}.json", (1e9 - age, 1e9 - age))
    new, broken, old = await drafts.list()
    assert (new.name, new.kind, new.account, new.error) == ("new", "rongcloud.push", "prod", "")
    assert broken.name == "broken"
    assert broken.error.startswith("This is not valid JSON")
    assert old.modified.year == 2001


async def test_what_cannot_be_opened_says_why(drafts: Drafts, tmp_path: Path) -> None:
    with pytest.raises(DraftError, match=r"There is no file .*missing\.json"):
        await drafts.open(tmp_path / "missing.json")
    with pytest.raises(DraftError, match="cannot be read: Is a directory"):
        await drafts.open(tmp_path)
    (tmp_path / "binary").write_bytes(b"\xff")
    with pytest.raises(DraftError, match="binary: This is not UTF-8"):
        await drafts.open(tmp_path / "binary")
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(DraftError, match="is a pipe"):
        await drafts.open(tmp_path / "pipe")


async def test_what_cannot_be_saved_says_why(drafts: Drafts, tmp_path: Path) -> None:
    with pytest.raises(DraftError, match="there is no folder"):
        await drafts.save(tmp_path / "nowhere" / "x.json", DRAFT, None)
    (tmp_path / "file").touch()
    with pytest.raises(DraftError, match="cannot be written: Not a directory"):
        await drafts.save(tmp_path / "file" / "x.json", DRAFT, None)
