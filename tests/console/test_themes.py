from __future__ import annotations

import re
from pathlib import Path

import pytest
from rich.color import Color as RichColor
from rich.color import ColorSystem
from textual.color import Color

from pushtui.console.theme_names import VARIABLES, stand_ins
from pushtui.console.themes import DEFAULT, ThemeError, ThemeFile, find_themes, package_folder, read_theme
from pushtui.paths import Paths
from tests.console.conftest import MakeApp, notices

ROOT = Path(__file__).parents[2]
OURS = find_themes(package_folder())
READABLE = 4.5
"""WCAG 2.2, level AA, for text of ordinary size."""

GROUNDS = ("background", "surface", "field", "field-focus")
TEXTS = (
    "foreground",
    "quiet",
    "key",
    "finding-error",
    "finding-warning",
    "finding-advice",
    "state-accepted",
    "state-rejected",
    "state-unknown",
    "state-waiting",
)
JSON_TEXTS = ("json-key", "json-string", "json-number", "json-word", "json-mark")
PAIRS = [
    *((text, ground) for text in TEXTS for ground in GROUNDS),
    *((text, ground) for text in JSON_TEXTS for ground in ("field", "background", "surface")),
    *((text, "panel") for text in ("foreground", "quiet", "key")),
    *((text, "bar") for text in ("bar-text", "bar-quiet", "key")),
    ("bar-current-text", "bar-current"),
    *((f"env-{name}-text", f"env-{name}") for name in ("live", "test", "sandbox")),
]


def colors_of(file: ThemeFile) -> dict[str, Color]:
    theme = read_theme(file)
    values = theme.to_color_system().generate() | theme.variables
    values = stand_ins(values) | values
    return {name: Color.parse(values[name]) for pair in PAIRS for name in pair}


def contrast(one: Color, other: Color) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def luminance(color: Color) -> float:
    parts = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in color.normalized]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def as_seen(color: Color, system: ColorSystem) -> Color:
    seen = RichColor.from_rgb(color.r, color.g, color.b).downgrade(system).get_truecolor()
    return Color(seen.red, seen.green, seen.blue)


def weak(colors: dict[str, Color], least: float) -> dict[str, float]:
    ratios = {f"{text} on {ground}": contrast(colors[text], colors[ground]) for text, ground in PAIRS}
    return {pair: round(ratio, 2) for pair, ratio in ratios.items() if ratio < least}


def write(folder: Path, text: str, name: str = "mine") -> ThemeFile:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}.toml"
    path.write_text(text)
    return ThemeFile(name, path)


COLORS = '[colors]\nprimary="#123456"\nforeground="#ffffff"\nbackground="#000000"\n'


def test_a_dark_a_light_and_a_colour_blind_theme_are_there() -> None:
    names = [file.name for file in OURS]
    assert names[0] == DEFAULT == "dark"
    assert {"light", "colour-blind"} <= set(names)


@pytest.mark.parametrize("file", OURS, ids=lambda file: file.name)
def test_our_themes_set_every_variable(file: ThemeFile) -> None:
    assert set(VARIABLES) <= set(read_theme(file).variables)


@pytest.mark.parametrize("file", OURS, ids=lambda file: file.name)
def test_our_themes_are_readable(file: ThemeFile) -> None:
    assert weak(colors_of(file), READABLE) == {}


@pytest.mark.parametrize("file", OURS, ids=lambda file: file.name)
def test_our_themes_are_readable_without_colour(file: ThemeFile) -> None:
    assert weak({name: color.monochrome for name, color in colors_of(file).items()}, READABLE) == {}


@pytest.mark.parametrize("file", OURS, ids=lambda file: file.name)
def test_our_themes_are_readable_with_256_colours(file: ThemeFile) -> None:
    colors = {name: as_seen(color, ColorSystem.EIGHT_BIT) for name, color in colors_of(file).items()}
    assert weak(colors, READABLE) == {}


@pytest.mark.parametrize("file", OURS, ids=lambda file: file.name)
def test_our_themes_are_legible_with_16_colours(file: ThemeFile) -> None:
    colors = {name: as_seen(color, ColorSystem.STANDARD) for name, color in colors_of(file).items()}
    assert weak(colors, 3.0) == {}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("primary = 1 = 2", "is not valid TOML"),
        (COLORS + 'sekondary="#ffffff"', "colors.sekondary is not known. Did you mean “secondary”?"),
        (COLORS.replace("#123456", "#12345"), "colors.primary is “#12345”"),
        (COLORS.replace("#123456", "no_such_colour"), "colors.primary is “no_such_colour”"),
        (COLORS.replace("#123456", "auto 50%"), "colors.primary is “auto 50%”"),
        (COLORS.replace('"#123456"', "7"), "colors.primary is 7; it must be text in quotes"),
        ('[colors]\nprimary="#123456"', "colors.foreground is missing"),
        ("colors = 3", "colors is 3; it must be a table"),
        ('dark = "yes"\n' + COLORS, "dark is 'yes'; allowed are true and false"),
        ("colour = 1\n" + COLORS, "colour is not known. Did you mean “colors”?"),
        (COLORS + '[variables]\nkey = "}bad{"', "variables.key is “}bad{”"),
        (COLORS + '[variables]\nkey = "red; } Screen { display: none"', "variables.key is “red; }"),
        (COLORS + '[variables]\nenv-life = "red"', "variables.env-life is not known. Did you mean “env-live”?"),
        (COLORS + '[variables]\nblock-cursor-text-style = "bold; x"', "variables.block-cursor-text-style"),
    ],
)
def test_a_bad_theme_is_a_sentence_with_file_key_and_value(tmp_path: Path, text: str, told: str) -> None:
    file = write(tmp_path, text)
    with pytest.raises(ThemeError) as caught:
        read_theme(file)
    assert str(file.path) in caught.value.message
    assert told in caught.value.message


