"""自拟公文: fields and text on the left, the page as it will be on the right."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial

from PySide6.QtCore import Qt, QTime
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QSplitter, QWidget

from daomao_desktop.domain.accounts import Permission
from daomao_desktop.domain.freeform import FreeformDraft
from daomao_desktop.domain.notices import DocumentKind
from daomao_desktop.errors import DaomaoError
from daomao_desktop.services import freeform
from daomao_desktop.services.desk import Area, Changes
from daomao_desktop.services.freeform import Opened, Review
from daomao_desktop.services.unsaved import Slot
from daomao_desktop.ui.context import Context
from daomao_desktop.ui.dialogs.base import Sheet, ask_save, confirm
from daomao_desktop.ui.dialogs.preview import PreviewSheet
from daomao_desktop.ui.dialogs.wanted import Wanted
from daomao_desktop.ui.forms.freeform import FreeformForm
from daomao_desktop.ui.theme import px
from daomao_desktop.ui.typing_keeper import TypingKeeper
from daomao_desktop.ui.widgets.buttons import allow, button, shortcut_tip
from daomao_desktop.ui.widgets.live_page import LivePage
from daomao_desktop.ui.widgets.parts import label, scrolling

LIKE = "like "  # before the uid of the paper that a new one is like, where it is kept
_WIDTH = 1300  # pixels at the normal size
_BESIDE = 1000  # from which on the page has room beside the form

EXAMPLE = FreeformDraft(
    title="关于召开村民小组长会议的通知",
    addressee="各村民小组",
    body=(
        "为做好近期工作，经研究，决定召开村民小组长会议。现将有关事项通知如下：",
        "一、会议时间",
        "1月25日上午8:30，会期半天。",
        "二、会议地点",
        "村委会二楼会议室。",
        "三、有关要求",
        "（一）请全体村民小组长准时参加，不得无故缺席。",
        "（二）确实不能参加的，请提前一天请假。",
    ),
)


class FreeformSheet(Sheet):
    """Writes a new paper, goes on with a draft (``uid``), or with ``copy`` writes one like it.

    What is typed is kept every few seconds, sealed and silently; closing asks once.
    """

    def __init__(
        self,
        context: Context,
        uid: str | None = None,
        *,
        copy: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("自拟公文", parent, width=_WIDTH)
        self._context = context
        self._uid, self._copy = uid, copy
        self._saving = self._sure = False
        self.form = FreeformForm()
        self.form.setEnabled(False)  # until it is read
        self.page = LivePage(context, self.form.draft, self._on_example)
        self._build()
        self.keeper = TypingKeeper(self.form, context, self.banner)
        self.keeper.kept.connect(self.kept.setText)
        self.form.changed.connect(self._on_changed)
        self.form.changed.connect(self.banner.settle)
        self.form.submitted.connect(self.focusNextChild)
        save = QShortcut(QKeySequence(QKeySequence.StandardKey.Save), self)
        save.activated.connect(self._on_save)
        self._read()

    def _build(self) -> None:
        self._scroll.hide()
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.setChildrenCollapsible(False)
        self.fields = scrolling(self.form)
        self.splitter.addWidget(self.fields)
        self.splitter.addWidget(self.page)
        self.splitter.setStretchFactor(0, 5)
        self.splitter.setStretchFactor(1, 4)
        self.outer.insertWidget(self.outer.indexOf(self._scroll), self.splitter, 1)
        self.kept = label("", "muted")
        self.add_left(self.kept)
        self.fold = button("", self._on_fold, tip="不看版面时，正文可以写得更宽")
        self.add_left(self.fold)
        self.add_button("关闭", self.reject)
        self.save = self.add_button("保存草稿", self._on_save)
        self.sign = self.add_button("签发并打印…", self._on_sign, "primary")
        self._allow()

    def _allow(self) -> None:
        refusal = self._context.refusal(Permission.ISSUE)
        allow(self.save, refusal, shortcut_tip("放进登记簿，以后再写", "Ctrl+S"))
        allow(self.sign, refusal, "先看清版面，再编文号、打印")

    def fit(self) -> None:
        """As large as the screen allows; without room beside the form the page is folded away."""
        area = self.screen().availableGeometry()
        width = min(px(_WIDTH), area.width() - 40)
        self.resize(width, area.height() - 70)
        frame = self.frameGeometry()
        frame.moveCenter(area.center())
        self.move(max(area.left(), frame.left()), max(area.top(), frame.top()))
        beside = width >= px(_BESIDE)
        self.page.setVisible(beside)
        self.form.set_folded(not beside)
        self._name_fold()

    # Reading

    def _read(self) -> None:
        desk, uid, copy = self._context.desk, self._uid, self._copy
        self._context.operations.query(
            lambda: freeform.open_freeform(desk, uid, copy=copy),
            self._on_read,
            self.refuse,
            owner=self,
        )

    def _on_read(self, opened: Opened) -> None:
        self.form.offer(opened.organs)
        self.form.load(opened.draft)
        refusal = self._context.refusal(Permission.ISSUE)
        self.form.setEnabled(not refusal)
        if refusal:
            self.banner.tell(refusal)
        else:
            self._watch()
        self.form.rows.field("body" if self.form.subject() else "title").setFocus()
        self.page.typed()
        self.page.renew()

    def _watch(self) -> None:
        """What is written from here on is kept; what was written before comes back."""
        uid = f"{LIKE}{self._uid}" if self._copy else self._uid or ""
        stored = self._uid is not None and not self._copy
        self.keeper.watch(Slot("notices", "freeform", uid), "自拟公文", stored=stored)

    def _on_example(self) -> None:
        """Something to see; only into an empty paper."""
        present = self.form.draft()
        if not present.title and not present.body:
            self.form.put("title", EXAMPLE.title)
            self.form.put("addressee", EXAMPLE.addressee)
            self.form.put("body", "\n".join(EXAMPLE.body))
            self.page.renew()
        else:
            self.banner.tell_of_step("已经写了内容，例子不会盖掉它。")

    # Typing

    @property
    def dirty(self) -> bool:
        """Whether something was typed that is not saved."""
        return self.form.dirty

    def _on_changed(self) -> None:
        self.page.typed()

    def _on_fold(self) -> None:
        self.page.setVisible(self.page.isHidden())
        self._name_fold()

    def _name_fold(self) -> None:
        self.fold.setText("显示版面" if self.page.isHidden() else "收起版面")

    # Saving and signing off

    def _on_save(self) -> None:
        self._save(lambda: self._context.tell("草稿已保存，在发文登记簿里可以接着写。"))

    def _save(self, then: Callable[[], object]) -> None:
        if self._saving or not self.save.isEnabled() or not self.form.isEnabled():
            return
        draft = self.form.check()
        if draft is None:
            return
        desk, sent = self._context.desk, self.form.snapshot()
        uid, copy = self._uid, self._copy

        def work() -> Changes:
            saved = freeform.save_freeform(desk, draft, None if copy else uid)
            return Changes(frozenset({Area.NOTICES}), (saved,))

        def done(changes: Changes) -> None:
            self._set_saving(False)
            self._uid, self._copy = changes.uids[0], False
            self.form.saved(sent)
            self._watch()
            self.banner.tell("")
            self.kept.setText(f"{_clock()} 已保存草稿")
            then()

        def refused(error: DaomaoError) -> None:
            self._set_saving(False)
            self.refuse(error)

        self._set_saving(True)
        self._context.operations.command(work, done, refused, owner=self)

    def _set_saving(self, saving: bool) -> None:
        self._saving = saving
        if saving:
            self.save.setEnabled(False)
            self.sign.setEnabled(False)
        else:
            self._allow()

    def _on_sign(self) -> None:
        """Everything is checked first; what is only pointed out has to be looked at once."""
        draft = self.form.check()
        if draft is None or self._saving or not self.sign.isEnabled():
            return
        desk = self._context.desk

        def reviewed(review: Review) -> None:
            if review.problems:
                self.form.show_problems(review.problems)
                wrong = self.focusWidget()
                if wrong is not None:
                    self.fields.ensureWidgetVisible(wrong)
                return
            go = partial(self._save, partial(self._preview, draft.dated or desk.today()))
            if review.cautions:
                confirm(self, "\n".join(review.cautions), "已核对，接着签发", go, no="回去改")
            else:
                go()

        self._context.operations.query(
            lambda: freeform.review_freeform(desk, draft), reviewed, self.refuse, owner=self
        )

    def _preview(self, dated: date) -> None:
        wanted = Wanted(DocumentKind.FREEFORM, dated.year, None, self._uid)
        sheet = PreviewSheet(self._context, [wanted], self)
        sheet.finished.connect(lambda _code: self._on_previewed(sheet.all_issued))
        sheet.open()

    def _on_previewed(self, issued: bool) -> None:
        if issued:  # nothing is left to write
            self._leave()

    # Leaving

    def reject(self) -> None:
        """Esc and 关闭: asks once when something typed is not saved, a mere choice is nothing."""
        typed, _before = self.form.typed()
        if self._sure or not self.dirty or typed.keys() <= {"organ", "format", "seal"}:
            self._leave()
            return
        ask_save(self, "写的公文", partial(self._save, self._leave), self._leave, yes="保存草稿")

    def _leave(self) -> None:
        """What is not saved by now is given up."""
        self._sure = True
        self.form.saved()
        super().reject()

    def done(self, result: int) -> None:
        """Every way out: the page is let go of before its pane dies."""
        self.page.release()
        super().done(result)


def _clock() -> str:
    return QTime.currentTime().toString("HH:mm")
