"""The forms of the town and of a village: names of the organs, their 发文机关代字, the phone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtWidgets import QLineEdit, QWidget

from daomao_desktop.domain.notices import contact_problem, prefix_problem
from daomao_desktop.errors import FieldProblem
from daomao_desktop.services.roster import TownDraft, VillageDraft
from daomao_desktop.ui.forms.base import Form

_TEXTS = ("name", "branch_name", "committee_name", "branch_prefix", "committee_prefix")


class VillageForm(Form[VillageDraft]):
    """What is left empty gets its usual form."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._loaded = VillageDraft(name="")
        self.rows.add("name", "村名", QLineEdit(), "例如：联光村", required=True)
        self.rows.add("branch_name", "党支部名称", QLineEdit())
        self.rows.add("branch_prefix", "支部代字", QLineEdit(), "例如：联光党支")
        self.rows.add("committee_name", "村委会名称", QLineEdit())
        self.rows.add("committee_prefix", "村委代字", QLineEdit(), "例如：联光村委")
        self.rows.add("contact", "联系方式", QLineEdit(), "镇里联系这个村用，可不填")
        self.watch()

    def draft(self) -> VillageDraft:
        return replace(
            self._loaded,
            name=self.text("name"),
            branch_name=self.text("branch_name"),
            committee_name=self.text("committee_name"),
            branch_prefix=self.text("branch_prefix"),
            committee_prefix=self.text("committee_prefix"),
            contact=self.optional("contact"),
        )

    def fill(self, draft: VillageDraft) -> None:
        self._loaded = draft
        for name in (*_TEXTS, "contact"):
            self.put(name, getattr(draft, name))

    def problems(self, draft: VillageDraft) -> Sequence[FieldProblem]:
        return [] if draft.name else [FieldProblem("name", "请填写村名，例如：联光村。")]


class TownForm(Form[TownDraft]):
    """The town's own organs; what is left empty gets its usual form."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows.add("committee_name", "镇党委名称", QLineEdit())
        self.rows.add("government_name", "镇政府名称", QLineEdit())
        self.rows.add("discipline_name", "镇纪委名称", QLineEdit())
        self.rows.add("prefix", "发文代字", QLineEdit(), "例如：大茂党")
        hint = "印在公示上，例如：0898-12345678（镇党政办）"
        self.rows.add("contact", "联系电话", QLineEdit(), hint)
        self.watch()

    def draft(self) -> TownDraft:
        return TownDraft(**{name: self.text(name) for name in self.rows.names})

    def fill(self, draft: TownDraft) -> None:
        for name in self.rows.names:
            self.put(name, getattr(draft, name))

    def problems(self, draft: TownDraft) -> Sequence[FieldProblem]:
        found = {
            "prefix": prefix_problem(draft.prefix) if draft.prefix else None,
            "contact": contact_problem(draft.contact) if draft.contact else None,
        }
        return [FieldProblem(field, problem) for field, problem in found.items() if problem]
