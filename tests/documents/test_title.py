"""Titles: broken by meaning, trapezoid or diamond, never a character alone."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from daomao_desktop.documents.typesetting.title import MOST, break_title


@pytest.mark.parametrize(
    ("title", "lines"),
    [
        ("关于给予王大顺通报批评的通报", ["关于给予王大顺通报批评的通报"]),
        (
            "中共大茂镇联光村支部委员会关于给予王大顺通报批评的通报",
            ["中共大茂镇联光村支部委员会", "关于给予王大顺通报批评的通报"],
        ),
        (
            "中共大茂镇委员会大茂镇人民政府关于表彰2025年度优秀村民小组长和“十佳”村民小组长的决定",
            [
                "中共大茂镇委员会大茂镇人民政府",
                "关于表彰2025年度优秀村民小组长",
                "和“十佳”村民小组长的决定",
            ],
        ),
        (
            "关于印发《关于加强村民小组长队伍建设的实施方案（试行）》的通知",
            ["关于印发《关于加强村民小组长", "队伍建设的实施方案（试行）》的通知"],
        ),
        (
            "2026年防汛工作——大茂镇联光村和白石村的实践",
            ["2026年防汛工作——", "大茂镇联光村和白石村的实践"],
        ),
        (
            "关于申请解决2026年《大茂镇防汛应急预案》修订和村民小组长队伍建设实施方案（试行）落实经费的请示",
            [
                "关于申请解决2026年",
                "《大茂镇防汛应急预案》",
                "修订和村民小组长队伍建设",
                "实施方案（试行）落实经费的请示",
            ],
        ),
        (
            "关于商请协助做好《大茂镇2026年防汛工作方案》涉及水利设施安全检查和隐患排查整治工作的函",
            [
                "关于商请协助做好",
                "《大茂镇2026年防汛工作方案》",
                "涉及水利设施安全检查和隐患排查",
                "整治工作的函",
            ],
        ),
    ],
)
def test_breaks_by_meaning(title: str, lines: list[str]) -> None:
    assert list(break_title(title, ("王大顺",))) == lines


def test_a_signing_organ_is_broken_between_organs() -> None:
    organs = ("中共海南省万宁市大茂镇联光村支部委员会", "大茂镇联光村村民委员会村务监督委员会")
    assert break_title("".join(organs), most=28) == organs


def test_line_feeds_break_and_nothing_else_does() -> None:
    assert break_title("关于表彰\n优秀村民小组长的通报") == ("关于表彰", "优秀村民小组长的通报")


def test_a_name_is_never_parted() -> None:
    for before in range(8, 19):
        title = "关于" + "做" * before + "欧阳建国同志先进事迹的通报"
        lines = break_title(title, ("欧阳建国",))
        assert any("欧阳建国" in line for line in lines), lines


@settings(max_examples=200, deadline=None)
@given(
    st.text(
        alphabet="关于加强村民小组长队伍建设的实施方案通知表彰2025年度优秀、《》（）“”和",
        min_size=1,
        max_size=90,
    ).filter(str.strip)
)
def test_every_character_once_and_no_line_of_one(title: str) -> None:
    lines = break_title(title)
    assert "".join(lines) == title.strip()
    if len(title) > 1:
        assert all(len(line) > 1 for line in lines)
    assert all(len(line) <= MOST * 2 for line in lines)


@pytest.mark.parametrize(
    "title",
    [
        "大茂镇人民政府关于做好2026年春季森林防火和秸秆禁烧工作的紧急通知",
        "关于进一步加强和规范农村集体资金资产资源管理切实维护农民群众合法权益的若干意见",
        "关于开展2026年度村民小组长履职能力提升培训和现场观摩学习活动有关事项的通知",
    ],
)
def test_no_hourglass(title: str) -> None:
    lengths = [len(line) for line in break_title(title)]
    assert len(lengths) in (2, 3)
    if len(lengths) == 3:
        assert not (lengths[1] < lengths[0] and lengths[1] < lengths[2])
