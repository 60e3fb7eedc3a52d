"""The typesetting engine for official documents by GB/T 9704-2012: ``typeset(document)``."""

from daomao_desktop.documents.typesetting.document import (
    Align,
    Column,
    Format,
    FormCell,
    FormRow,
    FormTable,
    ListTable,
    OfficialDocument,
    Sheet,
)
from daomao_desktop.documents.typesetting.engine import NameNotPrintable, typeset

__all__ = [
    "Align",
    "Column",
    "FormCell",
    "FormRow",
    "FormTable",
    "Format",
    "ListTable",
    "NameNotPrintable",
    "OfficialDocument",
    "Sheet",
    "typeset",
]
