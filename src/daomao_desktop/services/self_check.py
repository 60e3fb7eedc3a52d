"""The program checks itself: fonts, wording and a page set in every face (``check --self``)."""

from __future__ import annotations

import json

from daomao_desktop.errors import DaomaoError

_PAGE = {
    "format": "file",
    "organ": "自检",
    "number": "自检〔2026〕1号",
    "title": "关于程序自检的通知",
    "addressee": "各村民小组",
    "body": ["一、黑体", "（一）楷体", "仿宋：䶮𠮷，￥1,200.50。"],
    "signature": ["自检"],
    "date": "2026-01-15",
    "seal": True,
}


def check_program() -> list[str]:
    """Problems as Chinese sentences; an empty list means everything is in order."""
    from daomao_desktop.documents.font_files import check_fonts  # reportlab takes 100 ms to import
    from daomao_desktop.documents.render import render_json

    problems = check_fonts()
    if not problems:  # a page without its fonts would only repeat the same complaint
        try:
            render_json(json.dumps(_PAGE))
        except DaomaoError as error:
            problems.append(f"试排一页失败：{error}")
    return problems
