"""文书设置 and 十佳: what an office chooses about its documents."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QSpinBox
from pytestqt.qtbot import QtBot

from daomao_desktop.domain.accounts import OperatorRole
from daomao_desktop.domain.notice_settings import CertificateStyle, CommendationForm, NoticeSettings
from daomao_desktop.domain.notices import DocumentKind
from daomao_desktop.domain.scheme import Edition
from daomao_desktop.services import accounts, notices
from daomao_desktop.services.notice_settings import notice_settings
from daomao_desktop.ui.context import Context
from daomao_desktop.ui.dialogs.form_sheet import FormSheet
from daomao_desktop.ui.dialogs.made_paper import MadePaperSheet
from daomao_desktop.ui.dialogs.ten_best import TenBestSheet
from daomao_desktop.ui.forms.notice_settings import NoticeSettingsForm
from daomao_desktop.ui.forms.village import TownForm
from daomao_desktop.ui.pages import system_forms
from daomao_desktop.ui.pages.system import SystemPage
from daomao_desktop.ui.widgets.choices import ChoiceBox
from tests.services.notice_office import text_of
from tests.services.office import acting_as
from tests.ui.conftest import settle


@pytest.fixture
def page(qtbot: QtBot, town_context: Context) -> SystemPage:
    made = SystemPage(town_context)
    qtbot.addWidget(made)
    made.enter()
    settle(qtbot, town_context.operations)
    return made


def _sheet(page: SystemPage) -> FormSheet[object]:
    found = page.window().findChild(FormSheet)
    assert isinstance(found, FormSheet)
    return found


def test_the_settings_of_documents_are_kept(
    qtbot: QtBot, page: SystemPage, town_context: Context
) -> None:
    page.papers.click()
    settle(qtbot, town_context.operations)
    sheet = _sheet(page)
    field = sheet.form.rows.field("commendation_form")
    assert isinstance(field, ChoiceBox)
    assert field.value() is CommendationForm.CIRCULAR
    sheet.form.put("commendation_form", CommendationForm.PRAISE)
    sheet.form.put("rectify_days", 45)
    sheet._on_save()
    settle(qtbot, town_context.operations)
    kept = notice_settings(town_context.desk)
    assert kept == NoticeSettings(CommendationForm.PRAISE, rectify_days=45)


def test_a_printed_blank_is_chosen_and_seen_before_it_is_kept(
    qtbot: QtBot, page: SystemPage, town_context: Context
) -> None:
    page.papers.click()
    settle(qtbot, town_context.operations)
    sheet = _sheet(page)
    form = sheet.form
    assert isinstance(form, NoticeSettingsForm)
    right, down = (form.rows.field(name) for name in ("certificate_right", "certificate_down"))
    assert not right.isVisible()
    form.certificate_style.setFocus()
    QTest.keyClick(form.certificate_style, Qt.Key.Key_Down)
    assert form.certificate_style.value() is CertificateStyle.BLANK
    settle(qtbot, town_context.operations)
    for field in (right, down):  # seen whole, without scrolling
        assert field.visibleRegion().boundingRect() == field.rect()
    for field, typed in ((right, "4"), (down, "-3")):
        assert isinstance(field, QSpinBox)
        field.setFocus()
        field.selectAll()
        QTest.keyClicks(field, typed)
    see = next(one for one in sheet.findChildren(QPushButton) if one.text() == "看证书样张…")
    QTest.mouseClick(see, Qt.MouseButton.LeftButton)
    settle(qtbot, town_context.operations)
    sample = sheet.findChild(MadePaperSheet)
    assert isinstance(sample, MadePaperSheet)
    assert sample.pane.pages == 1
    assert sample.print.isEnabled()
    assert "编号：样张" in text_of(sample._pdf)
    assert "荣誉证书" not in text_of(sample._pdf)
    assert notice_settings(town_context.desk) == NoticeSettings()  # nothing kept by looking
    sample.reject()
    QTest.mouseClick(sheet.save_button, Qt.MouseButton.LeftButton)
    settle(qtbot, town_context.operations)
    assert notice_settings(town_context.desk) == NoticeSettings(
        certificate_style=CertificateStyle.BLANK, certificate_right=4, certificate_down=-3
    )


def test_a_clerk_may_look_but_not_set(qtbot: QtBot, town_context: Context) -> None:
    object.__setattr__(town_context, "desk", acting_as(town_context.desk, OperatorRole.TOWN_CLERK))
    page = SystemPage(town_context)
    qtbot.addWidget(page)
    assert not page.papers.isEnabled()


def test_a_village_is_asked_for_no_form_of_commendation(qtbot: QtBot) -> None:
    form = NoticeSettingsForm(Edition.VILLAGE)
    qtbot.addWidget(form)
    form.load(NoticeSettings(CommendationForm.DECISION, objection_days=20))
    form.show()
    for name in ("commendation_form", "certificate_style", "certificate_right"):
        assert not form.rows.field(name).isVisible()
    assert form.check() == NoticeSettings(CommendationForm.DECISION, objection_days=20)


def test_the_towns_phone_is_entered_where_its_names_are(
    qtbot: QtBot, page: SystemPage, town_context: Context
) -> None:
    system_forms.town(page, town_context, accounts.office(town_context.desk))
    sheet = _sheet(page)
    assert isinstance(sheet.form, TownForm)
    sheet.form.put("contact", "镇党政办")
    sheet._on_save()
    assert "办公电话" in (sheet.form.rows.error("contact") or "")
    sheet.form.put("contact", "0898-00005678")
    sheet._on_save()
    settle(qtbot, town_context.operations)
    assert accounts.office(town_context.desk).contact == "0898-00005678"


def test_the_ten_best_are_ticked_within_the_limit(qtbot: QtBot, town_context: Context) -> None:
    chosen: list[tuple[str, ...]] = []
    desk = town_context.desk
    sheet = TenBestSheet(town_context, 2025, chosen.append)
    qtbot.addWidget(sheet)
    sheet.show()
    settle(qtbot, town_context.operations)
    people = sheet.people
    names = [people.list.item(row).text() for row in range(people.list.count())]
    assert len(names) == 2  # everybody 优秀, and nobody else
    assert "最多 2 名" in sheet.words.text()
    sheet._limit = 1  # as in a town of nineteen
    for row in range(2):
        people.list.item(row).setCheckState(Qt.CheckState.Checked)
    assert "请再取消 1 名" in sheet.words.text()
    assert not sheet.choose.isEnabled()
    people.list.item(0).setCheckState(Qt.CheckState.Unchecked)
    assert sheet.choose.isEnabled()
    sheet.choose.click()
    ((uid,),) = chosen
    draft = notices.draft_notice(desk, DocumentKind.COMMENDATION, 2025, None, best=(uid,))
    again = TenBestSheet(town_context, 2025, chosen.append)
    qtbot.addWidget(again)
    settle(qtbot, town_context.operations)
    assert again.people.ticked() == (uid,)
    notices.issue_notice(desk, draft)
