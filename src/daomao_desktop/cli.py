"""The command line: each command is one thin call of a service.

Exit codes: 0 done; 1 refused or failed (one Chinese sentence on stderr, nothing changed);
2 wrong usage.
"""

from __future__ import annotations

import argparse
import gc
import io
import json
import os
import re
import sys
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from daomao_desktop.cli_values import KindAction, day, state, year
from daomao_desktop.errors import DaomaoError, StoreError

if TYPE_CHECKING:  # the commands import what they need: `version` and --help stay quick
    from daomao_desktop.services.desk import Desk
    from daomao_desktop.services.imports import ImportReport

Command = Callable[[argparse.Namespace], int]
# A file name or a name in a spreadsheet may hold any of them; the sentence stays one line.
_LINE_ENDS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
_AREAS = ("leaders", "duties", "proposals", "decisions")


def run(argv: Sequence[str]) -> int:
    """Runs one command and returns its exit code; without a command the window opens."""
    _speak_utf8()
    arguments = _parser().parse_args(argv)
    try:
        code = _run(arguments)
        if sys.stdout is not None:  # a windowed program on Windows has none
            sys.stdout.flush()  # or a closed pipe shows only when Python ends, as its own error
    except BrokenPipeError:  # … | head -1: nobody reads on, nor what Python writes at its end
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    return code


def _run(arguments: argparse.Namespace) -> int:
    """The exit code; raises BrokenPipeError where nobody reads what is said."""
    command: Command = arguments.command
    try:
        return command(arguments)
    except DaomaoError as error:
        for line in error.details:
            print(line)
        print(_LINE_ENDS.sub("?", str(error)), file=sys.stderr)
        if isinstance(error, StoreError) and error.__cause__ is not None:
            from daomao_desktop.wiring import keep_report

            keep_report(error, arguments.data)  # what was behind it; its own sentence is told
        return 1
    except KeyboardInterrupt:
        print("已中止，没有改动。", file=sys.stderr)
        return 1
    except BrokenPipeError:
        raise
    except Exception as error:
        from daomao_desktop.wiring import keep_report

        print(keep_report(error, arguments.data), file=sys.stderr)
        return 1


def _speak_utf8() -> None:
    """Windows consoles and pipes default to a code page that lacks rare characters."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


class _Parser(argparse.ArgumentParser):
    """argparse with the reason in a Chinese sentence and exit code 2."""

    def error(self, message: str) -> NoReturn:
        self.print_usage(sys.stderr)
        self.exit(2, f"用法不对：{message}\n")


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="daomao-desktop", description="村民小组长工作台")
    # SUPPRESS: a sub-command must not reset what stands before it (--data DIR year 2025)
    common = _Parser(add_help=False, argument_default=argparse.SUPPRESS)
    common.add_argument("--data", metavar="DIR", help="资料文件夹（默认：系统的应用数据目录）")
    common.add_argument("--json", action="store_true", help="在标准输出给出机器可读的结果")
    sample = _Parser(add_help=False, argument_default=argparse.SUPPRESS)
    group = sample.add_mutually_exclusive_group()
    group.add_argument("--demo", action="store_true", help="使用示例资料（镇）")
    group.add_argument("--demo-village", action="store_true", help="使用示例资料（村）")

    parser.add_argument("--data", metavar="DIR", help="资料文件夹")
    window = parser.add_mutually_exclusive_group()
    window.add_argument("--demo", action="store_true", help="打开示例资料（镇）")
    window.add_argument("--demo-village", action="store_true", help="打开示例资料（村）")
    parser.set_defaults(command=_window, json=False)
    commands = parser.add_subparsers(metavar="COMMAND")

    def add(name: str, command: Command, help_text: str, demo: bool = False) -> _Parser:
        parents = [common, sample] if demo else [common]
        child = commands.add_parser(name, help=help_text, parents=parents)
        child.set_defaults(command=command)
        return child

    init = add("init", _init, "建立资料文件夹，恢复码只显示一次")
    init.add_argument("--edition", required=True, choices=("village", "town"))
    init.add_argument("--town", required=True, metavar="NAME")
    init.add_argument("--village", metavar="NAME", default=None)
    init.add_argument("--operator", required=True, metavar="NAME", help="操作员姓名，只加密保存")
    init.add_argument(
        "--label", metavar="LABEL", default=None, help="登录名，可被看到（默认：文书或镇经办）"
    )

    imports = add("import", _import, "读入表格", demo=True)
    imports.add_argument("area", choices=_AREAS)
    imports.add_argument("file", type=Path)
    imports.add_argument("--dry-run", action="store_true", default=False, help="只检查，不写入")
    imports.add_argument("--skip-bad", action="store_true", default=False, help="跳过有错的行")
    imports.add_argument(
        "--village-differs",
        action="store_true",
        default=False,
        help="表格写的是别的村，也确实要导入",
    )
    imports.add_argument("--history", action="store_true", default=False, help="补录往年等次")

    export = add("export", _export, "导出表格", demo=True)
    export.add_argument("area", choices=_AREAS)
    export.add_argument("file", type=Path)
    export.add_argument("--year", type=year, default=None)
    export.add_argument("--unmasked", action="store_true", default=False)

    step = add("year", _assessment_year, "查看或推进考核年度", demo=True)
    step.add_argument("year", type=year)
    step.add_argument("--advance", metavar="STATE", type=state, default=None)
    step.add_argument("--on", type=day, default=None, help="实际发生日期（默认：今天）")
    step.add_argument("--acknowledge", action="store_true", default=False, help="缺项已知悉")

    printing = add("print", _print, "写出全年文书和报表，文书先签发", demo=True)
    printing.add_argument("--year", type=year, required=True)
    printing.add_argument("--out", type=Path, required=True, metavar="DIR")
    printing.add_argument("--kind", action=KindAction, metavar="KIND", default=None)
    printing.add_argument("--meeting", type=day, default=None, help="作出决定的支部会议日期")
    printing.add_argument("--dated", type=day, default=None, help="成文日期（默认：今天）")
    printing.add_argument("--dry-run", action="store_true", default=False)
    printing.add_argument(
        "--merged", action="store_true", default=False, help="合成一个文件，不逐份写出"
    )
    printing.add_argument(
        "--duplex",
        action="store_true",
        default=False,
        help="合成一个供双面打印的文件，每份从纸的正面开始",
    )

    render = add("render", _render, "排版一份 JSON 描述的公文")
    render.add_argument("file", type=Path)
    render.add_argument("--out", type=Path, required=True, metavar="FILE.pdf")

    check = add("check", _check, "检查资料和程序", demo=True)
    check.add_argument("--self", dest="program", action="store_true", default=False)

    add("version", _version, "显示版本")
    return parser


def _desk(arguments: argparse.Namespace) -> AbstractContextManager[Desk]:
    """The desk this command works at: the demo's, or the office in the data folder."""
    from daomao_desktop import wiring
    from daomao_desktop.services.sign_in import refuse_new

    if arguments.demo or arguments.demo_village:
        return wiring.demo_desk(village=arguments.demo_village)
    folder = wiring.data_folder(arguments.data)
    refuse_new(folder)  # before anybody is asked for a password
    return wiring.opened_desk(folder, wiring.password_from_environment() or _ask("口令："))


