"""Rows of the receipts that go with a document: a label and a place to write, or two of each."""

from __future__ import annotations

from daomao_desktop.documents.typesetting.document import FormCell, FormRow

_HEIGHT = 1.7  # grid rows: room for handwriting


def row(label: str, text: str = "", height: float = _HEIGHT) -> FormRow:
    """One label, and the rest of the width."""
    return FormRow((FormCell(label, 1.5, label=True), FormCell(text, 4.5)), height)


def pair(label: str, text: str, label_2: str, text_2: str) -> FormRow:
    """Two labels, each with its place."""
    cells = (
        FormCell(label, 1.5, label=True),
        FormCell(text, 1.5),
        FormCell(label_2, 1.3, label=True),
        FormCell(text_2, 1.7),
    )
    return FormRow(cells, _HEIGHT)
