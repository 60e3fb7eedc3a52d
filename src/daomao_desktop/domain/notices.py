"""Kinds, states and numbers of documents (GB/T 9704-2012, 7.2.5 发文字号)."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum
from itertools import pairwise

from daomao_desktop.domain.assessment import cap_problem
from daomao_desktop.domain.assessment_year import documents_open
from daomao_desktop.domain.calendar import public_notice
from daomao_desktop.domain.conduct import tells
from daomao_desktop.domain.dates import chinese_date
from daomao_desktop.domain.money import Money
from daomao_desktop.domain.notice_settings import CommendationForm
from daomao_desktop.domain.numerals import half_width
from daomao_desktop.domain.rewards import ten_best_limit
from daomao_desktop.domain.scheme import Grade, YearState


class DocumentKind(Enum):
    """Kinds of papers the program prints, in the order they are printed in."""

    CRITICISM = "通报批评"
    DEDUCTION = "岗位补贴扣减通知"
    COMMENDATION = "表彰通报"
    CERTIFICATE = "荣誉证书"
    PUBLIC_NOTICE = "公示"
    FREEFORM = "自拟公文"
    REGISTRATION = "年度考核登记表"
    SUMMARY = "考核结果汇总表"
    REGISTER = "发文登记簿"

    @property
    def code(self) -> str:
        """The word of the command line."""
        return "notice" if self is DocumentKind.PUBLIC_NOTICE else self.name.lower()

    @property
    def is_table(self) -> bool:
        """Printed anew from the records whenever it is wanted: never signed off, never stored."""
        return self in (DocumentKind.REGISTRATION, DocumentKind.SUMMARY, DocumentKind.REGISTER)

    @property
    def is_numbered(self) -> bool:
        """Whether it gets a 发文字号 when it is signed off."""
        return not self.is_table and self is not DocumentKind.PUBLIC_NOTICE

    @property
    def has_word_copy(self) -> bool:
        """Whether it is a text that somebody may go on writing: no form, no certificate."""
        return not self.is_table and self is not DocumentKind.CERTIFICATE


class DocumentState(Enum):
    """A document is drafted, signed off, perhaps voided; never deleted once numbered."""

    DRAFT = "草稿"
    ISSUED = "已签发"
    VOID = "已作废"


def is_posted(title: str) -> bool:
    """Whether a paper of that title is hung on a wall: a 公示, 公告 or 通告."""
    return title.rstrip().endswith(("公示", "公告", "通告"))


def document_number(prefix: str, year: int, number: int) -> str:
    """大茂党〔2026〕5号: six-sided brackets, four-digit year, no 第, no padding zero."""
    return f"{prefix}〔{year}〕{number}号"


def numbers_told(given: Iterable[tuple[str, int, int]]) -> str:
    """大茂党〔2026〕5号—8号、联光党支〔2026〕1号: numbers of a series without a gap in one.

    ``given``: (prefix, year, running number) of each.
    """
    series: dict[tuple[str, int], list[int]] = {}
    for prefix, year, number in given:
        series.setdefault((prefix, year), []).append(number)
    told = []
    for (prefix, year), numbers in series.items():
        numbers.sort()
        starts = [n for place, n in enumerate(numbers) if not place or numbers[place - 1] < n - 1]
        ends = [n for n, after in pairwise([*numbers, numbers[-1] + 2]) if after > n + 1]
        for first, last in zip(starts, ends, strict=True):
            words = document_number(prefix, year, first)
            told.append(words if first == last else f"{words}—{last}号")
    return "、".join(told)


# As people write it, after brackets of all kinds have become 〔〕: 大茂党[2026]第 05 号
_WRITTEN_NUMBER = re.compile(r"([^\W\d_]{1,12})〔([0-9]{4})年?〕第?0*([0-9]{1,5})号?")
_BRACKETS = str.maketrans("([{【〖〈<『「﹝", "〔" * 10) | str.maketrans(
    ")]}】〗〉>』」﹞", "〕" * 10
)
_FIRST_YEAR = 1978


@dataclass(frozen=True, slots=True)
class DocumentNumber:
    """A 发文字号: ``str`` gives it as GB/T 9704 writes it."""

    prefix: str
    year: int
    number: int

    def __str__(self) -> str:
        return document_number(self.prefix, self.year, self.number)


def parse_document_number(text: str) -> DocumentNumber:
    """A 发文字号 as people write it: [2026], （2026）, 【2026】, full-width digits, blanks, 第, 05.

    Raises ValueError with one sentence for anything else: 大茂党15号 is none.
    """
    plain = "".join(half_width(text).split()).translate(_BRACKETS)
    match = _WRITTEN_NUMBER.fullmatch(plain)
    if match is None or int(match[3]) == 0:
        raise ValueError(
            f"“{text.strip()}”不是完整的发文字号，要有发文机关代字、年份和序号，如“大茂党〔2026〕3号”。"
        )
    if int(match[2]) < _FIRST_YEAR:
        raise ValueError(f"发文字号“{text.strip()}”的年份不对，请核对。")
    return DocumentNumber(match[1], int(match[2]), int(match[3]))


_PREFIX = re.compile(r"[^\W\d_]{1,12}")  # letters: no digit of any width, bracket, blank or mark


def prefix_problem(prefix: str) -> str | None:
    """Why it cannot be a 发文机关代字, as a sentence, or None."""
    if not prefix:
        return "请填写发文机关代字，如“联光党支”。"
    if not _PREFIX.fullmatch(prefix):
        return "发文机关代字只写几个汉字，如“联光党支”，不带括号、年份和序号。"
    return None


def shared_prefix(prefix: str, holder: str, other: str) -> str:
    """Why an organ cannot have the 代字 of another: their numbers could not be told apart."""
    return f"发文机关代字“{prefix}”是{holder}的，{other}不能再用，请另定一个。"


def used_prefix(prefix: str, holder: str, other: str) -> str:
    """Why an organ cannot have a 代字 that another has given numbers under."""
    return f"{holder}用发文机关代字“{prefix}”编过文号，{other}不能再用，请另定一个。"


def contact_problem(contact: str) -> str | None:
    """Why a public notice cannot print it as the office's phone, as a sentence, or None.

    Words and several numbers may stand in it: 0898-12345678（镇党政办）.
    """
    if not re.search(r"\d(?:[- ]?\d){6,}", contact):
        return "请填写办公电话，如“0898-12345678”。"
    return "联系电话不要超过 60 个字。" if len(contact) > 60 else None


def town_prefix(town: str) -> str:
    """大茂镇 → 大茂党."""
    return f"{_place(town)}党"


def government_prefix(town: str, committee: str) -> str:
    """大茂府: after the committee's 代字 as the office set it (大茂党), else the town's name."""
    return f"{_stem(town, committee)}府"


def discipline_prefix(town: str, committee: str) -> str:
    """大茂纪, beside the committee's 代字."""
    return f"{_stem(town, committee)}纪"


