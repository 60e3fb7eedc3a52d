"""Whose 发文机关代字 is whose: shared by two organs, nobody could tell their numbers apart."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from types import MappingProxyType

from daomao_desktop.domain import notices
from daomao_desktop.errors import FieldProblem
from daomao_desktop.services.roster_book import RosterBook
from daomao_desktop.store.roster import Town, Village

Holders = Mapping[str, str]
"""代字 → the organ that numbers its papers with it."""

Numbered = Mapping[str, Collection[str]]
"""代字 → the organs that have given numbers under it, whosever it is now."""

_NONE: Numbered = MappingProxyType({})


def derived_holders(town: Town, prefix: str) -> dict[str, str]:
    """Those of the town that nobody sets; ``prefix`` is the committee's."""
    return {
        notices.government_prefix(town.name, prefix): town.government_name,
        notices.discipline_prefix(town.name, prefix): town.discipline_name,
        notices.certificate_prefix(town.name): f"{town.name}的荣誉证书",
    }


def town_holders(town: Town) -> dict[str, str]:
    """All of the town's own."""
    return {**derived_holders(town, town.prefix), town.prefix: town.committee_name}


def village_holders(book: RosterBook, *, apart_from: Village | None = None) -> dict[str, str]:
    """Those of all villages but one."""
    found: dict[str, str] = {}
    for village in book.villages.values():
        if village is not apart_from:
            found[village.branch_prefix] = village.branch_name
            found[village.committee_prefix] = village.committee_name
    return found


def numbered(book: RosterBook, *, apart_from: str | None = "") -> Numbered:
    """Under which 代字 papers were numbered; ``apart_from``: not those of that village (uid), or,
    for None, of the town."""
    found: dict[str, list[str]] = {}
    for prefix, organ, village in book.numbered:
        if village != apart_from:
            found.setdefault(prefix, []).append(organ)
    return found


def prefix_problems(
    wanted: Sequence[tuple[str, str, str]], holders: Holders, numbered: Numbered = _NONE
) -> tuple[FieldProblem, ...]:
    """Why organs cannot have what is wanted for them: (field, organ, 代字) each.

    ``numbered``: a number an organ gave is its own although its 代字 is another one by now.
    """
    found = []
    held = dict(holders)
    for field, organ, prefix in wanted:
        problem = notices.prefix_problem(prefix)
        if problem is None and prefix in held:
            problem = notices.shared_prefix(prefix, held[prefix], organ)
        if problem is None:
            others = [one for one in numbered.get(prefix, ()) if organ not in one.split("、")]
            problem = notices.used_prefix(prefix, others[0], organ) if others else None
        if problem is not None:
            found.append(FieldProblem(field, problem))
        held[prefix] = organ
    return tuple(found)
