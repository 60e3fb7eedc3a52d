"""A Word copy of a draft, or of a document signed off, for the secretary to correct by hand."""

from __future__ import annotations

from daomao_desktop.domain.accounts import Permission
from daomao_desktop.domain.notices import DocumentState
from daomao_desktop.errors import Refused
from daomao_desktop.services import notices
from daomao_desktop.services.desk import Desk
from daomao_desktop.services.notice_steps import PAPER, content_now, file_name, row_of


def word_copy(desk: Desk, uid: str) -> tuple[str, bytes]:
    """Its usual file name and the .docx: a draft as it would be today, without number.

    Of one signed off the text that was signed off, with its number. Raises Refused for a
    certificate, and where the text was not kept.
    """
    from daomao_desktop.documents.keeping import from_values
    from daomao_desktop.documents.typesetting import OfficialDocument, Paper
    from daomao_desktop.documents.word import word_copy as made

    desk.require(Permission.READ)
    with desk.store.reading() as session:
        document = notices.found_document(session, uid)
        if not document.kind.has_word_copy:
            raise Refused(f"{document.kind.value}的版面是固定的，不能存为 Word。")
        paper: Paper | None
        name = file_name(row_of(document)).removesuffix(".pdf") + ".docx"
        if document.state is DocumentState.DRAFT:
            paper = content_now(desk, session, document).compose()
        else:
            try:
                paper = from_values((document.content or {}).get(PAPER, {}))
            except ValueError:
                paper = None
    if not isinstance(paper, OfficialDocument):
        raise Refused("这份文书签发时没有留下可以修改的文字，不能存为 Word，请存为 PDF。")
    return name, made(paper)
