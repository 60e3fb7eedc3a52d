"""Line breaking: forbidden starts and ends, whole groups, exact widths; pure, without fonts."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from daomao_desktop.documents.typesetting import breaking
from daomao_desktop.documents.typesetting.breaking import (
    WIDEST_GAP,
    Line,
    Measured,
    _Breaker,
    break_paragraph,
    measure,
    spread,
)
from daomao_desktop.documents.typesetting.geometry import CELL, MM, TEXT_WIDTH
from tests.documents.hard_text import NEVER_FIRST, NEVER_LAST, HardText, amounts_in, can_be_set

FIRST = TEXT_WIDTH - 2 * CELL

HANZI = (
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动村民小组长联光"
)


def paragraph(text: str, names: tuple[str, ...] = ()) -> Measured:
    """On the grid: Latin and digits half a cell, everything else one."""
    ems = [0.5 if character.isascii() else 1.0 for character in text]
    return measure(text, ems, [em * CELL for em in ems], names)


def lines(text: str, names: tuple[str, ...] = ()) -> list[str]:
    broken = break_paragraph(paragraph(text, names), FIRST, TEXT_WIDTH)
    return [text[line.start : line.end] for line in broken]


def set_widths(measured: Measured, line: Line) -> list[float]:
    before, after = spread(measured, line)
    natural = measured.advances[line.start : line.end]
    return [sum(parts) for parts in zip(natural, before, after, strict=True)]


WIDE = str.maketrans("0123456789,.", "０１２３４５６７８９，．")

words = st.one_of(
    st.text(alphabet=HANZI, min_size=1, max_size=9),
    st.text(alphabet=HANZI, min_size=1, max_size=6).map(lambda text: f"“{text}”"),
    st.text(alphabet=HANZI, min_size=1, max_size=6).map(lambda text: f"《{text}》"),
    st.text(alphabet=HANZI, min_size=1, max_size=6).map(lambda text: f"（‘{text}’见附件）"),
    st.text(alphabet="abcdefgxyzABCXYZ", min_size=1, max_size=12),
    st.integers(0, 99_999).map(lambda number: f"{number:,}.50元"),
    st.dates().map(lambda day: f"{day.year}年{day.month}月{day.day}日"),
    st.integers(1, 300).map(lambda number: f"大茂党〔2026〕{number}号"),
    st.sampled_from(["……", "——", "20％", "￥500", "№7", "36.5℃", "第3村民小组"]),
)
marks = st.sampled_from(["", "，", "。", "、", "；", "：", "？", "！", "·", "～", " "])
texts = st.lists(st.tuples(words, marks), min_size=1, max_size=60).map(
    lambda pairs: HANZI[:2] + "".join(word + mark for word, mark in pairs)
)


@settings(max_examples=150, deadline=None)
@given(texts)
def test_lines_obey_every_rule(text: str) -> None:
    measured = paragraph(text)
    hard = HardText(text, (), amounts_in(text))
    if not can_be_set(hard, measured.advances, (FIRST, TEXT_WIDTH), CELL, whole=False):
        return  # such as “一”·……？ where the line before it would have to be pulled too wide
    broken = break_paragraph(measured, FIRST, TEXT_WIDTH)
    shown = [text[line.start : line.end] for line in broken]
    assert "".join(shown).replace(" ", "") == text.replace(" ", "")
    for place, (line, piece) in enumerate(zip(broken, shown, strict=True)):
        room = TEXT_WIDTH if place else FIRST
        assert not piece.endswith(" ") or line.last
        if place:
            assert piece[0] not in NEVER_FIRST + ",.;:?!)% "
        if not line.last:
            assert piece[-1] not in NEVER_LAST
            assert not text[line.start :].startswith(("——", "……"), line.end - line.start - 1)
        widths = set_widths(measured, line)
        natural = measured.advances[line.start : line.end]
        if line.last:
            assert sum(widths) <= room + 0.1 * MM
        else:
            assert sum(widths) == pytest.approx(room, abs=0.1 * MM)
        for got, was, squeezable in zip(
            widths, natural, measured.squeezes[line.start : line.end], strict=True
        ):
            assert was - squeezable - 0.001 <= got <= was + WIDEST_GAP + 0.001


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet=HANZI + NEVER_FIRST + NEVER_LAST + "abc 019.,-—…", max_size=400))
def test_any_text_is_set_once_and_in_order(text: str) -> None:
    measured = paragraph(text)
    broken = break_paragraph(measured, FIRST, TEXT_WIDTH)
    shown = "".join(text[line.start : line.end] for line in broken)
    assert shown.replace(" ", "") == text.replace(" ", "")
    for place, line in enumerate(broken):
        assert sum(set_widths(measured, line)) <= (TEXT_WIDTH if place else FIRST) + 0.1 * MM


figures = st.one_of(
    st.integers(0, 999_999_999).map(lambda fen: f"{fen // 100:,}.{fen % 100:02d}"),
    st.integers(0, 9_999).map(str),
    st.integers(0, 99_999).map(lambda tenths: f"{tenths / 10:.1f}"),
    st.integers(1_000, 999_999).map(lambda yuan: f"{yuan:,}".translate(WIDE)),
)
amounts = st.one_of(
    st.tuples(
        st.sampled_from(["", "", "-", "－"]),
        figures,
        st.sampled_from(["元", "元", " 元", "万元", "多元", "余万元", "亿元"]),
    ).map("".join),
    figures.map("￥{}".format),
    figures.map("¥{}元".format),
)
before = st.one_of(
    st.text(alphabet=HANZI, min_size=1, max_size=40),
    st.sampled_from(
        ["人民币", "计人民币", "欧阳建国", "（大写：柒佰元整）", "（", "“", "《", "——"]
    ),
    st.text(alphabet="abcxyzABC", min_size=1, max_size=12).map("的{}".format),
    st.dates().map(lambda day: f"于{day.year}年{day.month}月{day.day}日"),
)
sentences = st.lists(st.tuples(before, amounts, marks), min_size=1, max_size=12)


@settings(max_examples=300, deadline=None)
@given(sentences, st.text(alphabet=HANZI, min_size=1, max_size=30))
def test_an_amount_is_one_token(parts: list[tuple[str, str, str]], rest: str) -> None:
    text, spans = "村", []
    for words_before, amount, mark in parts:
        text += words_before
        spans.append((len(text), len(text) + len(amount)))
        text += amount + (mark or "的")
    text += rest
    measured = paragraph(text, ("欧阳建国",))
    for line in break_paragraph(measured, FIRST, TEXT_WIDTH):
        for start, end in spans:
            assert not start < line.end < end, (text[line.start : line.end], text[start:end])
        room = TEXT_WIDTH if line.start else FIRST
        if not line.last and line.slack <= 4 * WIDEST_GAP * (line.end - line.start - 2):
            assert sum(set_widths(measured, line)) == pytest.approx(room, abs=0.1 * MM)


def test_the_amount_that_was_parted_before_its_last_digit() -> None:
    for shift in range(28):
        text = "的" * (26 + shift) + "计人民币12,345.60元（大写：壹万贰仟叁佰肆拾伍元陆角整）。"
        assert any("12,345.60元" in line for line in lines(text)), text


def test_an_amount_longer_than_a_line_is_still_set() -> None:
    for amount in ("9" * 130 + "元", "￥" + "1,000" * 40, "９" * 60 + "万元"):
        text = f"的是{amount}，在不了有和人。"
        broken = lines(text)
        assert "".join(broken) == text
        assert len(broken) <= len(text) // 26 + 2


@settings(max_examples=60, deadline=None)
@given(texts)
def test_same_text_gives_same_lines(text: str) -> None:
    assert lines(text) == lines(text)


def test_plain_text_fills_the_grid() -> None:
    text = "村" * (26 + 28 * 3)
    assert [len(line) for line in lines(text)] == [26, 28, 28, 28]


def test_punctuation_is_squeezed_before_a_character_moves() -> None:
    # Two marks give the 16 points that the 27th character's full stop needs.
    text = "村" * 10 + "，" + "村" * 15 + "。" + "民" * 10
    assert lines(text)[0] == text[:27]


def test_a_character_is_pushed_down_where_squeezing_is_not_enough() -> None:
    text = "村" * 26 + "。" + "民" * 10
    assert lines(text) == ["村" * 25, "村。" + "民" * 10]


def test_pushed_down_line_is_spread_evenly() -> None:
    text = "村" * 26 + "。" + "民" * 40
    measured = paragraph(text)
    first = break_paragraph(measured, FIRST, TEXT_WIDTH)[0]
    widths = set_widths(measured, first)
    assert len(widths) == 25
    assert max(widths[:-1]) - min(widths[:-1]) < 0.001


@pytest.mark.parametrize(
    "group",
    [
        "〔2026〕5号",
        "2026年1月15日",
        "1月15日",
        "12,345.67元",
        "20%",
        "99.99％",
        "PowerPoint",
        "don't",
        "第3村",
        "15人",
        "120㎡",
        "12.5m³",
        "213起",
        "30 公里",
        "20元/亩",
        "36.5°C",
        "19°37′08″",
        "2026 年 1 月 5 日",
        "——",
        "……",
        "￥500.00",
    ],
)
def test_groups_stay_whole_wherever_they_fall(group: str) -> None:
    for text in with_group_at_line_end(group):
        assert any(group in line for line in lines(text)), text


def with_group_at_line_end(group: str) -> list[str]:
    """Texts whose second line meets the group where it fits or can be pushed down by the rules."""
    cells = sum(0.5 if character.isascii() else 1.0 for character in group)
    found = []
    for before in range(16, 28):
        left_over = (28 - before) * CELL
        if before + cells <= 28 or left_over / (before - 1) <= WIDEST_GAP:
            found.append("村" * (26 + before) + group + "民" * 60)
    assert len(found) >= 4
    return found


@pytest.mark.parametrize("name", ["王强", "王大顺", "欧阳建国"])
def test_names_passed_in_stay_whole(name: str) -> None:
    for text in with_group_at_line_end(name):
        assert any(name in line for line in lines(text, (name,))), text


def test_a_group_is_broken_where_gaps_would_grow_too_wide() -> None:
    # 23 characters would need gaps of 3 cells / 22 = 2.15 points.
    text = "村" * 23 + "欧阳建国" + "民" * 60
    assert lines(text, ("欧阳建国",))[0] == "村" * 23 + "欧阳建"


def test_names_not_passed_in_are_ordinary_text() -> None:
    assert lines("村" * 25 + "王大顺" + "民" * 30)[0] == "村" * 25 + "王"


def test_names_longer_than_four_characters_may_break() -> None:
    name = "买买提·艾合买提"
    assert lines("村" * 22 + name + "民" * 30, (name,))[0] == "村" * 22 + "买买提·"


def test_the_least_important_group_is_broken_first() -> None:
    # The date has to give way: between its parts, not inside a number.
    assert lines("村" * 48 + "2026年10月15日" + "民" * 30)[1] == "村" * 22 + "2026年10月"


def test_a_word_longer_than_a_line_is_split() -> None:
    broken = lines("A" * 200)
    assert [len(line) for line in broken] == [52, 56, 56, 36]


def test_an_address_gives_way_after_its_slashes_and_dots() -> None:
    broken = lines("村" * 22 + "https://www.example.gov.cn/index.html" + "民" * 40)
    assert broken[0] == "村" * 22 + "https://"
    broken = lines("村" * 20 + "（COVID-19）" + "民" * 40)
    assert "（COVID-19）" in broken[0] + broken[1]


def test_other_keyboards_marks_stay_off_a_line_s_start() -> None:
    for mark in ("″", "′", "/", "-", "–", "．", "〗", "•", "──", "⋯⋯", "――"):
        for before in range(22, 28):
            broken = lines("村" * (26 + before) + mark + "民" * 40)
            assert not any(line.startswith(mark[0]) for line in broken), mark
            assert any(mark in line for line in broken), mark


def test_text_that_cannot_obey_is_still_set() -> None:
    for mark in "》，“—…":
        text = mark * 150
        assert "".join(lines(text)) == text


def test_spaces_vanish_at_a_line_s_end_only() -> None:
    text = " ".join(["word"] * 40)
    broken = lines(text)
    assert all(line == line.strip() for line in broken)
    assert " ".join(broken) == text


def test_a_wide_space_vanishes_at_a_line_s_end_too() -> None:
    for before in range(25, 30):
        broken = lines("村" * before + "　" + "民" * 60)
        assert all(line == line.strip("　") for line in broken)
        assert "".join(broken).replace("　", "") == "村" * before + "民" * 60
    assert lines("村" * 26 + "　" + "民" * 30)[0] == "村" * 26
    assert lines("村" * 10 + "　" + "民" * 30)[0] == "村" * 10 + "　" + "民" * 15


def test_an_accent_stays_on_its_letter() -> None:
    for before in range(20, 30):
        text = "村" * before + "e\u0323\u0301" * 10 + "民" * 60
        assert not any(line.startswith(("\u0301", "\u0323")) for line in lines(text))


def test_gaps_inside_dashes_are_never_widened() -> None:
    text = "村" * 11 + "——" + "村" * 13 + "。" + "民" * 60
    measured = paragraph(text)
    for line in break_paragraph(measured, FIRST, TEXT_WIDTH):
        _before, after = spread(measured, line)
        for left, right in itertools.pairwise(range(line.start, line.end)):
            if text[left] == text[right] == "—":
                assert after[left - line.start] <= 0


def test_looking_ahead_spares_a_stretched_line() -> None:
    # Greedy filling would leave a long word to a line it stretches beyond the limit.
    text = "村民小组" * 6 + "，" + "internationalization" + "，" + "村民小组" * 12
    measured = paragraph(text)
    for line in break_paragraph(measured, FIRST, TEXT_WIDTH):
        if not line.last:
            _before, after = spread(measured, line)
            assert max(after) <= WIDEST_GAP + 0.001


def test_empty_paragraph_has_no_lines() -> None:
    assert break_paragraph(paragraph(""), FIRST, TEXT_WIDTH) == ()


# Texts that no rule can be kept in: the work must not grow faster than the text


class _Counting(_Breaker):
    """Counts how often a line's cost is asked for."""

    asked = 0

    def cost(self, start: int, stop: int, *, emergency: bool) -> float | None:
        type(self).asked += 1
        return super().cost(start, stop, emergency=emergency)


