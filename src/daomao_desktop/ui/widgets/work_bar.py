"""What the worker is doing, inside a dialog: the status bar's 停止 cannot be reached from there."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QWidget

from daomao_desktop.ui.operations import Job, Operations
from daomao_desktop.ui.theme import set_role
from daomao_desktop.ui.widgets.buttons import button
from daomao_desktop.ui.widgets.parts import label


class WorkBar(QWidget):
    """Shows work that can be stopped, once it has lasted a moment, with its progress."""

    def __init__(self, operations: Operations, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_role(self, "plain")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        self.words = label("", "muted")
        self.bar = QProgressBar()
        self.bar.setAccessibleName("进度")
        self.stop = button("停止", operations.cancel_shown)
        layout.addWidget(self.words)
        layout.addWidget(self.bar, 1)
        layout.addWidget(self.stop)
        self.hide()
        operations.busy.connect(self._on_busy)

    def _on_busy(self, job: Job | None) -> None:
        shown = job is not None and job.cancellable
        self.setVisible(shown)
        if job is not None and shown:
            count = f"（{job.done} / {job.total}）" if job.total else ""
            self.words.setText(f"{job.title}{count}")
            self.bar.setRange(0, job.total)
            self.bar.setValue(job.done)
            self.stop.setEnabled(not job.cancelled)
