"""Putting a document together page by page: 22 rows each, the tail never without body text."""

from __future__ import annotations

from daomao_desktop.documents.fonts import Face, width
from daomao_desktop.documents.typesetting import closing, levels, masthead, sheets
from daomao_desktop.documents.typesetting.closing import Row
from daomao_desktop.documents.typesetting.document import Format, OfficialDocument
from daomao_desktop.documents.typesetting.geometry import (
    BOTTOM,
    LEFT,
    ROW,
    ROWS,
    SIZE_2,
    TEXT_WIDTH,
    row_top,
)
from daomao_desktop.documents.typesetting.marks import Page
from daomao_desktop.documents.typesetting.numbering import number_page
from daomao_desktop.documents.typesetting.paging import (
    BodyLine,
    last_lines,
    not_alone,
    page_starts,
)
from daomao_desktop.documents.typesetting.text import INDENT, paragraph, plain, single
from daomao_desktop.documents.typesetting.title import break_title
from daomao_desktop.errors import DaomaoError

SEAL_BELOW = 0.4  # rows
_LONGEST_HEADING = 2  # lines; what is longer is a paragraph that has a heading's number


def compose_pages(document: OfficialDocument) -> list[Page]:
    """All pages of a document.

    Raises MissingGlyph, and DaomaoError when the title leaves no room for text below it.
    """
    first = Page()
    row = {
        Format.FILE: masthead.file_head,
        Format.LETTER: masthead.letter_head,
        Format.PLAIN: _no_head,
    }[document.format](first, document)
    row = _title(first, document, row) + 1
    addressee = _addressee(document)
    # 7.3.2: addressees that would push the text off the first page go to the 版记
    moved = document.format is not Format.PLAIN and row + len(addressee) >= ROWS
    if not moved:
        for line in addressee:
            closing.place_row(first, line, row_top(min(row, ROWS)))
            row += 1
    if row >= ROWS:
        raise DaomaoError("标题或主送机关太长，首页排不下正文，请缩短后再排版。")

    pages = [first]
    attachments = [sheet for sheet in document.sheets if sheet.marker]
    loose = [sheet for sheet in document.sheets if not sheet.marker]
    imprint = closing.Imprint(document, document.addressee.rstrip("：: ") if moved else "")
    # A seal reaches a little below the date.
    seal = SEAL_BELOW if document.seal and document.signature else 0.0
    reserved = 0.0 if attachments else imprint.height / ROW + seal
    used = row_top(_fill(pages, row, document, reserved) + seal)
    for sheet in attachments:
        used = sheets.draw_sheet(pages, sheet, document.names)
    alone = bool(loose) and not document.posted
    _imprint(pages, used, imprint, even=alone)
    if document.format is Format.LETTER:
        first.numbered = False  # 10.1: no number on a letter's first page
    for number, page in enumerate(pages, 1):
        if page.numbered:
            number_page(page, number)
    if alone and len(pages) % 2:
        pages.append(Page(numbered=False))  # or the receipt would stand on the paper's back
    for sheet in loose:
        begin = len(pages)
        sheets.draw_sheet(pages, sheet, document.names)
        for page in pages[begin:]:
            page.numbered = False
    return pages


def _no_head(_page: Page, _document: OfficialDocument) -> int:
    return 0


def _title(page: Page, document: OfficialDocument, row: int) -> int:
    """二号小标宋, centred, one grid row a line; returns the row after it."""
    lines = break_title(document.title, document.names)
    for line in lines:
        size = min(SIZE_2, SIZE_2 * TEXT_WIDTH / width(line, Face.TITLE, SIZE_2))
        text = single(line, Face.TITLE, size)
        x = LEFT + (TEXT_WIDTH - text.width) / 2
        page.marks.append(text.at(x, row_top(row), size))
        row += 1
    return row


def addressed(document: OfficialDocument) -> str:
    """主送机关 with its full-width colon (7.3.2)."""
    return document.addressee.rstrip("：: ") + "："


