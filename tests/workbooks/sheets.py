"""Spreadsheets as offices make them, for tests."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any
from zipfile import ZipFile

from openpyxl import Workbook

from daomao_desktop.domain.scheme import Edition
from daomao_desktop.workbooks.notes import Severity, Sheet
from daomao_desktop.workbooks.roster import LeaderEntry, read_leaders

SAMPLE = Path(__file__).parent.parent / "samples" / "花名册-联光村.xlsx"
HEADER = ("序号", "村民小组", "姓名", "性别", "出生年月", "身份证号码", "任职时间", "岗位补贴")
# Valid check digits; men born 1987-10-15 and 1987-01-15, a woman born 1990-05-01.
OCTOBER_MAN, JANUARY_MAN, WOMAN = "460006198710150012", "460006198701150010", "460006199005010027"


def make(
    path: Path,
    rows: Sequence[Sequence[Any]],
    *,
    sheet: str = "花名册",
    formats: Mapping[str, str] | None = None,
    merged: Sequence[str] = (),
    more: Mapping[str, Sequence[Sequence[Any]]] | None = None,
) -> Path:
    """An xlsx with one sheet, and ``more`` behind it."""
    book = Workbook()
    page = book.active
    page.title = sheet
    for row in rows:
        page.append(list(row))
    for cell, number_format in (formats or {}).items():
        page[cell].number_format = number_format
    for area in merged:
        page.merge_cells(area)
    for title, contents in (more or {}).items():
        other = book.create_sheet(title)
        for row in contents:
            other.append(list(row))
    book.save(path)
    return path


def leaders(path: Path, village: str | None = "联光村") -> Sheet[LeaderEntry]:
    """Read as a village office would, or as the town where ``village`` is None."""
    edition = Edition.TOWN if village is None else Edition.VILLAGE
    return read_leaders(path, edition=edition, own_village=village)


def said(sheet: Sheet[Any], severity: Severity) -> list[str]:
    return [str(note) for note in sheet.of(severity)]


def errors(sheet: Sheet[Any]) -> list[str]:
    return said(sheet, Severity.ERROR)


def warned(sheet: Sheet[Any]) -> list[str]:
    return said(sheet, Severity.WARNING)


def noted(sheet: Sheet[Any]) -> list[str]:
    return said(sheet, Severity.NOTE)


def patch(path: Path, member: str, old: str, new: str) -> Path:
    """Replaces text inside one part of an xlsx, for what openpyxl would not write."""
    with ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    assert old.encode() in parts[member], parts[member]
    parts[member] = parts[member].replace(old.encode(), new.encode())
    with ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path
