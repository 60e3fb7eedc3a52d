"""The form of the scheme's settings: each with the words that it may be changed, or not."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import fields, replace
from enum import Enum
from typing import Any

from PySide6.QtWidgets import QCheckBox, QLineEdit, QWidget

from daomao_desktop.domain.scheme_settings import (
    FIXED_NOTE,
    SETTING_LABELS,
    SchemeSettings,
    setting_note,
)
from daomao_desktop.errors import FieldProblem
from daomao_desktop.ui.forms.base import Form
from daomao_desktop.ui.theme import px
from daomao_desktop.ui.widgets.choices import ChoiceBox
from daomao_desktop.ui.widgets.fields import NumberField, PointsField, points_text

_DEFAULTS = SchemeSettings()
# Read by the formulas of tasks, measures, 三资 and surveys, which have no pages yet: a setting
# that changes nothing on any page is not offered.
_LATER = frozenset(
    {
        "funds_rule_loss",
        "overdue_loss",
        "commendation_gain",
        "talk_loss",
        "criticism_loss",
        "circulated_loss",
        "survey_basic_coefficient",
        "survey_leaves_out_unknown",
        "survey_fewest_ballots",
    }
)
# Kept in hundredths (of a point, of a percent): shown with decimals.
_HUNDREDTHS = re.compile(r".*_(loss|gain|from|rate|below)$")


class SchemeForm(Form[SchemeSettings]):
    """One field a setting that has an effect, in the order of SETTING_LABELS."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, hints_beside=True)
        self._loaded = _DEFAULTS
        kinds = {field.name: getattr(_DEFAULTS, field.name) for field in fields(_DEFAULTS)}
        for name, label in SETTING_LABELS.items():
            if name in _LATER:
                continue
            field = _field(name, kinds[name])
            note = setting_note(name)
            field.setMinimumWidth(px(190))
            if note == FIXED_NOTE:
                field.setEnabled(False)
            self.rows.add(name, label, field, note, required=isinstance(field, QLineEdit))
        self.watch()
        self.load(_DEFAULTS)

    def set_defaults(self) -> None:
        """Writes the defaults into the fields; saving them is another step."""
        self.fill(_DEFAULTS)

    def draft(self) -> SchemeSettings:
        return replace(self._loaded, **{name: self._value(name) for name in self.rows.names})

    def fill(self, draft: SchemeSettings) -> None:
        self._loaded = draft
        for name in self.rows.names:
            value = getattr(draft, name)
            self.put(name, " ".join(map(str, value)) if isinstance(value, tuple) else value)

    def problems(self, draft: SchemeSettings) -> Sequence[FieldProblem]:
        return draft.problems()

    def _value(self, name: str) -> Any:
        field, default = self.rows.field(name), getattr(_DEFAULTS, name)
        if isinstance(field, PointsField):
            value = self._read(name, lambda: _filled(field, default))
            return default if value is None else value
        if isinstance(field, NumberField):
            return field.value()
        if isinstance(field, ChoiceBox):
            return field.value()
        if isinstance(field, QCheckBox):
            return field.isChecked()
        return self._read(name, lambda: _six(self.text(name))) or default


def _field(name: str, default: object) -> QWidget:
    if isinstance(default, bool):
        return QCheckBox("是")
    if isinstance(default, Enum):
        box = ChoiceBox()
        box.set_choices([(one, one.wording) for one in type(default)])  # type: ignore[attr-defined]
        return box
    if isinstance(default, tuple):
        line = QLineEdit()
        line.setPlaceholderText("六个数，用空格隔开")
        return line
    return PointsField() if _HUNDREDTHS.match(name) else NumberField(0, 10_000)


def _filled(field: PointsField, usual: int) -> int:
    value = field.hundredths()
    if value is None:
        raise ValueError(f"请填写数值，默认是 {points_text(usual)}。")
    return value


def _six(text: str) -> tuple[int, ...]:
    parts = re.findall(r"\d+", text)
    if len(parts) != len(_DEFAULTS.role_maxima):
        raise ValueError("请写六个整数，用空格隔开，依次是六员各项的满分。")
    return tuple(int(part) for part in parts)
