"""What a document is made of: the order for it, its content, and what all kinds check."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING, Any, Protocol

from daomao_desktop.domain.dates import chinese_date
from daomao_desktop.domain.notices import DocumentKind
from daomao_desktop.domain.scheme import YearState
from daomao_desktop.errors import NotFound, Refused
from daomao_desktop.services.assessment_book import YearBook
from daomao_desktop.store.notices import IssuedDocument
from daomao_desktop.store.roster import Village

if TYPE_CHECKING:  # reportlab comes with the engine: loaded when a document is really set
    from daomao_desktop.documents.fonts import FaceChoice
    from daomao_desktop.documents.typesetting import Paper


@dataclass(frozen=True, slots=True)
class Order:
    """The document asked for.

    ``meeting``: branch meeting that decided a criticism (default: that of the proposal).
    ``persons``: whom a commendation names (default: everyone 优秀), ``best``: who of them is 十佳.
    ``until``: last day of a public notice (default: after the working days it must stay).
    """

    kind: DocumentKind
    person_uid: str | None
    dated: date
    meeting: date | None = None
    persons: tuple[str, ...] = ()
    best: tuple[str, ...] = ()
    until: date | None = None


class KindModule(Protocol):
    """A module of ``documents.kinds``: both functions take the kind's own dataclass."""

    def title(self, data: Any, /) -> str: ...
    def compose(self, data: Any, /) -> Paper: ...


@dataclass(frozen=True, slots=True)
class Content:
    """A document ready to be set: who issues it, its data, and what is kept beside the bytes.

    ``data``: the dataclass that ``kind`` composes; its ``number`` is filled in when signed off.
    ``dated``: its date where the records give it, whatever day was ordered.
    """

    organ: str
    prefix: str
    village_uid: str | None
    kind: KindModule
    data: Any
    kept: dict[str, Any] = field(default_factory=dict)
    dated: date | None = None

    @property
    def title(self) -> str:
        """The title as it stands in document and register."""
        return self.kind.title(self.data)

    def numbered(self, number: str) -> Content:
        """The same document with its number."""
        return replace(self, data=replace(self.data, number=number))

    def compose(self) -> Paper:
        """The document as it is to be laid out; raises DaomaoError."""
        return self.kind.compose(self.data)

    def typeset(self, faces: FaceChoice | None = None, stamp: str = "") -> bytes:
        """The PDF, in the shipped faces unless told; the same content gives the same bytes.

        ``stamp``: words across every page. Raises DaomaoError.
        """
        from daomao_desktop.documents.fonts import BUNDLED
        from daomao_desktop.documents.typesetting import typeset

        return typeset(self.compose(), faces=faces or BUNDLED, stamp=stamp)


def fingerprint(pdf: bytes) -> str:
    """SHA-256 of a paper's bytes in hexadecimal: what was seen, or signed off, is known again."""
    return hashlib.sha256(pdf).hexdigest()


def issued_for(
    book: YearBook, live: Sequence[IssuedDocument], kind: DocumentKind, person_uid: str
) -> IssuedDocument | None:
    """The document of that kind signed off for the person, joined records included."""
    for one in live:
        if one.kind is kind and one.person_uid and book.root(one.person_uid) == person_uid:
            return one
    return None


def check_past(book: YearBook, dated: date) -> None:
    """Raises Refused for a day in the future."""
    if dated > book.today:
        raise Refused(f"成文日期{chinese_date(dated)}晚于今天，请改为实际日期。")


def check_day(book: YearBook, dated: date) -> None:
    """Raises Refused for a day in the future, or before the grades were in force."""
    check_past(book, dated)
    step = book.step(YearState.IN_FORCE)
    if step is not None and dated < step.on:
        raise Refused(
            f"成文日期{chinese_date(dated)}早于考核结果生效的{chinese_date(step.on)}，"
            "请改为生效以后的日期。"
        )


def writable_village(book: YearBook, person_uid: str) -> Village:
    """The village a person is assessed in, where this desk may write for it."""
    group = book.roster.groups.get(book.group_of(person_uid) or "")
    if group is None:
        raise NotFound(f"{book.name(person_uid)}在{book.year}年没有参加考核。")
    book.roster.require_writable(group.village_uid)
    return book.roster.village(group.village_uid)
