"""The receipts that go with a document, and their rows: a label and a place to write, or two."""

from __future__ import annotations

from daomao_desktop.documents.typesetting.document import (
    FormCell,
    FormRow,
    FormTable,
    Sheet,
)

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


def delivery(heading: str, number: str, organ: str, name: str) -> Sheet:
    """送达回证: who received the paper and when, or why not, with a witness."""
    rows = (
        row("送达文书", f"《{heading}》"),
        row("发文字号", number),
        row("送达机关", organ),
        pair("受送达人", name, "送达方式", "□直接　□留置\n□邮寄　□转交"),
        row("送达地点"),
        row("送达时间", "　　　　年　　　月　　　日　　　时"),
        row("受送达人签名"),
        row("代收人签名"),
        row("拒收的事由", "", 2.5),
        pair("见证人签名", "", "送达人签名", ""),
        row("备　　注"),
    )
    return Sheet(title="送达回证", table=FormTable(rows))
