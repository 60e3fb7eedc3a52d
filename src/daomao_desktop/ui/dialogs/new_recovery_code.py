"""An administrator makes a new recovery code: his password, the code on paper, one group back."""

from __future__ import annotations

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from daomao_desktop.errors import DaomaoError
from daomao_desktop.services import accounts, recovery
from daomao_desktop.services.desk import Changes
from daomao_desktop.services.recovery import DrawnCode
from daomao_desktop.ui.context import Context
from daomao_desktop.ui.dialogs.base import Sheet, confirm
from daomao_desktop.ui.dialogs.recovery_code import RecoveryCode
from daomao_desktop.ui.widgets.buttons import allow
from daomao_desktop.ui.widgets.choices import PasswordField
from daomao_desktop.ui.widgets.form_rows import FormRows
from daomao_desktop.ui.widgets.parts import label


class NewRecoveryCodeSheet(Sheet):
    """Two steps in one dialog; until the last button the old code is the one that works."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__("新的恢复码", parent, width=560)
        self._context = context
        self._drawn: DrawnCode | None = None
        self._sure = False
        self.body.addWidget(
            label(
                "旧的恢复码一直有效，到新的恢复码收好、核对、启用为止；启用以后旧的就作废。"
                "旧的那张纸找不到了，或者怕被人看过，就换一个新的。",
                "muted",
                wrap=True,
            )
        )
        self.rows = FormRows()
        self.password = PasswordField()
        self.rows.add("password", "我的口令", self.password, "换恢复码前再输一次", required=True)
        self.body.addWidget(self.rows)
        self.code = RecoveryCode(context.operations)
        self.code.hide()
        self.body.addWidget(self.code)
        self.add_button("取消", self.reject)
        self.next = self.add_button("下一步", self._on_next, "primary", default=True)
        self.code.confirmed.connect(lambda: allow(self.next, ""))
        self.code.submitted.connect(self._on_next)
        self.code.grown.connect(self.fit)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.password.setFocus()

    def reject(self) -> None:
        """Esc and 取消: asks once there is a code that is not in use yet."""
        if self._drawn is None or self._sure:
            super().reject()
            return
        confirm(
            self,
            "新的恢复码还没有启用，旧的那张仍然有效。要放弃新码吗？已经打印或抄下的新码请销毁。",
            "放弃新码",
            self._leave,
            no="回去继续",
            danger=True,
        )

    def _leave(self) -> None:
        self._sure = True
        self.reject()

    def _on_next(self) -> None:
        if not self.next.isEnabled():
            return
        self.banner.tell("")
        if self._drawn is None:
            self._draw()
        else:
            self._put(self._drawn)

    def _draw(self) -> None:
        password, desk = self.password.text(), self._context.desk
        self.rows.clear_errors()
        if not password:
            self.rows.set_error("password", "请输入口令。")
            self.password.setFocus()
            return
        self.next.setEnabled(False)

        def refused(error: DaomaoError) -> None:
            self.next.setEnabled(True)
            self.rows.set_error("password", str(error))
            self.password.selectAll()
            self.password.setFocus()

        self._context.operations.query(
            lambda: (recovery.draw_code(desk, password), accounts.office(desk).name),
            self._on_drawn,
            refused,
            owner=self,
            title="正在核对口令…",
        )

    def _on_drawn(self, found: tuple[DrawnCode, str]) -> None:
        self._drawn, office = found
        self.password.clear()
        self.rows.hide()
        self.next.setText("启用新的恢复码")
        allow(self.next, self.code.refusal)
        self.code.show_code(self._drawn.code, office, self._context.desk.operator.label)
        self.code.show()
        self.fit()
        self.code.print_button.setFocus()

    def _put(self, drawn: DrawnCode) -> None:
        desk = self._context.desk
        self.next.setEnabled(False)

        def done(_changes: Changes) -> None:
            self._leave()
            self._context.tell("新的恢复码已经启用，旧的作废了：请销毁旧的那张纸。")

        def refused(error: DaomaoError) -> None:
            self.next.setEnabled(True)
            self.refuse(error)

        self._context.operations.command(
            lambda: recovery.put_code(desk, drawn), done, refused, owner=self
        )