def _stem(town: str, committee: str) -> str:
    return committee.removesuffix("党") if committee[1:].endswith("党") else _place(town)


def branch_prefix(village: str, held: Container[str] = ()) -> str:
    """联光村 → 联光党支; 联光社区 → 联光社区党支 where 联光党支 is ``held`` by another organ."""
    usual = f"{_place(village)}党支"
    return f"{village}党支" if usual in held else usual


def committee_prefix(village: str, held: Container[str] = ()) -> str:
    """联光村 → 联光村委; a 社区 → 居委; with its whole name where that is ``held`` by another."""
    word = "居委" if village.endswith("社区") else "村委"
    usual = f"{_place(village)}{word}"
    return f"{village}{word}" if usual in held else usual


def certificate_prefix(town: str) -> str:
    """大茂镇 → 大茂荣证: certificates run in a series of their own."""
    return f"{_place(town)}荣证"


def _place(name: str) -> str:
    """The name without its kind, unless nothing would be left."""
    return re.sub(r"(?<=.)(?:街道|镇|乡|社区|村)$", "", name)


def town_committee(town: str) -> str:
    """中共大茂镇委员会."""
    return f"中共{town}委员会"


def town_government(town: str) -> str:
    """大茂镇人民政府."""
    return f"{town}人民政府"


def town_discipline(town: str) -> str:
    """中共大茂镇纪律检查委员会."""
    return f"中共{town}纪律检查委员会"


def branch_name(town: str, village: str) -> str:
    """中共大茂镇联光村支部委员会."""
    return f"中共{town}{village}支部委员会"


def village_committee(town: str, village: str) -> str:
    """大茂镇联光村村民委员会; of a 社区, 居民委员会."""
    return f"{town}{village}{'居民委员会' if village.endswith('社区') else '村民委员会'}"


def _not_in_force(state: YearState, document: str) -> str | None:
    if documents_open(state):
        return None
    return f"年度考核结果尚未生效（现在是“{state.value}”），不能制发{document}。"


