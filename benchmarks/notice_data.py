"""The notices that ``benchmarks.notices`` has set: names, amounts and numbers vary.

Imports of our program stay inside the functions: it sets options of ReportLab on import, which must
not reach the contestants that stand for ReportLab as it is.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from daomao_desktop.documents.kinds.deduction import Deduction

Notice = dict[str, Any]

ORGAN = "大茂镇联光村村民委员会"


def deduction(notice: Notice) -> Deduction:
    """The data of a notice as our program has it."""
    from daomao_desktop.documents.kinds.deduction import Deduction
    from daomao_desktop.domain.money import Money
    from daomao_desktop.domain.rewards import deduction as withheld
    from daomao_desktop.domain.scheme import Grade

    monthly = Money(notice["fen"])
    return Deduction(
        organ=ORGAN,
        village="联光村",
        group=notice["group"],
        name=notice["name"],
        year=2025,
        grade=Grade.INCOMPETENT,
        months=12,
        monthly=monthly,
        base=monthly * 12,
        amount=withheld(monthly * 12),
        dated=date(2026, 1, 15),
        number=notice["number"],
    )


def prepare(count: int) -> list[Notice]:
    """The notices with their words, and the places of their lines taken from our own pages.

    Of the body's paragraphs only the last is the same in two of them.
    """
    from daomao_desktop.documents.fonts import Face, width
    from daomao_desktop.documents.kinds.deduction import compose
    from daomao_desktop.documents.typesetting.composition import compose_pages
    from daomao_desktop.documents.typesetting.levels import faces
    from daomao_desktop.documents.typesetting.marks import RuleMark, TextMark
    from daomao_desktop.domain.dates import chinese_date

    surnames = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗"
    given = ("建国", "秀英", "伟", "桂兰", "志强", "丽华", "永福", "小明", "玉梅", "海涛", "春燕")
    notices: list[Notice] = []
    for place in range(count):
        notice: Notice = {
            "name": surnames[place % len(surnames)] + given[place % len(given)],
            "group": f"第{place + 1}村民小组",
            "number": f"联光村〔2026〕{place + 1}号",
            "fen": 20000 + 7 * place,
        }
        document = compose(deduction(notice))
        assert document.date is not None
        notice["organ"] = document.organs[0]
        notice["title"] = document.title
        notice["addressee"] = f"{document.addressee}："
        notice["date"] = chinese_date(document.date)
        notice["body"] = []
        for paragraph in document.body:
            head = sum(face is Face.HEI for face in faces(paragraph))
            runs = (("HEI", paragraph[:head]), ("FANG", paragraph[head:]))
            notice["body"].append([run for run in runs if run[1]])
        (page,) = compose_pages(document)
        notice["rules"] = []
        notice["lines"] = []
        for mark in page.marks:
            if not isinstance(mark, TextMark):
                assert isinstance(mark, RuleMark)
                notice["rules"].append((mark.x, mark.y, mark.x2, mark.thickness))
                continue
            x = mark.x
            parts: list[list[Any]] = []  # face, text, points to fill
            for piece in mark.pieces:
                if not parts or parts[-1][0] != piece.face.name:
                    parts.append([piece.face.name, "", 0.0])
                parts[-1][1] += piece.text
                natural = width(piece.text, piece.face, mark.size)
                parts[-1][2] += piece.lead + natural + piece.tracking * len(piece.text)
            for face, text, room in parts:
                spacing = (room - width(text, Face[face], mark.size)) / len(text)
                notice["lines"].append((face, mark.size, mark.red, x, mark.y, text, spacing))
                x += room
        notices.append(notice)
    return notices
