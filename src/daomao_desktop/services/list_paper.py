"""A list printed as it is shown; private numbers stay masked, whatever stands in a cell."""

from __future__ import annotations

from dataclasses import dataclass

from daomao_desktop.domain.accounts import Permission
from daomao_desktop.domain.privacy import mask_in_text
from daomao_desktop.domain.scheme import Edition
from daomao_desktop.errors import Refused
from daomao_desktop.services.desk import Desk
from daomao_desktop.services.fonts import office_faces
from daomao_desktop.services.roster_book import RosterBook


@dataclass(frozen=True, slots=True)
class ShownList:
    """What the screen shows: the columns and rows in their order, and what narrows them.

    ``unit`` counts the rows; ``right``: the places of columns of figures.
    """

    title: str
    narrowed: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    unit: str = "条"
    right: frozenset[int] = frozenset()


def list_pdf(desk: Desk, shown: ShownList) -> bytes:
    """The list as PDF, with the office's name and today's date; raises Refused for an empty one,
    DaomaoError where it cannot be set."""
    desk.require(Permission.READ)
    if not shown.rows or not shown.headings:
        raise Refused("没有可以打印的行。")
    from daomao_desktop.documents.fonts import using
    from daomao_desktop.documents.kinds.listing import Listing, compose
    from daomao_desktop.documents.typesetting import typeset

    with desk.store.reading() as session:
        book = RosterBook(desk, session)
        faces = office_faces(session)
        village = book.villages.get(book.own_village or "")
        own = village.name if village and desk.edition is Edition.VILLAGE else ""
        organ = book.town().name + own
    listing = Listing(
        organ=organ,
        title=f"{organ}{shown.title}",
        narrowed=mask_in_text(shown.narrowed),
        headings=shown.headings,
        rows=tuple(tuple(map(mask_in_text, row)) for row in shown.rows),
        unit=shown.unit,
        right=shown.right,
        dated=desk.today(),
    )
    with using(faces):  # columns are measured
        report = compose(listing)
    return typeset(report, faces=faces)
