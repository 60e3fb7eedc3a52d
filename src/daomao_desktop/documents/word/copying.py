"""From an official document as data to the bytes of a Word file, in the document's own order."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, datetime, time
from itertools import groupby
from typing import TYPE_CHECKING

from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.shared import Pt

from daomao_desktop.documents.fonts import Face
from daomao_desktop.documents.typesetting import closing, levels
from daomao_desktop.documents.typesetting.composition import addressed
from daomao_desktop.documents.typesetting.document import (
    Format,
    FormTable,
    OfficialDocument,
    Sheet,
)
from daomao_desktop.documents.typesetting.geometry import (
    LANDSCAPE,
    LEFT,
    NUMBER_GAP,
    PAGE_HEIGHT,
    PAGE_WIDTH,
    PORTRAIT,
    ROW,
    RULE_INNER,
    RULE_OUTER,
    SIZE_2,
    SIZE_4,
    TEXT_HEIGHT,
    TEXT_WIDTH,
)
from daomao_desktop.documents.typesetting.text import INDENT, single
from daomao_desktop.documents.typesetting.title import break_title
from daomao_desktop.documents.word import head, styles
from daomao_desktop.documents.word.elements import border, frame
from daomao_desktop.documents.word.tables import add_table, form_rows, list_rows
from daomao_desktop.domain.dates import chinese_date
from daomao_desktop.errors import DaomaoError

if TYPE_CHECKING:
    from docx.section import Section
    from docx.text.paragraph import Paragraph

_NO_DAY = datetime(2022, 1, 1, tzinfo=UTC)
_NO_TIME = (1980, 1, 1, 0, 0, 0)


def word_copy(document: OfficialDocument) -> bytes:
    """A .docx with the document's text in its order and the standard's page, sizes and faces.

    Lines and pages break as Word breaks them. The same document gives the same bytes. Raises
    MissingGlyph or DaomaoError where the document could not be printed either.
    """
    if not document.title.strip() or not any(text.strip() for text in document.body):
        raise DaomaoError("公文缺少标题或正文，无法存为 Word，请补上。")
    made = io.BytesIO()
    _Copy(document).save(made)
    return _without_clock(made.getvalue())


def _without_clock(docx: bytes) -> bytes:
    """The same archive with one fixed time for its parts."""
    fixed = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(docx)) as parts,
        zipfile.ZipFile(fixed, "w", zipfile.ZIP_DEFLATED) as out,
    ):
        for name in parts.namelist():
            part = zipfile.ZipInfo(name, _NO_TIME)
            part.compress_type = zipfile.ZIP_DEFLATED
            out.writestr(part, parts.read(name))
    return fixed.getvalue()


class _Copy:
    """Writes a document part by part."""

    def __init__(self, document: OfficialDocument) -> None:
        self._document = document
        title = document.title.replace("\n", "")
        day = datetime.combine(document.date, time(), UTC) if document.date else _NO_DAY
        organs = "、".join(document.organs or document.signature)
        self._word = styles.new_document(title, organs, document.subject or title, day)

    def save(self, made: io.BytesIO) -> None:
        """Everything, in order."""
        document = self._document
        attachments = [sheet for sheet in document.sheets if sheet.marker]
        loose = [sheet for sheet in document.sheets if not sheet.marker]
        if document.format is Format.FILE:
            self._title(head.file_head(self._word, document))
        elif document.format is Format.LETTER:
            self._title(head.letter_head(self._word, document))
        else:
            self._title(0)
        self._body()
        self._closing()
        for sheet in attachments:
            self._sheet(sheet)
        if attachments and attachments[-1].landscape:
            self._section(landscape=False)
        self._imprint()
        for sheet in loose:
            section = self._section(landscape=sheet.landscape)
            for footer in (section.footer, section.even_page_footer):
                footer.is_linked_to_previous = False  # 送达回证 has no page number
            self._sheet(sheet, fresh=True)
        if document.format is Format.LETTER:  # 10.1: no number on a letter's first page
            self._word.sections[0].different_first_page_header_footer = True
        self._word.save(made)

    def _paragraph(self, style: str, text: str = "") -> Paragraph:
        return self._word.add_paragraph(text, style)

    def _title(self, above: float) -> None:
        """A grid row a line, one blank row below (7.3.1, 7.3.2)."""
        paragraph = self._paragraph(styles.TITLE)
        for place, line in enumerate(break_title(self._document.title, self._document.names)):
            run = paragraph.add_run()
            if place:
                run.add_break()
            run.add_text(line)
        paragraph.paragraph_format.space_before = Pt(above)
        paragraph.paragraph_format.space_after = Pt(styles.PITCH)

    def _body(self) -> None:
        document = self._document
        if document.addressee:
            self._paragraph(styles.ADDRESSEE, addressed(document))
        texts = [text for entry in document.body if (text := entry.strip(" 　"))]
        for text, following in zip(texts, [*texts[1:], ""], strict=True):
            faces = levels.faces(text)
            whole = {Face.HEI: styles.HEADING_1, Face.KAI: styles.HEADING_2}.get(faces[-1])
            paragraph = self._paragraph(whole or styles.BODY)
            for face, letters in groupby(zip(text, faces, strict=True), lambda one: one[1]):
                run = paragraph.add_run("".join(letter for letter, _face in letters))
                if whole is None and face is not Face.FANG:
                    styles.set_face(run, face)
            # No page ends with a heading, and none begins with the signature.
            paragraph.paragraph_format.keep_with_next = levels.heads(text, following) or (
                not following and bool(document.signature or document.date)
            )

    def _closing(self) -> None:
        """附件说明, signing organs, date, 附注 (7.3.4 to 7.3.6)."""
        document = self._document
        names = [closing.attachment_name(name) for name in document.attachments]
        label = single("附件：", Face.FANG).width
        number = single(f"{len(names)}. ", Face.FANG).width if len(names) > 1 else 0.0
        for place, name in enumerate(names, 1):
            paragraph = self._paragraph(styles.ATTACHMENTS)
            form = paragraph.paragraph_format
            form.left_indent = Pt(INDENT + label + number)
            form.first_line_indent = Pt(-number if place > 1 else -number - label)
            if place == 1:
                form.space_before = Pt(styles.PITCH)
            paragraph.add_run("附件：" if place == 1 else "")
            paragraph.add_run(f"{place}.\t{name}" if number else name)
            form.keep_with_next = True
        rows = closing.signature_rows(document, closing.SEAL_GAP)
        for place, row in enumerate(rows):
            paragraph = self._paragraph(styles.SIGNATURE)
            form = paragraph.paragraph_format
            form.keep_with_next = place < len(rows) - 1 or bool(document.note)
            for at, (line, x) in enumerate(row):
                if at:
                    form.tab_stops.add_tab_stop(Pt(x - LEFT))
                    paragraph.add_run("\t")
                else:
                    form.left_indent = Pt(x - LEFT)
                paragraph.add_run("".join(piece.text for piece in line.pieces))
        if document.note:
            self._paragraph(styles.NOTE, closing.bracketed(document.note))

    def _sheet(self, sheet: Sheet, *, fresh: bool = False) -> None:
        """A table on pages of its own; ``fresh``: its page has begun."""
        area = LANDSCAPE if sheet.landscape else PORTRAIT
        if sheet.landscape and not fresh:
            self._section(landscape=True)
            fresh = True
        first = None
        if sheet.marker:
            first = self._paragraph(styles.MARKER, sheet.marker)
            first.paragraph_format.space_after = Pt(styles.PITCH)
        title = self._paragraph(styles.TITLE)
        lines = break_title(sheet.title, self._document.names, most=int(area.width / SIZE_2))
        for place, line in enumerate(lines):
            run = title.add_run()
            if place:
                run.add_break()
            run.add_text(line)
        title.paragraph_format.space_after = Pt(ROW / 2)
        title.paragraph_format.keep_with_next = True
        (first or title).paragraph_format.page_break_before = not fresh
        if sheet.above:
            above = self._small(sheet.above, sheet.size)
            above.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        rows = form_rows if isinstance(sheet.table, FormTable) else list_rows
        add_table(self._word, rows(sheet.table, area.width, sheet.size))  # type: ignore[arg-type]
        for text in sheet.below:
            self._small(text, sheet.size)

    def _small(self, text: str, size: float) -> Paragraph:
        paragraph = self._paragraph(styles.TABLE)
        paragraph.add_run(text).font.size = Pt(size)
        paragraph.paragraph_format.line_spacing = Pt(1.35 * size)
        return paragraph

    def _imprint(self) -> None:
        """版记 at the foot of the last page (7.4), its rules in a letter left out (10.1)."""
        document = self._document
        if document.format is Format.PLAIN:
            return
        ruled = document.format is Format.FILE
        copies = closing.copied_to(document)
        printed = f"{chinese_date(document.printed_on)}印发" if document.printed_on else ""
        # A frame for each line: LibreOffice takes no frame of several lines with rules.
        place = closing.Imprint(document)
        tops = {False: TEXT_HEIGHT - place.height, True: TEXT_HEIGHT - len(place.printed) * ROW}
        lines = [(f"抄送：{copies}。", False)] if copies else []
        if ruled and (document.printed_by or printed):
            lines.append((f"{document.printed_by}\t{printed}", True))
        hanging = single("抄送：", Face.FANG, SIZE_4).width
        for number, (text, last) in enumerate(lines):
            paragraph = self._paragraph(styles.IMPRINT, text)
            form = paragraph.paragraph_format
            form.left_indent = form.right_indent = Pt(SIZE_4)
            if last:
                form.tab_stops.add_tab_stop(Pt(TEXT_WIDTH - SIZE_4), WD_TAB_ALIGNMENT.RIGHT)
            else:
                form.left_indent, form.first_line_indent = Pt(SIZE_4 + hanging), Pt(-hanging)
            if ruled:
                border(paragraph, "top", RULE_INNER if number else RULE_OUTER)
            if ruled and number == len(lines) - 1:
                border(paragraph, "bottom", RULE_OUTER)
            frame(paragraph, "margin", width=TEXT_WIDTH, top=tops[last], wrap="notBeside")
        if not lines:
            return
        # They hang on the paragraph after them: one that takes no room.
        self._paragraph(styles.IMPRINT).paragraph_format.line_spacing = Pt(1)

    def _section(self, *, landscape: bool) -> Section:
        """Further pages, upright or lying."""
        section: Section = self._word.add_section(WD_SECTION.NEW_PAGE)
        # What ends the section before takes no room, or it would take a page.
        ending = self._word.paragraphs[-1]
        ending.style = styles.IMPRINT
        ending.paragraph_format.line_spacing = Pt(1)
        section.different_first_page_header_footer = False
        if not landscape:
            section.orientation = WD_ORIENT.PORTRAIT
            styles.upright(section)
            return section
        section.orientation = WD_ORIENT.LANDSCAPE
        section.page_width, section.page_height = Pt(PAGE_HEIGHT), Pt(PAGE_WIDTH)
        section.left_margin, section.top_margin = Pt(LANDSCAPE.left), Pt(LANDSCAPE.top)
        section.right_margin = Pt(PAGE_HEIGHT - LANDSCAPE.right)
        section.bottom_margin = Pt(PAGE_WIDTH - LANDSCAPE.bottom)
        section.footer_distance = Pt(PAGE_WIDTH - LANDSCAPE.bottom - NUMBER_GAP - SIZE_4 / 2)
        return section