HOPELESS = {
    "closing brackets": "）",
    "opening brackets": "（",
    "dots": "…",
    "spaces": " ",
    "brackets with spaces": "（ ",
    "numbers": "1,",
    "addresses": "a/",
    "quotes": "“”",
}


@pytest.mark.parametrize("unit", HOPELESS.values(), ids=HOPELESS)
@pytest.mark.parametrize("size", [3_000, 30_000])
def test_hopeless_paragraphs_take_time_in_proportion(
    unit: str, size: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(breaking, "_Breaker", _Counting)
    monkeypatch.setattr(_Counting, "asked", 0)
    text = "字" + unit * (size // len(unit)) + "字"
    broken = break_paragraph(paragraph(text), FIRST, TEXT_WIDTH)
    assert _Counting.asked < 130 * size  # a line has at most 112 characters: half-width, squeezed
    assert "".join(text[line.start : line.end] for line in broken).replace(" ", "") == (
        text.replace(" ", "")
    )


def test_a_long_hopeless_paragraph_still_keeps_the_rules_it_can() -> None:
    """One place without a way out in five hundred lines of text: the others are as ever."""
    text = "".join(f"第{number}组，村民{number}人，（共{number}户）。" for number in range(800))
    text += "）" * 60 + "的一是在不了"
    assert len(text) > 10_000
    broken = break_paragraph(paragraph(text), FIRST, TEXT_WIDTH)
    against = [line for line in broken[1:] if text[line.start] in NEVER_FIRST]
    assert len(against) <= 3
    assert not [line for line in broken if text[line.end - 1] in NEVER_LAST]


def test_blanks_in_a_row_are_one_place_to_break_at() -> None:
    text = "的" * 20 + " " * 300 + "一" * 20
    assert lines(text) == ["的" * 20, "一" * 20]
