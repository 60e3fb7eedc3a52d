"""Objects of a PDF file whose bytes are known when they are added to ReportLab's document.

ReportLab formats its own objects entry by entry, which costs more than what stands in them.
"""

from __future__ import annotations

from typing import Any

from reportlab.pdfbase import pdfdoc


class Written(pdfdoc.PDFObject):
    """An object of the file, its bytes as they are."""

    __RefOnly__ = 1  # a reference stands for it where it is used

    def __init__(self, data: str | bytes) -> None:
        self._data = data.encode("ascii") if isinstance(data, str) else data

    def format(self, _document: Any) -> bytes:
        return self._data


def add(document: Any, written: Written, name: str | None = None) -> str:
    """Adds an object to the file; returns how others refer to it (``7 0 R``)."""
    reference: bytes = document.Reference(written, name).format(document)
    return reference.decode("ascii")


def stream(packed: bytes, more: str = "") -> Written:
    """A stream of deflated bytes; ``more``: further entries of its dictionary."""
    head = f"<< /Filter /FlateDecode /Length {len(packed)}{more} >>\nstream\n"
    return Written(head.encode("ascii") + packed + b"\nendstream")
