"""Which columns of a table fit, and where its highlight goes."""

from __future__ import annotations

from textual.app import App, ComposeResult

from pushtui.console.theme_names import stand_ins
from pushtui.console.widgets.table import Cell, Column, Row, Table, fitting

COLUMNS = (Column("Name", 6, stretches=True), Column("Place", 8, spare=2), Column("Note", 4, spare=1))


def widths(room: int) -> dict[str, int]:
    return {column.title: column.width for _, column in fitting(COLUMNS, room)}


def rows(*names: str) -> list[Row]:
    return [Row(name, (Cell(name, "bold"), Cell("here"), Cell("[b]no"))) for name in names]


class TableApp(App[None]):
    """Nothing but a table."""

    def compose(self) -> ComposeResult:
        yield Table(COLUMNS)

    def get_theme_variable_defaults(self) -> dict[str, str]:
        return stand_ins(self.current_theme.to_color_system().generate())


def test_columns_are_left_out_by_their_spare_and_one_takes_the_rest() -> None:
    assert widths(30) == {"Name": 12, "Place": 8, "Note": 4}
    assert widths(24) == {"Name": 6, "Place": 8, "Note": 4}
    assert widths(23) == {"Name": 15, "Note": 4}
    assert widths(5) == {"Name": 6}


async def test_the_highlight_stays_on_its_row_or_follows_the_first() -> None:
    app = TableApp()
    async with app.run_test() as pilot:
        table = app.query_one(Table)
        table.show(rows("a", "b"))
        await pilot.press("down")
        assert table.highlighted == "b"
        table.show(rows("new", "a", "b"), follow_first=True)
        assert table.highlighted == "b"
        table.show(rows("a", "new"))
        assert table.highlighted == "a"
        table.show(rows("newer", "a"))
        assert table.highlighted == "a"
        table.move_cursor(row=0)
        table.show(rows("newest", "newer"), follow_first=True)
        assert table.highlighted == "newest"
        table.show([])
        assert table.highlighted is None


async def test_cells_are_literal_and_columns_follow_the_width() -> None:
    app = TableApp()
    async with app.run_test(size=(40, 10)) as pilot:
        table = app.query_one(Table)
        table.show(rows("a", "b"))
        await pilot.press("down")
        assert [cell.plain for cell in table.get_row_at(0)] == ["a", "here", "[b]no"]
        await pilot.resize_terminal(22, 10)
        await pilot.pause()
        assert [cell.plain for cell in table.get_row_at(0)] == ["a", "[b]no"]
        assert table.highlighted == "b"


async def test_only_cells_that_changed_are_painted_anew() -> None:
    app = TableApp()
    async with app.run_test(size=(40, 10)) as pilot:
        table = app.query_one(Table)
        first, second = rows("a", "b")
        table.show([first, second])
        await pilot.press("down")
        filled = table.get_row_at(0)
        table.show([first, Row("b", (Cell("b"), Cell("there", "bold"), Cell("[b]no")))])
        assert table.highlighted == "b"
        assert [cell.plain for cell in table.get_row_at(1)] == ["b", "there", "[b]no"]
        assert [one is other for one, other in zip(table.get_row_at(0), filled, strict=True)] == [True] * 3
