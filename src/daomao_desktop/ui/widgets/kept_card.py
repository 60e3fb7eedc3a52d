"""首页: what was typed before the last end and never saved, with 接着填 and 不要了 for each."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from daomao_desktop.services import unsaved
from daomao_desktop.services.unsaved import Typed
from daomao_desktop.ui.context import Context, place_of
from daomao_desktop.ui.theme import px, set_role
from daomao_desktop.ui.widgets.buttons import button
from daomao_desktop.ui.widgets.parts import Card, scrolling


class KeptCard(Card):
    """Hidden while there is nothing to go on with."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent, heading=" ")
        self._context = context
        self._inner = inner = QWidget()
        self._lines = QVBoxLayout(inner)
        self._lines.setContentsMargins(0, 0, px(6), 0)
        self._lines.setSpacing(px(2))
        self._area = scrolling(inner)
        self.body.addWidget(self._area)
        context.kept.changed.connect(self._show)
        self._show()

    def _show(self) -> None:
        while (item := self._lines.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        found = self._context.kept.all
        self.heading.setText(f"上次有 {len(found)} 处没有保存的内容")
        for typed in found:
            self._lines.addWidget(self._line(typed))
        self.setVisible(bool(found))
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit()

    def _fit(self) -> None:
        """Whole lines: two of them in 大字, which leaves what is due its room."""
        whole, count = self._inner.sizeHint().height(), self._lines.count()
        seen = min(count, 2 if self._context.appearance.look.large else 3)
        self._area.setFixedHeight(whole * seen // count if count else 0)

    def _line(self, typed: Typed) -> QWidget:
        line = QWidget()
        set_role(line, "plain")
        layout = QHBoxLayout(line)
        layout.setContentsMargins(0, px(2), 0, px(2))
        when = f"（{typed.at:%m月%d日 %H:%M}）" if typed.at else ""
        words = QLabel(f"{typed.title}{when}")
        words.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        words.setToolTip(typed.title)
        layout.addWidget(words, 1)
        on = button("接着填", partial(self._context.go, place_of(typed)))
        off = button("不要了", partial(self._give_up, typed), role="link")
        for step in (on, off):
            step.setAccessibleName(f"{step.text()}：{typed.title}")
            layout.addWidget(step)
        return line

    def _give_up(self, typed: Typed) -> None:
        """不要了: for a while it can be had back."""
        context, desk = self._context, self._context.desk
        context.kept.take(typed.slot)
        context.operations.query(
            lambda: unsaved.forget(desk, typed.slot), lambda _none: None, title="", sure=True
        )

        def back() -> None:
            context.kept.fill([typed])
            context.operations.query(
                lambda: unsaved.keep(desk, typed), lambda _kept: None, title="", sure=True
            )

        context.tell(f"“{typed.title}”已经不要了。", ("恢复", back))
