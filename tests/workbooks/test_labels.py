"""The villages that titles, sheet names and file names speak of."""

from __future__ import annotations

from pathlib import Path

import pytest

from daomao_desktop.domain.scheme import Edition
from daomao_desktop.workbooks.labels import another_village, villages_in
from daomao_desktop.workbooks.notes import Label
from daomao_desktop.workbooks.roster import read_leaders

SAMPLE = Path(__file__).parents[1] / "samples" / "花名册-联光村.xlsx"


@pytest.mark.parametrize(
    ("text", "villages"),
    [
        ("大茂镇红石村村民小组长花名册", ["红石村"]),
        ("海南省万宁市大茂镇红石村民委员会", ["红石村"]),
        ("2025年红石村委会村民小组长名册", ["红石村"]),
        ("填报单位：红石村党支部（盖章）　　填报时间：2024年1月8日", ["红石村"]),
        ("中共大茂镇红石村支部委员会", ["红石村"]),
        ("花名册-红石村", ["红石村"]),
        ("关于红石村小组长的名单", ["红石村"]),
        ("红石村 2025年度考核 确定等次", ["红石村"]),
        ("红石社区居民小组长花名册", ["红石社区"]),
        ("大茂镇联光村、红石村小组长名单", ["联光村", "红石村"]),
        ("大茂镇市头村花名册", ["市头村"]),
        ("大茂镇各村小组长花名册", []),
        ("2026年度全镇各村民小组长", []),
        ("大茂镇村民小组长花名册", []),
        ("村民小组长花名册", []),
        ("行政村名单", []),
        ("本村小组长", []),
        ("农村低保", []),
        ("乡村振兴驻村干部名册", []),
        ("地点：村委会议室    主讲：镇干部", []),
        ("Sheet1", []),
        ("", []),
    ],
)
def test_villages_in_a_title(text: str, villages: list[str]) -> None:
    assert list(villages_in(text)) == villages


def _labels(title: str = "", sheet: str = "", file: str = "") -> list[Label]:
    pairs = (("表格标题", title), ("工作表名", sheet), ("文件名", file))
    return [Label(what, text) for what, text in pairs if text]


@pytest.mark.parametrize(
    ("labels", "named"),
    [
        (_labels("大茂镇红石村花名册"), ("表格标题", "红石村")),
        (_labels("花名册", "红石村"), ("工作表名", "红石村")),
        (_labels("花名册", "Sheet1", "花名册-红石村"), ("文件名", "红石村")),
        # The title is stronger than the names around it.
        (_labels("联光村花名册", "Sheet1", "花名册-红石村"), None),
        (_labels("红石村花名册", "Sheet1", "花名册-联光村"), ("表格标题", "红石村")),
        (_labels("大茂镇联光村委会花名册"), None),
        (_labels("联光村、红石村名单"), None),
        (_labels("花名册", "Sheet1", "花名册"), None),
    ],
)
def test_which_label_speaks_of_another_village(
    labels: list[Label], named: tuple[str, str] | None
) -> None:
    found = another_village(labels, ["联光村"])
    assert (found and (found[0].what, found[1])) == named


def test_a_file_is_read_with_its_labels() -> None:
    labels = read_leaders(SAMPLE, edition=Edition.VILLAGE, own_village="联光村").labels
    assert labels[0] == Label("表格标题", "大茂镇联光村村民小组长花名册")
    assert Label("工作表名", "花名册") in labels
    assert labels[-1] == Label("文件名", "花名册-联光村")
