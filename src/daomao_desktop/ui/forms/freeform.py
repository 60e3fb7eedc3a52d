"""The form of a paper the office writes itself."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QCheckBox, QLineEdit, QWidget

from daomao_desktop.domain.freeform import FreeformDraft, FreeformFormat
from daomao_desktop.errors import FieldProblem
from daomao_desktop.services.freeform import IssuingOrgan
from daomao_desktop.ui.forms.base import Form
from daomao_desktop.ui.widgets.body_edit import BodyEdit, LevelBar
from daomao_desktop.ui.widgets.buttons import button
from daomao_desktop.ui.widgets.choices import ChoiceBox
from daomao_desktop.ui.widgets.fields import DateField, TextArea

# What most papers lack stands below the text and can be folded away.
_FURTHER = ("attachments", "seal", "note", "signer", "copies_to", "printed_by")
_ONLY_WITH_HEAD = {
    "signer": (FreeformFormat.FILE,),
    "printed_by": (FreeformFormat.FILE,),
    "copies_to": (FreeformFormat.FILE, FreeformFormat.LETTER),
}
_EXAMPLE_HINT = (
    "一段一行，不用空格缩进，回车就是下一段。例如：\n"
    "现将有关事项通知如下：\n"
    "一、会议时间\n"
    "2026年1月25日上午8:30，会期半天。"
)


class FreeformForm(Form[FreeformDraft]):
    """Head, text, and below it what can be folded away; the text takes the height that is left."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.format = ChoiceBox()
        self.format.set_choices((one, one.value) for one in FreeformFormat)
        self.organ = ChoiceBox()
        self.body = BodyEdit(6)
        self.body.setPlaceholderText(_EXAMPLE_HINT)
        self.levels = LevelBar(self.body)
        rows = self.rows
        rows.add("organ", "发文机关", self.organ, required=True)
        rows.add("format", "格式", self.format, paired=True)
        rows.add("title", "标题", QLineEdit(), required=True, wide=True)
        rows.add("addressee", "主送", QLineEdit())
        rows.add("dated", "成文日期", DateField(ahead=True), required=True, paired=True)
        rows.add("levels", "层次", self.levels, wide=True)
        rows.add("body", "正文", self.body, required=True, wide=True)
        rows.grow("body")
        self.fold = button("", self._on_fold, role="link")
        rows.add_wide(self.fold)
        rows.add("attachments", "附件", TextArea(2), wide=True)
        rows.add("note", "附注", QLineEdit())
        rows.add("seal", "落款", QCheckBox("盖章（留出盖章的位置）"), paired=True)
        rows.add("copies_to", "抄送", QLineEdit())
        rows.add("signer", "签发人", QLineEdit(), paired=True)
        rows.add("printed_by", "印发机关", QLineEdit(), wide=True)
        for name, words in (
            ("title", "例如：关于召开村民小组长会议的通知"),
            ("addressee", "例如：各村党支部"),
            ("attachments", "附件名称，一行一个，不用写编号"),
            ("note", "例如：联系人：张海，电话：65822000"),
            ("copies_to", "例如：镇纪委"),
            ("signer", "只有报给上级的才写"),
            ("printed_by", "例如：大茂镇党政综合办公室"),
        ):
            field = rows.field(name)
            assert isinstance(field, (QLineEdit, TextArea))
            field.setPlaceholderText(words)
            field.setAccessibleDescription(words)
        layout = self.layout()
        assert layout is not None
        layout.takeAt(1)  # the space below the rows: it goes to the text
        self._folded = False
        self.format.currentIndexChanged.connect(lambda _index: self._show_further())
        self.watch()
        self._show_further()

    def offer(self, organs: Sequence[IssuingOrgan]) -> None:
        """The organs to choose from."""
        self._loading = True
        self.organ.set_choices(
            (((one.organ, one.village_uid), one.label) for one in organs), "请选择"
        )
        self._loading = False

    def draft(self) -> FreeformDraft:
        organ, village_uid = self.choice("organ") or (None, None)
        return FreeformDraft(
            format=self.choice("format"),
            organ=organ,
            village_uid=village_uid,
            title=self.text("title"),
            addressee=self.text("addressee"),
            body=_lines(self.body),
            attachments=_lines(self.rows.field("attachments")),
            dated=self.day("dated"),
            seal=self.checked("seal"),
            signer=self.text("signer"),
            note=self.text("note"),
            copies_to=self.text("copies_to"),
            printed_by=self.text("printed_by"),
        )

    def fill(self, draft: FreeformDraft) -> None:
        self.put("organ", (draft.organ, draft.village_uid) if draft.organ else None)
        for name in ("body", "attachments"):
            self.put(name, "\n".join(getattr(draft, name)))
        for name in ("format", "title", "addressee", "dated", "seal", *_FURTHER[2:]):
            self.put(name, getattr(draft, name))
        self._show_further()

    def subject(self) -> str:
        return self.text("title")

    def problems(self, _draft: FreeformDraft) -> Sequence[FieldProblem]:
        """None here: the service says them all, fonts included, outside the window's thread."""
        return ()

    def show_problems(self, problems: Sequence[FieldProblem]) -> bool:
        """Unfolds what has to be mended."""
        if any(problem.field in _FURTHER for problem in problems):
            self.set_folded(False)
        return super().show_problems(problems)

    def set_folded(self, folded: bool) -> None:
        """Hides or shows what stands below the text."""
        self._folded = folded
        self._show_further()

    def _on_fold(self) -> None:
        self.set_folded(not self._folded)

    def _show_further(self) -> None:
        form = self.choice("format")
        for name in _FURTHER:
            formats = _ONLY_WITH_HEAD.get(name)
            self.rows.set_visible(name, not self._folded and (formats is None or form in formats))
        arrow = "▸" if self._folded else "▾"
        self.fold.setText(f"{arrow} 附件、附注、抄送、落款")
        self.fold.setAccessibleName(f"{'显示' if self._folded else '收起'}附件、附注、抄送、落款")


def _lines(field: QWidget) -> tuple[str, ...]:
    assert isinstance(field, TextArea)
    text = field.text()
    return tuple(text.split("\n")) if text.strip() else ()
