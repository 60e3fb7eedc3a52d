"""The columns of the documents called for and of the register."""

from __future__ import annotations

from daomao_desktop.domain.notices import DocumentKind, DocumentState
from daomao_desktop.services.notices import Candidate, NoticeRow
from daomao_desktop.ui.table_models.base import Column, Tone
from daomao_desktop.ui.table_models.roster import day_text

_KINDS = list(DocumentKind)
_EVERYBODY = {DocumentKind.COMMENDATION: "全体优秀", DocumentKind.PUBLIC_NOTICE: "全体参评"}
_STATES = {DocumentState.DRAFT: Tone.WARN, DocumentState.VOID: Tone.MUTED}


def candidate_columns() -> tuple[Column[Candidate], ...]:
    """What kind, for whom, and how far it is."""
    return (
        Column("文书", lambda r: r.paper, lambda r: _KINDS.index(r.kind)),
        Column("姓名", lambda r: r.name or _EVERYBODY.get(r.kind, "")),
        Column("村", lambda r: r.village),
        Column("村民小组", lambda r: r.group),
        Column("状态", candidate_state, tone=candidate_tone, tip=lambda r: r.problem or ""),
        Column("文号", lambda r: (r.document.number or "") if r.document else ""),
        Column(
            "成文日期",
            lambda r: day_text(r.document.dated) if r.document else "",
            lambda r: r.document.dated if r.document else None,
        ),
        Column("原因或提醒", _reason, tone=candidate_tone, tip=lambda r: r.problem or ""),
    )


def candidate_state(row: Candidate) -> str:
    """Signed off, drafted, ready, or not possible today."""
    if row.issued:
        return "✓ 已签发"
    if row.needs_meeting:
        return "待填会议日期"
    if row.problem:
        return "✕ 缺条件"
    return "草稿" if row.document else "待签发"


def _reason(row: Candidate) -> str:
    if row.needs_meeting:
        return "没有登记支部会议日期：点“预览”，填写实际开会的日期。"
    return row.problem or row.doubt or ""


def candidate_tone(row: Candidate) -> Tone | None:
    """In colour what the words of the state say."""
    state = candidate_state(row)
    if state.startswith("✓"):
        return Tone.GOOD
    return Tone.ERROR if state.startswith("✕") else Tone.WARN


def number_text(row: NoticeRow) -> str:
    """The document's number, or why there is none."""
    return row.number or ("（未编号）" if row.kind.is_numbered else "（不编号）")


def notice_columns() -> tuple[Column[NoticeRow], ...]:
    """发文登记簿."""
    return (
        Column("文号", number_text),
        Column("标题", lambda r: r.title, grows=True),
        Column("文书", lambda r: r.kind.value, lambda r: _KINDS.index(r.kind)),
        Column("状态", lambda r: r.state.value, tone=lambda r: _STATES.get(r.state, Tone.GOOD)),
        Column("成文日期", lambda r: day_text(r.dated), lambda r: r.dated),
        Column("发文机关", lambda r: r.organ),
        Column(
            "送达或张贴",
            lambda r: " ".join(p for p in (day_text(r.delivered_on), r.receipt or "") if p),
            lambda r: r.delivered_on,
        ),
        Column("作废理由", lambda r: r.void_reason or ""),
    )
