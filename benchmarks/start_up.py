"""Start-up against a bare PySide6 window started in the same run, in turn.

Two ratios: login window painted (goal ≤ 1.5) and, from Enter to the main window with a filled
table (goal ≤ 4). Run with ``python -m benchmarks.start_up [ROUNDS]``; offscreen unless a display
is asked for with QT_QPA_PLATFORM.

With ``--program PATH`` the frozen program is watched from outside on a screen of its own (Xvfb,
xdotool), against a bare window frozen likewise: from its start to the first picture, and from Enter
to the last change of the picture, which includes whatever is drawn after the table.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

GOALS = {"login": 1.5, "table": 4.0}
TYPING = 2500  # ms: a password of eight characters at three keys a second


def bare() -> None:
    """The floor: a process that shows one empty PySide6 window and measures until it is painted."""
    from PySide6.QtCore import QTimer
    from PySide6.QtGui import QPaintEvent
    from PySide6.QtWidgets import QApplication, QWidget

    class Window(QWidget):
        def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
            super().paintEvent(event)
            QTimer.singleShot(0, application.quit)

    application = QApplication([])
    window = Window()
    window.show()
    application.exec()
    print(_since_start())


def program(folder: str) -> None:
    """Our program on a data folder: prints login painted and Enter to table, in seconds."""
    from PySide6.QtCore import QEvent, QObject, Qt, QTimer
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QApplication, QTableView

    from daomao_desktop import app
    from daomao_desktop.ui.dialogs.login import LoginWindow

    application = QApplication([])
    pressed = 0.0

    class TableWatcher(QObject):
        """Ends the run when a table with rows has been painted."""

        def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
            table = watched.parent()
            if event.type() == QEvent.Type.Paint and isinstance(table, QTableView):
                model = table.model()
                if model is not None and model.rowCount() > 0 and table.isVisible():
                    application.removeEventFilter(self)
                    print(time.monotonic() - pressed)
                    QTimer.singleShot(0, application.quit)
            return False

    with ExitStack() as stack:
        desk = app.Program(application, stack)
        desk.start(Path(folder))
        login = desk.window
        assert isinstance(login, LoginWindow)

        def painted() -> None:
            print(_since_start())
            QTimer.singleShot(TYPING, press_enter)

        def press_enter() -> None:
            nonlocal pressed
            application.installEventFilter(watcher)
            login.password.setText(PASSWORD)
            pressed = time.monotonic()
            QTest.keyClick(login.password, Qt.Key.Key_Return)

        watcher = TableWatcher()
        login.painted.connect(painted)
        application.exec()
        desk.close()


PASSWORD = "benchmark-2026"


def _since_start() -> float:
    """Seconds since the parent started this process."""
    return time.monotonic() - float(os.environ["BENCHMARK_STARTED"])


def _child(*arguments: str) -> list[float]:
    environment = {"QT_QPA_PLATFORM": "offscreen", **os.environ}
    environment["BENCHMARK_STARTED"] = repr(time.monotonic())
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.start_up", *arguments],
        capture_output=True,
        text=True,
        env=environment,
        check=True,
        timeout=120,
    )
    return [float(line) for line in done.stdout.split()]


def _sample_office(folder: Path) -> None:
    from daomao_desktop.domain.scheme import Edition
    from daomao_desktop.paths import resource
    from daomao_desktop.services import accounts, roster_workbook

    draft = accounts.OfficeDraft(
        edition=Edition.TOWN,
        town="大茂镇",
        village=None,
        operator_name="测试员",
        label="镇经办",
        password=PASSWORD,
    )
    accounts.found_office(folder, draft)
    desk = accounts.open_desk(folder, PASSWORD)
    for village in ("联光村", "云溪村", "白石村"):
        roster_workbook.import_leaders(desk, resource(f"demo/花名册-{village}.csv"))
    accounts.close_desk(desk)


def compare(rounds: int) -> int:
    """Prints the two ratios as medians over the rounds."""
    floor: list[float] = []
    login: list[float] = []
    table: list[float] = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "office"
        _sample_office(folder)
        _child("bare")  # a warm-up of the file cache, not counted
        _child("program", str(folder))
        for _ in range(rounds):
            floor += _child("bare")
            painted, filled = _child("program", str(folder))
            login.append(painted)
            table.append(filled)
    ratios: dict[str, list[float]] = {
        "login": [a / b for a, b in zip(login, floor, strict=True)],
        "table": [a / b for a, b in zip(table, floor, strict=True)],
    }
    _say(ratios, "bare starts")
    return 0


def _say(ratios: dict[str, list[float]], unit: str) -> None:
    for key, words in (("login", "login window painted"), ("table", "Enter to filled table")):
        values = ratios[key]
        print(
            f"{words}: {statistics.median(values):.2f} {unit}"
            f" (min {min(values):.2f}, max {max(values):.2f}; goal ≤ {GOALS[key]})"
        )


QUIET = 1.0  # seconds without a change on the screen: it is drawn, the icons too


def compare_frozen(frozen: Path, rounds: int) -> int:
    """The same two ratios of the frozen program, as it is shipped."""
    from benchmarks.screen import MAIN, Screen, frozen_bare

    ratios: dict[str, list[float]] = {"login": [], "table": []}
    with tempfile.TemporaryDirectory() as name:
        floor = frozen_bare(Path(name))
        folder = Path(name) / "office"
        _sample_office(folder)
        ours: list[str | Path] = [frozen.resolve(), "--data", folder]
        for number in range(rounds + 1):  # the first warms the file cache and is not counted
            with Screen() as screen:
                blank, began = screen.picture(), time.monotonic()
                with screen.running([floor]):
                    bare_start = screen.changed(blank) - began
            with Screen() as screen:
                blank, began = screen.picture(), time.monotonic()
                with screen.running(ours):
                    login = screen.changed(blank) - began
                    time.sleep(TYPING / 1000)
                    screen.type(PASSWORD)
                    began = time.monotonic()
                    screen.press("Return")
                    screen.wait_for(MAIN)
                    table = screen.settled(QUIET) - began
            if number:
                ratios["login"].append(login / bare_start)
                ratios["table"].append(table / bare_start)
    _say(ratios, "bare frozen starts")
    return 0


def main(arguments: list[str]) -> int:
    if arguments[:1] == ["--program"]:
        rounds = int(arguments[2]) if len(arguments) > 2 else 5
        return compare_frozen(Path(arguments[1]), rounds)
    children: dict[str, Callable[[], None]] = {"bare": bare}
    if arguments[:1] == ["program"]:
        program(arguments[1])
        return 0
    if arguments and arguments[0] in children:
        children[arguments[0]]()
        return 0
    return compare(int(arguments[0]) if arguments else 7)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
