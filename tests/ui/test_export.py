"""What is shown is exported, in the order shown; templates; a file written is one click away."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QAction, QDesktopServices
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QToolButton
from pytestqt.qtbot import QtBot

from daomao_desktop.domain.scheme import Role
from daomao_desktop.services import duties, duties_workbook, roster_workbook
from daomao_desktop.services.imports import ImportReport
from daomao_desktop.ui.context import Place
from daomao_desktop.ui.main_window import MainWindow
from daomao_desktop.ui.pages.assessment import AssessmentPage
from daomao_desktop.ui.pages.duties import DutiesPage
from daomao_desktop.ui.pages.roster import RosterPage
from tests.ui.conftest import settle


def _entries(window: MainWindow) -> list[QAction]:
    assert window.page is not None
    excel = next(b for b in window.page.findChildren(QToolButton) if b.text() == "Excel")
    excel.menu().aboutToShow.emit()
    return [entry for entry in excel.menu().actions() if entry.isVisible()]


def _entry(window: MainWindow, words: str) -> QAction:
    (found,) = [entry for entry in _entries(window) if words in entry.text()]
    return found


def _save(qtbot: QtBot, window: MainWindow, words: str, path: Path) -> None:
    """Takes an entry of the menu and names the file."""
    _entry(window, words).trigger()
    dialog = next(d for d in window.findChildren(QFileDialog) if d.isVisible())
    dialog.fileSelected.emit(str(path))
    dialog.close()
    settle(qtbot, window.context.operations)


def _column(path: Path, title: str) -> list[str]:
    sheet = openpyxl.load_workbook(path).worksheets[0]
    rows = [[str(cell or "") for cell in row] for row in sheet.iter_rows(values_only=True)]
    at = next(n for n, row in enumerate(rows) if title in row)
    return [row[rows[at].index(title)] for row in rows[at + 1 :]]


def _go(qtbot: QtBot, window: MainWindow, page: str) -> None:
    window.go(Place(page))
    settle(qtbot, window.context.operations)


def test_duties_shown_are_exported_in_the_order_shown(
    qtbot: QtBot, town_window: MainWindow, tmp_path: Path
) -> None:
    _go(qtbot, town_window, "duties")
    page = town_window.page
    assert isinstance(page, DutiesPage)
    page.role.set_value(Role.MEDIATION)
    page.duty_tab.pane.table.sortByColumn(2, Qt.SortOrder.DescendingOrder)
    shown = page.duty_tab.pane.filter.shown()
    total = len(duties.list_duties(town_window.context.desk))
    assert 0 < len(shown) < total
    assert f"导出显示的 {len(shown)} 条" in _entries(town_window)[-2].text()
    file = tmp_path / "显示的.xlsx"
    _save(qtbot, town_window, "导出显示的", file)
    assert _column(file, "内容") == [row.content for row in shown]
    report: ImportReport = duties_workbook.import_duties(
        town_window.context.desk, file, dry_run=True
    )
    assert report.unchanged + len(report.errors) == len(shown)
    assert not report.added
    everything = tmp_path / "全部.xlsx"
    _save(qtbot, town_window, f"导出全部 {total} 条", everything)
    assert len(_column(everything, "内容")) == total
    page._on_all()
    assert len([e for e in _entries(town_window) if "导出" in e.text()]) == 1


def test_leaders_shown_are_exported_masked_or_not(
    qtbot: QtBot, town_window: MainWindow, tmp_path: Path
) -> None:
    _go(qtbot, town_window, "roster")
    page = town_window.page
    assert isinstance(page, RosterPage)
    page.village.setCurrentIndex(2)
    names = [row.name for row in page.pane.filter.shown()]
    assert len(names) == 8
    masked, clear = tmp_path / "隐去.xlsx", tmp_path / "完整.xlsx"
    _save(qtbot, town_window, "导出显示的 8 人（隐去", masked)
    _save(qtbot, town_window, "导出显示的 8 人（完整", clear)
    assert _column(masked, "姓名") == _column(clear, "姓名") == names
    assert all("*" in number for number in _column(masked, "身份证号码") if number)
    assert not any("*" in number for number in _column(clear, "身份证号码"))
    report = roster_workbook.import_leaders(town_window.context.desk, clear, dry_run=True)
    assert report.unchanged == 8
    page.show_only.set_value("former")
    settle(qtbot, town_window.context.operations)
    refused = _entry(town_window, "导出全部 0 人（隐去")
    assert not refused.isEnabled()
    assert "已卸任" in refused.toolTip()


def test_grades_of_the_people_shown_are_exported(
    qtbot: QtBot, town_window: MainWindow, tmp_path: Path
) -> None:
    town_window.go(Place("assessment", year=2025))
    settle(qtbot, town_window.context.operations)
    page = town_window.page
    assert isinstance(page, AssessmentPage)
    name = page.pane.filter.row(3).name
    page._on_search(name)
    file = tmp_path / "等次.xlsx"
    _save(qtbot, town_window, "导出显示的 1 人的确定等次", file)
    assert _column(file, "姓名") == [name]


@pytest.mark.parametrize(
    ("page", "words"),
    [("roster", "下载模板"), ("duties", "下载模板"), ("assessment", "下载模板：确定等次模板")],
)
def test_the_template_is_offered_where_the_import_is(
    qtbot: QtBot, town_window: MainWindow, tmp_path: Path, page: str, words: str
) -> None:
    _go(qtbot, town_window, page)
    file = tmp_path / "模板.xlsx"
    _save(qtbot, town_window, words, file)
    assert "姓名" in str(list(openpyxl.load_workbook(file).worksheets[0].values))
    assert str(file) in town_window.told.words.text()


def test_a_file_just_written_is_opened_and_so_is_its_folder(
    qtbot: QtBot, town_window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _go(qtbot, town_window, "duties")
    file = tmp_path / "履职.xlsx"
    opened: list[Path] = []

    def take(url: QUrl) -> bool:
        """Stands where the system's programs do."""
        opened.append(Path(url.toLocalFile()))
        return True

    monkeypatch.setattr(QDesktopServices, "openUrl", take)
    for words, expected in (("打开文件", file), ("打开文件夹", tmp_path)):
        _save(qtbot, town_window, "导出全部", file)
        (step,) = [b for b in town_window.told.buttons if b.text() == words]
        QTest.mouseClick(step, Qt.MouseButton.LeftButton)
        assert opened[-1] == expected
    _save(qtbot, town_window, "导出全部", file)
    file.unlink()
    QTest.mouseClick(town_window.told.buttons[0], Qt.MouseButton.LeftButton)
    assert "已经不在那里" in town_window.told.words.text()


def test_where_no_program_opens_it_that_is_said(
    qtbot: QtBot, town_window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _go(qtbot, town_window, "duties")
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda _url: False)
    _save(qtbot, town_window, "导出全部", tmp_path / "履职.xlsx")
    QTest.mouseClick(town_window.told.buttons[0], Qt.MouseButton.LeftButton)
    assert "请自己打开" in town_window.told.words.text()