def _ask(prompt: str) -> str:
    if not sys.stdin.isatty():
        raise DaomaoError("没有给出口令：请用环境变量 DAOMAO_PASSWORD 提供。")
    from getpass import getpass

    return getpass(prompt)


def _put(arguments: argparse.Namespace, value: dict[str, Any], lines: Sequence[str]) -> None:
    """Prints the result: JSON where asked for, else plain lines."""
    if arguments.json:
        print(json.dumps(value, ensure_ascii=False))
    else:
        for line in lines:
            print(line)


def _window(arguments: argparse.Namespace) -> int:
    gc.disable()  # what is loaded now stays; from the first worker on, ui.collector sees to it
    from daomao_desktop.app import open_window

    return open_window(
        data=arguments.data, demo=arguments.demo, demo_village=arguments.demo_village
    )


def _init(arguments: argparse.Namespace) -> int:
    from daomao_desktop import wiring
    from daomao_desktop.domain.accounts import weak_password
    from daomao_desktop.domain.scheme import Edition
    from daomao_desktop.services import accounts

    edition = Edition.VILLAGE if arguments.edition == "village" else Edition.TOWN
    if edition is Edition.VILLAGE and not arguments.village:
        raise DaomaoError("村版需要用 --village 写明村名。")
    password = wiring.password_from_environment()
    if password is None:
        password = _ask("设定口令：")
        if _ask("再输入一次：") != password:
            raise DaomaoError("两次输入的口令不一样，请重新运行。")
    draft = accounts.OfficeDraft(
        edition=edition,
        town=arguments.town,
        village=arguments.village if edition is Edition.VILLAGE else None,
        operator_name=arguments.operator,
        label=arguments.label or ("文书" if edition is Edition.VILLAGE else "镇经办"),
        password=password,
    )
    folder = wiring.data_folder(arguments.data)
    founded = accounts.found_office(folder, draft)
    weak = weak_password(password)
    if weak:
        print(f"注意：{weak}", file=sys.stderr)
    try:
        _put(
            arguments,
            {"data": str(folder), "label": draft.label, "recovery_code": founded.recovery_code},
            (
                f"资料文件夹：{folder}",
                f"登录名：{draft.label}（任何人打开文件夹都能看到这个名字）",
                f"恢复码：{founded.recovery_code}",
                "恢复码只显示这一次，请抄在纸上锁好；忘记口令时只能靠它。",
            ),
        )
        if sys.stdout is not None:
            sys.stdout.flush()
    except OSError as error:  # a full disk or a closed pipe took the only copy
        raise DaomaoError(
            f"资料文件夹“{folder}”已经建好，但恢复码没有显示出来；"
            "请打开窗口登录，在“系统”里做一个新的恢复码。"
        ) from error
    return 0


