"""What ``check`` looks at in the store: the file, the audit trail, and the rules of the roster."""

from __future__ import annotations

from daomao_desktop.domain.accounts import Permission
from daomao_desktop.errors import DaomaoError
from daomao_desktop.services.desk import Desk
from daomao_desktop.services.roster_book import RosterBook
from daomao_desktop.store import audit, keys


def check_store(desk: Desk) -> list[str]:
    """One sentence a problem, none when all is well; the sentences may name persons."""
    desk.require(Permission.READ)
    problems = list(desk.store.check())
    if problems:
        return problems  # a damaged file would only repeat itself below
    try:
        keys.labels(desk.store.folder)
        with desk.store.reading() as session:
            late = audit.clock_problem(session)
            problems += [late] if late else []
            problems += _roster_problems(RosterBook(desk, session))
    except DaomaoError as error:
        problems.append(error.sentence)
    return problems


def clock_problem(desk: Desk) -> str | None:
    """A sentence when the PC's clock runs behind the last entry: tell it before anyone records."""
    with desk.store.reading() as session:
        return audit.clock_problem(session)


def _roster_problems(book: RosterBook) -> list[str]:
    problems = []
    for group in book.groups.values():
        names = [
            book.person(post.person_uid).name
            for post in book.in_group(group.uid)
            if book.holds(post) and post.person_uid in book.persons
        ]
        if len(names) > 1:
            problems.append(f"{book.place(group.uid)}同时有几名在任小组长：{'、'.join(names)}。")
    seen: dict[str, str] = {}
    for person in book.persons.values():
        if not person.id_number:
            continue
        root = book.root(person.uid)
        other = seen.setdefault(person.id_number, root)
        if other != root:
            problems.append(
                f"{book.persons[other].name}和{book.persons[root].name}登记了同一个身份证号码，请核对。"
            )
    return problems
