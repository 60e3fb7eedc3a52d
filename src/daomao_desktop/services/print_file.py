"""Printing into a file: the finished papers themselves, letters and lines as they were set."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from daomao_desktop.files import replace_file


def is_posted(pdf: bytes) -> bool:
    """Whether the finished paper will hang on a wall: nothing may stand on its sheets' backs."""
    from daomao_desktop.documents import merging

    return merging.is_posted(pdf)


def blank_pages(pdf: bytes) -> frozenset[int]:
    """The pages, from 0, left blank for a sheet's back: printing on one side leaves them out."""
    from daomao_desktop.documents import merging

    return merging.blank_pages(pdf)


def write_papers(
    path: Path,
    pdfs: Sequence[bytes],
    *,
    title: str,
    sides: bool = False,
    first: int = 0,
    last: int = 0,
    on_paper: Callable[[int], None] = lambda _done: None,
) -> None:
    """Writes one paper as its very bytes, several as one PDF of all their pages.

    ``first`` to ``last`` (1-based, 0 for all) of a single paper; ``sides``: each of several begins
    on the front of a sheet; without, pages left blank for a sheet's back are left out.
    ``on_paper(done)`` is called before each paper and before writing, and may raise to stop. Raises
    FileProblem in one sentence; the file is written whole or not at all.
    """
    from daomao_desktop.documents.merging import merge

    if len(pdfs) == 1 and not first and (sides or not blank_pages(pdfs[0])):
        on_paper(0)
        pdf = pdfs[0]
    else:
        pages = range(first - 1, last or first) if first and len(pdfs) == 1 else None
        pdf = merge(
            pdfs,
            title=title,
            sides=sides,
            one_side=not sides,
            pages=pages,
            on_document=on_paper,
        )
    on_paper(len(pdfs))
    replace_file(path, pdf)
