"""Which village a workbook names outside its rows: in a title, as a sheet, as a file."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path

from daomao_desktop.workbooks.cells import is_blank, shown
from daomao_desktop.workbooks.notes import Label
from daomao_desktop.workbooks.people import village_key
from daomao_desktop.workbooks.table import Table

_LONGEST = 60  # a title; what is longer is a paragraph of instructions


def labels_of(path: Path, tables: Sequence[Table]) -> tuple[Label, ...]:
    """The strongest first: what stands above the headings, then the sheets' names, the file's."""
    titles = [
        Label("表格标题", shown(value))
        for table in tables
        for number, cells in table.sheet.rows
        if number < table.header.first
        for value in cells
        if not is_blank(value) and len(shown(value)) <= _LONGEST
    ]
    sheets = [
        Label("工作表名", table.sheet.name) for table in tables if table.sheet.name != path.stem
    ]
    return (*titles, *sheets, Label("文件名", path.stem))


def another_village(labels: Sequence[Label], own: Collection[str]) -> tuple[Label, str] | None:
    """The first label that names a village, and the village, where it is none of ``own``.

    None also where nothing is named. A list of several villages that names one of ``own`` is meant
    for it, too.
    """
    keys = {village_key(name) for name in own}
    for what in dict.fromkeys(label.what for label in labels):
        named = [
            (label, village)
            for label in labels
            if label.what == what
            for village in villages_in(label.text)
        ]
        if any(village_key(village) in keys for _label, village in named):
            return None
        if named:
            return named[0]
    return None


def villages_in(text: str) -> Iterator[str]:
    """Names of villages in a title: 大茂镇红石村村民小组长花名册 → 红石村; 各村小组长 has none."""
    for part in re.split(r"[\W\d_]+", text):
        rest = _BEFORE.sub("", _TOWN.sub("", _TIME.sub("", part)))
        found = _VILLAGE.match(rest)
        if found and not _NO_NAME.search(found["name"]):
            yield f"{found['name']}{'社区' if found['kind'].startswith('社区') else '村'}"


_TIME = re.compile("^(?:年度|年|月|日|季度|上半年|下半年)+")
_TOWN = re.compile("^(?:.{1,8}?(?:省|市|县|区|镇|乡|街道))+(?=.{1,6}(?:村|社区))")
_BEFORE = re.compile("^(?:填报单位|填表单位|单位|关于|附件|附表|现任|我们|中共)+(?=.+(?:村|社区))")
# 村民, 村级, 村务 … are other words; 村民委员会 is an office of the village before it.
_VILLAGE = re.compile(
    "(?P<name>[^村]{1,6}?)(?P<kind>村(?!民(?!委)|庄|级|务|规|官|医|风|情|史|容|貌|寨|落)|社区)"
)
# Words that end so are kinds of villages, or all of them: 各村, 行政村, 全镇各村.
_NO_NAME = re.compile(
    "(?:各|全|本|我|该|每|两|几|个|行政|自然|农|乡|所有|所在|所属|建制|示范|先进|文明|美丽|试点"
    "|基层|中心|有关|相关|其他|城中|乡镇|镇|驻|到|在|的|和|及)$"
)
