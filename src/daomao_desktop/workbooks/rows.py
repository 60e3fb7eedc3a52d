"""Telling a row of data from everything else that stands in an office's table."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from enum import Enum

from daomao_desktop.workbooks.cells import CellValue, Merged, is_blank, shown
from daomao_desktop.workbooks.headings import Header, is_heading_again
from daomao_desktop.workbooks.limits import MAX_ROWS

_TOTAL = re.compile(
    r"(?:本页|本村|全村|全镇|本组|以上)?(?:合计|小计|总计|共计|累计|总数|总人数|平均)"
    r"(?:[:：（(\d].*|人数?|户数?|元)?"
)
_FOOT = re.compile(
    r"(?:填表|制表|填报|编制|经办|审核|复核|审批|审定|批准|负责|报送|上报|联系|统计|领导|书记|签)"
    r"(?:人|者|单位|部门|时间|日期|领导|负责人|签字|签名|电话|意见|字|名)*(?:[:：（(].*)?"
    r"|.{0,20}[(（]?(?:公章|盖章|签章|印章)[)）]?(?:[:：].*)?"
    r"|(?:村|镇|村党|党)?(?:支部|党委|委会)?(?:书记|主任|负责人|审核意见|意见)(?:[(（]?签.*|[:：].*)"
    r"|(?:备注|附注|注|说明|填表说明|填报说明|注意事项)(?:[:：\d].*|$)"
    r"|(?:单位|日期|时间|年月日|年\s*月\s*日)(?:[:：].*|$)"
)
_LONG_TEXT = 12  # a lone text longer than any group, village or name


class RowKind(Enum):
    """What a row is; the value says why it was passed over."""

    DATA = ""
    BLANK = "空行"
    TOTAL = "合计行"
    FOOT = "表尾"
    HEADER = "重复的表头"
    TEXT = "说明文字"
    EXAMPLE = "示例行"


def kind_of(
    number: int,
    cells: Sequence[CellValue],
    header: Header,
    merged: Sequence[Merged],
) -> RowKind:
    """What a row below the header is."""
    filled = [(column, value) for column, value in enumerate(cells, 1) if not is_blank(value)]
    if not filled:
        return RowKind.BLANK
    if "".join(shown(filled[0][1]).split()).strip("（）()：:") in ("示例", "例", "样例", "举例"):
        return RowKind.EXAMPLE
    if is_heading_again(cells, header):
        return RowKind.HEADER
    name_column = header.columns.get("name", header.columns.get("index", 1))
    first_column, first_value = filled[0]
    first = "".join(shown(first_value).split())
    for column, value in filled:
        word = "".join(shown(value).split())
        if (column == first_column or column <= name_column) and _TOTAL.fullmatch(word):
            return RowKind.TOTAL
    mapped = set(header.columns.values()) - {header.columns.get("index")}
    supplied = [column for column, _ in filled if column in mapped]
    if isinstance(first_value, str) and _FOOT.fullmatch(first) and len(supplied) <= 4:
        return RowKind.FOOT
    if not supplied:
        # numbers written in advance, or a remark under the table
        return RowKind.TEXT if isinstance(first_value, str) and len(first) > 3 else RowKind.BLANK
    about = {header.columns.get(field) for field in ("name", "group", "id_number")}
    if len(filled) <= 2 and isinstance(first_value, str) and not about & set(supplied):
        return RowKind.TEXT  # a date or a signature below the last columns
    if len(filled) == 1 and isinstance(first_value, str):
        wide = any(
            area.top <= number <= area.bottom
            and area.left == first_column
            and area.right - area.left >= 2
            for area in merged
        )
        if wide or len(first) > _LONG_TEXT:
            return RowKind.TEXT
    return RowKind.DATA


def filled_down(
    merged: Sequence[Merged], columns: Mapping[int, str], header_last: int
) -> dict[tuple[int, int], Merged]:
    """(row, column) below the top of a vertical merge → that range, for the given columns."""
    found: dict[tuple[int, int], Merged] = {}
    for area in merged:
        if area.left in columns and area.top > header_last and area.bottom > area.top:
            for row in range(area.top + 1, area.bottom + 1):
                if len(found) >= MAX_ROWS:  # only a file made to waste memory gets here
                    return found
                found[row, area.left] = area
    return found
