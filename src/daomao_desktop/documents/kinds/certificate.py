"""荣誉证书: the town honours one leader graded 优秀 (R1)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from daomao_desktop.documents.kinds.wording import part, wording_for
from daomao_desktop.documents.typesetting.document import Award
from daomao_desktop.domain.notice_settings import CertificateStyle
from daomao_desktop.domain.rewards import Honour
from daomao_desktop.domain.scheme import Grade
from daomao_desktop.errors import Refused

KIND = "certificate"
SPEC = {
    "标题": part(),
    "正文": part("村 组 年度 荣誉", "姓名"),
    "通报表扬": part("村 组 年度", "姓名"),
}


@dataclass(frozen=True, slots=True)
class Certificate:
    """What a certificate of honour says.

    ``organs``: the town committee and the government. ``group``: as printed after the village.
    ``praised``: by 通报表扬, which gives nobody a title but the 十佳. ``right``, ``down``:
    millimetres by which the text is moved where ``style`` is a blank bought printed.
    """

    organs: tuple[str, ...]
    name: str
    village: str
    group: str
    year: int
    grade: Grade
    honour: Honour
    dated: date
    number: str = ""
    praised: bool = False
    style: CertificateStyle = CertificateStyle.BORDER
    right: int = 0
    down: int = 0
    wording: str | None = None


def title(data: Certificate) -> str:
    """荣誉证书（陈志强）: what register and file name say."""
    return f"{_heading(data)}（{data.name}）"


def check(data: Certificate) -> None:
    """Raises Refused in one sentence where the certificate must not be issued (R1)."""
    if data.grade is not Grade.EXCELLENT:
        raise Refused("考核等次不是“优秀”，不能制发荣誉证书。")


def compose(data: Certificate) -> Award:
    """The certificate; raises Refused as ``check`` says."""
    check(data)
    fields = {
        "姓名": data.name,
        "村": data.village,
        "组": data.group,
        "年度": str(data.year),
        "荣誉": data.honour.value,
    }
    untitled = data.praised and data.honour is not Honour.BEST
    bordered = data.style is CertificateStyle.BORDER
    return Award(
        heading=_heading(data),
        addressee=data.name,
        body=wording_for(KIND, SPEC, data.wording).fill("通报表扬" if untitled else "正文", fields),
        organs=data.organs,
        date=data.dated,
        number=data.number,
        names=(data.name,),
        subject=f"{data.year}年度村民小组长考核荣誉证书",
        border=bordered,
        titled=data.style is not CertificateStyle.BLANK,
        right=0 if bordered else data.right,
        down=0 if bordered else data.down,
    )


def _heading(data: Certificate) -> str:
    return wording_for(KIND, SPEC, data.wording).line("标题", {})
