"""The form of the five faces: for each the shipped font, or one of this PC's."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtGui import QStandardItemModel
from PySide6.QtWidgets import QComboBox, QWidget

from daomao_desktop.domain.fonts import Face
from daomao_desktop.errors import FieldProblem
from daomao_desktop.services.fonts import FaceRow, FacesDraft
from daomao_desktop.ui.forms.base import Form
from daomao_desktop.ui.theme import px
from daomao_desktop.ui.widgets.choices import ChoiceBox

SHIPPED = "自带"
_CHARACTERS = 14  # of a choice that are seen without opening it


class FacesForm(Form[FacesDraft]):
    """One choice a face; fonts that cannot be used are listed, with the reason, but not offered.

    ``chosen`` is called after every change.
    """

    def __init__(self, chosen: Callable[[], object], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        for face in Face:
            box = ChoiceBox()
            box.setSizeAdjustPolicy(
                QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
            )
            box.setMinimumContentsLength(_CHARACTERS)
            self.rows.add(face.name, face.value, box, face.used_for)
            box.currentIndexChanged.connect(lambda _index: chosen())
        self.watch()

    def offer(self, rows: Sequence[FaceRow]) -> None:
        """What this PC has, and what was chosen before; the form is clean afterwards."""
        for row in rows:
            box = self._box(row.face)
            fonts = [(one.family, _words(one.family, one.problem)) for one in row.fonts]
            if row.chosen is not None and row.chosen not in dict(fonts):
                fonts.append((row.chosen, _words(row.chosen, "这台电脑没有")))
            box.set_choices(fonts, SHIPPED)
            _disable(box, {one.family for one in row.fonts if one.problem})
            # The box is short; what it drops down is as wide as the longest reason.
            box.view().setMinimumWidth(box.view().sizeHintForColumn(0) + px(30))
            hint = f"这台电脑没有可用的“{row.chosen}”，现用自带字体" if row.absent else ""
            self.rows.set_hint(row.face.name, hint or row.face.used_for)
        self.load({row.face: row.chosen for row in rows if row.chosen is not None})

    def set_shipped(self) -> None:
        """Every face in the shipped font; not saved yet."""
        for face in Face:
            self._box(face).set_value(None)

    def draft(self) -> FacesDraft:
        return {face: family for face in Face if (family := self.choice(face.name)) is not None}

    def fill(self, draft: FacesDraft) -> None:
        for face in Face:
            self.put(face.name, draft.get(face))

    def problems(self, draft: FacesDraft) -> Sequence[FieldProblem]:
        del draft  # only fonts found here can be chosen, and the service looks again
        return ()

    def _box(self, face: Face) -> ChoiceBox:
        box = self.rows.field(face.name)
        assert isinstance(box, ChoiceBox)
        return box


def _words(family: str, problem: str) -> str:
    return f"{family}：{problem}" if problem else family


def _disable(box: ChoiceBox, families: set[str]) -> None:
    model = box.model()
    assert isinstance(model, QStandardItemModel)
    for index in range(box.count()):
        if box.itemData(index) in families:
            model.item(index).setEnabled(False)
