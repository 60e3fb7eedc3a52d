"""Short cuts of the documents' tests: a year in force, drafts signed off, the text of a PDF."""

from __future__ import annotations

import io

import pdfplumber

from daomao_desktop.domain.notices import DocumentKind
from daomao_desktop.services import notices
from daomao_desktop.services.desk import Desk
from daomao_desktop.services.notices import NoticeRow
from tests.services.assessment_office import people
from tests.services.office import leader

TEN = people(10)
GRADES = {"林〇一": "优秀", "林〇三": "不称职", "林〇五": "不称职"}
CRITICISM, DEDUCTION = DocumentKind.CRITICISM, DocumentKind.DEDUCTION
PUBLIC_NOTICE = DocumentKind.PUBLIC_NOTICE
COMMENDATION, CERTIFICATE = DocumentKind.COMMENDATION, DocumentKind.CERTIFICATE


def uid_of(desk: Desk, name: str) -> str:
    """The uid of the leader of that name."""
    return leader(desk, name).person_uid


def register_row(desk: Desk, uid: str) -> NoticeRow:
    """The document in the register."""
    (row,) = [row for row in notices.list_notices(desk) if row.uid == uid]
    return row


def issued(desk: Desk, kind: DocumentKind, name: str | None) -> NoticeRow:
    """Drafts and signs off a document of 2025."""
    uid = notices.draft_notice(desk, kind, 2025, uid_of(desk, name) if name else None)
    notices.issue_notice(desk, uid)
    return register_row(desk, uid)


def text_of(pdf: bytes) -> str:
    """The text of a PDF without spaces and line breaks."""
    with pdfplumber.open(io.BytesIO(pdf)) as file:
        return "".join("".join((page.extract_text() or "").split()) for page in file.pages)
