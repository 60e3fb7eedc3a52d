"""Taking records away: one question about all of them, and what may not be taken stays."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QWidget

from daomao_desktop.services.desk import Changes, Desk
from daomao_desktop.ui.context import Context
from daomao_desktop.ui.dialogs.base import confirm
from daomao_desktop.ui.pages.record_kind import RecordRow, RecordWords


def ask_to_remove(
    owner: QWidget,
    context: Context,
    records: Sequence[tuple[str, RecordRow]],
    remove: Callable[[Desk, Sequence[str]], Changes],
    refusal: str,
    words: RecordWords,
    on_removed: Callable[[Sequence[str]], object],
) -> None:
    """Removes these (uid, row) in one go when the operator agrees; ``on_removed`` gets the uids.

    Those recorded elsewhere stay, and the question says so; where none may go, the line says why.
    """
    may = [(uid, row) for uid, row in records if row.writable]
    if not may:
        none = words.elsewhere if records else f"请先选要删除的{words.noun}。"
        refusal = refusal or none
    if refusal:
        context.tell(refusal)
        return
    uids = [uid for uid, _row in may]
    desk = context.desk

    def removed(_changes: Changes) -> None:
        on_removed(uids)
        context.tell(f"已移到回收站：{len(uids)} {words.unit}。")

    confirm(
        owner.window(),
        removal_question([row for _uid, row in may], len(records) - len(may), words),
        "移到回收站",
        lambda: context.operations.command(lambda: remove(desk, uids), removed, owner=owner),
        danger=True,
    )


def removal_question(rows: Sequence[RecordRow], left: int, words: RecordWords) -> str:
    """What is about to be removed: how many, and the first of them by name."""
    names = list(dict.fromkeys(row.name for row in rows))
    if len(rows) == 1:
        what = f"删除{names[0]}的这{words.unit}{words.noun}？"
    else:
        shown = "、".join(names[:3])
        more = "等" if len(names) > 3 else ""
        what = f"删除选中的 {len(rows)} {words.unit}{words.noun}（{shown}{more}）？"
    stay = f"另外 {left} {words.unit}不在这里登记，不会删除。" if left else ""
    return f"{what}{words.warning}{stay}删除后在回收站里可以恢复。"
