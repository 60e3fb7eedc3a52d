"""Values on the command line: years, days, steps of the year, kinds of documents."""

from __future__ import annotations

import argparse
from datetime import date
from typing import Any


def year(text: str) -> int:
    if text.isdecimal() and 1990 <= int(text) <= 2100:
        return int(text)
    raise argparse.ArgumentTypeError(f"“{text}”不是年度，请写成 2025")


def day(text: str) -> date:
    from daomao_desktop.domain.dates import parse_day

    try:
        return parse_day(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"“{text}”不是日期，请写成 2026-01-15") from error


def state(text: str) -> Any:
    from daomao_desktop.domain.scheme import YearState

    for one in YearState:
        if text == one.value:
            return one
    words = "、".join(one.value for one in YearState)
    raise argparse.ArgumentTypeError(f"没有“{text}”这一步，可用：{words}")


class KindAction(argparse.Action):
    """Collects kinds; ``help`` lists them and ends."""

    def __call__(
        self,
        parser: argparse.ArgumentParser,
        namespace: argparse.Namespace,
        values: Any,
        option_string: str | None = None,  # noqa: ARG002 - argparse's signature
    ) -> None:
        from daomao_desktop.domain.notices import DocumentKind

        kinds = {kind.code: kind for kind in DocumentKind}
        if values == "help":
            for code, kind in kinds.items():
                print(f"{code}\t{kind.value}")
            parser.exit(0)
        if values not in kinds:
            parser.error(f"没有“{values}”这种文书，可用：{' '.join(kinds)}")
        namespace.kind = [*(namespace.kind or []), kinds[values]]
