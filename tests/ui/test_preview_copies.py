"""存为 Word and 送审稿 in the preview."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from daomao_desktop.domain.notices import DocumentKind, DocumentState
from daomao_desktop.services import notices
from daomao_desktop.ui.context import Context, Place
from daomao_desktop.ui.dialogs.preview import PreviewSheet
from daomao_desktop.ui.dialogs.print_sheet import PrintSheet
from daomao_desktop.ui.pages.notices import NoticesPage
from daomao_desktop.ui.printing import TO_FILE
from tests.services.notice_office import text_of
from tests.services.test_word_copies import written
from tests.ui.conftest import settle
from tests.ui.notices_window import all_previewed, entered, sign_only

LEFT = Qt.MouseButton.LeftButton
pytestmark = pytest.mark.usefixtures("no_printers")


@pytest.fixture
def sheet(qtbot: QtBot, town_context: Context) -> PreviewSheet:
    """The preview of all seven papers the year calls for."""
    page: NoticesPage = entered(qtbot, town_context, Place("notices", year=2025))
    return all_previewed(qtbot, town_context, page)


def _saved(qtbot: QtBot, sheet: PreviewSheet, context: Context, path: Path) -> str:
    """存为 Word, into that file; what it says."""
    qtbot.mouseClick(sheet.save_word, LEFT)
    settle(qtbot, context.operations)
    (dialog,) = sheet.findChildren(QFileDialog)
    assert isinstance(dialog, QFileDialog)
    dialog.fileSelected.emit(str(path))
    dialog.reject()
    settle(qtbot, context.operations)
    assert str(path) in sheet.banner.words.text()
    return written(path.read_bytes())


def test_the_page_is_saved_as_word_before_and_after_signing(
    qtbot: QtBot, sheet: PreviewSheet, town_context: Context, tmp_path: Path
) -> None:
    sheet.dated.setFocus()
    sheet.dated.selectAll()
    QTest.keyClicks(sheet.dated, "20260119")  # what stands in the field counts
    draft = _saved(qtbot, sheet, town_context, tmp_path / "草稿.docx")
    assert "2026年1月19日" in draft
    assert "〔2026〕" not in draft
    sign_only(qtbot, town_context, sheet)
    assert "〔2026〕1号" in _saved(qtbot, sheet, town_context, tmp_path / "定稿.docx")
    sheet.close()


def test_a_certificate_says_why_it_is_not_saved_as_word(
    qtbot: QtBot, sheet: PreviewSheet, town_context: Context
) -> None:
    assert sheet.save_word.isEnabled()
    kinds = [one.kind for one in sheet._wanted]
    sheet._turn(kinds.index(DocumentKind.CERTIFICATE))
    settle(qtbot, town_context.operations)
    assert not sheet.save_word.isEnabled()
    assert "版面是固定的" in sheet.save_word.toolTip()
    sheet.close()


def test_all_drafts_are_printed_as_proofs_and_none_is_signed(
    qtbot: QtBot, sheet: PreviewSheet, town_context: Context, tmp_path: Path
) -> None:
    qtbot.mouseClick(sheet.proof, LEFT)
    settle(qtbot, town_context.operations)
    (dialog,) = [one for one in sheet.findChildren(PrintSheet) if one.isVisible()]
    assert isinstance(dialog, PrintSheet)
    out = tmp_path / "送审.pdf"
    dialog.printer.set_value(TO_FILE)
    dialog.file.setText(str(out))
    qtbot.mouseClick(dialog.print_button, LEFT)
    settle(qtbot, town_context.operations)
    qtbot.waitUntil(out.exists, timeout=20_000)
    text = text_of(out.read_bytes())
    assert all(text.count(mark) >= 7 for mark in "审稿")
    assert "〔2026〕" not in text
    assert {row.state for row in notices.list_notices(town_context.desk)} == {DocumentState.DRAFT}
    assert sheet.sign.isEnabled()
    sign_only(qtbot, town_context, sheet)
    assert not sheet.proof.isVisible()
    for row in notices.list_notices(town_context.desk):
        assert "审稿" not in text_of(notices.stored_pdf(town_context.desk, row.uid))
    sheet.close()