def _addressee(document: OfficialDocument) -> list[Row]:
    """主送机关 flush left, continued flush left, with a full-width colon (7.3.2)."""
    if not document.addressee:
        return []
    return [
        [(line, LEFT)]
        for line in plain(addressed(document), Face.FANG, TEXT_WIDTH, names=document.names)
    ]


def _body(document: OfficialDocument) -> list[BodyLine]:
    """Lines of the body: every paragraph begins two characters in (7.3.3)."""
    found: list[BodyLine] = []
    texts = [text for entry in document.body if (text := entry.strip(" 　"))]
    for text, following in zip(texts, [*texts[1:], ""], strict=True):
        lines = paragraph(
            text,
            levels.faces(text),
            first=TEXT_WIDTH - INDENT,
            width=TEXT_WIDTH,
            names=document.names,
        )
        heads = len(lines) <= _LONGEST_HEADING and levels.heads(text, following)
        for place, line in enumerate(lines):
            row = [(line, LEFT + (0 if place else INDENT))]
            found.append(BodyLine(row, heads, bool(place), line.width < INDENT * 3))
    return found


def _fill(pages: list[Page], row: int, document: OfficialDocument, foot: float) -> int:
    """Set body, 附件说明 and signature from ``row`` of the first page; returns the row after them.

    A page takes 22 rows; ``foot`` rows at the end stay free for the 版记 where possible. Where the
    signature would stand without body text, first the space for the seal shrinks by a row, then
    the last lines of the body move on to its page. No page ends with a heading.
    """
    body = _body(document)
    attached = closing.attachment_rows(document.attachments, document.names)
    if attached:
        attached = [[], *attached]
    note = closing.note_rows(document.note)
    signed = closing.signature_rows(document, closing.SEAL_GAP) + note
    if attached and (
        len(attached) + len(signed) > ROWS - 2
        or (len(body) == 1 and row + 1 + len(attached) + len(signed) > ROWS)
    ):
        # too many to share a page: the signature follows the last of them
        body += [BodyLine(line) for line in attached]
        attached = []
    starts = page_starts(body, ROWS - row)
    if attached or signed:
        not_alone(body, starts)
    begin = starts[-1] if starts else 0
    # Rows used on the body's last page
    used = len(body) - begin + (0 if starts else row)
    if document.seal and document.signature:
        tight = closing.signature_rows(document, closing.SEAL_GAP_LEAST) + note
        for limit in (ROWS, ROWS - foot):
            if used + len(attached) + len(tight) <= limit < used + len(attached) + len(signed):
                signed = tight
    tail = attached + signed
    # A letter's 版记 has no rules: alone on a page it would be a stray line.
    below = foot if document.format is Format.LETTER and foot >= 1 else 0
    if tail and used + len(tail) + below > ROWS:
        moving = last_lines(body, begin)
        if moving is None and not starts and row > 0:
            raise DaomaoError("首页排不下落款，正文又只有一行，请缩短标题或主送机关。")
        # A tail longer than a page runs on.
        if moving is not None and len(body) - moving + len(tail) + below <= ROWS:
            starts.append(moving)
    for place, line in enumerate([*(one.row for one in body), *tail]):
        if row >= ROWS or place in starts:
            pages.append(Page())
            row = 0
        if row or line:  # no blank row at a page's top
            closing.place_row(pages[-1], line, row_top(row))
            row += 1
    return row


def _imprint(pages: list[Page], used: float, imprint: closing.Imprint, *, even: bool) -> None:
    """版记 on the last page; on a page of its own where the last has no room or is landscape.

    ``even``: on the back of a sheet, as something follows that needs one of its own. A page left
    blank before it has no number, nor has the 版记's own then (7.5).
    """
    if not imprint.height:
        return
    text = len(pages)
    if pages[-1].landscape or used > BOTTOM - imprint.height + 0.5:
        pages.append(Page())
    if even and len(pages) % 2:
        pages.append(Page())
    if len(pages) > text + 1:
        for page in pages[text:]:
            page.numbered = False
    imprint.draw(pages[-1])
