"""The empty spreadsheets handed to offices."""

from __future__ import annotations

from daomao_desktop.errors import FileProblem
from daomao_desktop.paths import resource

TEMPLATES = ("decisions.xlsx", "duties.xlsx", "leaders.xlsx", "proposals.xlsx")


def template_problems() -> list[str]:
    """Sentences about templates that are missing or cannot be opened."""
    from daomao_desktop.workbooks.reading import read_workbook  # openpyxl takes 150 ms

    problems = []
    for name in TEMPLATES:
        try:
            sheets = read_workbook(resource(f"templates/{name}"))
        except FileProblem as error:
            problems.append(f"表格模板打不开：{error}")
            continue
        if not any(sheet.rows for sheet in sheets):
            problems.append(f"表格模板 {name} 是空的，请重新安装程序。")
    return problems
