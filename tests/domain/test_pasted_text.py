"""Pasted text: tidied as GB/T 9704 and GB/T 15834 want it, its meaning untouched."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from daomao_desktop.domain.pasted_text import clean_paragraph, clean_text, storable, unprintable

TIDIED = {
    # indents and blanks
    "　　各村要高度重视。": "各村要高度重视。",
    "\t\t各村要高度重视。 \xa0": "各村要高度重视。",
    "王强　　李四": "王强　李四",
    "姓名\t金额": "姓名　金额",
    "of  the  town": "of the town",
    "各村 ， 各组 。": "各村，各组。",
    "2025 年 12 月 3 日": "2025年12月3日",
    "第 3 村民小组": "第3村民小组",
    # marks
    "现将有关事项通知如下:": "现将有关事项通知如下：",
    "联光村,桃源村;红石村": "联光村，桃源村；红石村",
    "共计1,000元,其中500元": "共计1,000元，其中500元",
    "上午8:30,在镇政府": "上午8:30，在镇政府",
    "时间: 8:30": "时间：8:30",
    "请于1月20日前报送.": "请于1月20日前报送。",
    "上午8:30.": "上午8:30。",
    "占50%.": "占50%。",
    "(以下简称《方案》)": "（以下简称《方案》）",
    "联光村(3组)": "联光村（3组）",
    "联光村（3组)": "联光村（3组）",
    '评为"优秀"的': "评为“优秀”的",
    "大茂党[2026]5号": "大茂党〔2026〕5号",
    "大茂党（2026） 5 号": "大茂党〔2026〕5号",
    "是否同意?": "是否同意？",
    # numbering
    "1、加强领导": "1. 加强领导",
    "1．加强领导": "1. 加强领导",
    "1.\t加强领导": "1. 加强领导",
    "2、2025年度工作": "2. 2025年度工作",
    "(1)加强领导": "（1）加强领导",
    "(一) 加强领导": "（一）加强领导",
    "（二）、加强领导": "（二）加强领导",
    "一.总体要求": "一、总体要求",
    "十二、 总体要求": "十二、总体要求",
    # letters and digits
    "２０２６年Ａ类": "2026年A类",
    "陈\ue863\u200b海": "陈䶮海",
    # NFC
    "e\u0301": "é",
}

KEPT = (
    "1、2组各报一名",
    "3、5、7组",
    "1.5万元",
    "1、2、3组",
    "比例为3:1",
    "http://www.damao.gov.cn/a?b=1",
    "卡尔.马克思",
    "f(x)",
    'the "best" one',
    "表3.2",
    "王强　李四",
    "联系人：　电话：",
    "65822000",
    "王强 李四",
    "一把手负总责",
    "①加强领导",
    "大茂Co.,Ltd.",
    "3.",
    "……",
)


@pytest.mark.parametrize("pasted", TIDIED)
def test_a_paragraph_is_tidied(pasted: str) -> None:
    assert clean_paragraph(pasted) == TIDIED[pasted]


@pytest.mark.parametrize("text", [*KEPT, *TIDIED.values()])
def test_what_is_right_or_might_mean_something_else_stays(text: str) -> None:
    assert clean_paragraph(text) == text


def test_every_kind_of_line_break_begins_a_paragraph() -> None:
    pasted = "一\v二\u2028三\r\n\r\n四\f五\x85六\u2029七\n"
    assert clean_text(pasted) == "一\n二\n三\n四\n五\n六\n七"


@given(st.text(alphabet=st.sampled_from('一二村（）()[]、.．，,:;?!"“” 　\t1234年号〔〕ab…')))
def test_tidying_twice_is_tidying_once(text: str) -> None:
    once = clean_paragraph(text)
    assert clean_paragraph(once) == once


_DROPPED = " 　\t"


@given(st.text(alphabet=st.sampled_from("甲乙丙 　\tab12，。、")))
def test_no_word_and_no_digit_is_lost_or_moved(text: str) -> None:
    def words(shown: str) -> str:
        return "".join(c for c in shown if c not in _DROPPED and c not in "、.")

    assert words(clean_paragraph(text)) == words(text)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("张三\x07李四", "\x07"),
        ("\ue000", "\ue000"),
        ("\ud800", "\ud800"),
        ("联光村𤇾王，\U00031350", None),
        ("第一段\n第二段", "\n"),
    ],
)
def test_what_no_font_could_print_is_found(text: str, found: str | None) -> None:
    assert unprintable(text) == found


def test_half_a_surrogate_pair_is_replaced_and_a_whole_one_joined() -> None:
    assert storable("甲\ud800乙") == "甲\ufffd乙"
    assert storable("\ud842\udfb7") == "𠮷"
