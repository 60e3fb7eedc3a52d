"""Leaders, their groups and their time in post."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from daomao_desktop.domain.dates import PartialDate
from daomao_desktop.domain.identity import (
    id_birth,
    id_problem,
    id_sex,
    id_shape_problem,
    normalise_id,
)
from daomao_desktop.domain.money import Money
from daomao_desktop.domain.names import (
    clean_name,
    has_private_use,
    is_one_character,
    name_problem,
)
from daomao_desktop.domain.numerals import chinese_integer, half_width
from daomao_desktop.domain.privacy import is_masked
from daomao_desktop.domain.scheme import HowChosen, PoliticalStatus, Sex
from daomao_desktop.errors import FieldProblem

TERM_YEARS = 5  # 《村民委员会组织法》: a term is five years
YOUNGEST, OLDEST = 16, 100
HIGHEST_GROUP_NUMBER = 999


@dataclass(frozen=True, slots=True)
class GroupName:
    """A village group: its number, or None where it goes by a name; ``name`` as shown."""

    number: int | None
    name: str

    @property
    def key(self) -> str:
        """Equal for every way of writing the same group within one village."""
        return str(self.number) if self.number is not None else _stem(self.name)


def parse_group(text: str, village: str | None = None) -> GroupName:
    """第3村民小组, 3组, 第三组, 3, 3.0 → number 3; 东坡组 → no number. Raises ValueError.

    ``village``: its name is taken off the front (联光村第3村民小组).
    """
    plain = clean_name("".join(half_width(text).split()))
    if village and plain.startswith(village) and plain != village:
        plain = plain[len(village) :]
    stem = _stem(plain)
    if not stem:
        raise ValueError(f"“{text.strip()}” 不是村民小组")
    digits = re.sub(r"\.0+$", "", stem.removeprefix("第"))
    try:
        number = chinese_integer(digits)
    except ValueError:
        if re.fullmatch(r"[0-9.,+-]+", digits):
            raise ValueError(f"“{text.strip()}” 不是村民小组") from None
        return GroupName(None, plain)
    if not 1 <= number <= HIGHEST_GROUP_NUMBER:
        raise ValueError(f"“{text.strip()}” 不是村民小组")
    return GroupName(number, f"第{number}村民小组")


def _stem(name: str) -> str:
    return re.sub(r"(?:村民小组|村小组|小组|组)$", "", name)


@dataclass(frozen=True, slots=True)
class Period:
    """Time in post; ``end`` is the last day, None while it lasts. A bare month means its first."""

    start: PartialDate
    end: date | None

    def covers(self, day: date) -> bool:
        return self.start.first <= day and (self.end is None or day <= self.end)


def post_months(periods: Iterable[Period], year: int) -> tuple[int, ...]:
    """The months of the year that count: those on whose 15th the person was in post."""
    known = tuple(periods)
    return tuple(
        month
        for month in range(1, 13)
        if any(period.covers(date(year, month, 15)) for period in known)
    )


def months_in_post(periods: Iterable[Period], year: int) -> int:
    """How many months of the year count, overlapping posts once (domain rule of the 15th)."""
    return len(post_months(periods, year))


def term_ends(start: PartialDate) -> date:
    """The last day of a five-year term."""
    first = start.first
    year = first.year + TERM_YEARS
    if (first.month, first.day) == (2, 29):
        return date(year, 2, 28)
    return date(year, first.month, first.day) - timedelta(days=1)


@dataclass(frozen=True, slots=True)
class LeaderDraft:
    """A leader and the appointment as typed; private fields may hold a mask: then unchanged.

    ``to_verify``: of a record read from the store, why it is marked 待核实; nothing to write.
    """

    village_uid: str
    group: str
    name: str
    sex: Sex | None = None
    ethnicity: str | None = None
    birth: PartialDate | None = None
    id_number: str | None = None
    political_status: PoliticalStatus | None = None
    education: str | None = None
    started: PartialDate | None = None
    phone: str | None = None
    subsidy: Money | None = None
    remark: str | None = None
    address: str | None = None
    how_chosen: HowChosen | None = None
    meeting_on: date | None = None
    branch_decided_on: date | None = None
    to_verify: tuple[str, ...] = ()


def normalise_ethnicity(text: str) -> str:
    """汉 and 汉族 alike as 汉族."""
    plain = clean_name(text)
    return plain if not plain or plain.endswith(("族", "人")) or len(plain) > 4 else f"{plain}族"


def normalise_phone(text: str) -> str:
    """Half-width, without spaces, brackets and the country code; a landline keeps its hyphen."""
    plain = re.sub(r"[\s\u200b-\u200f\ufeff]", "", half_width(text))
    plain = re.sub(r"[–—]", "-", plain.replace("(", "").replace(")", "-"))
    plain = re.sub(r"^(?:\+|00)86-?", "", plain)
    digits = plain.replace("-", "")
    return digits if re.fullmatch(r"1[0-9]{10}", digits) else plain.strip("-")


def phone_problem(phone: str) -> str | None:
    """Why a normalised number is neither a mobile nor a landline with area code, or None."""
    if re.fullmatch(r"1[3-9][0-9]{9}|0[0-9]{2,3}-?[0-9]{7,8}", phone):
        return None
    return "联系电话应为11位手机号码，或带区号的固定电话，请核对。"


def tidy_leader(draft: LeaderDraft) -> LeaderDraft:
    """The draft as it is kept: one spelling of names and numbers, empty texts as None."""
    id_number, phone = _text(draft.id_number), _text(draft.phone)
    ethnicity = _text(draft.ethnicity)
    return replace(
        draft,
        group=draft.group.strip(),
        name=clean_name(draft.name),
        ethnicity=normalise_ethnicity(ethnicity) if ethnicity else None,
        id_number=id_number if not id_number or is_masked(id_number) else normalise_id(id_number),
        education=_text(draft.education),
        phone=phone if not phone or is_masked(phone) else normalise_phone(phone),
        remark=_text(draft.remark),
        address=_text(draft.address),
    )


def _text(text: str | None) -> str | None:
    return (text or "").strip() or None


def check_leader(
    draft: LeaderDraft, today: date, *, imported: bool = False
) -> tuple[FieldProblem, ...]:
    """What stops the draft from being kept, field by field; empty when it may be.

    ``imported``: the shape of ID number and phone does not stop it, verify_reasons names it.
    """
    draft = tidy_leader(draft)
    problems: list[FieldProblem] = []

    def problem(field: str, sentence: str | None) -> None:
        if sentence is not None:
            problems.append(FieldProblem(field, sentence))

    if not draft.village_uid:
        problem("village_uid", "请选择村。")
    problem("group", _group_problem(draft.group))
    problem("name", name_problem(draft.name))
    if draft.sex is None:
        problem("sex", "请选择性别。")
    if draft.birth is not None:
        problem("birth", _birth_problem(draft.birth, today))
    if draft.id_number and not imported and not is_masked(draft.id_number):
        problem("id_number", id_shape_problem(draft.id_number))
    if draft.phone and not imported and not is_masked(draft.phone):
        problem("phone", phone_problem(draft.phone))
    problem("started", _start_problem(draft, today))
    if draft.subsidy is not None and draft.subsidy.fen < 0:
        problem("subsidy", "岗位补贴不能是负数。")
    for field, what, day in (
        ("meeting_on", "推选会议日期", draft.meeting_on),
        ("branch_decided_on", "支部研究日期", draft.branch_decided_on),
    ):
        if day is not None and day > today:
            problem(field, f"{what}不能晚于今天。")
    return tuple(problems)


def _group_problem(group: str) -> str | None:
    if not group:
        return "请填写村民小组，如“3”或“第3村民小组”。"
    try:
        parse_group(group)
    except ValueError:
        return "看不懂这个村民小组，请写成“3”或“第3村民小组”。"
    return None


def _birth_problem(birth: PartialDate, today: date) -> str | None:
    if birth.first > today:
        return "出生年月不能晚于今天。"
    if _age(birth.first, today) < YOUNGEST:
        return f"按出生年月不满{YOUNGEST}岁，请核对。"
    if _age(birth.last, today) > OLDEST:
        return f"按出生年月超过{OLDEST}岁，请核对。"
    return None


def _age(born: date, today: date) -> int:
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day))


def _start_problem(draft: LeaderDraft, today: date) -> str | None:
    if draft.started is None:
        return "请填写任职时间，如“2021年6月”。"
    if draft.started.first > today:
        return "任职时间不能晚于今天。"
    birth = draft.birth
    if birth is not None and draft.started.last <= birth.first <= today:
        return "任职时间早于出生年月，请核对。"
    return None


UNKNOWN_START = "任职时间不详"
_ABOUT = {"出生": "birth", "性别": "sex", "联系电话": "phone", "姓名": "name", "任职": "started"}


def verify_field(reason: str) -> str:
    """The field of a LeaderDraft that a reason to verify speaks of."""
    return next((field for word, field in _ABOUT.items() if reason.startswith(word)), "id_number")


def verify_problems(draft: LeaderDraft, today: date) -> tuple[FieldProblem, ...]:
    """As verify_reasons, each beside its field.

    What was found in a number that is masked in the draft is still so, unless what it was
    compared with has been changed: that is for the service, which knows the number.
    """
    reasons = [FieldProblem(verify_field(one), one) for one in verify_reasons(draft, today)]
    masked = {field for field in ("id_number", "phone") if is_masked(getattr(draft, field) or "")}
    for reason in draft.to_verify:
        field = verify_field(reason)
        source = "id_number" if "身份证" in reason else field
        if source in masked or (field == "started" and draft.started is None):
            reasons.append(FieldProblem(field, reason))
    return tuple(reasons)


def verify_reasons(draft: LeaderDraft, today: date) -> tuple[str, ...]:
    """Why a draft that may be kept is marked 待核实; sentences without the private values."""
    draft = tidy_leader(draft)
    reasons: list[str] = []
    number = draft.id_number
    if number and not is_masked(number):
        wrong = id_problem(number)
        if wrong is not None:
            reasons.append(wrong)
        reasons += _id_disagrees(number, draft, today)
    if draft.phone and not is_masked(draft.phone):
        wrong = phone_problem(draft.phone)
        if wrong is not None:
            reasons.append(wrong)
    if is_one_character(draft.name):
        reasons.append("姓名只有一个字，请核对。")
    if has_private_use(draft.name):
        reasons.append("姓名中有只在原电脑上能显示的造字，请改用标准汉字。")
    return tuple(reasons)


def _id_disagrees(number: str, draft: LeaderDraft, today: date) -> list[str]:
    reasons = []
    born, sex = id_birth(number), id_sex(number)
    if born is not None:
        if draft.birth is None:
            if _birth_problem(PartialDate.of(born), today) is not None:
                reasons.append("身份证号码中的出生日期与村民小组长的年龄不符，请核对。")
        elif not draft.birth.first <= born <= draft.birth.last:
            reasons.append("出生年月与身份证号码不一致，请核对。")
    if sex is not None and draft.sex is not None and sex is not draft.sex:
        reasons.append("性别与身份证号码不一致，请核对。")
    return reasons


def matches(
    query: str, name: str, pinyin: str, initials: str, group: str, *others: str | None
) -> bool:
    """Whether a list shows the person: every word of the query is found in name, pinyin or group.

    ``pinyin``: syllables, separated by spaces or not. 王顺 is found by 王, ws, wangs, shun, 3组.
    ``others``: further texts of the row (village, title, number) that a word may stand in.
    """
    words = half_width(query).casefold().split()
    syllables = pinyin.casefold().split()
    tails = ["".join(syllables[at:]) for at in range(len(syllables))]
    return all(
        _matches_word(word, name, tails, initials.casefold(), group)
        or any(word in half_width(other).casefold() for other in others if other)
        for word in words
    )


def _matches_word(word: str, name: str, tails: Sequence[str], initials: str, group: str) -> bool:
    if word in name.casefold() or (initials and word in initials):
        return True
    if any(tail.startswith(word) for tail in tails):
        return True
    try:
        wanted, here = parse_group(word), parse_group(group)
    except ValueError:
        return word in group.casefold()
    if wanted.number is not None or here.number is not None:
        return wanted.key == here.key
    return wanted.key.casefold() in here.name.casefold()
