"""Windows without a screen: the offscreen platform, and the sample office to look at."""

from __future__ import annotations

import os

os.environ["QT_QPA_PLATFORM"] = "offscreen"

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from daomao_desktop.app import Program
from daomao_desktop.domain.assessment_year import first_year
from daomao_desktop.services import accounts, demo, founding
from daomao_desktop.services.desk import Desk
from daomao_desktop.ui.context import Context, Place
from daomao_desktop.ui.forms.base import Form
from daomao_desktop.ui.main_window import MainWindow
from daomao_desktop.ui.operations import Operations
from daomao_desktop.ui.preferences import Preferences
from daomao_desktop.ui.theme import Appearance, Look
from daomao_desktop.ui.widgets.parts import SearchBox
from daomao_desktop.ui.working_year import WorkingYear
from tests.conftest import CHEAP


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What the offscreen platform says about itself says nothing about the program."""
    for item in items:
        item.add_marker(pytest.mark.qt_log_ignore("^This plugin does not support"))


@pytest.fixture(autouse=True)
def _keys_up() -> Iterator[None]:
    """Qt remembers Ctrl as held when the window closes under the key (Ctrl+Q)."""
    yield
    if QApplication.instance() is not None and QApplication.keyboardModifiers():
        QTest.keyRelease(QWidget(), Qt.Key.Key_Control)


@pytest.fixture(scope="session")
def _one_appearance(qapp: QApplication) -> Appearance:
    return Appearance(qapp)


@pytest.fixture
def appearance(_one_appearance: Appearance) -> Iterator[Appearance]:
    """The application's look, light and normal at the start of every test."""
    _one_appearance.set_dark(False)
    _one_appearance.set_large(False)
    yield _one_appearance
    if _one_appearance.look != Look():
        _one_appearance.set_dark(False)
        _one_appearance.set_large(False)


@pytest.fixture
def operations(qapp: QApplication) -> Iterator[Operations]:
    """A worker that is closed after the test."""
    made = Operations()
    yield made
    made.close()


def _built(folder: Path, *, village: bool) -> Path:
    cost = founding.found_office.__kwdefaults__
    before, cost["cost"] = cost["cost"], CHEAP
    try:
        demo.build(folder, village=village)
    finally:
        cost["cost"] = before
    return folder


@pytest.fixture(scope="session")
def town_demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample town office, built once; copy it before writing."""
    return _built(tmp_path_factory.mktemp("demo") / "镇资料", village=False)


@pytest.fixture(scope="session")
def village_demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample village office, built once; copy it before writing."""
    return _built(tmp_path_factory.mktemp("demo") / "村资料", village=True)


def _opened(source: Path, target: Path) -> Desk:
    shutil.copytree(source, target)
    return accounts.open_desk(target, demo.PASSWORD, today=demo.today)


@pytest.fixture
def town_office(town_demo: Path, tmp_path: Path) -> Iterator[Desk]:
    """A desk on a copy of the sample town office."""
    desk = _opened(town_demo, tmp_path / "镇资料")
    yield desk
    accounts.close_desk(desk)


@pytest.fixture
def village_office(village_demo: Path, tmp_path: Path) -> Iterator[Desk]:
    """A desk on a copy of the sample village office."""
    desk = _opened(village_demo, tmp_path / "村资料")
    yield desk
    accounts.close_desk(desk)


@dataclass
class Told:
    """What a page told the window: places gone to, sentences of the status bar."""

    places: list[Place] = field(default_factory=list)
    sentences: list[str] = field(default_factory=list)
    steps: list[tuple[str, Callable[[], object]]] = field(default_factory=list)

    def tell(self, sentence: str, *steps: tuple[str, Callable[[], object]]) -> None:
        """Keeps the sentence, and the steps offered with it."""
        self.sentences.append(sentence)
        self.steps = list(steps)

    def tell_more(self, sentence: str, *steps: tuple[str, Callable[[], object]]) -> None:
        """Adds to the last sentence."""
        self.sentences[-1] += sentence
        self.steps = [*steps, *self.steps]


@pytest.fixture
def told() -> Told:
    return Told()


def context_of(
    desk: Desk, operations: Operations, appearance: Appearance, told: Told, folder: Path
) -> Context:
    """A context without a main window."""
    return Context(
        desk=desk,
        folder=folder,
        operations=operations,
        appearance=appearance,
        preferences=Preferences(folder),
        go=told.places.append,
        working_year=WorkingYear(first_year(desk.today(), {})),
        tell=told.tell,
        tell_more=told.tell_more,
    )


@pytest.fixture
def town_context(
    town_office: Desk,
    operations: Operations,
    appearance: Appearance,
    told: Told,
    tmp_path: Path,
) -> Context:
    """What the town's pages are handed."""
    return context_of(town_office, operations, appearance, told, tmp_path)


@pytest.fixture
def village_context(
    village_office: Desk,
    operations: Operations,
    appearance: Appearance,
    told: Told,
    tmp_path: Path,
) -> Context:
    """What the village's pages are handed."""
    return context_of(village_office, operations, appearance, told, tmp_path)


@contextmanager
def program_of(application: QApplication, appearance: Appearance) -> Iterator[Program]:
    """The program without its event loop; its window goes with it."""
    with ExitStack() as stack:
        made = Program(application, stack)
        made.appearance = appearance
        yield made
        made.close()
        if made.window is not None and isValid(made.window):
            made.window.hide()
            made.window.deleteLater()


@pytest.fixture
def program(qapp: QApplication, appearance: Appearance) -> Iterator[Program]:
    """The program, not started yet."""
    with program_of(qapp, appearance) as made:
        yield made


@pytest.fixture
def no_printers(monkeypatch: pytest.MonkeyPatch) -> None:
    """A PC on which papers can be printed to a file only."""
    monkeypatch.setattr("daomao_desktop.ui.dialogs.output.printer_names", list)


def rested(qtbot: QtBot, form: Form[Any]) -> None:
    """The form has looked at what was typed into it and left."""
    live = form._live
    qtbot.waitUntil(lambda: not (live._leaving.isActive() or live._pausing.isActive()))


def searched(qtbot: QtBot, box: SearchBox) -> None:
    """The box has told what to search for, a pause after the last key."""
    qtbot.waitUntil(lambda: not box._timer.isActive())


def settle(qtbot: QtBot, operations: Operations) -> None:
    """Waits until the worker has nothing left to do and the window has heard of it."""
    qtbot.waitUntil(lambda: operations.idle, timeout=20_000)
    QApplication.processEvents()
    qtbot.waitUntil(lambda: operations.idle, timeout=20_000)


def activate(qtbot: QtBot, window: QWidget) -> None:
    """The window is the one at work: only then do its shortcuts and its focus live."""
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)


@pytest.fixture
def town_window(
    qtbot: QtBot,
    town_office: Desk,
    operations: Operations,
    appearance: Appearance,
    tmp_path: Path,
) -> Iterator[MainWindow]:
    """The main window on the sample town office, at 首页."""
    window = MainWindow(
        town_office, tmp_path, operations, appearance, Preferences(tmp_path), "大茂镇"
    )
    window.resize(1366, 740)
    window.show()
    window.go(Place("home"))
    settle(qtbot, operations)
    yield window
    if not isValid(window):
        return  # the test has closed it
    for page in window.findChildren(type(window.page)):
        page.discard()
    window.close()
