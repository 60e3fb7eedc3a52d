"""自拟公文: what an office wrote itself, as a file, a letter or without any head."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from daomao_desktop.documents.typesetting.document import Format, OfficialDocument
from daomao_desktop.domain.notices import is_posted
from daomao_desktop.errors import Refused

KIND = "freeform"
MASTHEAD = "文件"


@dataclass(frozen=True, slots=True)
class Freeform:
    """What the paper says; texts are printed as they are, the levels read from their numbering.

    ``organs``: one, or several in joint issue, the leading one first. ``signer``: of an upward
    document. ``dated`` None: a page still being written.
    """

    format: Format
    organs: tuple[str, ...]
    title: str
    body: tuple[str, ...]
    dated: date | None
    number: str = ""
    signer: str = ""
    addressee: str = ""
    attachments: tuple[str, ...] = ()
    seal: bool = True
    note: str = ""
    copies_to: str = ""
    printed_by: str = ""


def title(data: Freeform) -> str:
    """The title as typed."""
    return data.title


def check(data: Freeform) -> None:
    """Raises Refused in one sentence where the format has no place for something given."""
    if data.format is not Format.FILE and data.signer:
        raise Refused("签发人只写在红头文件上，请改用文件格式或删去签发人。")
    if data.format is Format.PLAIN and data.number:
        raise Refused("没有红头的公文不编文号，请改用文件或信函格式。")


def compose(data: Freeform) -> OfficialDocument:
    """The paper; raises Refused as ``check`` says."""
    check(data)
    return OfficialDocument(
        format=data.format,
        title=data.title,
        body=data.body,
        organs=data.organs,
        masthead_suffix=MASTHEAD if data.format is Format.FILE else "",
        number=data.number,
        signer=data.signer,
        addressee=data.addressee,
        attachments=data.attachments,
        signature=data.organs,
        date=data.dated,
        seal=data.seal,
        note=data.note,
        copies_to=data.copies_to,
        printed_by=data.printed_by,
        printed_on=data.dated if data.printed_by else None,
        posted=is_posted(data.title),
    )
