"""What a year lacks, who is 不称职 for the second year, what is withheld."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QWidget

from daomao_desktop.services.assessment import YearView
from daomao_desktop.ui.context import Context, Place
from daomao_desktop.ui.dialogs.base import Sheet
from daomao_desktop.ui.widgets.buttons import button
from daomao_desktop.ui.widgets.parts import label


class YearDetailsSheet(Sheet):
    """Each line that has a page to go to is a link."""

    def __init__(self, context: Context, view: YearView, parent: QWidget | None = None) -> None:
        super().__init__(f"{view.year}年度考核：{view.state.value}", parent, width=620)
        self._context = context
        self._heading("进入下一步前还缺的")
        if not view.missing:
            self._line("没有缺项。")
        for sentence in view.missing:
            self._link(f"· {sentence}", place_of(sentence, view.year))
        if view.runs:
            self._heading("连续两年不称职（按规定程序提出罢免建议或移送问责）")
            for name in view.runs:
                self._line(f"· {name}")
        if view.review:
            self._heading("不称职年度之间有间断，请人工核对")
            self._line("、".join(view.review))
        if view.deductions:
            self._heading("扣减岗位补贴 20%")
            for row in view.deductions:
                if row.base is None or row.deduction is None:
                    self._link(f"· {row.name}：{row.problem}", Place("roster", uid=row.person_uid))
                else:
                    self._line(
                        f"· {row.name}：任职 {row.months} 个月，应发 {row.base} 元，"
                        f"扣减 {row.deduction} 元"
                    )
        accepted = [line for step in view.steps for line in step.acknowledged]
        if accepted:
            self._heading("推进时已知悉的缺项")
            for sentence in accepted:
                self._line(f"· {sentence}")
        self.body.addStretch(1)
        self.add_button("关闭", self.close, "primary", default=True)

    def _heading(self, text: str) -> None:
        self.body.addWidget(label(text, "strong"))

    def _line(self, text: str) -> None:
        self.body.addWidget(label(text, wrap=True))

    def _link(self, text: str, place: Place) -> None:
        words = label(text, wrap=True)
        self.body.addWidget(words)
        self.body.addWidget(button("去处理 ›", partial(self._on_go, place), role="link"))

    def _on_go(self, place: Place) -> None:
        self.close()
        self._context.go(place)


def place_of(sentence: str, year: int) -> Place:
    """Where a sentence of the checklist is mended."""
    if "履职记录" in sentence:
        return Place("duties", tab="duties", year=year)
    if "待核实" in sentence:
        return Place("roster", filter="待核实")
    if "岗位补贴" in sentence or "没有小组长" in sentence:
        return Place("roster")
    return Place("assessment", year=year)
