"""发文登记簿: every document of a year that was signed off, voided ones with their numbers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from daomao_desktop.documents.kinds.wording import shortened
from daomao_desktop.documents.typesetting.document import Align, Column, ListTable, Report, Sheet
from daomao_desktop.domain.dates import chinese_date
from daomao_desktop.domain.notices import DocumentState

KIND = "register"
SIZE = 12.0  # 小四
_LONGEST = 40


@dataclass(frozen=True, slots=True)
class RegisterRow:
    """One document; ``number`` is empty where its kind has none (公示).

    ``copies``: printed on paper, ``files``: written to a file. ``delivery``: what the receipt
    says; ``void_reason``: of a voided one.
    """

    number: str
    title: str
    organ: str
    dated: date
    issued_on: date | None
    copies: int
    files: int
    delivered_on: date | None
    delivery: str
    state: DocumentState
    voided_on: date | None = None
    void_reason: str = ""


@dataclass(frozen=True, slots=True)
class Register:
    """The register of one year's numbers (〔2026〕); ``organ``: the office that keeps it."""

    organ: str
    year: int
    rows: tuple[RegisterRow, ...]
    dated: date


def title(data: Register) -> str:
    """2025年度发文登记簿."""
    return f"{data.year}年度发文登记簿"


def compose(data: Register) -> Report:
    """The register, landscape; without a document it says that there was none."""
    columns = (
        Column("序\n号", 27),
        Column("发文字号", 84),
        Column("标　题", 138, Align.LEFT),
        Column("发文机关", 88),
        Column("成文\n日期", 58),
        Column("签发\n日期", 58),
        Column("印刷\n份数", 47),
        Column("送达或\n张贴", 68),
        Column("状　态", 70),
    )
    rows = tuple(
        (
            str(number),
            row.number.replace("〔", "\n〔") or "—",
            row.title,
            row.organ,
            _day(row.dated),
            _day(row.issued_on),
            _printed(row),
            _lines(_day(row.delivered_on), shortened(row.delivery, _LONGEST)),
            _state(row),
        )
        for number, row in enumerate(data.rows, 1)
    )
    return Report(
        sheets=(
            Sheet(
                title=title(data),
                table=ListTable(columns, rows),
                above=f"登记单位：{data.organ}",
                below=_foot(data),
                landscape=True,
                size=SIZE,
            ),
        ),
        title=title(data),
        author=data.organ,
        subject=title(data),
    )


def _day(day: date | None) -> str:
    """On two lines, as the column is narrow."""
    return chinese_date(day).replace("年", "年\n") if day else ""


def _printed(row: RegisterRow) -> str:
    return _lines(
        f"{row.copies}份" if row.copies else "", f"存文件\n{row.files}次" if row.files else ""
    )


def _state(row: RegisterRow) -> str:
    voided = (_day(row.voided_on), shortened(row.void_reason, _LONGEST))
    return _lines(row.state.value, *(voided if row.state is DocumentState.VOID else ()))


def _lines(*texts: str) -> str:
    return "\n".join(text for text in texts if text)


def _foot(data: Register) -> tuple[str, ...]:
    voided = sum(row.state is DocumentState.VOID for row in data.rows)
    count = f"共 {len(data.rows)} 件" + (f"，其中作废 {voided} 件。" if voided else "。")
    blank = "　" * 8
    return (
        count if data.rows else "本年度没有发文。",
        f"登记人：{blank}审核人：{blank}制表日期：{chinese_date(data.dated)}",
    )
