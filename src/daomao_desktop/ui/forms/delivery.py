"""What the register is told later: why a document was voided, when it was delivered or posted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtWidgets import QLineEdit, QWidget

from daomao_desktop.errors import FieldProblem
from daomao_desktop.ui.forms.base import Form
from daomao_desktop.ui.widgets.fields import DateField, TextArea


class ReasonForm(Form[str]):
    """A reason that has to be given."""

    def __init__(self, words: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self.rows.add("reason", words, TextArea(3), required=True)
        self.watch()

    def draft(self) -> str:
        return self.text("reason")

    def fill(self, draft: str) -> None:
        self.put("reason", draft)

    def problems(self, draft: str) -> Sequence[FieldProblem]:
        return [] if draft else [FieldProblem("reason", f"请写明{self._words}。")]


@dataclass(frozen=True, slots=True)
class Delivery:
    """What the 送达回证 says; of a public notice, when it was posted and where."""

    on: date | None
    receipt: str


class DeliveryForm(Form[Delivery]):
    """Day and words of the receipt; ``posted``: of a public notice."""

    def __init__(self, parent: QWidget | None = None, *, posted: bool = False) -> None:
        super().__init__(parent)
        self._day = "张贴日期" if posted else "送达日期"
        self.rows.add("on", self._day, DateField(), required=True)
        if posted:
            hint = "例如：镇政府公示栏、联光村公示栏，见证人×××"
            self.rows.add("receipt", "张贴地点", QLineEdit(), hint)
        else:
            self.rows.add("receipt", "回证", QLineEdit(), "例如：本人签收；拒收，见证人×××")
        self.watch()

    def draft(self) -> Delivery:
        return Delivery(self.day("on"), self.text("receipt"))

    def fill(self, draft: Delivery) -> None:
        self.put("on", draft.on)
        self.put("receipt", draft.receipt)

    def problems(self, draft: Delivery) -> Sequence[FieldProblem]:
        return [] if draft.on else [FieldProblem("on", f"请填写{self._day}。")]
