"""Reading csv: encoding and delimiter are found out, nothing is asked."""

from __future__ import annotations

import codecs
import csv
import re
from io import StringIO

from daomao_desktop.errors import FileProblem
from daomao_desktop.workbooks.cells import CellValue, Fault, RawSheet, is_blank
from daomao_desktop.workbooks.limits import (
    ERROR_VALUES,
    MAX_COLUMNS,
    MAX_ROWS,
    too_many_rows,
)

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),  # Excel's "Unicode 文本"
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_QUOTED_FORMULA = re.compile(r'="([^"]*)"')  # how Excel's csv keeps long digits: ="460006…"


def read_delimited(data: bytes, name: str, sheet_name: str) -> tuple[RawSheet, ...]:
    """The one sheet of a csv file in UTF-8 or GB18030; raises FileProblem with one sentence."""
    text = _decode(data, name)
    _refuse_markup(text, name)
    rows: list[tuple[int, tuple[CellValue, ...]]] = []
    try:
        reader = csv.reader(StringIO(text, newline=""), delimiter=_delimiter(text))
        for number, fields in enumerate(reader, 1):
            values = [_value(field) for field in fields[:MAX_COLUMNS]]
            while values and is_blank(values[-1]):
                values.pop()
            if values:
                rows.append((number, tuple(values)))
                if len(rows) > MAX_ROWS:
                    raise too_many_rows(name)
    except csv.Error as error:
        raise FileProblem(
            f"“{name}”读不懂，像是引号没有成对，请用 WPS 或 Excel 打开后另存为 xlsx。"
        ) from error
    return (RawSheet(sheet_name, tuple(rows), typed=False),)


def _decode(data: bytes, name: str) -> str:
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            encodings = [encoding]
            break
    else:
        # GB18030 text is practically never valid UTF-8, the other way round it often is
        encodings = ["utf-8", "gb18030"]
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeError:
            continue
        if "\0" not in text:
            return text.removeprefix("\ufeff")
    raise FileProblem(f"“{name}”不是 Excel 表格，也不是 csv 文本，请另存为 xlsx 后再导入。")


def _refuse_markup(text: str, name: str) -> None:
    """Web pages and XML that call themselves .xls or .csv would read as rubbish."""
    if re.match(r"\s*<(\?xml|!doctype|html|head|body|table|meta|workbook)\b", text, re.IGNORECASE):
        raise FileProblem(f"“{name}”其实是网页格式，请用 WPS 或 Excel 打开后另存为 xlsx。")


def _delimiter(text: str) -> str:
    """The sign that cuts the first lines into most columns; inside quotes it does not count."""
    head = re.sub(r'"[^"]*"', "", text[:20_000]).splitlines()[:20]
    counts = {sign: sum(line.count(sign) for line in head) for sign in ",\t;"}
    best = max(counts, key=lambda sign: counts[sign])
    if counts[best] == 0 and any("，" in line for line in head):
        return "，"  # typed by hand with a Chinese input method
    return best


def _value(field: str) -> CellValue:
    quoted = _QUOTED_FORMULA.fullmatch(field.strip())
    text = quoted[1] if quoted else field
    return Fault(text.strip()) if text.strip() in ERROR_VALUES else text or None
