"""Whether a list is meant for the village it would be written into: titles, and strangers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from daomao_desktop.domain.scheme import Edition
from daomao_desktop.services.roster_book import RosterBook
from daomao_desktop.store.roster import Person, Village
from daomao_desktop.workbooks.labels import another_village
from daomao_desktop.workbooks.notes import CellNote, Label, Severity
from daomao_desktop.workbooks.people import InVillage

FEW = 3  # with fewer rows, or fewer leaders known, the share of strangers says nothing


@dataclass(frozen=True, slots=True)
class Differing:
    """A workbook that names another village; ``place`` is where its rows would be written.

    ``told``: every row names its village itself, so that the title is likely to be the mistake.
    """

    sentence: str
    place: str
    told: bool

    @property
    def note(self) -> CellNote:
        return CellNote("", None, None, Severity.WARNING, self.sentence)


def differing(
    book: RosterBook,
    labels: Sequence[Label],
    entries: Sequence[InVillage],
    written: Collection[str] = (),
) -> Differing | None:
    """What there is to say about the village the workbook names, or None.

    ``written``: uids of the villages its rows were found to belong to, beside those they name.
    """
    own = book.villages.get(book.own_village or "") if book.edition is Edition.VILLAGE else None
    if own is not None:
        names = [own.name]
    else:
        # Villages a roster names and the store lacks are made: they are written into, too.
        known = (book.village(uid).name for uid in written)
        names = list(dict.fromkeys((*known, *(one.village for one in entries if one.village))))
    if not names:
        return None
    found = another_village(labels, names)
    if found is None:
        return None
    label, village = found
    place = "、".join(names[:3]) + ("等" if len(names) > 3 else "")
    here = f"这里是{place}" if own is not None else f"表里的人却在{place}"
    return Differing(
        f"{label.what}写的是“{village}”，{here}，请核对是不是选错了表。",
        place,
        bool(entries) and all(entry.village is not None for entry in entries),
    )


def judged(
    found: Differing | None, *, confirmed: bool
) -> tuple[Differing | None, tuple[CellNote, ...]]:
    """What stops the import until somebody confirms it, and what is only told."""
    if found is None or not (found.told or confirmed):
        return found, ()
    return None, (found.note,)


def strangers(
    book: RosterBook, rows: Iterable[tuple[Village | None, Person | None]]
) -> list[CellNote]:
    """A warning for each village that has its leaders and would get mostly unknown persons.

    ``rows``: each with the village it belongs to and the person it means, None for a new one.
    """
    all_, new = Counter[str](), Counter[str]()
    for village, person in rows:
        if village is not None:
            all_[village.uid] += 1
            new[village.uid] += person is None
    known = Counter(group.village_uid for uid, group in book.groups.items() if book.holder(uid))
    return [
        CellNote(
            "",
            None,
            None,
            Severity.WARNING,
            f"{book.village(uid).name}已有 {known[uid]} 位小组长，这份表的 {count} 人里却有"
            f" {new[uid]} 人是花名册里没有的，请核对是不是这个村的表",
        )
        for uid, count in all_.items()
        if known[uid] >= FEW and count >= FEW and new[uid] * 2 > count
    ]
