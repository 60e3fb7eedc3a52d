"""How big a spreadsheet may be, and the sentences that several readers share."""

from __future__ import annotations

from daomao_desktop.errors import FileProblem

MAX_BYTES = 64 * 1024 * 1024
MAX_UNPACKED = 256 * 1024 * 1024
MAX_MEMBERS = 10_000  # parts of an xlsx package
MAX_ROWS = 200_000  # rows with something in them, in the whole file
EXCEL_ROWS = 1_048_576  # the last row of an xlsx sheet
MAX_COLUMNS = 256  # real lists have twenty; what lies further right is decoration

ERROR_VALUES = frozenset(
    ("#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!", "#SPILL!", "#CALC!")
)


def too_many_rows(name: str) -> FileProblem:
    return FileProblem(f"“{name}”超过 200,000 行，请分成几个文件导入。")


def too_big(name: str) -> FileProblem:
    return FileProblem(f"“{name}”超过 64 MB（解开后 256 MB），不像一张名册，未读取。")


def broken(name: str) -> FileProblem:
    return FileProblem(f"“{name}”打不开，文件可能已损坏，请用 WPS 或 Excel 打开后另存为 xlsx。")


def locked(name: str) -> FileProblem:
    return FileProblem(f"“{name}”设了密码，请先在 WPS 或 Excel 里取消密码再导入。")


def with_macros(name: str) -> FileProblem:
    return FileProblem(f"“{name}”带有宏，为了安全不读取，请另存为不带宏的 xlsx。")


def with_links(name: str) -> FileProblem:
    return FileProblem(f"“{name}”引用了别的文件（外部链接），请先断开链接并另存再导入。")
