"""预览 → 签发 → 打印: one dialog over one document or many."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path

import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QWidget

from daomao_desktop.domain.accounts import Permission
from daomao_desktop.domain.notices import DocumentKind, DocumentState
from daomao_desktop.errors import DaomaoError
from daomao_desktop.files import replace_file
from daomao_desktop.services import notices
from daomao_desktop.services.desk import Area, Changes
from daomao_desktop.services.notices import NoticeRow
from daomao_desktop.ui.context import Context
from daomao_desktop.ui.dialogs.base import Sheet
from daomao_desktop.ui.dialogs.print_sheet import PrintSheet
from daomao_desktop.ui.printing import (
    Printed,
    PrintOrder,
    PrintPaper,
    page_count,
    print_papers,
    printer_names,
)
from daomao_desktop.ui.theme import px
from daomao_desktop.ui.widgets.buttons import allow, button
from daomao_desktop.ui.widgets.fields import DateField
from daomao_desktop.ui.widgets.parts import label
from daomao_desktop.ui.widgets.pdf_pane import PdfPane


@dataclass(frozen=True, slots=True)
class Wanted:
    """A document to look at: one that exists, or one still to be drafted.

    ``meeting``: the branch meeting named for it; ``needs_meeting``: nothing can be drafted before
    the operator has typed the day.
    """

    kind: DocumentKind
    year: int
    person_uid: str | None
    uid: str | None = None
    issued: bool = False
    name: str = ""
    meeting: date | None = None
    needs_meeting: bool = False


@dataclass(frozen=True, slots=True)
class _Drafted:
    uid: str
    pdf: bytes


@dataclass(frozen=True, slots=True)
class _Signed:
    wanted: tuple[Wanted, ...]
    error: DaomaoError | None


class PreviewSheet(Sheet):
    """Drafts what is not drafted yet, shows it, signs off, prints. Esc leaves drafts be."""

    def __init__(
        self, context: Context, wanted: Sequence[Wanted], parent: QWidget | None = None
    ) -> None:
        super().__init__("预览", parent, width=900)
        self._context = context
        self._wanted = list(wanted)
        self._at = 0
        self._touched = False
        self._build_top()
        self.pane = PdfPane(self)
        self.pane.zoomModeChanged.connect(self._on_zoomed)
        self.outer.insertWidget(self.outer.indexOf(self._scroll), self.pane, 1)
        self._scroll.hide()
        self.save_pdf = button("存为 PDF…", self._on_save_pdf)
        self.add_left(self.save_pdf)
        self.add_button("关闭", self.close)
        self.print_only = self.add_button("打印…", self._on_print)
        self.sign = self.add_button("签发并打印", self._on_sign, "primary", default=True)
        self._fill_buttons()
        self._show(0)

    def _build_top(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(px(8))
        self.before = button("‹ 上一份", lambda: self._show(self._at - 1))
        self.after = button("下一份 ›", lambda: self._show(self._at + 1))
        self.place = label("", "muted")
        row.addWidget(self.before)
        row.addWidget(self.after)
        row.addWidget(self.place)
        row.addStretch(1)
        self.dated = DateField()
        self.dated.setAccessibleName("成文日期")
        self.dated.set_day(self._context.desk.today())
        self.meeting = DateField()
        self.meeting.setAccessibleName("支部会议日期")
        self.meeting_label = label("支部会议", "muted")
        self.meeting_label.setBuddy(self.meeting)
        self.dated_label = label("成文日期", "muted")
        self.dated_label.setBuddy(self.dated)
        self.dated.setFixedWidth(px(150))
        self.meeting.setFixedWidth(px(176))
        self.again = button("重新排版", self._on_dates)
        self.zoom = button("放大", self._on_zoom, tip="整页显示或放大来读（Ctrl+滚轮也可以）")
        for widget in (
            self.zoom,
            self.meeting_label,
            self.meeting,
            self.dated_label,
            self.dated,
            self.again,
        ):
            row.addWidget(widget)
        self.outer.insertLayout(2, row)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter in a date sets the page anew; elsewhere it presses the default button."""
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and self.focusWidget() in (self.meeting, self.dated):
            self._on_dates()
            return
        super().keyPressEvent(event)

    def fit(self) -> None:
        """As high as the screen allows: a page wants to be read."""
        area = self.screen().availableGeometry()
        self.resize(min(px(900), area.width() - 40), area.height() - 70)
        frame = self.frameGeometry()
        frame.moveCenter(area.center())
        self.move(frame.left(), max(area.top(), frame.top()))

    def done(self, result: int) -> None:
        """Every way out: the document is let go of before its pane dies."""
        self.pane.release()
        if self._touched:
            self._touched = False
            self._context.operations.changed.emit(Changes(frozenset({Area.NOTICES})))
        super().done(result)

    # Showing

    @property
    def _present(self) -> Wanted:
        return self._wanted[self._at]

    @property
    def _drafts(self) -> list[Wanted]:
        return [one for one in self._wanted if not one.issued]

    def _show(self, number: int, *, anew: bool = False) -> None:
        if not 0 <= number < len(self._wanted):
            return
        self._at = number
        one = self._present
        if not anew:  # each document has a meeting of its own, none lends it to another
            self.meeting.set_day(one.meeting)
            asked = "必填" if one.needs_meeting else "同建议时的支委会"
            self.meeting.setPlaceholderText(asked)
        count = len(self._wanted)
        self.before.setEnabled(number > 0)
        self.after.setEnabled(number + 1 < count)
        self.before.setVisible(count > 1)
        self.after.setVisible(count > 1)
        place = f"第 {number + 1} 份，共 {count} 份" if count > 1 else ""
        self.place.setText(f"{place}　正在排版…".strip())
        draft = not one.issued
        criticism = one.kind is DocumentKind.CRITICISM
        for widget in (self.dated_label, self.dated, self.again):
            widget.setVisible(draft)
        self.meeting.setVisible(draft and criticism)
        self.meeting_label.setVisible(draft and criticism)
        self.sign.setEnabled(False)  # until the page is seen
        name = f"　{one.name}" if one.name else ""
        self.heading.setText(f"{one.kind.value}{name}{'（草稿）' if draft else '（已签发）'}")
        desk = self._context.desk
        try:
            dated, meeting = self.dated.day(), self.meeting.day() if criticism else None
        except ValueError as error:
            self.place.setText(place)
            self.refuse(str(error))
            return
        if one.needs_meeting and meeting is None:
            self.place.setText(place)
            self._ask_meeting()
            return

        def work() -> _Drafted:
            uid = one.uid
            if not one.issued and (uid is None or anew):
                uid = notices.draft_notice(
                    desk, one.kind, one.year, one.person_uid, meeting=meeting, dated=dated
                )
            assert uid is not None
            return _Drafted(uid, notices.preview(desk, uid))

        def shown(drafted: _Drafted) -> None:
            if drafted.uid != one.uid or anew:
                self._touched = True
                self._wanted[number] = replace(
                    one, uid=drafted.uid, meeting=meeting, needs_meeting=False
                )
            if number == self._at:
                self.place.setText(place)
                self.banner.tell("")
                self.pane.setFocus()
                if not self.pane.show_bytes(drafted.pdf):
                    self.refuse("这份文书显示不出来，请存为 PDF 再看。")
                self._fill_buttons()

        def refused(error: DaomaoError) -> None:
            if number == self._at:
                self.place.setText(place)
                self.refuse(error)
                self.sign.setEnabled(False)
                self.save_pdf.setEnabled(False)

        self._context.operations.query(work, shown, refused, owner=self, title="正在排版…")

    def _ask_meeting(self) -> None:
        """Nothing is drafted with a day nobody has named: the operator types it first."""
        self.pane.release()
        self._fill_buttons()
        self.sign.setEnabled(False)
        self.banner.tell(
            "没有登记支部会议日期。请在右上方“支部会议”里填写实际开会的日期，再按回车。"
        )
        self.meeting.setFocus()

    def _fill_buttons(self) -> None:
        drafts = len(self._drafts)
        words = "签发并打印" if drafts <= 1 else f"签发这 {drafts} 份并打印"
        self.sign.setText(words)
        self.sign.setVisible(bool(drafts))
        allow(
            self.sign,
            self._context.refusal(Permission.ISSUE),
            "签发后编定文号，内容不能再改",
        )
        self.print_only.setVisible(not drafts)
        self.print_only.setDefault(not drafts)
        self.sign.setDefault(bool(drafts))
        self.save_pdf.setVisible(self._present.issued)
        self.save_pdf.setEnabled(True)

    def _on_zoom(self) -> None:
        self.pane.toggle_zoom()

    def _on_zoomed(self) -> None:
        self.zoom.setText("放大" if self.pane.whole else "整页")

    def _on_dates(self) -> None:
        self._show(self._at, anew=True)

    # Signing off and printing

    def _on_sign(self) -> None:
        if not self.sign.isEnabled():
            return
        self.sign.setEnabled(False)
        desk, wanted = self._context.desk, tuple(self._wanted)
        lacking = next((n for n, one in enumerate(wanted) if one.needs_meeting), None)
        if lacking is not None:
            self._show(lacking)
            return
        try:
            dated = self.dated.day()
        except ValueError as error:
            self.refuse(str(error))
            return

        def work() -> _Signed:
            signed: list[Wanted] = []
            for number, one in enumerate(wanted):
                uid = one.uid
                try:
                    if not one.issued:
                        if uid is None:
                            uid = notices.draft_notice(
                                desk, one.kind, one.year, one.person_uid, dated=dated
                            )
                        notices.issue_notice(desk, uid)
                except DaomaoError as error:  # what is signed off already stays so
                    return _Signed((*signed, *wanted[number:]), error)
                signed.append(replace(one, uid=uid, issued=True))
            return _Signed(tuple(signed), None)

        def done(result: _Signed) -> None:
            self._wanted = list(result.wanted)
            self._touched = True
            self._fill_buttons()
            if result.error is not None:
                self.refuse(result.error)
                return
            self._show(self._at)
            self._on_print()

        self._context.operations.query(work, done, self.refuse, owner=self, title="正在签发…")

    def _on_print(self) -> None:
        desk = self._context.desk
        uids = [one.uid for one in self._wanted if one.uid is not None and one.issued]

        def work() -> tuple[list[PrintPaper], list[str]]:
            rows = {row.uid: row for row in notices.list_notices(desk)}
            papers = [_paper(rows[uid], notices.stored_pdf(desk, uid)) for uid in uids]
            return papers, printer_names()

        def ready(found: tuple[list[PrintPaper], list[str]]) -> None:
            papers, printers = found
            pages = page_count(papers[0].pdf) if len(papers) == 1 else 0
            names = papers[0].title if len(papers) == 1 else f"共 {len(papers)} 份文书"
            go = partial(self._send, papers=papers)
            PrintSheet(names, printers, pages, go, self).open()

        self._context.operations.query(work, ready, self.refuse, owner=self)

    def _send(self, order: PrintOrder, papers: Sequence[PrintPaper]) -> None:
        context = self._context
        desk = context.desk

        def log(uid: str) -> None:  # at once: what is printed stays printed, whatever comes next
            notices.log_print(desk, uid, order.target, order.copies)

        # Without an owner: the register hears of it although this dialog may be closed by then.
        def printed(done: Printed) -> None:
            context.operations.changed.emit(Changes(frozenset({Area.NOTICES}), done.uids))
            context.tell(f"已打印 {len(done.uids)} 份，送到{order.target}。")
            if not shiboken6.isValid(self):
                return
            rest = f"已送出 {len(done.uids)} 份，其余 {len(papers) - len(done.uids)} 份没有打印"
            if done.problem is not None:
                words = f"{rest}：{done.problem.sentence}"
                self.refuse(DaomaoError(words, done.problem.details))
            elif done.stopped:
                self.refuse(f"{rest}。")
            else:
                self.banner.tell(f"已送到{order.target}：{len(done.uids)} 份。", "banner-good")

        def refused(error: DaomaoError) -> None:
            if shiboken6.isValid(self):
                self.refuse(error)
            else:
                context.operations.failed.emit(error)

        context.operations.long(
            lambda job: print_papers(order, papers, job, log), printed, refused, title="正在打印…"
        )

    def _on_save_pdf(self) -> None:
        desk, uid = self._context.desk, self._present.uid
        if uid is None:
            return

        def work() -> tuple[str, bytes]:
            row = next(row for row in notices.list_notices(desk) if row.uid == uid)
            return notices.file_name(row), notices.stored_pdf(desk, uid)

        def ready(found: tuple[str, bytes]) -> None:
            name, pdf = found
            dialog = QFileDialog(self, "存为 PDF", name, "PDF (*.pdf)")
            dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
            dialog.setDefaultSuffix("pdf")
            dialog.fileSelected.connect(lambda chosen: self.write_pdf(Path(chosen), pdf))
            dialog.finished.connect(lambda _code: dialog.deleteLater())
            dialog.open()

        self._context.operations.query(work, ready, self.refuse, owner=self)

    def write_pdf(self, path: Path, pdf: bytes) -> None:
        """Writes the stored bytes; says where they are."""

        self._context.operations.query(
            lambda: replace_file(path, pdf),
            lambda _none: self.banner.tell(f"已存到 {path}", "banner-good"),
            self.refuse,
            owner=self,
        )


def _paper(row: NoticeRow, pdf: bytes) -> PrintPaper:
    return PrintPaper(row.uid, " ".join(p for p in (row.number, row.title) if p), pdf)


def wanted_of(row: NoticeRow) -> Wanted:
    """A document of the register."""
    issued = row.state is not DocumentState.DRAFT
    year = row.year or row.dated.year
    return Wanted(row.kind, year, row.person_uid, row.uid, issued, meeting=row.meeting)
