"""Every dialog is gone once it is closed."""

from __future__ import annotations

import gc
from collections.abc import Callable
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from pytestqt.qtbot import QtBot

from daomao_desktop.domain.notices import DocumentKind
from daomao_desktop.domain.scheme import YearState
from daomao_desktop.errors import Refused
from daomao_desktop.services import assessment, notices, roster
from daomao_desktop.services.desk import Area, Changes
from daomao_desktop.services.imports import ImportReport
from daomao_desktop.services.unsaved import Slot
from daomao_desktop.trouble import TroubleLog
from daomao_desktop.ui.context import Context
from daomao_desktop.ui.dialogs.about import AboutSheet, LicencesSheet
from daomao_desktop.ui.dialogs.base import confirm, tell_error
from daomao_desktop.ui.dialogs.form_sheet import FormSheet
from daomao_desktop.ui.dialogs.freeform import FreeformSheet
from daomao_desktop.ui.dialogs.help import HelpSheet
from daomao_desktop.ui.dialogs.import_report import ImportReportSheet
from daomao_desktop.ui.dialogs.new_recovery_code import NewRecoveryCodeSheet
from daomao_desktop.ui.dialogs.notice_settings import open_notice_settings
from daomao_desktop.ui.dialogs.passwords import PasswordSheet
from daomao_desktop.ui.dialogs.person import PersonSheet
from daomao_desktop.ui.dialogs.preview import PreviewSheet
from daomao_desktop.ui.dialogs.print_sheet import PrintSheet
from daomao_desktop.ui.dialogs.recycle_bin import RecycleBinSheet
from daomao_desktop.ui.dialogs.save_all import SaveAllSheet
from daomao_desktop.ui.dialogs.score_sheet import ScoreSheet
from daomao_desktop.ui.dialogs.starting_number import open_starting_number
from daomao_desktop.ui.dialogs.table_preview import TablePreviewSheet, Tables
from daomao_desktop.ui.dialogs.ten_best import TenBestSheet
from daomao_desktop.ui.dialogs.trouble import TroubleSheet
from daomao_desktop.ui.dialogs.wanted import Wanted
from daomao_desktop.ui.dialogs.year_details import YearDetailsSheet
from daomao_desktop.ui.forms.grading import StepDraft, StepForm
from daomao_desktop.ui.theme import Appearance
from tests.ui.conftest import settle

Opening = Callable[[Context, QWidget], object]


def _nothing(*_: object) -> Changes:
    return Changes(frozenset())


def _step(context: Context, parent: QWidget) -> None:
    form = StepForm(YearState.ARCHIVED, [])
    form.load(StepDraft(YearState.ARCHIVED, context.desk.today()))
    slot = Slot("assessment", "step", "ARCHIVED", 2026)
    FormSheet("下一步", form, context, _nothing, slot, parent=parent).open()


def _preview(context: Context, parent: QWidget) -> None:
    first = notices.notice_candidates(context.desk, 2025)[0]
    PreviewSheet(context, [Wanted(first.kind, 2025, first.person_uid)], parent).open()


def _report(_context: Context, parent: QWidget) -> None:
    report = ImportReport(Area.ROSTER, dry_run=True, added=("王龚",))
    ImportReportSheet(report, "花名册.xlsx", _nothing, parent).open()


DIALOGS: dict[str, Opening] = {
    "about": lambda c, p: AboutSheet(c, p).open(),
    "licences": lambda c, p: LicencesSheet(c, p).open(),
    "help": lambda _c, p: HelpSheet("年度考核", p).open(),
    "trouble": lambda _c, p: TroubleSheet("KeyError", TroubleLog(Path()), p, logged=True).open(),
    "confirm": lambda _c, p: confirm(p, "真的？", "是", _nothing),
    "error": lambda _c, p: tell_error(p, Refused("不行。", ("一", "二"))),
    "report": _report,
    "password": lambda c, p: PasswordSheet(c.operations, _nothing, _nothing, parent=p).open(),
    "recovery code": lambda c, p: NewRecoveryCodeSheet(c, p).open(),
    "print": lambda _c, p: PrintSheet("一份", [], 2, _nothing, p).open(),
    "recycle bin": lambda c, p: RecycleBinSheet(c.operations, list, _nothing, p).open(),
    "person": lambda c, p: PersonSheet(c, roster.list_leaders(c.desk)[0].person_uid, p).open(),
    "score": lambda c, p: ScoreSheet(
        c, 2025, assessment.list_assessments(c.desk, 2025)[0].person_uid, p
    ).open(),
    "details": lambda c, p: YearDetailsSheet(c, assessment.year_view(c.desk, 2025), p).open(),
    "starting number": lambda c, p: open_starting_number(c, p),
    "notice settings": open_notice_settings,
    "ten best": lambda c, p: TenBestSheet(c, 2025, _nothing, p).open(),
    "step": _step,
    "preview": _preview,
    "freeform": lambda c, p: FreeformSheet(c, parent=p).open(),
    "save all": lambda c, p: SaveAllSheet(c, ["a", "b"], "文书", p).open(),
    "tables": lambda c, p: TablePreviewSheet(
        c, Tables(2025, DocumentKind.SUMMARY, "汇总表", "汇总表.pdf"), p
    ).open(),
}


def test_help_opens_at_the_heading_of_the_page(qtbot: QtBot, appearance: Appearance) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    parent.show()
    sheet = HelpSheet("履职记录", parent)
    sheet.open()
    bar = sheet.text.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.value() > 0, timeout=2000)
    assert sheet.text.cursorForPosition(sheet.text.rect().topLeft()).block().text() == "履职记录"
    sheet.close()


@pytest.mark.parametrize("name", DIALOGS)
def test_a_closed_dialog_is_freed(qtbot: QtBot, town_context: Context, name: str) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    parent.resize(1300, 700)
    parent.show()
    DIALOGS[name](town_context, parent)
    settle(qtbot, town_context.operations)
    dialog = parent.findChild(QDialog)
    assert isinstance(dialog, QDialog)
    assert dialog.isVisible()
    area = dialog.screen().availableGeometry()
    assert dialog.height() <= area.height()
    dialog.close()
    settle(qtbot, town_context.operations)
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert not shiboken6.isValid(dialog)
    del dialog
    gc.collect()
    assert parent.findChild(QDialog) is None