def _import(arguments: argparse.Namespace) -> int:
    from daomao_desktop.services import (
        assessment_workbook,
        duties_workbook,
        roster_workbook,
    )

    if arguments.history and arguments.area != "decisions":
        raise DaomaoError("--history 只用于 import decisions。")
    options = {
        "dry_run": arguments.dry_run,
        "skip_bad": arguments.skip_bad,
        "village_differs": arguments.village_differs,
    }
    with _desk(arguments) as desk:
        report: ImportReport
        if arguments.area == "leaders":
            report = roster_workbook.import_leaders(desk, arguments.file, **options)
        elif arguments.area == "duties":
            report = duties_workbook.import_duties(desk, arguments.file, **options)
        elif arguments.area == "proposals":
            report = assessment_workbook.import_proposals(desk, arguments.file, **options)
        else:
            report = assessment_workbook.import_decisions(
                desk, arguments.file, history=arguments.history, **options
            )
    _put(arguments, report.as_json(), report.lines())
    if report.refused or report.differing is not None:
        hint = "确实要导入的，请加 --village-differs。" if report.differing else ""
        print(report.refusal + hint, file=sys.stderr)
        return 1
    return 0


def _export(arguments: argparse.Namespace) -> int:
    from daomao_desktop.services import (
        assessment_workbook,
        duties_workbook,
        roster_workbook,
    )

    with _desk(arguments) as desk:
        if arguments.area == "leaders":
            count = roster_workbook.export_leaders(
                desk, arguments.file, unmasked=arguments.unmasked
            )
        elif arguments.area == "duties":
            count = duties_workbook.export_duties(desk, arguments.file, year=arguments.year)
        else:
            year = arguments.year
            if year is None:
                raise DaomaoError(f"导出 {arguments.area} 要用 --year 写明年度。")
            write = (
                assessment_workbook.export_proposals
                if arguments.area == "proposals"
                else assessment_workbook.export_decisions
            )
            count = write(desk, arguments.file, year)
    _put(
        arguments,
        {"file": str(arguments.file), "rows": count},
        (f"已导出 {count} 行：{arguments.file}",),
    )
    return 0


def _assessment_year(arguments: argparse.Namespace) -> int:
    from daomao_desktop.services import assessment

    with _desk(arguments) as desk:
        if arguments.advance is not None:
            assessment.advance(
                desk,
                arguments.year,
                arguments.advance,
                arguments.on or desk.today(),
                acknowledge=arguments.acknowledge,
            )
        view = assessment.year_view(desk, arguments.year)
    _put(arguments, view.as_json(), view.lines())
    return 0


def _print(arguments: argparse.Namespace) -> int:
    from daomao_desktop.services import print_year

    with _desk(arguments) as desk:
        report = print_year.print_year(
            desk,
            arguments.year,
            arguments.out,
            kinds=tuple(arguments.kind or ()),
            meeting=arguments.meeting,
            dated=arguments.dated,
            dry_run=arguments.dry_run,
            merged=arguments.merged or arguments.duplex,
            sides=arguments.duplex,
        )
    _put(arguments, report.as_json(), report.lines())
    if report.lacking or not report.written:
        print(report.refusal, file=sys.stderr)
        return 1
    return 0


def _render(arguments: argparse.Namespace) -> int:
    from daomao_desktop.services import rendering

    rendering.render_file(arguments.file, arguments.out)
    _put(arguments, {"file": str(arguments.out)}, (str(arguments.out),))
    return 0


def _check(arguments: argparse.Namespace) -> int:
    from daomao_desktop.services import self_check

    checked = self_check.check_program()
    problems = list(checked.problems)
    if not arguments.program:
        from daomao_desktop.services import accounts

        with _desk(arguments) as desk:
            problems += accounts.check_store(desk)
    verdict = problems or ["检查完毕，没有发现问题。"]
    _put(arguments, {"problems": problems, **checked.as_json()}, [*checked.lines(), *verdict])
    if problems:
        print(f"检查发现 {len(problems)} 处问题，见上面各行。", file=sys.stderr)
        return 1
    return 0


def _version(arguments: argparse.Namespace) -> int:
    from daomao_desktop import __version__

    _put(arguments, {"version": __version__}, (f"daomao-desktop {__version__}",))
    return 0
