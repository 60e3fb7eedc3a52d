"""The Word copy of drafts and of what was signed off; 送审稿 of drafts."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
from docx import Document
from docx.oxml.ns import qn

from daomao_desktop.domain.freeform import FreeformDraft, Organ
from daomao_desktop.domain.notices import DocumentKind, DocumentState
from daomao_desktop.errors import Refused
from daomao_desktop.services import freeform, notice_runs, notices, word_copies
from daomao_desktop.services.desk import Desk
from daomao_desktop.services.notice_plan import ToSign
from daomao_desktop.store.notices import print_runs
from tests.services.notice_office import register_row, text_of
from tests.services.office import today

DRAFT = FreeformDraft(
    organ=Organ.TOWN_GOVERNMENT, title="关于防汛的通知", body=("请做好准备。",), dated=today()
)


def written(docx: bytes) -> str:
    body = Document(io.BytesIO(docx)).element.body
    return "".join(one.text or "" for one in body.iter(qn("w:t")))


def test_a_draft_leaves_the_place_of_its_number_blank(town_desk: Desk) -> None:
    uid = freeform.save_freeform(town_desk, DRAFT)
    name, docx = word_copies.word_copy(town_desk, uid)
    assert name == "关于防汛的通知.docx"
    assert "请做好准备。" in written(docx)
    assert "〔2026〕" not in written(docx)


def test_what_was_signed_off_keeps_its_number_and_its_words(town_desk: Desk) -> None:
    uid = freeform.save_freeform(town_desk, DRAFT)
    notices.issue_notice(town_desk, uid)
    name, docx = word_copies.word_copy(town_desk, uid)
    assert name == "大茂府〔2026〕1号 关于防汛的通知.docx"
    printed = text_of(notices.stored_pdf(town_desk, uid)).replace("—1—", "")
    assert "".join(written(docx).split()) == printed
    # A copy can be written like it all the same.
    assert freeform.open_freeform(town_desk, uid, copy=True).draft.title == DRAFT.title


def test_without_kept_text_there_is_a_sentence(town_desk: Desk) -> None:
    uid = freeform.save_freeform(town_desk, DRAFT)
    notices.issue_notice(town_desk, uid)
    with town_desk.store.writing(town_desk.operator.uid) as session:
        document = notices.found_document(session, uid)
        document.content = {k: v for k, v in (document.content or {}).items() if k != "paper"}
    with pytest.raises(Refused, match="请存为 PDF"):
        word_copies.word_copy(town_desk, uid)


def test_proofs_are_marked_and_nothing_is_kept_of_them(town_desk: Desk) -> None:
    uid = freeform.save_freeform(town_desk, DRAFT)
    broken = freeform.save_freeform(town_desk, replace(DRAFT, title=""))
    orders = [ToSign(DocumentKind.FREEFORM, 2026, None, one) for one in (uid, broken)]
    found = notice_runs.proofs(town_desk, orders)
    ((title, pdf),) = found.papers
    assert title == "送审稿 关于防汛的通知"
    text = text_of(pdf)
    assert all(mark in text for mark in "送审稿")
    assert "〔2026〕" not in text
    assert ["标题" in problem.sentence for problem in found.problems] == [True]
    assert notice_runs.proofs(town_desk, orders).papers == found.papers
    assert register_row(town_desk, uid).state is DocumentState.DRAFT
    with town_desk.store.reading() as session:
        assert not print_runs(session, uid)
    notices.issue_notice(town_desk, uid)
    assert "送" not in text_of(notices.stored_pdf(town_desk, uid))
    with pytest.raises(Refused):
        notice_runs.proofs(town_desk, orders[:1])
