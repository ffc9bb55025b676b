"""Text from outside reaches widgets through `widgets/literal.py` only; this looks for ways around it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from rich.segment import Segment
from textual.color import Color

from pushtui.console.belt import LastBelt
from pushtui.console.widgets.literal import Line, joined, lines, literal, literal_cell, literal_line, toast
from pushtui.domain.safe_text import without_controls
from tests.console.conftest import MakeApp
from tests.terminal.apps.screens import HOSTILE

PACKAGE = Path(__file__).parents[2] / "pushtui"
ADAPTER = PACKAGE / "console" / "widgets" / "literal.py"
CLI_OUTPUT = PACKAGE / "cli" / "output.py"

MAKERS = frozenset({"literal", "literal_line", "literal_cell", "block", "line", "cell", "same_length", "_cell"})
"""Calls whose result is safe; `_cell` is that of the table, which puts a style on a literal cell."""

ONLY_IN = {
    "Static": "literal.py",
    "Label": "literal.py",
    "Button": "literal.py",
    "Option": "literal.py",
    "Input": "entry.py",
    "TextArea": "editor.py",
}
"""Classes of textual that take raw text, and the one module that may make them."""

NOWHERE = frozenset(
    {
        "Checkbox",
        "Collapsible",
        "Digits",
        "Footer",
        "Header",
        "Link",
        "Log",
        "Markdown",
        "MarkdownViewer",
        "Pretty",
        "RadioButton",
        "RichLog",
        "Select",
        "Selection",
        "SelectionList",
        "TabPane",
        "Tooltip",
        "Tree",
        "from_markup",
        "from_rich_text",
    }
)
"""What reads markup or passes control characters and is not needed."""

SINK_CALLS = frozenset({"notify", "add_column", "add_columns", "add_row", "add_rows", "update_cell", "update_cell_at"})
SINK_ATTRIBUTES = frozenset({"border_title", "border_subtitle", "tooltip", "placeholder", "sub_title", "loading"})
RAW_CONTENT = frozenset({"Content", "Text", "Content.styled", "Content.assemble", "Text.assemble", "Text.styled"})


def complaints(source: str, name: str = "screen.py") -> list[str]:
    """List the ways around the adapter in a module of the console."""
    tree = ast.parse(source)
    return [f"{name}:{line}: {what}" for line, what in sorted(_found(tree, name))]


def _found(tree: ast.Module, name: str) -> Iterator[tuple[int, str]]:
    if name == ADAPTER.name:
        return
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            yield from _of_call(node, name)
        elif isinstance(node, ast.Assign):
            targets = [target for target in node.targets if isinstance(target, ast.Attribute)]
            for target in targets:
                if target.attr in SINK_ATTRIBUTES and not _safe(node.value):
                    yield node.lineno, f".{target.attr} = raw text"


def _of_call(call: ast.Call, name: str) -> Iterator[tuple[int, str]]:
    called = ast.unparse(call.func)
    last = called.rpartition(".")[2]
    if last in NOWHERE:
        yield call.lineno, f"{last} is not for text from outside"
    if called in ONLY_IN and ONLY_IN[called] != name:
        yield call.lineno, f"{called} is made in {ONLY_IN[called]} only"
    if last in ("print", "bell_with_text"):
        yield call.lineno, "print"
    if (last in SINK_CALLS or called in RAW_CONTENT) and not all(map(_safe, _arguments(call))):
        yield call.lineno, f"{called} with raw text"


def _arguments(call: ast.Call) -> list[ast.expr]:
    named = {
        "key",
        "coordinate",
        "style",
        "width",
        "height",
        "end",
        "no_wrap",
        "overflow",
        "severity",
        "timeout",
        "markup",
    }
    return [*call.args, *(word.value for word in call.keywords if word.arg not in named)]


def _safe(value: ast.expr) -> bool:
    if isinstance(value, ast.Starred):
        return _safe(value.value)
    if isinstance(value, ast.GeneratorExp | ast.ListComp):
        return _safe(value.elt)
    if isinstance(value, ast.IfExp):
        return _safe(value.body) and _safe(value.orelse)
    if isinstance(value, ast.Name):
        return value.id.isupper()  # a constant of our own source
    if isinstance(value, ast.Call):
        return ast.unparse(value.func).rpartition(".")[2] in MAKERS
    return isinstance(value, ast.Constant)


def modules(folder: str) -> list[Path]:
    return sorted((PACKAGE / folder).rglob("*.py"))


@pytest.mark.parametrize("path", modules("console"), ids=lambda path: path.stem)
def test_no_module_of_the_console_goes_around_the_adapter(path: Path) -> None:
    assert complaints(path.read_text(), path.name) == []


@pytest.mark.parametrize("path", modules("cli"), ids=lambda path: path.stem)
def test_only_one_module_of_the_command_line_writes(path: Path) -> None:
    if path == CLI_OUTPUT:
        return
    written = [
        ast.unparse(node)
        for node in ast.walk(ast.parse(path.read_text()))
        if (isinstance(node, ast.Call) and ast.unparse(node.func) == "print")
        or (isinstance(node, ast.Attribute) and ast.unparse(node) in ("sys.stdout.write", "sys.stderr.write"))
    ]
    assert written == []


@pytest.mark.parametrize(
    "source",
    [
        "Static(name)",
        "yield Label(f'{name}')",
        "Button(name)",
        "Option(prompt)",
        "Input(value)",
        "Markdown(text)",
        "Content.from_markup(text)",
        "Content(text)",
        "Content(text if text else '')",
        "table.add_row(*(name for name in names))",
        "Content.styled(text, 'bold')",
        "Text(text)",
        "self.notify(message)",
        "self.app.notify(f'sent to {name}')",
        "table.add_row(name)",
        "table.add_row(*names)",
        "table.add_columns('a', name)",
        "self.border_title = name",
        "self.tooltip = f'{name}'",
        "entry.placeholder = name",
        "print('x')",
    ],
)
def test_the_lint_finds(source: str) -> None:
    assert len(complaints(source)) == 1


@pytest.mark.parametrize(
    "source",
    [
        "Line(literal_line(name))",
        "toast(app, name)",
        "table.add_columns('When', 'What')",
        "self.border_title = literal_line(name)",
        "Content('')",
        "Content('*' if required else '')",
        "Content(SEPARATOR).join(parts)",
        "table.add_row(*(literal_cell(name) for name in names))",
        "Text(same_length(text), end='', no_wrap=True)",
        "option(literal_line(name), id='x')",
    ],
)
def test_the_lint_accepts(source: str) -> None:
    assert complaints(source) == []


@given(st.text())
def test_content_is_literal_and_clean(text: str) -> None:
    for made in (
        literal(text),
        literal_line(text),
        literal(text, "bold"),
        joined(literal_line(text)),
        lines(literal(text)),
    ):
        assert without_controls(made.plain) == made.plain
    cell = literal_cell(text)
    assert without_controls(cell.plain) == cell.plain
    assert "\n" not in cell.plain
    assert "\n" not in literal_line(text).plain


def test_markup_is_shown_as_it_is() -> None:
    text = "a[/b]c [@click=app.bell]x[/] [bold]y"
    assert literal(text).plain == literal_line(text).plain == literal_cell(text).plain == text
    assert literal(text).spans == []


@given(st.text())
@example("\U000e0100")
@example("\u3164wide")
def test_the_last_belt_deletes_and_keeps_columns(text: str) -> None:
    segments = [Segment(text.replace("\n", ""))]
    cleaned = LastBelt().apply(segments, Color(0, 0, 0))
    assert without_controls(cleaned[0].text) == cleaned[0].text
    assert cleaned[0].cell_length == segments[0].cell_length


def test_the_last_belt_leaves_clean_lines_alone() -> None:
    for segments in ([Segment("plain")], [Segment("plain"), Segment("漢字 🎉")]):
        assert LastBelt().apply(segments, Color(0, 0, 0)) == segments


async def test_a_toast_takes_any_text(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(notifications=True) as pilot:
        toast(app, HOSTILE, title=HOSTILE)
        await pilot.pause()
        shown = [notice for notice in app._notifications if "PWNED" in notice.message]
        assert "\x1b" not in shown[0].message + shown[0].title


async def test_a_line_paints_only_what_is_new(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test() as pilot:
        line = app.screen.query_one(Line)
        line.show(literal_line("new"))
        assert str(line.visual) == "new"
        await pilot.pause()
        line.show(literal_line("new"))
        assert not line._repaint_regions
