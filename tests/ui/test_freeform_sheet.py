"""自拟公文: typing renews the page, nothing typed is lost, saving, signing off, leaving."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from daomao_desktop.domain.accounts import OperatorRole
from daomao_desktop.domain.freeform import FreeformDraft, FreeformFormat, Level, Organ
from daomao_desktop.domain.notices import DocumentState
from daomao_desktop.services import freeform, notices, unsaved
from daomao_desktop.ui.context import Context
from daomao_desktop.ui.dialogs.base import Sheet
from daomao_desktop.ui.dialogs.freeform import FreeformSheet
from daomao_desktop.ui.dialogs.preview import PreviewSheet
from tests.ui.conftest import settle
from tests.ui.notices_window import sign_only

Opening = Callable[..., FreeformSheet]


@pytest.fixture
def opened(qtbot: QtBot, town_context: Context) -> Opening:
    """Opens the editor over a window and waits until it can be typed into."""
    parent = QWidget()
    qtbot.addWidget(parent)
    parent.show()

    def run(uid: str | None = None, *, copy: bool = False, large: bool = False) -> FreeformSheet:
        sheet = FreeformSheet(town_context, uid, copy=copy, parent=parent)
        sheet.open()
        settle(qtbot, town_context.operations)
        if not large:
            sheet.page.show()  # the screen of the tests has no room for it
            sheet.form.set_folded(False)
        return sheet

    return run


def write(sheet: FreeformSheet, title: str = "关于开会的通知", body: str = "请按时参加。") -> None:
    sheet.form.put("title", title)
    sheet.form.body.setPlainText(body)


def press(sheet: QWidget, text: str) -> None:
    """A button of the newest dialog above, by its words."""
    button = [b for b in sheet.findChildren(QPushButton) if b.text() == text and b.isVisible()][-1]
    button.click()


def kept(context: Context) -> list[str]:
    return [row.title for row in notices.list_notices(context.desk)]


def test_an_empty_paper_says_what_it_is_for_and_shows_an_example(
    qtbot: QtBot, opened: Opening, town_context: Context
) -> None:
    sheet = opened()
    assert sheet.page.stack.currentWidget() is sheet.page.empty
    assert sheet.focusWidget() is sheet.form.rows.field("title")
    press(sheet.page.empty, "填一个例子看看")
    settle(qtbot, town_context.operations)
    assert sheet.page.stack.currentWidget() is sheet.page.pane
    assert sheet.page.pane.pages
    assert sheet.form.draft().title == "关于召开村民小组长会议的通知"
    sheet._leave()


def test_typing_renews_the_page_a_moment_later(
    qtbot: QtBot, opened: Opening, town_context: Context
) -> None:
    sheet = opened()
    assert "请填写标题" in sheet.page.words.text()
    QTest.keyClicks(sheet.form.rows.field("title"), "Notice")
    sheet.form.body.setFocus()
    QTest.keyClicks(sheet.form.body, "1.5")
    assert sheet.page.pane.pages == 0  # not while the keys come
    qtbot.waitUntil(lambda: sheet.page.pane.pages == 1, timeout=20_000)
    assert sheet.page.words.text().startswith("共 1 页")
    sheet.form.body.setPlainText("")
    sheet.page.renew()
    settle(qtbot, town_context.operations)
    assert "请填写正文" in sheet.page.words.text()
    assert "改动之前" in sheet.page.words.text()
    assert sheet.page.pane.pages == 1  # the last page stays to be looked at
    sheet._leave()


def test_a_page_that_comes_too_late_is_dropped(
    qtbot: QtBot, opened: Opening, town_context: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    sheet = opened()
    shown: list[bytes] = []
    real = sheet.page.pane.show_bytes

    def show(pdf: bytes, *, stay: bool = False) -> bool:
        shown.append(pdf)
        return real(pdf, stay=stay)

    monkeypatch.setattr(sheet.page.pane, "show_bytes", show)
    write(sheet, body="短。")
    sheet.page.renew()
    sheet.form.body.setPlainText("长。\n" * 100)  # before the worker has answered
    settle(qtbot, town_context.operations)
    sheet.page.renew()
    settle(qtbot, town_context.operations)
    assert len(shown) == 1
    assert sheet.page.pane.pages == 6  # of the long one
    sheet._leave()


def test_a_draft_is_saved_and_opened_again(
    qtbot: QtBot, opened: Opening, town_context: Context
) -> None:
    sheet = opened()
    write(sheet)
    sheet.form.put("organ", (Organ.DISCIPLINE, None))
    sheet.form.put("attachments", "名单\n日程")
    QTest.keyClick(sheet.form.body, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    settle(qtbot, town_context.operations)
    assert not sheet.dirty
    assert "已保存" in sheet.kept.text()
    assert kept(town_context) == ["关于开会的通知"]
    sheet.form.put("title", "关于开好会的通知")
    assert sheet.dirty
    sheet._on_save()
    settle(qtbot, town_context.operations)
    assert kept(town_context) == ["关于开好会的通知"]
    sheet.reject()  # nothing to ask about
    assert not sheet.isVisible()
    (row,) = notices.list_notices(town_context.desk)
    again = opened(row.uid)
    draft = again.form.draft()
    assert (draft.title, draft.organ) == ("关于开好会的通知", Organ.DISCIPLINE)
    assert draft.attachments == ("名单", "日程")
    assert draft.dated == town_context.desk.today()
    again.reject()


def test_leaving_asks_once_and_keeps_or_gives_up(
    qtbot: QtBot, opened: Opening, town_context: Context
) -> None:
    sheet = opened()
    write(sheet)
    sheet.keeper.timer.timeout.emit()
    settle(qtbot, town_context.operations)
    assert "已自动暂存" in sheet.kept.text()
    sheet.reject()
    assert sheet.isVisible()
    press(sheet, "取消")
    assert sheet.isVisible()
    sheet.reject()
    press(sheet, "不保存")
    settle(qtbot, town_context.operations)
    assert kept(town_context) == []
    again = opened()
    assert again.form.draft().title == ""  # given up is given up
    write(again)
    again.reject()
    press(again, "保存草稿")
    settle(qtbot, town_context.operations)
    assert kept(town_context) == ["关于开会的通知"]
    assert not isValid(again)


def test_an_empty_paper_is_left_without_a_question(opened: Opening) -> None:
    sheet = opened()
    sheet.form.put("format", FreeformFormat.LETTER)
    sheet.reject()
    assert not sheet.isVisible()


def test_what_is_typed_while_a_draft_is_saved_stays_unsaved(
    qtbot: QtBot, opened: Opening, town_context: Context
) -> None:
    sheet = opened()
    write(sheet)
    sheet._on_save()
    sheet.form.body.appendPlainText("还有一段。")  # before the worker has answered
    settle(qtbot, town_context.operations)
    assert sheet.dirty
    sheet.keeper.timer.timeout.emit()
    settle(qtbot, town_context.operations)
    (typed,) = unsaved.kept(town_context.desk)
    assert typed.slot.uid == notices.list_notices(town_context.desk)[0].uid
    assert list(typed.fields) == ["body"]
    sheet._leave()


def test_mistakes_stand_beside_their_fields_also_folded_ones(
    qtbot: QtBot, opened: Opening, town_context: Context
) -> None:
    sheet = opened()
    write(sheet, body="好。\n坏\x07。")
    sheet.form.put("attachments", "名单\x07")
    sheet.form.put("dated", None)
    sheet.form.set_folded(True)
    assert not sheet.form.rows.field("attachments").isVisible()
    sheet._on_sign()
    settle(qtbot, town_context.operations)
    rows = sheet.form.rows
    assert rows.error("body").startswith("正文第2段")
    assert rows.error("attachments").startswith("附件第1个")
    assert rows.error("dated")
    assert rows.field("attachments").isVisible()
    assert sheet.findChild(PreviewSheet) is None
    sheet.form.rows.field("dated").setText("改天")  # type: ignore[attr-defined]
    sheet._on_save()
    assert "不是日期" in rows.error("dated")
    sheet._leave()


def test_private_numbers_are_asked_about_and_then_signed(
    qtbot: QtBot, opened: Opening, town_context: Context
) -> None:
    sheet = opened()
    write(sheet, body="联系人王强，13812341234。")
    sheet._on_sign()
    settle(qtbot, town_context.operations)
    (question,) = [d for d in sheet.findChildren(Sheet) if d.isVisible()]
    words = [w.text() for w in question.findChildren(QLabel)]
    assert any("手机号码" in text for text in words)
    press(question, "已核对，接着签发")
    settle(qtbot, town_context.operations)
    preview = sheet.findChild(PreviewSheet)
    assert isinstance(preview, PreviewSheet)
    preview.close()
    settle(qtbot, town_context.operations)
    assert sheet.isVisible()  # not signed off: it goes on
    assert [row.state for row in notices.list_notices(town_context.desk)] == [DocumentState.DRAFT]
    sheet.reject()


def test_it_is_signed_off_through_the_preview_and_the_editor_goes(
    qtbot: QtBot, opened: Opening, town_context: Context
) -> None:
    sheet = opened()
    write(sheet)
    sheet.form.put("organ", (Organ.TOWN_GOVERNMENT, None))
    sheet._on_sign()
    settle(qtbot, town_context.operations)
    preview = sheet.findChild(PreviewSheet)
    assert isinstance(preview, PreviewSheet)
    assert preview.pane.pages == 1
    assert not preview.dated.isVisible()  # the day is in the editor
    sign_only(qtbot, town_context, preview)
    preview.close()
    settle(qtbot, town_context.operations)
    assert not isValid(sheet)
    (row,) = notices.list_notices(town_context.desk)
    assert (row.number, row.state) == ("大茂府〔2026〕1号", DocumentState.ISSUED)


def test_another_is_written_like_one_signed_off(
    qtbot: QtBot, opened: Opening, town_context: Context
) -> None:
    desk = town_context.desk
    draft = FreeformDraft(organ=Organ.TOWN_COMMITTEE, title="甲", body=("乙",), dated=desk.today())
    uid = freeform.save_freeform(desk, draft)
    notices.issue_notice(desk, uid)
    sheet = opened(uid, copy=True)
    assert sheet.form.draft().title == "甲"
    assert not sheet.dirty  # nothing would be lost
    sheet._on_save()
    settle(qtbot, town_context.operations)
    states = sorted(row.state.value for row in notices.list_notices(desk))
    assert states == ["已签发", "草稿"]
    sheet.form.put("title", "丙")
    sheet._on_save()
    settle(qtbot, town_context.operations)
    assert sorted(kept(town_context)) == ["丙", "甲"]
    sheet.reject()


def test_fields_a_format_lacks_are_hidden_and_left_out(opened: Opening) -> None:
    sheet = opened()
    rows = sheet.form.rows
    rows.field("signer").setText("王大顺")  # type: ignore[attr-defined]
    for form, shown in (
        (FreeformFormat.FILE, {"signer", "copies_to", "printed_by"}),
        (FreeformFormat.LETTER, {"copies_to"}),
        (FreeformFormat.PLAIN, set()),
    ):
        sheet.form.put("format", form)
        names = ("signer", "copies_to", "printed_by")
        assert {name for name in names if rows.field(name).isVisible()} == shown
    assert sheet.form.draft().tidy().signer == ""
    sheet._leave()


def test_pasted_text_is_tidied_and_levels_number_themselves(opened: Opening) -> None:
    sheet = opened()
    body = sheet.form.body
    data = QMimeData()
    data.setText("　　1、加强领导,落实责任.\v\t2、抓好落实\r\n")
    body.insertFromMimeData(data)
    assert body.toPlainText() == "1. 加强领导，落实责任。\n2. 抓好落实\n"
    body.undo()
    assert body.toPlainText() == ""  # one step back
    body.setPlainText("总体要求\n说明\n工作任务\n1、第一点")
    for number, level in ((0, Level.FIRST), (2, Level.FIRST), (3, Level.SECOND)):
        cursor = body.textCursor()
        cursor.setPosition(body.document().findBlockByNumber(number).position())
        body.setTextCursor(cursor)
        body.set_level(level)
    assert body.toPlainText() == "一、总体要求\n说明\n二、工作任务\n（一）第一点"
    body.set_level(Level.SECOND)  # twice takes it away
    assert body.toPlainText().endswith("\n第一点")
    body.undo()
    assert body.toPlainText().endswith("\n（一）第一点")
    body.selectAll()
    QTest.keyClick(body, Qt.Key.Key_3, Qt.KeyboardModifier.ControlModifier)
    assert body.toPlainText() == "1. 总体要求\n2. 说明\n3. 工作任务\n4. 第一点"
    assert sheet.form.levels.place.text() == f"第 4 段，共 4 段 {len(body.toPlainText()) - 3} 字"
    sheet._leave()


def test_tab_goes_through_the_fields_in_reading_order(opened: Opening) -> None:
    sheet = opened()
    sheet.activateWindow()
    names = ["organ", "format", "title", "addressee", "dated", "body"]
    rows = sheet.form.rows
    rows.field("organ").setFocus()
    seen = [sheet.focusWidget()]
    for _ in names[1:]:
        QTest.keyClick(QApplication.focusWidget() or sheet, Qt.Key.Key_Tab)
        seen.append(sheet.focusWidget())
    assert [widget.objectName() for widget in seen if widget] == names
    for name in rows.names:
        assert rows.field(name).accessibleName()
    sheet._leave()


def test_without_room_beside_the_text_the_page_is_folded_away(
    opened: Opening, town_context: Context
) -> None:
    town_context.appearance.set_large(True)
    sheet = opened(large=True)
    assert sheet.width() <= sheet.screen().availableGeometry().width()
    assert sheet.page.isHidden()
    assert not sheet.form.rows.field("attachments").isVisible()
    sheet._on_fold()
    assert sheet.page.isVisible()
    assert sheet.fold.text() == "收起版面"
    sheet._leave()


def test_who_may_not_issue_reads_only(qtbot: QtBot, town_context: Context) -> None:
    desk = town_context.desk
    uid = freeform.save_freeform(desk, FreeformDraft(title="甲", body=("乙",)))
    reader = replace(desk, operator=replace(desk.operator, role=OperatorRole.TOWN_READER))
    parent = QWidget()
    qtbot.addWidget(parent)
    parent.show()
    sheet = FreeformSheet(replace(town_context, desk=reader), uid, parent=parent)
    sheet.open()
    settle(qtbot, town_context.operations)
    assert not sheet.form.isEnabled()
    assert not sheet.save.isEnabled()
    assert "不能" in sheet.banner.words.text()
    sheet.reject()


def test_a_text_longer_than_any_paper_is_pasted_as_it_is(opened: Opening) -> None:
    sheet = opened()
    data = QMimeData()
    data.setText("　　长,文" * 20_000)
    sheet.form.body.insertFromMimeData(data)
    assert sheet.form.body.toPlainText() == data.text()
    sheet._leave()
