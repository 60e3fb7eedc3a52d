"""Writes the spreadsheet templates of 「下载模板」: headings, drop-downs, an example row.

The columns come from the readers, so a template is always what an import understands. Run again
after changing a heading; the files are committed.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from daomao_desktop.domain.dates import PartialDate
from daomao_desktop.domain.money import Money
from daomao_desktop.domain.scheme import Edition, Grade, PoliticalStatus, Role, Sex
from daomao_desktop.workbooks.assessment import decision_headings, proposal_headings
from daomao_desktop.workbooks.duties import duty_headings
from daomao_desktop.workbooks.headings import Heading
from daomao_desktop.workbooks.roster_columns import leader_headings
from daomao_desktop.workbooks.writing import Written, write_table

FOLDER = Path(__file__).parents[1] / "resources" / "templates"
OPEN_ROWS = 300
_HINT = "（红色为必填；村级版可不填“村”；示例行导入时自动略过）"
# Fictional, as every example; the check digit of the ID number is deliberately a real one.
_EXAMPLE: dict[str, Written] = {
    "village": "示范村",
    "group": "第3村民小组",
    "name": "张三丰",
    "sex": Sex.MALE,
    "ethnicity": "汉族",
    "birth": PartialDate(1980, 6),
    "id_number": "460006198006150019",
    "political_status": PoliticalStatus.MASSES,
    "education": "高中",
    "started": PartialDate(2021, 6),
    "phone": "13800000000",
    "subsidy": Money(500_00),
    "remark": "",
    "on": date(2026, 1, 15),
    "role": Role.MEDIATION,
    "content": "调解两户宅基地边界纠纷",
    "place": "村委会",
    "result": "达成协议",
    "year": 2025,
    "grade": Grade.COMPETENT,
    "meeting_on": date(2025, 12, 20),
    "reason": "",
    "daily": 92,
    "paper_number": "大茂党〔2026〕3号",
    "paper_date": date(2026, 1, 12),
}


def templates() -> dict[str, tuple[str, str, tuple[Heading, ...]]]:
    """File name → sheet name, title, columns; the village column serves both editions."""
    return {
        "leaders.xlsx": ("花名册", "村民小组长花名册", leader_headings(Edition.TOWN)),
        "duties.xlsx": ("履职记录", "村民小组长履职记录", duty_headings(Edition.TOWN)),
        "proposals.xlsx": ("建议等次", "村民小组长年度考核建议等次", proposal_headings()),
        "decisions.xlsx": (
            "确定等次",
            "村民小组长年度考核确定等次",
            decision_headings(Edition.TOWN),
        ),
    }


def build(folder: Path) -> list[Path]:
    """Writes every template into the folder and returns their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for name, (sheet, title, headings) in templates().items():
        columns = [heading for heading in headings if heading.field != "index"]
        write_table(
            folder / name,
            sheet,
            f"{title}{_HINT}",
            columns,
            [_example(columns)],
            mark_required=True,
            open_rows=OPEN_ROWS,
        )
        written.append(folder / name)
    return written


def _example(columns: Sequence[Heading]) -> list[Written]:
    return [_EXAMPLE[heading.field] for heading in columns]


if __name__ == "__main__":
    for path in build(FOLDER):
        print(path.relative_to(FOLDER.parents[1]))
