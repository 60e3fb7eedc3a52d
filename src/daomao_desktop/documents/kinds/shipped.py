"""The wording shipped for every kind of document, and what each of its parts must name."""

from __future__ import annotations

from daomao_desktop.documents.kinds import (
    certificate,
    commendation,
    criticism,
    deduction,
    public_notice,
)
from daomao_desktop.documents.kinds.wording import Spec, parse_wording, shipped_text
from daomao_desktop.errors import DaomaoError

SPECS: dict[str, Spec] = {
    certificate.KIND: certificate.SPEC,
    criticism.KIND: criticism.SPEC,
    deduction.KIND: deduction.SPEC,
    public_notice.KIND: public_notice.SPEC,
    **dict.fromkeys(commendation.KINDS.values(), commendation.SPEC),
}


def wording_problems() -> list[str]:
    """Sentences about shipped wording that is missing or incomplete."""
    problems = []
    for kind, spec in SPECS.items():
        try:
            parse_wording(shipped_text(kind), spec)
        except (OSError, ValueError):
            problems.append(f"措辞文件 {kind}.txt 缺失或读不出来，请重新安装程序。")
        except DaomaoError as error:
            problems.append(f"措辞文件 {kind}.txt 不完整：{error}")
    return problems
