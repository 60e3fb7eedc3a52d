"""From papers as data to the bytes of their PDF."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from daomao_desktop.documents.fonts import (
    BUNDLED,
    FaceChoice,
    MissingGlyph,
    is_control,
    using,
)
from daomao_desktop.documents.typesetting.composition import compose_pages
from daomao_desktop.documents.typesetting.document import (
    Award,
    OfficialDocument,
    Paper,
    Report,
)
from daomao_desktop.documents.typesetting.drawing import draw
from daomao_desktop.documents.typesetting.marks import Page
from daomao_desktop.documents.typesetting.masthead import signers
from daomao_desktop.documents.typesetting.sheets import report_pages
from daomao_desktop.errors import DaomaoError

_MOST_AUTHORS = 4  # organs named as the authors of a file of many papers


class NameNotPrintable(MissingGlyph):
    """A person's name has a character no font has; ``name`` is the name."""

    def __init__(self, character: str, name: str) -> None:
        super().__init__(character)
        code = f"U+{ord(character):04X}"
        if is_control(character):
            shown = name.replace(character, "?")
            self.sentence = f"“{shown}”的名字里有不能打印的字符（{code}），请重新输入这个名字。"
        else:
            self.sentence = (
                f"“{name}”的名字里有字库没有的字“{character}”（{code}），无法打印；"
                "请核对姓名或换用同音字。"
            )
        self.args = (self.sentence,)
        self.name = name


def typeset(paper: Paper, *, faces: FaceChoice = BUNDLED, stamp: str = "") -> bytes:
    """The PDF of a paper; the same paper in the same faces always gives the same bytes.

    ``stamp``: words across every page, large and light, under its text (送审稿).
    Raises MissingGlyph for a character no font has (NameNotPrintable where it is in one of the
    paper's names or a signer's), DaomaoError where there is no way to lay it out.
    """
    title = _title(paper)
    subject = paper.subject
    if not subject and not isinstance(paper, Report):
        subject = paper.number
    with using(faces):
        pages = list(_pages(paper))
        return draw(
            pages,
            title=title,
            author=_author(paper),
            subject=subject or title,
            posted=_posted(paper),
            stamp=stamp,
        )


def typeset_all(
    papers: Sequence[Paper],
    *,
    title: str,
    faces: FaceChoice = BUNDLED,
    sides: bool = False,
    on_progress: Callable[[int], None] | None = None,
) -> bytes:
    """One PDF of many papers in order, each as it looks alone, with its own page numbers.

    What the papers use of the fonts is embedded once. ``sides``: a blank page follows an odd number
    of them, so that each paper begins on the front of a sheet, and each page of one to be posted,
    whose sheets' backs stay empty. ``on_progress`` gets the number of papers done before each and
    may raise to stop. Raises as ``typeset`` does, the sentence naming the paper, and DaomaoError
    where there is no paper.
    """
    if not papers:
        raise DaomaoError("没有要打印的文书，请先选择。")

    def pages() -> Iterator[Page]:
        for done, paper in enumerate(papers):
            if on_progress is not None:
                on_progress(done)
            count = 0
            for page in _pages_named(paper):
                if count and sides and _posted(paper):
                    yield Page(landscape=page.landscape)
                    count += 1
                yield page
                count += 1
            if sides and count % 2 and done < len(papers) - 1:
                yield Page(landscape=page.landscape)

    authors = dict.fromkeys(author for paper in papers if (author := _author(paper)))
    with using(faces):
        return draw(
            pages(),
            title=title,
            author="、".join(authors) if len(authors) <= _MOST_AUTHORS else "",
            subject=title,
        )


def _title(paper: Paper) -> str:
    if isinstance(paper, Award):
        return f"{paper.heading}（{paper.addressee}）"
    return paper.title.replace("\n", "")


def _posted(paper: Paper) -> bool:
    return isinstance(paper, OfficialDocument) and paper.posted


def _author(paper: Paper) -> str:
    match paper:
        case OfficialDocument():
            return "、".join(paper.organs or paper.signature)
        case Report():
            return paper.author
        case Award():
            return "、".join(paper.organs)


def _pages_named(paper: Paper) -> Iterator[Page]:
    """The paper's pages; where it cannot be laid out the sentence says which paper it is."""
    try:
        yield from _pages(paper)
    except MissingGlyph:
        raise
    except DaomaoError as error:
        raise DaomaoError(f"“{_title(paper)}”：{error}") from error


def _pages(paper: Paper) -> Iterator[Page]:
    """The paper's pages; a character without a glyph is told with the name it is in."""
    try:
        match paper:
            case OfficialDocument():
                if not paper.title.strip() or not any(text.strip() for text in paper.body):
                    raise DaomaoError("公文缺少标题或正文，无法排版，请补上。")
                names = (*paper.names, *signers(paper.signer))
                yield from compose_pages(paper)
            case Report():
                if not paper.sheets:
                    raise DaomaoError("这份报表没有内容，无法排版。")
                names = paper.names
                yield from report_pages(paper)
            case Award():
                from daomao_desktop.documents.typesetting.award import award_page

                names = (paper.addressee, *paper.names)
                yield award_page(paper)
    except MissingGlyph as error:
        for name in names:
            if error.character in name and not isinstance(error, NameNotPrintable):
                raise NameNotPrintable(error.character, name) from error
        raise
