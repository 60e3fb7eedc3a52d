"""What duty records and findings share: whose they are, for which group, who may write them."""

from __future__ import annotations

from datetime import date

from daomao_desktop.domain.dates import chinese_date
from daomao_desktop.errors import FieldProblem, InvalidInput
from daomao_desktop.services.roster_book import RosterBook


def group_on(book: RosterBook, person_uid: str, group_uid: str, on: date) -> str:
    """The group the person led on that day; ``group_uid`` empty: whichever it was.

    Raises InvalidInput when the person did not lead it then, Refused when another office writes it.
    """
    person = book.person(person_uid)
    post = book.post_on(person_uid, on, group_uid or None)
    if post is None:
        where = book.place(group_uid) + "的" if group_uid else ""
        sentence = f"{person.name}在{chinese_date(on)}不是{where}小组长，请核对日期。"
        raise InvalidInput((FieldProblem("on", sentence),))
    book.require_writable(book.group(post.group_uid).village_uid)
    return post.group_uid


def text(value: str | None) -> str | None:
    """A text without space around it, None where nothing is left."""
    return (value or "").strip() or None
