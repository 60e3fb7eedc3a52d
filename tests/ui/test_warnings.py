"""What may be saved, but is marked 待核实, is told beside its field, and where it was saved."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from daomao_desktop.domain.dates import PartialDate
from daomao_desktop.domain.roster import LeaderDraft
from daomao_desktop.domain.scheme import Sex
from daomao_desktop.services import roster
from daomao_desktop.services.roster import VillageRow
from daomao_desktop.ui.context import Context
from daomao_desktop.ui.forms.leader import LeaderForm
from daomao_desktop.ui.pages.roster import RosterPage
from daomao_desktop.ui.theme import Appearance
from tests.ui.conftest import Told, activate, rested, settle

TODAY = date(2026, 1, 20)
VILLAGE = VillageRow(
    "v", "联光村", "支部", "村委会", "联光党支", "联光村委", False, None, 1, 0, 0, True
)
LEADER = LeaderDraft(
    village_uid="v",
    group="第3村民小组",
    name="王龚",
    sex=Sex.MALE,
    birth=PartialDate(1987, 6),
    started=PartialDate(2021, 6, 20),
)
WRONG_DIGIT = "460006198706150031"  # 1987-06-15, male


@pytest.fixture
def form(qtbot: QtBot, appearance: Appearance) -> LeaderForm:
    made = LeaderForm(today=lambda: TODAY, town=True, on_reveal=lambda _name: None)
    qtbot.addWidget(made)
    made.set_places([VILLAGE], [])
    made.load(LEADER)
    made.show()
    activate(qtbot, made)
    return made


def _type(form: LeaderForm, name: str, text: str) -> None:
    field = form.rows.field(name)
    assert isinstance(field, QLineEdit)
    field.setFocus()
    field.selectAll()
    if text.isascii():
        QTest.keyClicks(field, text)
    else:
        field.insert(text)  # QTest types ASCII only


def test_a_mistyped_check_digit_is_told_while_the_field_still_has_the_focus(
    qtbot: QtBot, form: LeaderForm
) -> None:
    _type(form, "id_number", WRONG_DIGIT)
    qtbot.waitUntil(lambda: "校验位" in form.rows.warning("id_number"))
    field = form.rows.field("id_number")
    assert field.hasFocus()
    assert "校验位" in field.accessibleDescription()
    line = next(one for one in form.findChildren(QLabel) if "校验位" in one.text())
    assert line.isVisible()
    assert line.text().startswith("！"), "a sign says it to those who do not see the colour"
    assert form.rows.error("id_number") == ""
    assert form.check() is not None, "a warning does not stop the saving"
    assert "校验位" in form.rows.warning("id_number"), "and it stays"


def test_half_a_number_is_not_called_doubtful(qtbot: QtBot, form: LeaderForm) -> None:
    _type(form, "id_number", WRONG_DIGIT[:10])
    rested(qtbot, form)
    assert form.rows.warning("id_number") == ""
    QTest.keyClick(form.rows.field("id_number"), Qt.Key.Key_Tab)
    qtbot.waitUntil(lambda: "18位" in form.rows.error("id_number"))


@pytest.mark.parametrize(
    ("field", "text", "words"),
    [
        ("name", "王", "只有一个字"),
        ("name", "王\ue000", "造字"),
        ("birth", "1990.1", "出生年月与身份证"),
    ],
)
def test_every_other_doubt_stands_beside_its_field(
    qtbot: QtBot, form: LeaderForm, field: str, text: str, words: str
) -> None:
    form.load(replace(LEADER, id_number="460006198706150036"))
    _type(form, field, text)
    QTest.keyClick(form.rows.field(field), Qt.Key.Key_Tab)
    qtbot.waitUntil(lambda: words in form.rows.warning(field))


def test_a_doubt_goes_when_the_field_is_mended(qtbot: QtBot, form: LeaderForm) -> None:
    _type(form, "id_number", WRONG_DIGIT)
    qtbot.waitUntil(lambda: bool(form.rows.warning("id_number")))
    _type(form, "id_number", "460006198706150036")
    rested(qtbot, form)
    assert form.rows.warning("id_number") == ""
    assert form.rows.error("id_number") == ""


def test_what_was_marked_earlier_stands_beside_its_field_though_the_number_is_masked(
    qtbot: QtBot, form: LeaderForm
) -> None:
    reasons = ("身份证号码的校验位不对，请核对。", "出生年月与身份证号码不一致，请核对。")
    form.load(replace(LEADER, id_number="460006************", to_verify=reasons))
    assert form.rows.warning("id_number") == reasons[0]
    assert form.rows.warning("birth") == reasons[1]
    _type(form, "birth", "1988.6")
    rested(qtbot, form)
    assert form.rows.warning("birth") == "", "the service will compare it with the number"
    assert form.rows.warning("id_number") == reasons[0]


def test_the_line_after_saving_says_that_it_is_to_be_verified(
    qtbot: QtBot, village_context: Context, told: Told
) -> None:
    page = RosterPage(village_context)
    qtbot.addWidget(page)
    page.resize(1200, 700)
    page.show()
    page.enter()
    settle(qtbot, village_context.operations)
    page.new_entry()
    for name in ("name", "sex", "birth", "started"):
        page.form.put(name, getattr(LEADER, name))
    page.form.put("group", "第99村民小组")
    page.form.put("id_number", WRONG_DIGIT)
    page.save_entry()
    settle(qtbot, village_context.operations)
    assert "待核实" in told.sentences[-1]
    assert "校验位" in told.sentences[-1]
    (row,) = (r for r in roster.list_leaders(village_context.desk) if r.name == "王龚")
    assert row.to_verify == ("身份证号码的校验位不对，请核对。",)
    assert "校验位" in page.form.rows.warning("id_number"), "the number is masked by now"
    assert page.panel.note.isVisible()
