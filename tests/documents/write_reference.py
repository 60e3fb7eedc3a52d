"""Writes the golden texts anew: ``python -m tests.documents.write_reference``; read the diff."""

from __future__ import annotations

from daomao_desktop.documents.typesetting import typeset
from tests.documents.measuring import text_of
from tests.documents.test_freeform import FREEFORMS
from tests.documents.test_kinds import DOCUMENTS, REFERENCE
from tests.documents.test_year_tables import TABLES

if __name__ == "__main__":
    for name, document in (DOCUMENTS | FREEFORMS | TABLES).items():
        text = text_of(typeset(document)) + "\n"
        (REFERENCE / f"{name}.txt").write_text(text, encoding="utf-8")
