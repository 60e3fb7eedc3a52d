"""Margins and spacings of windows already open follow the size, both ways.

They are set once, with px(), when a window is built; fields and tables fit themselves to their
font. What they are in normal size is remembered, so that there and back leaves no trace.
"""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QBoxLayout, QGridLayout, QLabel, QLayout

# Of labels only those with this property: the style sheet sets margins of others.
SCALES = "margins-scale"
_NORMAL = "normal-lengths"


def rescale_layouts(before: float, factor: float) -> None:
    """Fits every layout of the program to another size; both are multiples of the normal one."""
    for window in QApplication.topLevelWidgets():
        # Not by QLayout.itemAt(): PySide would own, and delete, the spacers it hands out.
        for layout in window.findChildren(QLayout):
            _rescale(layout, before, factor)
        for label in window.findChildren(QLabel):
            if label.property(SCALES):
                _rescale_margins(label, before, factor)


def _rescale(layout: QLayout, before: float, factor: float) -> None:
    _rescale_margins(layout, before, factor)
    if isinstance(layout, QGridLayout):
        rows = range(layout.rowCount())
        lengths = [layout.horizontalSpacing(), layout.verticalSpacing()]
        lengths += [layout.rowMinimumHeight(row) for row in rows]
        across, down, *heights = _scaled(layout, "grid", lengths, before, factor)
        layout.setHorizontalSpacing(across)
        layout.setVerticalSpacing(down)
        for row, height in zip(rows, heights, strict=True):
            layout.setRowMinimumHeight(row, height)
    elif isinstance(layout, QBoxLayout):
        layout.setSpacing(*_scaled(layout, "box", [layout.spacing()], before, factor))


def _rescale_margins(one: QLayout | QLabel, before: float, factor: float) -> None:
    margins = one.contentsMargins()
    if not margins.isNull():
        lengths = [margins.left(), margins.top(), margins.right(), margins.bottom()]
        one.setContentsMargins(*_scaled(one, "margins", lengths, before, factor))


def _scaled(one: QObject, name: str, lengths: list[int], before: float, factor: float) -> list[int]:
    """The lengths in the new size; set anew since the last time, they are measured anew."""
    kept = one.property(f"{_NORMAL}-{name}")
    normal = kept if kept and _rounded(kept, before) == lengths else [n / before for n in lengths]
    one.setProperty(f"{_NORMAL}-{name}", normal)
    return _rounded(normal, factor)


def _rounded(lengths: list[float], factor: float) -> list[int]:
    return [round(length * factor) if length > 0 else round(length) for length in lengths]
