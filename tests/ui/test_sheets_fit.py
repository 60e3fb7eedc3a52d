"""What a dialog tells never covers the field it speaks of."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QLabel, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from daomao_desktop.errors import Refused
from daomao_desktop.ui.context import Context, Place
from daomao_desktop.ui.dialogs.form_sheet import FormSheet
from daomao_desktop.ui.pages.assessment import AssessmentPage
from daomao_desktop.ui.theme import Appearance
from tests.ui.conftest import settle


def _seen(sheet: QWidget, widget: QWidget) -> bool:
    """Whether the whole widget is inside what the dialog's body shows."""
    (area,) = (one for one in sheet.findChildren(QScrollArea) if one.isAncestorOf(widget))
    corner = widget.mapTo(area.viewport(), QPoint(0, 0))
    return area.viewport().rect().contains(QRect(corner, widget.size()))


def _sheet(qtbot: QtBot, context: Context) -> FormSheet[object]:
    page = AssessmentPage(context)
    qtbot.addWidget(page)
    page.resize(1300, 700)
    page.show()
    page.enter(Place("assessment", year=2025))
    settle(qtbot, context.operations)
    page._on_next()
    sheet = page.window().findChild(FormSheet)
    assert isinstance(sheet, FormSheet)
    return sheet


@pytest.mark.parametrize("large", [False, True])
def test_a_day_that_cannot_be_is_told_below_its_field(
    qtbot: QtBot, town_context: Context, appearance: Appearance, large: bool
) -> None:
    appearance.set_large(large)
    sheet = _sheet(qtbot, town_context)
    sheet.form.put("on", date(2027, 1, 1))
    sheet.save_button.click()
    settle(qtbot, town_context.operations)
    assert "晚于今天" in sheet.form.rows.error("on")
    assert not sheet.banner.isVisible()
    field = sheet.form.rows.field("on")
    line = next(one for one in sheet.findChildren(QLabel) if one.text().startswith("✕"))
    qtbot.waitUntil(lambda: _seen(sheet, field) and _seen(sheet, line))
    sheet.form.saved()


@pytest.mark.parametrize("large", [False, True])
def test_what_is_refused_gets_room_of_its_own(
    qtbot: QtBot, town_context: Context, appearance: Appearance, large: bool
) -> None:
    appearance.set_large(large)
    sheet = _sheet(qtbot, town_context)
    field = sheet.form.rows.field("on")
    field.setFocus()
    height = sheet.height()
    lacking = tuple(f"联光村第{n}村民小组没有满意度" for n in range(8))
    sheet.refuse(Refused("进入“公示”之前还有 8 项没有完成，请补齐。", lacking))
    qtbot.waitUntil(lambda: sheet.height() > height)
    qtbot.waitUntil(lambda: _seen(sheet, field))
    assert not sheet.banner.geometry().intersects(
        QRect(field.mapTo(sheet, QPoint(0, 0)), field.size())
    )
    available = sheet.screen().availableGeometry()
    assert sheet.height() <= available.height()
    sheet.form.saved()
