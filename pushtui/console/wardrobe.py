"""The themes that an app can put on, read one at a time."""

from __future__ import annotations

from textual.app import App

from pushtui.console.preferences import chosen_theme, remember_theme
from pushtui.console.themes import DEFAULT, ThemeError, ThemeFile, find_themes, package_folder, read_theme
from pushtui.console.widgets.literal import toast
from pushtui.paths import Paths


class Wardrobe:
    """Finds themes, puts one on, and remembers which.

    Only the theme that is worn is read: the others wait until they are asked for.
    """

    def __init__(self, app: App[int], paths: Paths) -> None:
        self._app = app
        self._paths = paths
        self.worn = DEFAULT
        self.complaints: list[ThemeError] = []
        """Why themes could not be put on."""

    @property
    def files(self) -> list[ThemeFile]:
        """All themes that there are, pushtui's own and the person's."""
        return find_themes(package_folder(), self._paths.themes)

    def dress(self, wanted: str | None) -> None:
        """Put on the wanted theme, else the one chosen last, else the first that can be read."""
        name = wanted or chosen_theme(self._paths) or DEFAULT
        files = self.files
        preferred = [file for file in files if file.name == name]
        if not preferred and wanted:
            known = ", ".join(file.name for file in files)
            self.complaints.append(ThemeError(f"There is no theme “{wanted}”; known are {known}."))
        self._wear_first_of([*preferred, *(file for file in files if file.name != name)])

    def change(self) -> None:
        """Put on the next theme and remember it."""
        files = self.files
        names = [file.name for file in files]
        start = names.index(self.worn) + 1 if self.worn in names else 0
        if self._wear_first_of(files[start:] + files[:start]):
            self._remember()
        self.complain()

    def complain(self) -> None:
        """Show why themes could not be put on."""
        for complaint in self.complaints:
            toast(self._app, complaint.message, title=complaint.title, severity="warning", timeout=10)
        self.complaints.clear()

    def _wear_first_of(self, files: list[ThemeFile]) -> bool:
        for file in files:
            try:
                theme = read_theme(file)
            except ThemeError as error:
                self.complaints.append(error)
            else:
                self._app.register_theme(theme)
                self._app.theme = self.worn = file.name
                return True
        return False

    def _remember(self) -> None:
        try:
            remember_theme(self._paths, self.worn)
        except OSError as error:
            self.complaints.append(ThemeError(f"The choice cannot be kept: {error.strerror}."))
