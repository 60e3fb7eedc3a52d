"""The login window must not wait for the store's and the documents' libraries."""

from __future__ import annotations

import subprocess
import sys

HEAVY = ("sqlalchemy", "alembic", "openpyxl", "reportlab", "pypinyin", "qtawesome", "PySide6.QtPdf")


def test_what_the_login_needs_is_light() -> None:
    code = (
        "import sys, daomao_desktop.app, daomao_desktop.ui.dialogs.login\n"
        f"print([name for name in {HEAVY!r} if name in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout.strip() == "[]"


def test_the_wizard_is_light_too() -> None:
    code = (
        "import sys, daomao_desktop.ui.dialogs.first_run\n"
        f"print([name for name in {HEAVY!r} if name in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout.strip() == "[]"
