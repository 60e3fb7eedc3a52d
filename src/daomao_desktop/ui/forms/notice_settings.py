"""The form of the settings of documents: each with the words that it may be changed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtWidgets import QWidget

from daomao_desktop.domain.notice_settings import (
    BOUNDS,
    CHOICES,
    NOTICE_LABELS,
    CertificateStyle,
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


_MOVES = ("certificate_right", "certificate_down")


class NoticeSettingsForm(Form[NoticeSettings]):
    """A village does not commend: there nothing of commendations and certificates is shown.

    How far text is moved is asked only for a blank bought printed.
    """

    def __init__(self, edition: Edition, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._town = edition is Edition.TOWN
        form = ChoiceBox()
        form.set_choices(_MEANING.items())
        self.rows.add("commendation_form", NOTICE_LABELS["commendation_form"], form, SETTING_NOTE)
        for name in ("objection_days", "rectify_days"):
            low, high = BOUNDS[name]
            hint = f"{SETTING_NOTE}，{low} 到 {high}"
            self.rows.add(name, NOTICE_LABELS[name], NumberField(low, high), hint)
        self.certificate_style = ChoiceBox()
        self.certificate_style.set_choices([(style, style.value) for style in CertificateStyle])
        self.rows.add(
            "certificate_style", NOTICE_LABELS["certificate_style"], self.certificate_style
        )
        for name, back in zip(_MOVES, ("左", "上"), strict=True):
            low, high = BOUNDS[name]
            hint = f"{low} 到 {high}，负数是{back}移"
            self.rows.add(name, NOTICE_LABELS[name], NumberField(low, high), hint)
        self.certificate_style.currentIndexChanged.connect(self._on_style)
        self.watch()
        for name in ("commendation_form", "certificate_style"):
            self.rows.set_visible(name, self._town)
        self._on_style()

    def draft(self) -> NoticeSettings:
        values = {name: self._number(name) for name in BOUNDS}
        values |= {name: self.choice(name) for name in CHOICES}
        return NoticeSettings(**values)

    def fill(self, draft: NoticeSettings) -> None:
        for name in self.rows.names:
            self.put(name, getattr(draft, name))
        self._on_style()

    def problems(self, draft: NoticeSettings) -> Sequence[FieldProblem]:
        return draft.problems()

    def _number(self, name: str) -> Any:
        field = self.rows.field(name)
        assert isinstance(field, NumberField)
        return field.value()

    def _on_style(self) -> None:
        blank = self._town and self.certificate_style.value() is not CertificateStyle.BORDER
        for name in _MOVES:
            self.rows.set_visible(name, blank)
