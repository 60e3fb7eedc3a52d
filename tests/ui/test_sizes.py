"""Normal and 大字: there and back leaves no trace, and nothing is wider than an old screen."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace

import pytest
from PySide6.QtCore import QRect
from PySide6.QtWidgets import QGridLayout, QLabel, QLayout, QTabWidget, QWidget
from pytestqt.qtbot import QtBot

from daomao_desktop.services.desk import Desk
from daomao_desktop.ui.context import Place
from daomao_desktop.ui.main_window import PAGES, MainWindow
from daomao_desktop.ui.operations import Operations
from daomao_desktop.ui.preferences import Preferences
from daomao_desktop.ui.rescale import SCALES
from daomao_desktop.ui.theme import Appearance
from tests.ui.conftest import settle


def _layouts(window: QWidget) -> list[QLayout]:
    return [one.layout() for one in (window, *window.findChildren(QWidget)) if one.layout()]


def _lengths(window: QWidget) -> list[tuple[int, ...]]:
    """Margins, spacings and least heights of every layout in the window, in one order."""
    found = []
    for layout in _layouts(window):
        margins = layout.contentsMargins()
        found.append((margins.left(), margins.top(), margins.right(), margins.bottom()))
        if isinstance(layout, QGridLayout):
            found.append((layout.horizontalSpacing(), layout.verticalSpacing()))
            found.append(tuple(map(layout.rowMinimumHeight, range(layout.rowCount()))))
        else:
            found.append((layout.spacing(),))
    labels = [one for one in window.findChildren(QLabel) if one.property(SCALES)]
    found += [(one.contentsMargins().top(), one.contentsMargins().bottom()) for one in labels]
    return found


@contextmanager
def _opened(
    qtbot: QtBot, desk: Desk, operations: Operations, appearance: Appearance, folder: Path
) -> Iterator[MainWindow]:
    window = MainWindow(desk, folder, operations, appearance, Preferences(folder), "大茂镇")
    window.resize(1280, 720)
    window.show()
    for key, *_rest in PAGES:
        window.go(Place(key))
        settle(qtbot, operations)
    yield window
    settle(qtbot, operations)
    window.close()


def test_margins_follow_the_size_both_ways(
    qtbot: QtBot,
    town_office: Desk,
    operations: Operations,
    appearance: Appearance,
    tmp_path: Path,
) -> None:
    with _opened(qtbot, town_office, operations, appearance, tmp_path) as window:
        normal = _lengths(window)
        appearance.set_large(True)
        large = _lengths(window)
        assert sum(map(sum, large)) > 1.2 * sum(map(sum, normal)), "margins are of 大字 in 大字"
        appearance.set_large(False)
        assert _lengths(window) == normal


def test_a_window_opened_in_large_letters_has_normal_margins_afterwards(
    qtbot: QtBot,
    town_office: Desk,
    operations: Operations,
    appearance: Appearance,
    tmp_path: Path,
) -> None:
    appearance.set_large(True)
    with _opened(qtbot, town_office, operations, appearance, tmp_path) as window:
        large = _lengths(window)
        assert window.page is not None
        page = window.page.layout()
        assert page is not None
        assert page.contentsMargins().left() == 24
        appearance.set_large(False)
        assert page.contentsMargins().left() == 16
        appearance.set_large(True)
        assert _lengths(window) == large


@pytest.fixture(params=["town_office", "village_office"])
def office(request: pytest.FixtureRequest) -> Desk:
    """Both editions."""
    desk = request.getfixturevalue(request.param)
    assert isinstance(desk, Desk)
    return desk


def test_every_page_fits_an_old_screen_in_large_letters(
    qtbot: QtBot,
    office: Desk,
    operations: Operations,
    appearance: Appearance,
    tmp_path: Path,
) -> None:
    appearance.set_large(True)
    with _opened(qtbot, office, operations, appearance, tmp_path) as window:
        for key, *_rest in PAGES:
            window.go(Place(key))
            settle(qtbot, operations)
            assert window.page is not None
            tabs = window.page.findChild(QTabWidget)
            for index in range(tabs.count() if tabs is not None else 1):
                if tabs is not None:
                    tabs.setCurrentIndex(index)
                hint = window.minimumSizeHint()
                assert hint.width() <= 1280, (key, index)
                assert hint.height() <= 720, (key, index)


@pytest.mark.parametrize("screen", [QRect(0, 0, 1280, 680), QRect(0, 0, 1366, 728)])
def test_the_first_window_is_no_larger_than_the_screen(
    qtbot: QtBot,
    town_office: Desk,
    operations: Operations,
    appearance: Appearance,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    screen: QRect,
) -> None:
    fake = SimpleNamespace(availableGeometry=lambda: screen)
    monkeypatch.setattr(MainWindow, "screen", lambda _self: fake)
    folder = tmp_path
    window = MainWindow(town_office, folder, operations, appearance, Preferences(folder), "大茂镇")
    qtbot.addWidget(window)
    settle(qtbot, operations)
    assert window.width() == screen.width()
    assert window.height() < screen.height(), "the title bar is above it"
