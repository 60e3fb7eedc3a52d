"""十佳…: who of those graded 优秀 is one of the ten best, within the limit."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from daomao_desktop.services import ten_best
from daomao_desktop.services.ten_best import BestChoice
from daomao_desktop.ui.context import Context
from daomao_desktop.ui.dialogs.base import Sheet
from daomao_desktop.ui.theme import set_role
from daomao_desktop.ui.widgets.parts import label
from daomao_desktop.ui.widgets.people import PeopleList, Someone


class TenBestSheet(Sheet):
    """A checklist; ``on_chosen`` gets the uids when the choice keeps to the limit."""

    def __init__(
        self,
        context: Context,
        year: int,
        on_chosen: Callable[[tuple[str, ...]], object],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("选定“十佳”村民小组长", parent, width=560)
        self._on_chosen = on_chosen
        self._limit = 0
        self.words = label("", wrap=True)
        self.people = PeopleList()
        self.people.changed.connect(self._on_changed)
        self.body.addWidget(self.words)
        self.body.addWidget(self.people)
        self.add_button("取消", self.reject)
        self.choose = self.add_button("确定", self._on_choose, "primary", default=True)
        self.choose.setEnabled(False)
        desk = context.desk
        context.operations.query(
            lambda: ten_best.best_choice(desk, year), self._on_read, self.refuse, owner=self
        )

    def _on_read(self, found: BestChoice) -> None:
        self._limit = found.limit
        self.people.set_people(
            [
                Someone(one.person_uid, one.name, one.pinyin, one.initials, one.group, one.village)
                for one in found.people
            ]
        )
        self.people.set_ticked(found.chosen)
        self._on_changed()
        self.people.list.setFocus()

    def _on_changed(self) -> None:
        over = len(self.people.ticked()) - self._limit
        set_role(self.words, "error" if over > 0 else "")
        limit = f"“十佳”从考核“优秀”的人员中评选，本年度最多 {self._limit} 名"
        self.words.setText(f"{limit}，请再取消 {over} 名。" if over > 0 else f"{limit}。")
        self.choose.setEnabled(over <= 0)

    def _on_choose(self) -> None:
        if self.choose.isEnabled():
            self._on_chosen(self.people.ticked())
            self.accept()
