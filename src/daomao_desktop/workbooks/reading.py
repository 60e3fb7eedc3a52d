"""Opening a spreadsheet file, whatever its extension says: by what is inside."""

from __future__ import annotations

from pathlib import Path

from daomao_desktop.errors import FileProblem
from daomao_desktop.workbooks.cells import RawSheet
from daomao_desktop.workbooks.delimited import read_delimited
from daomao_desktop.workbooks.limits import MAX_BYTES, too_big
from daomao_desktop.workbooks.xls import read_xls
from daomao_desktop.workbooks.xlsx import read_xlsx

_ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OTHERS = {b"%PDF": "PDF 文件", b"\x89PNG": "图片", b"\xff\xd8\xff": "图片", b"{\\rtf": "文档"}


def read_workbook(path: Path) -> tuple[RawSheet, ...]:
    """All sheets of an xlsx, xls or csv file; raises FileProblem with one sentence.

    The whole file is read first, so that it is never held open (Excel may want it back).
    """
    data = _bytes_of(path)
    name = path.name
    if data.startswith(_ZIP):
        return read_xlsx(data, name)
    if data.startswith(_OLE):
        return read_xls(data, name)
    for start, kind in _OTHERS.items():
        if data.startswith(start):
            raise FileProblem(f"“{name}”是{kind}，不是表格，请导入 xlsx、xls 或 csv。")
    return read_delimited(data, name, path.stem)


def _bytes_of(path: Path) -> bytes:
    name = path.name or str(path)
    try:
        if path.is_dir():
            raise FileProblem(f"“{name}”是文件夹，请选择其中的表格文件。")
        if not path.exists():
            raise FileProblem(f"找不到文件“{name}”，请检查文件名和位置。")
        if not path.is_file():
            raise FileProblem(f"“{name}”不是普通文件，不能读取。")
        if path.stat().st_size > MAX_BYTES:
            raise too_big(name)
        data = path.read_bytes()
    except (OSError, ValueError) as error:  # ValueError: a NUL in the path
        raise FileProblem(f"“{name}”读不出来，可能正被占用或没有权限，请关闭后再试。") from error
    if not data.strip(b"\0 \t\r\n"):
        raise FileProblem(f"“{name}”是空文件，没有可以导入的内容。")
    return data
