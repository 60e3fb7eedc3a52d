"""Year tables (年度考核登记表, 考核结果汇总表, 发文登记簿): printed from the records, never stored.

Whoever may look at the records may print them; nothing is signed off or numbered.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from daomao_desktop.domain.accounts import Permission
from daomao_desktop.domain.notices import DocumentKind
from daomao_desktop.domain.scheme import YearState
from daomao_desktop.errors import NotFound, Refused
from daomao_desktop.services.assessment_book import Assessed, YearBook
from daomao_desktop.services.desk import Desk
from daomao_desktop.services.fonts import office_faces
from daomao_desktop.services.notice_content import KindModule
from daomao_desktop.services.notice_steps import safe_name, unused_name
from daomao_desktop.services.table_lists import register, summary
from daomao_desktop.services.table_registration import leaders_here, registrations

if TYPE_CHECKING:  # reportlab comes with the engine: loaded when a table is really set
    from daomao_desktop.documents.fonts import FaceChoice
    from daomao_desktop.documents.typesetting import Paper

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class TablePaper:
    """A table to be printed; ``person_uid``, ``village``, ``group`` and ``name``: whose form it is.

    Nobody's where it is about everyone.
    """

    kind: DocumentKind
    title: str
    person_uid: str | None
    file_name: str
    village: str = ""
    group: str = ""
    name: str = ""
    pinyin: str = ""
    initials: str = ""


@dataclass(frozen=True, slots=True)
class TableContent:
    """A table with what it says, ready to be set without the store."""

    paper: TablePaper
    kind: KindModule
    data: Any
    faces: FaceChoice

    def compose(self) -> Paper:
        """The table as it is to be laid out. Raises MissingGlyph."""
        from daomao_desktop.documents.fonts import using

        with using(self.faces):  # how much is quoted depends on the room it takes
            return self.kind.compose(self.data)

    def typeset(self) -> bytes:
        """The PDF; the same records give the same bytes. Raises DaomaoError."""
        from daomao_desktop.documents.typesetting import typeset

        return typeset(self.compose(), faces=self.faces)


def table_papers(desk: Desk, year: int, kind: DocumentKind) -> tuple[TablePaper, ...]:
    """What there is to print, in the order of lists; raises Refused as ``table_contents`` does."""
    desk.require(Permission.READ)
    with desk.store.reading() as session:
        book = YearBook(desk, session, year)
        _refuse(book, kind)
        if kind is DocumentKind.REGISTRATION:
            return tuple(paper for paper, _leader in _forms(book))
        paper, _module, _data = _list(book, kind, book.today)
        return (paper,)


def table_contents(
    desk: Desk,
    year: int,
    kind: DocumentKind,
    person_uids: Sequence[str] = (),
    *,
    dated: date | None = None,
) -> tuple[TableContent, ...]:
    """What the tables say, read in one go; ``person_uids``: only these forms (none: all).

    ``dated``: the day printed on them (default: today). Raises Refused for forms and summary of a
    history year and before 村评, NotFound for somebody without a form here.
    """
    from daomao_desktop.documents.kinds import registration

    desk.require(Permission.READ)
    with desk.store.reading() as session:
        book = YearBook(desk, session, year)
        _refuse(book, kind)
        faces = office_faces(session)
        if kind is not DocumentKind.REGISTRATION:
            return (TableContent(*_list(book, kind, dated or book.today), faces),)
        chosen = _chosen(book, person_uids)
        forms = registrations(book, [leader for _paper, leader in chosen])
        return tuple(
            TableContent(paper, registration, data, faces)
            for (paper, _leader), data in zip(chosen, forms, strict=True)
        )


def table_pdf(
    desk: Desk,
    year: int,
    kind: DocumentKind,
    person_uid: str | None = None,
    *,
    dated: date | None = None,
) -> bytes:
    """One table as PDF; ``person_uid``: whose form. Raises as ``table_contents`` does."""
    if kind is DocumentKind.REGISTRATION and person_uid is None:
        raise NotFound("请选择村民小组长。")
    persons = (person_uid,) if person_uid else ()
    (content,) = table_contents(desk, year, kind, persons, dated=dated)
    return content.typeset()


def tables_merged(
    desk: Desk,
    year: int,
    kind: DocumentKind,
    person_uids: Sequence[str] = (),
    on_progress: Progress | None = None,
    *,
    dated: date | None = None,
) -> bytes:
    """All tables of the kind in one PDF, each as it looks alone and with its own page numbers.

    ``on_progress`` gets (done, total) between the tables and may raise to stop.
    """
    from daomao_desktop.documents.typesetting import typeset_all

    contents = table_contents(desk, year, kind, person_uids, dated=dated)
    total = len(contents)

    def tell(halves: int) -> None:
        if on_progress is not None:
            on_progress(halves // 2, total)

    papers = []
    for done, content in enumerate(contents):
        tell(done)
        papers.append(content.compose())
    pdf = typeset_all(
        papers,
        title=f"{year}年度{kind.value.removeprefix('年度')}",
        faces=contents[0].faces,
        on_progress=lambda done: tell(total + done),
    )
    tell(2 * total)
    return pdf


def _refuse(book: YearBook, kind: DocumentKind) -> None:
    if not kind.is_table:
        raise Refused(f"{kind.value}要先起草、签发，不能直接打印。")
    if kind is DocumentKind.REGISTER:
        return
    if book.history:
        raise Refused(f"{book.year}年是补录的历史年度，没有{kind.value}。")
    if book.state is YearState.PREPARING:
        raise Refused(f"{book.year}年度考核还在“筹备”，“村评”开始以后才有{kind.value}。")
    if not leaders_here(book):
        raise Refused(f"{book.year}年没有任职的村民小组长，没有{kind.value}。")


def _forms(book: YearBook) -> list[tuple[TablePaper, Assessed]]:
    """A form for each leader; no two of them go to files of one name."""
    found = []
    given: set[str] = set()
    for one in leaders_here(book):
        title = f"{book.year}年度考核登记表 {one.village}{one.group} {one.name}"
        name = unused_name(safe_name(title), given)
        pinyin, initials = book.reading(one.person_uid)
        paper = TablePaper(
            DocumentKind.REGISTRATION,
            title,
            one.person_uid,
            name,
            village=one.village,
            group=one.group,
            name=one.name,
            pinyin=pinyin,
            initials=initials,
        )
        found.append((paper, one))
    return found


def _chosen(book: YearBook, person_uids: Sequence[str]) -> list[tuple[TablePaper, Assessed]]:
    forms = _forms(book)
    if not person_uids:
        return forms
    wanted = {book.root(uid) for uid in person_uids}
    found = [(paper, one) for paper, one in forms if one.person_uid in wanted]
    lacking = wanted - {one.person_uid for _paper, one in found}
    if lacking:
        names = "、".join(book.label(uid) for uid in sorted(lacking, key=book.order))
        raise NotFound(f"{names}在{book.year}年没有任职，没有考核登记表。")
    return found


def _list(book: YearBook, kind: DocumentKind, day: date) -> tuple[TablePaper, KindModule, Any]:
    from daomao_desktop.documents.kinds import register as register_kind
    from daomao_desktop.documents.kinds import summary as summary_kind

    module: KindModule
    data: Any
    if kind is DocumentKind.SUMMARY:
        module, data = summary_kind, summary(book, day)
    else:
        module, data = register_kind, register(book, day)
    title = module.title(data)
    return TablePaper(kind, title, None, safe_name(title)), module, data
