"""The year the clerk works in: one for all pages, and the box that shows and chooses it."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from daomao_desktop.ui.widgets.choices import ChoiceBox


class WorkingYear(QObject):
    """``changed`` carries the year when it has become another."""

    changed = Signal(int)

    def __init__(self, year: int, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._year = year

    @property
    def year(self) -> int:
        return self._year

    def set(self, year: int) -> None:
        """Every page that shows a year shows this one from now on."""
        if year != self._year:
            self._year = year
            self.changed.emit(year)


class YearBox(ChoiceBox):
    """Shows the working year; one chosen here is chosen for all pages.

    ``words``: how a year reads, with {} for the number. ``every``: the wording of no year in
    particular, which concerns this page alone. ``guard(step)`` may ask before another year is
    shown.
    """

    def __init__(
        self,
        working: WorkingYear,
        words: str = "{}年",
        every: str | None = None,
        guard: Callable[[Callable[[], object]], object] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName("年度")
        self._working = working
        self._words = words
        self._every = every
        self._guard = guard
        self.offer(())
        self._show(working.year)
        self.currentIndexChanged.connect(lambda _index: self._on_chosen())
        working.changed.connect(self._on_working)  # a bound method: it ends with the box

    def offer(self, years: Iterable[int]) -> None:
        """The years to choose among, with the working year in any case; the choice stays."""
        known = sorted({*years, self._working.year}, reverse=True)
        self.set_choices(((year, self._words.format(year)) for year in known), self._every)

    def _show(self, year: int) -> None:
        before = self.blockSignals(True)
        self.set_value(year)
        self.blockSignals(before)

    def _on_chosen(self) -> None:
        year = self.value()
        if year is None or year == self._working.year:
            return
        if self._guard is None:
            self._working.set(year)
        else:
            self._show(self._working.year)
            self._guard(lambda: self._working.set(year))

    def _on_working(self, year: int) -> None:
        if self.findData(year) < 0:
            self.offer(index for index in map(self.itemData, range(self.count())) if index)
        self._show(year)
