"""PySide6 6.12.0 loses one reference to None a call on Python 3.11 and aborts; 6.11 does not."""

from __future__ import annotations

import sys
from collections.abc import Callable

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QLabel

CALLS = 1000


@pytest.mark.parametrize(
    "call",
    [
        lambda thing: thing.setObjectName("x"),
        lambda thing: thing.parent(),
        lambda thing: thing.property("nothing"),
        lambda thing: thing.blockSignals(False),
    ],
    ids=["void", "parent", "property", "bool"],
)
def test_a_thousand_calls_cost_no_reference_to_none(call: Callable[[QObject], object]) -> None:
    thing = QObject()
    before = sys.getrefcount(None)
    for _ in range(CALLS):
        call(thing)
    # Other parts of the interpreter may take or give a few; a loss a call would be a thousand.
    assert abs(sys.getrefcount(None) - before) < CALLS // 10


def test_a_widget_can_be_used_for_long(qapp: QApplication) -> None:
    label = QLabel()
    before = sys.getrefcount(None)
    for number in range(CALLS):
        label.setText(str(number))
        label.setToolTip("x")
    assert abs(sys.getrefcount(None) - before) < CALLS // 10
