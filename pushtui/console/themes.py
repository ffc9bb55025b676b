"""Colour themes from files: read, checked to the last value, or refused with a sentence."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from textual.color import Color, ColorParseError
from textual.theme import Theme

from pushtui.console.theme_names import VARIABLES
from pushtui.domain.errors import PushtuiError

COLORS = (
    "primary",
    "secondary",
    "accent",
    "success",
    "warning",
    "error",
    "foreground",
    "background",
    "surface",
    "panel",
    "boost",
)
REQUIRED = ("primary", "foreground", "background")
DEFAULT = "dark"
LARGEST_FILE = 64 * 1024

_NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,31}")
_COLOR = re.compile(r"#[0-9a-fA-F]{3,8}|[a-z_]{3,30}|auto( [0-9]{1,3}%)?")
_TEXT_STYLE = re.compile(
    r"(none|bold|dim|italic|underline|reverse|strike)( (bold|dim|italic|underline|reverse|strike))*"
)
_INHERITED_STYLES = frozenset({"block-cursor-text-style", "block-cursor-blurred-text-style", "input-cursor-text-style"})


class ThemeError(PushtuiError):
    """A theme file that cannot be used."""

    title = "Theme"


@dataclass(frozen=True, slots=True)
class ThemeFile:
    """Where a theme is, under the name it is chosen by."""

    name: str
    path: Path


def package_folder() -> Path:
    """Return the folder of the themes that come with pushtui, in a wheel or a source tree."""
    package = Path(__file__).resolve().parent.parent
    installed = package / "themes"
    return installed if installed.is_dir() else package.parent / "themes"


def find_themes(*folders: Path) -> list[ThemeFile]:
    """List the theme files of the folders, without reading them; a later folder's file wins by its name."""
    found = {path.stem: ThemeFile(path.stem, path) for folder in folders for path in _theme_files(folder)}
    return sorted(found.values(), key=lambda theme: (theme.name != DEFAULT, theme.name))


def read_theme(file: ThemeFile) -> Theme:
    """Read and check one theme file. Raises ThemeError naming file, key and value."""
    if not _NAME.fullmatch(file.name):
        raise ThemeError(f"{file.path}: a theme's file name is lower-case letters, digits, “-” and “_”.")
    table = _parse(file.path)
    _known(file.path, table, {"title", "dark", "colors", "variables"}, "")
    colors = _strings(file.path, table, "colors")
    variables = _strings(file.path, table, "variables")
    _known(file.path, colors, COLORS, "colors.")
    _known(file.path, variables, {*VARIABLES, *_INHERITED_STYLES}, "variables.")
    for key in REQUIRED:
        if key not in colors:
            raise ThemeError(f"{file.path}: colors.{key} is missing.")
    for key, value in colors.items():
        _check_color(file.path, f"colors.{key}", value, plain=True)
    for key, value in variables.items():
        _check_variable(file.path, key, value)
    dark = table.get("dark", True)
    if not isinstance(dark, bool):
        raise ThemeError(f"{file.path}: dark is {dark!r}; allowed are true and false.")
    theme = Theme(name=file.name, dark=dark, variables=variables, primary=colors["primary"])
    for key, value in colors.items():
        setattr(theme, key, value)
    return theme


def _theme_files(folder: Path) -> Iterable[Path]:
    try:
        return sorted(folder.glob("*.toml"))
    except OSError:
        return ()


def _parse(path: Path) -> Mapping[str, object]:
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise ThemeError(f"{path} is larger than {LARGEST_FILE} bytes; that is no theme.")
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise ThemeError(f"{path} cannot be read: {error.strerror}.") from None
    except ValueError as error:
        raise ThemeError(f"{path} is not valid TOML: {error}.") from None


def _strings(path: Path, table: Mapping[str, object], section: str) -> dict[str, str]:
    values = table.get(section, {})
    if not isinstance(values, dict):
        raise ThemeError(f"{path}: {section} is {values!r}; it must be a table, [{section}].")
    for key, value in values.items():
        if not isinstance(value, str):
            raise ThemeError(f"{path}: {section}.{key} is {value!r}; it must be text in quotes.")
    return dict(values)


def _known(path: Path, table: Mapping[str, object], allowed: Iterable[str], prefix: str) -> None:
    names = sorted(allowed)
    for key in table:
        if key not in names:
            near = get_close_matches(key, names, 1)
            hint = f" Did you mean “{near[0]}”?" if near else f" Known are {', '.join(names)}."
            raise ThemeError(f"{path}: {prefix}{key} is not known.{hint}")


def _check_variable(path: Path, key: str, value: str) -> None:
    if key not in _INHERITED_STYLES:
        _check_color(path, f"variables.{key}", value, plain=False)
    elif not _TEXT_STYLE.fullmatch(value):
        raise ThemeError(f"{path}: variables.{key} is “{value}”; allowed are words such as none, bold, reverse.")


def _check_color(path: Path, key: str, value: str, *, plain: bool) -> None:
    """Refuse what is no colour; a string that is put into a style sheet could hold anything."""
    if _COLOR.fullmatch(value) and not (plain and value.startswith(("auto", "ansi_"))):
        try:
            return _parse_color(value)
        except ColorParseError:
            pass  # told below, in our words
    raise ThemeError(f"{path}: {key} is “{value}”; allowed are colours such as #1f6feb or a name such as teal.")


def _parse_color(value: str) -> None:
    if not value.startswith("auto"):
        Color.parse(value)
