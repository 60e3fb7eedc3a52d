"""The typesetting engine for papers by GB/T 9704-2012: ``typeset(paper)``, ``typeset_all(…)``."""

from daomao_desktop.documents.typesetting.document import (
    Align,
    Award,
    Column,
    Format,
    FormCell,
    FormRow,
    FormTable,
    ListTable,
    OfficialDocument,
    Paper,
    Report,
    Sheet,
)
from daomao_desktop.documents.typesetting.engine import NameNotPrintable, typeset, typeset_all

__all__ = [
    "Align",
    "Award",
    "Column",
    "FormCell",
    "FormRow",
    "FormTable",
    "Format",
    "ListTable",
    "NameNotPrintable",
    "OfficialDocument",
    "Paper",
    "Report",
    "Sheet",
    "typeset",
    "typeset_all",
]
