"""Citizens' ID numbers (GB 11643): shape, check digit, birth date, sex."""

from __future__ import annotations

import re
from datetime import date

from daomao_desktop.domain.numerals import half_width
from daomao_desktop.domain.scheme import Sex

_SHAPE = re.compile(r"[0-9]{17}[0-9X]")


def normalise_id(text: str) -> str:
    """Half-width, without spaces, hyphens or invisible marks, a capital X at the end."""
    plain = re.sub("[\\s'‘’\u200b-\u200f\u2010-\u2015\u2060\ufeff−-]", "", half_width(text))
    return re.sub("[x×]$", "X", plain)


def id_shape_problem(number: str) -> str | None:
    """Why it cannot be an ID number at all (length, characters): an error in a form."""
    if len(number) != 18:
        return f"身份证号码应为18位，现在是{len(number)}位，请核对。"
    if not _SHAPE.fullmatch(number):
        return "身份证号码前17位应为数字，最后一位为数字或X，请核对。"
    return None


def id_problem(number: str) -> str | None:
    """What is wrong with a normalised number, as a sentence that does not repeat it, or None."""
    shape = id_shape_problem(number)
    if shape is not None:
        return shape
    if id_birth(number) is None:
        return "身份证号码中的出生日期不存在，请核对。"
    # The check digit only: validate() also refuses districts that its tables do not know.
    from stdnum.cn import ric  # imported when a number is checked, not at start-up

    if ric.calc_check_digit(number) != number[-1]:
        return "身份证号码的校验位不对，请核对。"
    return None


def id_birth(number: str) -> date | None:
    """The birth date in it, even where the check digit is wrong; None where there is none."""
    if not _SHAPE.fullmatch(number):
        return None
    try:
        return date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return None


def id_sex(number: str) -> Sex | None:
    """The sex in it: the seventeenth digit is odd for men."""
    if not _SHAPE.fullmatch(number):
        return None
    return Sex.MALE if int(number[16]) % 2 else Sex.FEMALE