def criticism_problem(
    *,
    grade: Grade | None,
    meeting_on: date | None,
    dated: date,
    facts: Sequence[str],
    amount: Money,
    computed: Money,
    state: YearState = YearState.IN_FORCE,
    is_issued: bool = False,
) -> str | None:
    """Why a notice of criticism is refused (R4a; one per person and year), or None.

    ``facts``: what it is to tell. A reason or an opinion is none: without one fact nobody is
    criticised in public.
    """
    if (problem := _not_in_force(state, "通报批评")) is not None:
        return problem
    if grade is not Grade.INCOMPETENT:
        return "考核等次不是“不称职”，不能制发通报批评。"
    if is_issued:
        return "本年度已经签发过对此人的通报批评，不能重复制发。"
    if not any(tells(fact) for fact in facts):
        return (
            "没有一条可以写明的事实，不能制发通报批评；"
            "请先在“底线发现”里登记并核实，或者在打分表的失分项下写上依据。"
        )
    if meeting_on is None:
        return "没有登记支部委员会会议日期，不能制发通报批评。"
    if meeting_on > dated:
        return "支部委员会会议日期晚于成文日期，请核对。"
    return amount_problem(amount, computed)


def amount_problem(amount: Money, computed: Money) -> str | None:
    """Why a paper must not tell this amount of a deduction, or None."""
    if amount != computed:
        return f"扣减金额应为 {computed} 元，与填写的 {amount} 元不一致。"
    return None


def deduction_problem(
    *,
    grade: Grade | None,
    state: YearState = YearState.IN_FORCE,
    is_issued: bool = False,
) -> str | None:
    """Why a notice of deduction is refused (R4a), or None."""
    if (problem := _not_in_force(state, "岗位补贴扣减通知")) is not None:
        return problem
    if grade is not Grade.INCOMPETENT:
        return "考核等次不是“不称职”，不能制发岗位补贴扣减通知。"
    if is_issued:
        return "本年度已经签发过对此人的岗位补贴扣减通知，不能重复制发。"
    return None


def commendation_problem(
    *,
    form: CommendationForm,
    state: YearState,
    grades: Sequence[Grade | None],
    best: int,
    assessed: int,
    excellent: int,
) -> str | None:
    """Why a commendation is refused (A3, R1), or None.

    ``grades``: of those to be named; ``best``: how many of them as 十佳; ``excellent``: of the
    whole year.
    """
    if (problem := _not_in_force(state, form.value)) is not None:
        return problem
    if not grades:
        return f"没有考核为“优秀”的人员，不用制发{form.value}。"
    if any(grade is not Grade.EXCELLENT for grade in grades):
        return "表彰名单中有人考核等次不是“优秀”，请核对名单。"
    limit = ten_best_limit(assessed, excellent)
    if best > limit:
        return f"“十佳”最多 {limit} 人，现在是 {best} 人。"
    return cap_problem(excellent, assessed)


def certificate_problem(
    *,
    state: YearState,
    grade: Grade | None,
    is_issued: bool,
    is_named: bool,
    awaits_commendation: bool,
    assessed: int,
    excellent: int,
) -> str | None:
    """Why a certificate of honour is refused (A3, R1; one per person and year), or None.

    ``is_named``: no commendation of the year leaves the person out. ``awaits_commendation``: a
    commendation not signed off yet counts the person among the 十佳.
    """
    if (problem := _not_in_force(state, "荣誉证书")) is not None:
        return problem
    if grade is not Grade.EXCELLENT:
        return "考核等次不是“优秀”，不能制发荣誉证书。"
    if is_issued:
        return "本年度已经签发过此人的荣誉证书，不能重复制发。"
    if not is_named:
        return "本年度签发的表彰名单里没有此人，不能制发荣誉证书。"
    if awaits_commendation:
        return "此人在表彰文件的草稿里列为“十佳”，请先签发表彰文件，再制发荣誉证书。"
    return cap_problem(excellent, assessed)


LONGEST_NOTICE = 90  # days; a later last day is a slip of the pen


def public_notice_problem(
    *,
    state: YearState,
    decided_on: date | None,
    posted: date,
    until: date,
    days: int,
    contact: str | None,
    is_issued: bool,
) -> str | None:
    """Why a public notice of the grades is refused (domain.md, section 3; one a year), or None.

    ``until``: its last day; ``days``: working days it must stay, the posting day not counted.
    """
    if decided_on is None or state.order < YearState.DECIDED.order:
        return f"镇党委还没有确定等次（现在是“{state.value}”），不能制发公示。"
    if is_issued:
        return "本年度的公示已经签发，不能重复制发；有错请先作废。"
    if posted < decided_on:
        decided = chinese_date(decided_on)
        return f"公示日期{chinese_date(posted)}早于镇党委确定等次的{decided}，请核对。"
    least = public_notice(posted, days).last_day
    if until < least:
        return (
            f"公示期不少于 {days} 个工作日：{chinese_date(posted)}张贴，"
            f"至少公示到{chinese_date(least)}。"
        )
    if (until - posted).days > LONGEST_NOTICE:
        return f"公示到{chinese_date(until)}超过 {LONGEST_NOTICE} 天，请核对期满日期。"
    if not contact:
        return "没有登记镇的联系电话，公示要写明，请在系统设置中补上。"
    return None
