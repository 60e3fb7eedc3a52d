"""Typesetting one document that another program describes in JSON (``render``)."""

from __future__ import annotations

from pathlib import Path

from daomao_desktop.errors import FileProblem
from daomao_desktop.files import replace_file

_LIMIT = 4 * 1024 * 1024  # bytes; a page of text is a few thousand


def render_file(source: Path, target: Path) -> None:
    """Reads JSON from ``source`` and writes the PDF to ``target`` atomically.

    Raises FileProblem or another DaomaoError in one sentence; nothing is written then.
    """
    from daomao_desktop.documents.render import render_json  # reportlab takes 100 ms to import

    try:
        if source.is_dir():
            raise FileProblem(f"「{source}」是文件夹，不是 JSON 文件。")
        with source.open("rb") as file:
            content = file.read(_LIMIT + 1)  # a device has no size to ask for, and no end
        if len(content) > _LIMIT:
            raise FileProblem(f"「{source}」超过 4 MiB，不像是一份公文。")
        text = content.decode("utf-8-sig")
    except FileNotFoundError as error:
        raise FileProblem(f"找不到文件「{source}」。") from error
    except UnicodeDecodeError as error:
        raise FileProblem(f"「{source}」不是 UTF-8 编码的 JSON 文件。") from error
    except OSError as error:
        raise FileProblem(f"「{source}」读不出来，请检查文件和权限。") from error
    if _same(source, target):
        raise FileProblem(f"「{target}」就是要排版的文件，请给 PDF 换一个文件名。")
    replace_file(target, render_json(text))


def _same(source: Path, target: Path) -> bool:
    try:
        return target.samefile(source)
    except OSError:  # as a rule there is no target yet
        return False
