"""The floor: one empty PySide6 window, as a script of its own so that it can be frozen too."""

from __future__ import annotations

import sys

from PySide6.QtWidgets import QApplication, QWidget

if __name__ == "__main__":
    application = QApplication(sys.argv)
    window = QWidget()
    window.setWindowTitle("bare")
    window.resize(1366, 740)
    window.show()
    sys.exit(application.exec())
