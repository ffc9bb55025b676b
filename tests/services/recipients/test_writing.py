"""Recipients as a CSV file."""

from __future__ import annotations

from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pushtui.domain.draft import Draft
from pushtui.domain.recipient import Recipient
from pushtui.services.recipients.importing import recipients_of
from pushtui.services.recipients.rows import names_somebody
from pushtui.services.recipients.writing import csv_lines, csv_source
from tests.services.recipients.files import KIND, template

TEXT = st.text(st.characters(exclude_categories=["Cs"]))


@given(
    names=st.lists(TEXT.map(str.strip).filter(lambda name: bool(name.strip("\ufeff"))), unique=True, max_size=3),
    data=st.data(),
)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_what_is_written_is_read_again(names: list[str], data: st.DataObject, tmp_path: Path) -> None:
    names = [name for name in names if not name.startswith("\ufeff") and "\0" not in name]
    row = st.tuples(TEXT.filter(names_somebody), *(TEXT for _ in names))
    rows = data.draw(st.lists(row, max_size=5))
    people = [Recipient(0, user, tuple(zip(names, values, strict=True))) for user, *values in rows]
    path = tmp_path / "people.csv"
    path.write_text("".join(csv_lines(names, people)), encoding="utf-8", newline="")
    found = recipients_of(template(), Draft(KIND, "a", {}, csv_source(str(path), names)))
    assert [one._replace(line=0) for one in found] == people


def test_a_placeholder_may_be_called_as_the_user_column() -> None:
    people = [Recipient(0, "21", (("user_id", "x"),))]
    assert list(csv_lines(["user_id"], people)) == ["user_id_,user_id\r\n", "21,x\r\n"]
    assert csv_source("p.csv", ["user_id"]).user == "user_id_"
