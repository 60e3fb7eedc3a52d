"""From an order to a document's content: each kind knows what it says and when it is refused."""

from __future__ import annotations

from collections.abc import Sequence

from daomao_desktop.domain.notices import DocumentKind, DocumentState
from daomao_desktop.errors import NotFound, Refused
from daomao_desktop.services import notice_honours, notice_penalties, notice_public
from daomao_desktop.services.assessment_book import YearBook
from daomao_desktop.services.notice_content import Content, Order, check_day
from daomao_desktop.store.notices import IssuedDocument


def content_of(book: YearBook, order: Order, existing: Sequence[IssuedDocument]) -> Content:
    """The document's content from what is recorded, without number; raises Refused.

    ``existing``: the year's documents.
    """
    if book.history:
        raise Refused(f"{book.year}年是补录的历史年度，不制发文书。")
    live = [one for one in existing if one.state is DocumentState.ISSUED]
    if order.kind is DocumentKind.PUBLIC_NOTICE:
        return notice_public.public_notice_content(book, order, live)
    check_day(book, order.dated)
    if order.kind is DocumentKind.COMMENDATION:
        return notice_honours.commendation(book, order, live)
    if order.person_uid is None:
        raise NotFound("请选择村民小组长。")
    uid = book.root(order.person_uid)
    if order.kind is DocumentKind.CERTIFICATE:
        return notice_honours.certificate(book, order, uid, existing)
    if order.kind is DocumentKind.CRITICISM:
        return notice_penalties.criticism(book, order, uid, live)
    return notice_penalties.deduction(book, order, uid, live)