@pytest.mark.parametrize("name", ["a b", "Ä", "x" * 40, "-x"])
def test_a_theme_has_a_plain_name(tmp_path: Path, name: str) -> None:
    with pytest.raises(ThemeError, match="file name"):
        read_theme(write(tmp_path, COLORS, name))


def test_a_theme_that_is_no_text_is_a_sentence(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_bytes(b"\xff\xfe")
    with pytest.raises(ThemeError, match="is not valid TOML"):
        read_theme(ThemeFile("mine", path))
    path.write_text("#" * 70_000)
    with pytest.raises(ThemeError, match="larger than"):
        read_theme(ThemeFile("mine", path))
    with pytest.raises(ThemeError, match="cannot be read"):
        read_theme(ThemeFile("gone", tmp_path / "gone.toml"))


def test_a_persons_theme_wins_by_its_name(tmp_path: Path) -> None:
    mine = write(tmp_path, COLORS, "light")
    assert mine in find_themes(package_folder(), tmp_path)


async def test_a_minimal_theme_can_be_worn(make_app: MakeApp, paths: Paths) -> None:
    write(paths.themes, COLORS + '[variables]\nquiet = "auto 70%"')
    app = make_app(theme="mine")
    async with app.run_test():
        assert app.theme == "mine"
        assert app.theme_variables["env-live"] == app.theme_variables["error"]


async def test_a_bad_theme_is_told_and_another_is_worn(make_app: MakeApp, paths: Paths) -> None:
    write(paths.themes, COLORS + '[variables]\nkey = "}bad{"')
    app = make_app(theme="mine")
    async with app.run_test() as pilot:
        assert app.theme == DEFAULT
        assert "variables.key is “}bad{”" in (await notices(pilot))[0]


async def test_an_unknown_theme_is_told(make_app: MakeApp) -> None:
    app = make_app(theme="[b]nope")
    async with app.run_test() as pilot:
        assert app.theme == DEFAULT
        assert (await notices(pilot))[0].startswith("There is no theme “[b]nope”; known are dark, colour-blind,")


async def test_the_next_theme_is_worn_and_remembered(make_app: MakeApp) -> None:
    app = make_app()
    names = [file.name for file in OURS]
    worn = []
    async with app.run_test() as pilot:
        for _ in names:
            worn.append(app.theme)
            background = Color.parse(app.theme_variables["background"])
            await pilot.pause()
            assert app.screen.styles.background == background
            await pilot.press("ctrl+t")
        assert worn == names
        assert app.theme == DEFAULT
        await pilot.press("ctrl+t")
    assert make_app().wardrobe.worn == names[1]


async def test_bad_themes_are_skipped_on_the_way_to_the_next(make_app: MakeApp, paths: Paths) -> None:
    for name in ("a1", "a2"):
        write(paths.themes, "not a theme", name)
    app = make_app()
    async with app.run_test() as pilot:
        await pilot.press("ctrl+t")
        assert app.theme == "colour-blind"
        assert len(await notices(pilot)) == 2


def test_no_colour_stands_outside_theme_files() -> None:
    literal = re.compile(r"""#[0-9a-fA-F]{6}\b|#[0-9a-fA-F]{3}\b(?!\w)|\brgba?\(|\bhsl\(""")
    styles = re.compile(
        r"\b(?:color|background|tint|border[a-z-]*): *(?!\$|none|transparent|auto|blank)[a-z]+ ?[a-z#]*;"
    )
    found = []
    for path in (ROOT / "pushtui" / "console").rglob("*"):
        if path.suffix in (".py", ".tcss") and path.name != "themes.py":
            text = path.read_text()
            found += [f"{path.name}: {match.group()}" for match in (*literal.finditer(text), *styles.finditer(text))]
    assert found == []


def test_every_variable_in_use_is_one_that_themes_have() -> None:
    known = {*VARIABLES, *read_theme(OURS[0]).to_color_system().generate()}
    for path in (ROOT / "pushtui" / "console").rglob("*"):
        if path.suffix in (".py", ".tcss"):
            # In an f-string the name goes on in braces: `$finding-{severity}`.
            used = re.findall(r"\$([a-z][a-z0-9-]*)(?!-?\{)\b", path.read_text())
            assert {name for name in used if not name.endswith("-")} <= known, path
