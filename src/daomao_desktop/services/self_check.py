"""The program checks itself (``check --self``): whether this PC has all of it, and it works."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from daomao_desktop.errors import DaomaoError, StoreError
from daomao_desktop.paths import resource
from daomao_desktop.trouble import describe

_PASSWORD = "self-check-2026"  # of an office that lives for a second
_OPERATOR = "自检操作员"

# What the windows read beside fonts, wording and templates, which have checks of their own.
SHIPPED = (
    "help/clerk.md",
    "icons/daomao.png",
    "theme/style.qss",
    "theme/check.svg",
    *(
        f"theme/{way}-{ground}.svg"
        for way in ("down", "left", "right", "up")
        for ground in ("dark", "light")
    ),
    *(
        f"licences/{name}.txt"
        for name in ("Apache-2.0", "LGPL-3.0", "Python", "SQLCipher", "chinesecalendar")
    ),
)


@dataclass(frozen=True, slots=True)
class ProgramCheck:
    """``problems``: one sentence each, none when all is well. The rest is information.

    ``measured``: millimetres on the trial page; ``printers``: the system's.
    """

    checked: tuple[str, ...]
    problems: tuple[str, ...]
    measured: dict[str, float]
    printers: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        from daomao_desktop import __version__

        return {
            "version": __version__,
            "checked": list(self.checked),
            "measured": {name: round(value, 2) for name, value in self.measured.items()},
            "printers": list(self.printers),
        }

    def lines(self) -> list[str]:
        places = "，".join(f"{name} {value:.1f}" for name, value in self.measured.items())
        return [
            f"已检查：{'、'.join(self.checked)}",
            f"试排一页，量得（毫米）：{places or '没有排成'}",
            f"打印机：{'、'.join(self.printers) or '没有'}",
        ]


def check_program() -> ProgramCheck:
    """Looks at everything the program brings along, and tries what it needs of this PC."""
    from daomao_desktop.services.printers import printer_names

    measured: dict[str, float] = {}
    checks: dict[str, Callable[[], list[str]]] = {
        "界面文件": _files,
        "字体": _fonts,
        "措辞": _wording,
        "表格模板": _templates,
        "试排一页": lambda: _trial_page(measured),
        "存为 Word": _word_copy,
        "加密保存": _store,
        "资料升级": _upgrade,
    }
    problems: list[str] = []
    for name, check in checks.items():
        problems += _tried(name, check)
    return ProgramCheck(tuple(checks), tuple(problems), measured, printer_names())


def _tried(name: str, check: Callable[[], list[str]]) -> list[str]:
    try:
        return check()
    except DaomaoError as error:
        return [f"{name}：{error}"]
    except Exception as error:  # a library that is missing or does not load is what we look for
        return [f"{name}没有检查成（{describe(error).splitlines()[0]}），请重新安装程序。"]


def _files() -> list[str]:
    return [
        f"界面文件：缺 {name}，请重新安装程序。" for name in SHIPPED if not resource(name).is_file()
    ]


def _fonts() -> list[str]:
    from daomao_desktop.documents.font_files import check_fonts  # reportlab takes 100 ms to import

    return check_fonts()


def _wording() -> list[str]:
    from daomao_desktop.documents.kinds.shipped import wording_problems  # as above

    return wording_problems()


def _templates() -> list[str]:
    from daomao_desktop.workbooks.templates import template_problems

    return template_problems()


def _trial_page(measured: dict[str, float]) -> list[str]:
    from daomao_desktop.documents.trial_page import trial_page  # reportlab and pypdf, as above

    page = trial_page()
    measured.update(page.measured)
    return list(page.problems)


def _word_copy() -> list[str]:
    """A copy begins as a file that comes with python-docx."""
    from daomao_desktop.documents.typesetting import Format, OfficialDocument
    from daomao_desktop.documents.word import word_copy

    word_copy(OfficialDocument(format=Format.PLAIN, title="自检", body=("自检。",)))
    return []


def _upgrade() -> list[str]:
    from daomao_desktop.store.sqlite_trial import upgrade_problems

    with _temporary() as folder:
        return upgrade_problems(Path(folder))


def _store() -> list[str]:
    """An office founded, opened and read back; what lies on the disk cannot be read."""
    from daomao_desktop.domain.scheme import Edition
    from daomao_desktop.services import accounts

    with _temporary() as name:
        folder = Path(name) / "自检 资料"
        draft = accounts.OfficeDraft(
            Edition.VILLAGE, "自检镇", "自检村", _OPERATOR, "文书", _PASSWORD
        )
        accounts.found_office(folder, draft)
        try:
            accounts.close_desk(accounts.open_desk(folder, _PASSWORD + "?"))
        except StoreError:
            problems = []
        else:
            problems = ["加密保存：错误的口令也打开了资料，请不要使用这个程序。"]
        desk = accounts.open_desk(folder, _PASSWORD)
        try:
            if desk.operator.name != _OPERATOR:
                problems.append("加密保存：写进去的和读出来的不一样，请重新安装程序。")
            problems += accounts.check_store(desk)
        finally:
            accounts.close_desk(desk)
        secrets = (_OPERATOR.encode(), b"SQLite format", _PASSWORD.encode())
        for file in folder.rglob("*"):
            if file.is_file() and any(secret in file.read_bytes() for secret in secrets):
                problems.append(f"加密保存：文件 {file.name} 没有加密，请不要使用这个程序。")
        return problems


def _temporary() -> tempfile.TemporaryDirectory[str]:
    # ignore_cleanup_errors: a virus scanner may hold a file on Windows
    return tempfile.TemporaryDirectory(prefix="daomao-", ignore_cleanup_errors=True)
