"""自拟公文: a golden text of each format, and what a format has no place for."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from daomao_desktop.documents.kinds.freeform import Freeform, compose, title
from daomao_desktop.documents.typesetting import Format, Paper, typeset
from daomao_desktop.errors import Refused
from tests.documents.measuring import text_of

REFERENCE = Path(__file__).parents[1] / "reference"

FILE = Freeform(
    format=Format.FILE,
    organs=("中共大茂镇委员会", "大茂镇人民政府"),
    title="关于召开全镇村民小组长年度考核工作会议的通知",
    addressee="各村党支部、各村民委员会",
    body=(
        "为做好2025年度村民小组长考核工作，经镇党委研究，决定召开工作会议。现将有关事项通知如下：",
        "一、时间和地点",
        "（一）时间。2026年1月25日上午8:30，会期半天。",
        "（二）地点。镇政府二楼会议室。",
        "二、参加人员",
        "1. 各村党支部书记；",
        "2. 全体村民小组长，其中：",
        "（1）新任村民小组长由所在村带领参加；",
        "（2）确不能参加的，须于会前一日请假。",
    ),
    dated=date(2026, 1, 20),
    number="大茂党〔2026〕6号",
    attachments=("会议议程", "参会人员名单"),
    note="联系人：张海，电话：0898-65822000",
    copies_to="镇纪委，县委组织部",
    printed_by="大茂镇党政综合办公室",
)
UPWARD = replace(
    FILE,
    organs=("大茂镇人民政府",),
    title="关于解决村民小组活动场所经费的请示",
    addressee="县人民政府",
    number="大茂府〔2026〕3号",
    signer="王大顺",
    attachments=(),
)
LETTER = replace(
    FILE,
    format=Format.LETTER,
    organs=("大茂镇联光村村民委员会",),
    number="联光村委〔2026〕2号",
    attachments=(),
    printed_by="",
)
PLAIN = replace(
    LETTER, format=Format.PLAIN, number="", copies_to="", seal=False, attachments=("签到表",)
)

FREEFORMS: dict[str, Paper] = {
    "freeform-file": compose(FILE),
    "freeform-upward": compose(UPWARD),
    "freeform-letter": compose(LETTER),
    "freeform-plain": compose(PLAIN),
}


@pytest.mark.parametrize("name", FREEFORMS)
def test_text_is_the_golden_one(name: str) -> None:
    """After an intended change: ``python -m tests.documents.write_reference`` and read the diff."""
    golden = (REFERENCE / f"{name}.txt").read_text(encoding="utf-8")
    assert text_of(typeset(FREEFORMS[name])) + "\n" == golden


def test_the_title_is_the_one_typed() -> None:
    assert title(PLAIN) == PLAIN.title


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        (replace(LETTER, signer="王大顺"), "签发人"),
        (replace(PLAIN, signer="王大顺"), "签发人"),
        (replace(PLAIN, number="大茂府〔2026〕1号"), "文号"),
    ],
)
def test_what_a_format_has_no_place_for_is_refused(wrong: Freeform, words: str) -> None:
    with pytest.raises(Refused, match=words):
        compose(wrong)


def test_a_page_still_being_written_needs_no_date() -> None:
    text = text_of(typeset(compose(replace(FILE, dated=None))))
    assert "2026年1月20日" not in text
    assert "中共大茂镇委员会" in text
