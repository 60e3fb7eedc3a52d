"""预览 → 签发 → 打印: one dialog over one document or many."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from daomao_desktop.domain.accounts import Permission
from daomao_desktop.domain.notices import DocumentKind
from daomao_desktop.errors import DaomaoError
from daomao_desktop.services import notice_runs, notices, word_copies
from daomao_desktop.services.desk import Area, Changes
from daomao_desktop.services.notice_content import fingerprint
from daomao_desktop.services.notice_runs import Proofs
from daomao_desktop.ui.context import Context
from daomao_desktop.ui.dialogs.output import WORD, issued_papers, print_as, print_out, save_as
from daomao_desktop.ui.dialogs.paper_sheet import PaperSheet
from daomao_desktop.ui.dialogs.preview_days import DaysRow
from daomao_desktop.ui.dialogs.save_all import SaveAllSheet
from daomao_desktop.ui.dialogs.signing import Ended, SigningOff
from daomao_desktop.ui.dialogs.ten_best import TenBestSheet
from daomao_desktop.ui.dialogs.wanted import Days, Wanted, orders_of
from daomao_desktop.ui.printing import PrintOrder, PrintPaper
from daomao_desktop.ui.theme import px
from daomao_desktop.ui.widgets.buttons import allow, button
from daomao_desktop.ui.widgets.parts import label

_PROOF_TIP = "打印或存为 PDF，每页印有“送审稿”，不编文号，不算签发"
_SIGN_TIP = "签发后编定文号，内容不能再改"
_SEE_FIRST = "日期改了，版面已经重排。请看过新的版面，再点“签发”。"


@dataclass(frozen=True, slots=True)
class _Drafted:
    uid: str
    pdf: bytes


class PreviewSheet(PaperSheet):
    """Drafts what is not drafted yet, shows it, signs off, prints. Esc leaves drafts be.

    What stands in the fields of days counts: a draft set with other days is set anew before it is
    left or signed off, and none is signed off before its new page was seen.
    """

    def __init__(
        self, context: Context, wanted: Sequence[Wanted], parent: QWidget | None = None
    ) -> None:
        super().__init__("预览", context, parent, width=900)
        self._wanted = list(wanted)
        self._at = 0
        self._touched = False
        self._asked = Days()  # the days a page was asked for last, as far as they could be read
        self._signing = SigningOff(self, context, self._on_ended, self._print_signed)
        self._build_top()
        self.save_pdf = button("存为 PDF…", self._on_save_pdf)
        self.save_all = button("全部存为 PDF…", self._on_save_all)
        self.save_word = button("存为 Word…", lambda: self._fresh(self._on_save_word))
        self.proof = button("送审稿…", lambda: self._fresh(self._on_proof), tip=_PROOF_TIP)
        for widget in (self.proof, self.save_word, self.save_all, self.save_pdf):
            self.add_left(widget)
        self.add_button("关闭", self.reject)
        self.print_only = self.add_button("打印…", self._on_print)
        self.sign = self.add_button("签发并打印", self._on_sign, "primary", default=True)
        self._fill_buttons()
        self._show(0)

    def _build_top(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(px(8))
        self.before = button("‹ 上一份", lambda: self._turn(self._at - 1))
        self.after = button("下一份 ›", lambda: self._turn(self._at + 1))
        self.place = label("", "muted")
        row.addWidget(self.before)
        row.addWidget(self.after)
        # In 大字 the row is full: words must not make the window wider than the screen.
        self.place.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        row.addWidget(self.place, 1)
        self.days = DaysRow(self._context.desk.today())
        self.meeting, self.dated, self.until = self.days.meeting, self.days.dated, self.days.until
        self.days.edited.connect(self._on_days_edited)
        self.best = button("十佳…", self._on_best, tip="从考核“优秀”的人员中选定“十佳”")
        self.again = button("重新排版", self._on_dates)
        for widget in (self.zoom, self.best, self.days, self.again):
            row.addWidget(widget)
        self.outer.insertLayout(2, row)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter in a date sets the page anew; elsewhere it presses the default button."""
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and self.focusWidget() in (self.meeting, self.dated, self.until):
            self._on_dates()
            return
        super().keyPressEvent(event)

    def reject(self) -> None:
        """Esc and 关闭; while many are being signed off, they stop that after the present one."""
        job = self._signing.job
        if job is not None and not job.cancelled:
            job.cancel()
            return
        super().reject()

    def done(self, result: int) -> None:
        """Every way out: the pages hear of what was drafted or signed off here."""
        if self._touched:
            self._touched = False
            self._context.operations.changed.emit(Changes(frozenset({Area.NOTICES})))
        super().done(result)

    # Showing

    @property
    def _present(self) -> Wanted:
        return self._wanted[self._at]

    @property
    def all_issued(self) -> bool:
        """Whether everything shown is signed off."""
        return not self._drafts

    @property
    def _drafts(self) -> list[Wanted]:
        return [one for one in self._wanted if not one.issued]

    @property
    def stale(self) -> bool:
        """Whether the page does not say what stands in the fields, or there is none yet."""
        one = self._present
        try:
            return not one.issued and (one.uid is None or self.days.read(one) != one.days)
        except ValueError:
            return True

    def _show(
        self,
        number: int,
        *,
        anew: bool = False,
        best: tuple[str, ...] | None = None,
        said: DaomaoError | str = "",
        then: Callable[[], object] | None = None,
    ) -> None:
        """Sets the document's page; ``said`` stays above it, ``then`` follows where it is shown."""
        if not 0 <= number < len(self._wanted):
            return
        self._at = number
        one, desk = self._present, self._context.desk
        self.days.show_for(one)
        if not anew:
            self.days.fill(one)
        self._announce(one)
        days = self._read_days()
        if days is None:
            self._tell_place()
            return
        self._asked = days
        if one.needs_meeting and days.meeting is None:
            self._tell_place()
            self._ask_meeting()
            return

        def work() -> _Drafted:
            uid = one.uid
            if not one.issued and (uid is None or anew):
                uid = notices.draft_notice(
                    desk,
                    one.kind,
                    one.year,
                    one.person_uid,
                    meeting=days.meeting,
                    dated=days.dated,
                    until=days.until,
                    best=best,
                )
            assert uid is not None
            return _Drafted(uid, notices.preview(desk, uid))

        def shown(drafted: _Drafted) -> None:
            new = drafted.uid != one.uid or anew
            if new:
                self._touched = True
            if not one.issued:
                self._wanted[number] = replace(
                    one,
                    uid=drafted.uid,
                    days=days if new else one.days,
                    needs_meeting=False,
                    seen=fingerprint(drafted.pdf),
                )
            if number == self._at:
                self._show_page(one, drafted.pdf, said)
                if then is not None:
                    then()

        def refused(error: DaomaoError) -> None:
            if number == self._at:
                self._tell_place()
                self.refuse(said if isinstance(said, DaomaoError) else error)
                self.sign.setEnabled(False)
                self.save_pdf.setEnabled(False)

        self._context.operations.query(work, shown, refused, owner=self, title="正在排版…")

    def _announce(self, one: Wanted) -> None:
        """Which paper is being set, and the buttons it has; 签发 waits until its page is seen."""
        count, draft = len(self._wanted), not one.issued
        self.before.setEnabled(self._at > 0)
        self.after.setEnabled(self._at + 1 < count)
        self.before.setVisible(count > 1)
        self.after.setVisible(count > 1)
        self.again.setVisible(draft and one.kind is not DocumentKind.FREEFORM)
        self.best.setVisible(draft and one.kind is DocumentKind.COMMENDATION)
        self.sign.setEnabled(False)
        name = f"　{one.name}" if one.name else ""
        self.heading.setText(f"{one.words}{name}{'（草稿）' if draft else '（已签发）'}")
        self.place.setText("正在排版…")

    def _tell_place(self) -> None:
        count = len(self._wanted)
        self.place.setText(f"第 {self._at + 1} / {count} 份" if count > 1 else "")

    def _show_page(self, one: Wanted, pdf: bytes, said: DaomaoError | str) -> None:
        self._tell_place()
        if isinstance(said, DaomaoError):
            self.refuse(said)
        else:
            self.banner.tell(said or ("" if one.issued else one.doubt))
        self.pane.setFocus()
        if not self.pane.show_bytes(pdf):
            self.refuse("这份文书显示不出来，请存为 PDF 再看。")
        self._fill_buttons()

    def _read_days(self) -> Days | None:
        """What stands in the fields, kept for the papers still to be drafted; else the sentence."""
        one = self._present
        try:
            days = self.days.read(one)
        except ValueError as error:
            self.refuse(str(error))
            self.days.point_out()
            return None
        if days.dated is not None and days.dated != one.days.dated:
            self.days.usual = days.dated
        return days

    def _turn(self, number: int) -> None:
        """To another paper; days typed here and not asked for yet set this one anew first."""
        if self._signing.job is not None or not 0 <= number < len(self._wanted):
            return
        days = self._read_days()
        if days is None:
            return
        if self.stale and days != self._asked:
            self._show(self._at, anew=True, then=lambda: self._show(number))
        else:
            self._show(number)

    def _fresh(self, then: Callable[[], object]) -> None:
        """Goes on with the page that says what stands in the fields."""
        if self._signing.job is not None or self._read_days() is None:
            return
        if self.stale:
            self._show(self._at, anew=True, then=then)
        else:
            then()

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
        words = "签发并打印…" if drafts <= 1 else f"签发这 {drafts} 份并打印…"
        self.sign.setText(words)
        self.sign.setVisible(bool(drafts))
        allow(self.sign, self._context.refusal(Permission.ISSUE), _SIGN_TIP)
        issued = len(self._wanted) - drafts
        # After a run that was stopped, or with some refused, both are there.
        self.print_only.setText("打印…" if not drafts else f"打印已签发的 {issued} 份…")
        self.print_only.setVisible(bool(issued))
        self.print_only.setDefault(not drafts)
        self.sign.setDefault(bool(drafts))
        self.save_pdf.setVisible(self._present.issued)
        self.save_pdf.setEnabled(True)
        self.save_all.setVisible(issued > 1)
        one = self._present
        fixed = "" if one.kind.has_word_copy else f"{one.words}的版面是固定的，不能存为 Word。"
        allow(self.save_word, fixed, "同样的文字，送给秘书用 Word 改；盖章发出的以本程序打印的为准")
        self.proof.setVisible(bool(drafts))

    def _on_dates(self) -> None:
        self._show(self._at, anew=True)

    def _on_days_edited(self) -> None:
        """With other days the last refusal is of yesterday: 签发 may be tried, which sets anew."""
        if self._signing.job is None and not self._present.issued and self.stale:
            allow(self.sign, self._context.refusal(Permission.ISSUE), _SIGN_TIP)

    def _on_best(self) -> None:
        number = self._at
        TenBestSheet(
            self._context,
            self._present.year,
            lambda uids: self._show(number, anew=True, best=uids),
            self,
        ).open()

    # Signing off and printing

    def _on_sign(self) -> None:
        if not self.sign.isEnabled():
            return
        if self._read_days() is None:
            return
        if self.stale:
            self._show(self._at, anew=True, said=_SEE_FIRST)
            return
        wanted = tuple(self._wanted)
        lacking = next((n for n, one in enumerate(wanted) if one.needs_meeting), None)
        if lacking is not None:
            self._show(lacking)
            return
        self.sign.setEnabled(False)
        self._signing.begin(wanted, orders_of(wanted, self.days.usual), self.pane.pages)

    def _on_ended(self, ended: Ended) -> None:
        """Signed off or not: the documents as they are now, and what there is to say."""
        changed = self._wanted != ended.wanted
        self._wanted = ended.wanted
        self._fill_buttons()
        if changed or ended.error is not None:
            self._show(self._at if ended.stale is None else ended.stale, said=ended.error or "")

    def _issued_uids(self) -> list[str]:
        return [one.uid for one in self._wanted if one.uid is not None and one.issued]

    def _on_print(self) -> None:
        desk, uids = self._context.desk, self._issued_uids()
        print_out(self, self._context, lambda: issued_papers(desk, uids), self._log)

    def _print_signed(self, uids: list[str], order: PrintOrder) -> None:
        desk = self._context.desk
        print_as(self, self._context, lambda: issued_papers(desk, uids), order, self._log)

    def _log(self, uid: str, order: PrintOrder) -> None:
        notices.log_print(self._context.desk, uid, order.target, order.copies)

    def _on_save_pdf(self) -> None:
        desk, uid = self._context.desk, self._present.uid
        if uid is None:
            return

        def read() -> tuple[str, bytes]:
            row = next(row for row in notices.list_notices(desk) if row.uid == uid)
            return notices.file_name(row), notices.stored_pdf(desk, uid)

        save_as(self, self._context, read)

    def _on_save_word(self) -> None:
        desk, uid = self._context.desk, self._present.uid
        if uid is not None:
            save_as(self, self._context, lambda: word_copies.word_copy(desk, uid), WORD)

    def _on_proof(self) -> None:
        """All drafts of this dialog, marked as such; nothing is signed off, stored or logged."""
        desk, orders = self._context.desk, orders_of(self._wanted, self.days.usual)

        def ready(found: Proofs) -> None:
            papers = [PrintPaper("", *one) for one in found.papers]
            if found.problems:
                told = tuple(problem.sentence for problem in found.problems)
                self.refuse(DaomaoError(f"另有 {len(told)} 份排不出送审稿：", told))
            print_out(self, self._context, lambda: papers, lambda _uid, _order: None)

        self._context.operations.query(
            lambda: notice_runs.proofs(desk, orders), ready, self.refuse, owner=self
        )

    def _on_save_all(self) -> None:
        years = {one.year for one in self._wanted}
        name = f"{years.pop()}年度文书" if len(years) == 1 else "文书"
        SaveAllSheet(self._context, self._issued_uids(), name, self).open()
