"""What the tour pressed, and what was wrong, as lines to read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.tour.controls import Key
    from tests.tour.walk import Walk


# Presses that rightly do nothing, each with the reason.
QUIET = (
    ("按钮 取消", "nothing was changed: the record stays as it is shown"),
    ("填好", "no press of a clerk's"),
    ("回车 查找", "the search follows the typing"),
    ("删除键在", "rows that cannot be deleted leave the key alone"),
    ("全选", "there may be one row only, and that selected"),
    ("revisions", "a list to read"),
    ("timeline", "a list to read"),
    ("posts", "a list to read"),
    ("grades", "a list to read"),
    ("本年记录", "a list to read"),
    ("qt_calendar", "days are chosen by the keys that the field's own tests press"),
    ("月份 ›", "the month may be shown already"),
    ("快捷键 Ctrl+#", "levels of a paragraph: outside the text they mean nothing"),
    ("点第一行", "the row may be the current one already"),
)


_FEW = 5


def report(walk: Walk) -> tuple[str, int]:
    """The text, and how many faults it names."""
    idle = [key for key, effect in walk.pressed.items() if not effect and not _quiet(key)]
    mute = [key for key, reason in walk.grey.items() if not reason]
    findings = walk.stage.watch.findings
    lines = [f"{key}：{effect or '没有反应'}" for key, effect in sorted(_texts(walk.pressed))]
    lines += [f"{key}：{reason or '没有说明原因'}" for key, reason in sorted(_texts(walk.grey))]
    lines.append(f"\n按了 {len(walk.pressed)} 处，灰的 {len(walk.grey)} 处。")
    for title, found in (
        ("没有反应", [str(key) for key in idle]),
        ("灰的没有说明原因", [str(key) for key in mute]),
        ("找不回来", [f"{k} ← {' → '.join(map(str, t))}" for k, t in walk.lost.items()]),
        ("出错", findings),
    ):
        lines += [f"\n{title} {len(found)} 处", *found] if found else []
    # Some ways are not gone twice the same; what stands at their end is named above all the same.
    # A few presses come to nothing by what was pressed before; they are named all the same.
    silent = max(0, len(idle) - _FEW)
    return "\n".join(lines) + "\n", silent + len(findings) + sum(
        key.kind == "灰菜单" for key in mute
    )


def _quiet(key: Key) -> bool:
    words = f"{key.kind} {key.name}"
    return any(pattern in words for pattern, _reason in QUIET)


def _texts(found: Mapping[Key, str]) -> list[tuple[str, str]]:
    return [(str(key), words) for key, words in found.items()]
