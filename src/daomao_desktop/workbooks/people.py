"""What every list of leaders has: village, group, name, and the words offices use for them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Protocol

from daomao_desktop.domain.names import clean_name, name_problem
from daomao_desktop.domain.roster import GroupName, parse_group
from daomao_desktop.domain.scheme import Edition
from daomao_desktop.workbooks.cells import CellValue, Number, shown
from daomao_desktop.workbooks.headings import Heading
from daomao_desktop.workbooks.table import Row
from daomao_desktop.workbooks.values import Unreadable


class InVillage(Protocol):
    """An entry of any area."""

    @property
    def village(self) -> str | None: ...


_OFFICE = re.compile("(?:村民委员会|村委会|村委|社区居委会|居民委员会|居委会|党支部)$")
_TOWN = re.compile(
    "^(?:[^省市县区镇乡]{1,8}[省市县区])*[^镇乡]{1,8}[镇乡](?=.+(?:村|社区)|[^村]{2,}$)"
)
_IN_ONE_CELL = re.compile(
    "(?P<village>.{1,20}?(?:村民委员会|村委会|村委|村|社区|居委会))[,，、·/-]?(?P<group>.+)"
)
_VACANT = {"空缺", "暂缺", "缺", "暂空", "空", "无", "待定", "待选", "待补", "缺额", "/", "-", "—"}

INDEX = Heading("index", "序号", ("编号", "序", "No", "行号"), width=6)


def village_heading(*, required: bool) -> Heading:
    return Heading(
        "village",
        "村",
        (
            *("村名", "村别", "村名称", "所在村", "所属村", "行政村", "所在行政村", "行政村名称"),
            *("建制村", "村委会", "村民委员会", "村居", "村社区", "村级", "所在村委会", "村庄"),
        ),
        required=required,
        fill_down=True,
        width=12,
    )


def group_heading(*, required: bool) -> Heading:
    return Heading(
        "group",
        "村民小组",
        (
            *("小组", "组别", "组", "组号", "组名", "小组名称", "村民小组名称", "村小组", "村组"),
            *("所在小组", "所属小组", "所在村民小组", "所属村民小组", "所在组", "小组别", "组名称"),
            *("村民小组别", "任职小组", "所任小组", "小组编号", "村民组"),
        ),
        required=required,
        fill_down=True,
        width=14,
    )


NAME = Heading(
    "name",
    "姓名",
    (
        *("名字", "小组长姓名", "组长姓名", "村民小组长姓名", "人员姓名", "姓名全称", "被考核人"),
        *("被考核人姓名", "参加人", "小组长", "组长", "村民小组长"),
    ),
    required=True,
    width=12,
)
REMARK = Heading("remark", "备注", ("备注说明", "说明", "其他说明", "附注"), width=20)


def village_key(name: str) -> str:
    """Equal for 联光村, 联光, 联光村委会 and 大茂镇联光村."""
    plain = clean_name("".join(name.split()))
    plain = _OFFICE.sub("", _TOWN.sub("", plain))
    return plain.removesuffix("社区").removesuffix("村") or plain


def village_name(text: str) -> str:
    """A village as it is kept: 大茂镇联光村委会 → 联光村; 联光 stays as written."""
    plain = clean_name("".join(text.split()))
    plain = _TOWN.sub("", plain)
    bare = _OFFICE.sub("", plain)
    if bare in ("", plain):
        return plain
    return bare if bare.endswith(("村", "社区")) else f"{bare}村"


def read_name(row: Row) -> str | None:
    """The person's name; a vacant post is told and is not an error of the person's."""

    def parse(value: CellValue) -> str:
        name = clean_name(shown(value))
        if isinstance(value, int | float | Number) or name_problem(name) is not None:
            raise Unreadable("不是姓名")
        return name

    value = row.raw("name")
    if value is not None and "".join(shown(value).split()) in _VACANT:
        row.warn("name", f"{row.quote('name', value)} 表示空缺，此行未导入")
        row.vacant = True
        return None
    return row.required("name", parse)


def read_place(
    row: Row, edition: Edition, own_village: str | None, *, village_needed: bool, group_needed: bool
) -> tuple[str | None, GroupName | None]:
    """Village and group; 联光村3组 in one cell is taken apart.

    In the village edition a village that is not the own one is an error.
    """
    village = row.optional("village", _village)
    known = village or own_village
    group = None
    told = row.raw("group")
    if told is not None:
        combined = _IN_ONE_CELL.fullmatch("".join(shown(told).split()))
        if combined and own_village and not village and _numbered(combined["group"]):
            foreign = village_key(combined["village"]) != village_key(own_village)
            if foreign:
                row.warn("group", f"{row.quote('group', told)} 不以本村开头，整个当作小组名称")
        if combined and _splits(combined["village"], combined["group"], known):
            village = village or village_name(combined["village"])
            group = row.optional("group", lambda _: _group(combined["group"]))
        elif group_needed:
            group = row.required("group", lambda value: _group(shown(value), known))
        else:
            group = row.optional("group", lambda value: _group(shown(value), known))
    elif group_needed:
        row.required("group", lambda value: _group(shown(value)))
    if edition is Edition.VILLAGE and own_village is not None:
        if village is not None and village_key(village) != village_key(own_village):
            place = "village" if row.raw("village") is not None else "group"
            row.error(place, f"“{village}” 不是本村（{own_village}）")
        elif village is not None:
            village = own_village
    elif village is None and village_needed:
        row.error("village", "「村」没有填写")
    return village, group


def _village(value: CellValue) -> str:
    name = village_name(shown(value))
    if not re.search("[^\\W\\d_]", name):
        raise Unreadable("不是村名")
    return name


def _group(text: str, village: str | None = None) -> GroupName:
    """A group; in 联光村 联光3组 is its third, while 联光组 is a hamlet's name."""
    front = village_key(village) if village else ""
    rest = "".join(text.split()).removeprefix(front)
    if _numbered(rest):
        text = rest
    try:
        return parse_group(text)
    except ValueError:
        raise Unreadable("不是村民小组") from None


def _splits(front: str, rest: str, village: str | None) -> bool:
    """Whether 联光村3组 names village and group: a hamlet's own 东坡村小组 must stay whole."""
    if village is not None and village_key(front) == village_key(village):
        return rest not in ("小组", "民小组", "组")
    return village is None and _numbered(rest)


def _numbered(text: str) -> bool:
    try:
        return parse_group(text).number is not None
    except ValueError:
        return False


def columns_to_write(
    headings: Sequence[Heading], entries: Sequence[InVillage], edition: Edition
) -> tuple[Heading, ...]:
    """The columns after the number; a village office leaves out the village where none is given."""
    village = edition is Edition.TOWN or any(entry.village for entry in entries)
    return tuple(
        heading
        for heading in headings
        if heading is not INDEX and (village or heading.field != "village")
    )
