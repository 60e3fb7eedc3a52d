"""The form of the settings of documents: each with the words that it may be changed."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from daomao_desktop.domain.notice_settings import (
    BOUNDS,
    NOTICE_LABELS,
    CommendationForm,
    NoticeSettings,
)
from daomao_desktop.domain.scheme import Edition
from daomao_desktop.domain.scheme_settings import SETTING_NOTE
from daomao_desktop.errors import FieldProblem
from daomao_desktop.ui.forms.base import Form
from daomao_desktop.ui.widgets.choices import ChoiceBox
from daomao_desktop.ui.widgets.fields import NumberField

_MEANING = {
    CommendationForm.CIRCULAR: "表彰通报（印发通报）",
    CommendationForm.DECISION: "表彰决定（授予称号）",
    CommendationForm.PRAISE: "通报表扬（除“十佳”外不授予称号）",
}


class NoticeSettingsForm(Form[NoticeSettings]):
    """A village does not commend: there the form of a commendation is not shown."""

    def __init__(self, edition: Edition, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        form = ChoiceBox()
        form.set_choices(_MEANING.items())
        self.rows.add("commendation_form", NOTICE_LABELS["commendation_form"], form, SETTING_NOTE)
        for name, (low, high) in BOUNDS.items():
            hint = f"{SETTING_NOTE}，{low} 到 {high}"
            self.rows.add(name, NOTICE_LABELS[name], NumberField(low, high), hint)
        self.rows.set_visible("commendation_form", edition is Edition.TOWN)
        self.watch()

    def draft(self) -> NoticeSettings:
        return NoticeSettings(
            self.choice("commendation_form"), *(self._days(name) for name in BOUNDS)
        )

    def fill(self, draft: NoticeSettings) -> None:
        for name in self.rows.names:
            self.put(name, getattr(draft, name))

    def problems(self, draft: NoticeSettings) -> Sequence[FieldProblem]:
        return draft.problems()

    def _days(self, name: str) -> int:
        field = self.rows.field(name)
        assert isinstance(field, NumberField)
        return field.value()
