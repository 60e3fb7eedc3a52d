"""Villages and groups: lists and forms."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass

from daomao_desktop.domain import notices
from daomao_desktop.domain.accounts import Permission
from daomao_desktop.domain.roster import GroupName, parse_group
from daomao_desktop.domain.scheme import Edition
from daomao_desktop.errors import FieldProblem, InvalidInput, Refused
from daomao_desktop.services.desk import Area, Changes, Desk
from daomao_desktop.services.prefixes import (
    Holders,
    Numbered,
    derived_holders,
    numbered,
    prefix_problems,
    town_holders,
    village_holders,
)
from daomao_desktop.services.roster_book import RosterBook
from daomao_desktop.services.roster_rows import GroupRow, VillageRow
from daomao_desktop.services.roster_steps import ensure_group
from daomao_desktop.store.roster import Group, Town, Village


@dataclass(frozen=True, slots=True)
class TownDraft:
    """Names of the town's organs as printed and its 代字; what is empty gets its usual form.

    ``contact``: the office's phone as public notices print it; it has no usual form.
    """

    committee_name: str = ""
    government_name: str = ""
    discipline_name: str = ""
    prefix: str = ""
    contact: str = ""


@dataclass(frozen=True, slots=True)
class VillageDraft:
    """A village as typed; names of organs left empty get their usual form. ``uid`` None: new."""

    name: str
    branch_name: str = ""
    committee_name: str = ""
    branch_prefix: str = ""
    committee_prefix: str = ""
    contact: str | None = None
    position: int | None = None
    uid: str | None = None


@dataclass(frozen=True, slots=True)
class GroupDraft:
    """A village group as typed (第3村民小组, 3组, 东坡组). ``uid`` None: new."""

    village_uid: str
    name: str
    households: int | None = None
    adults: int | None = None
    voting_households: int | None = None
    account_bank: str | None = None
    account_holder: str | None = None
    account_tail: str | None = None
    uid: str | None = None


def list_villages(desk: Desk) -> tuple[VillageRow, ...]:
    """All villages in their order, with how many groups and present leaders they have."""
    desk.require(Permission.READ)
    with desk.store.reading() as session:
        book = RosterBook(desk, session)
        return tuple(_village_row(book, village) for village in book.villages.values())


def list_groups(desk: Desk, village_uid: str | None = None) -> tuple[GroupRow, ...]:
    """All groups by village and number, or those of one village, with their present leaders."""
    desk.require(Permission.READ)
    with desk.store.reading() as session:
        book = RosterBook(desk, session)
        order = list(book.villages)
        groups = [
            group
            for group in book.groups.values()
            if group.village_uid in book.villages and village_uid in (None, group.village_uid)
        ]
        groups.sort(key=lambda group: order.index(group.village_uid))  # stable: keeps the numbers
        return tuple(_group_row(book, group) for group in groups)


def save_village(desk: Desk, draft: VillageDraft) -> Changes:
    """Adds a village that the town keeps (代管), or changes names, order and contact of one."""
    desk.require(Permission.ADMINISTER)
    name = draft.name.strip()
    if not name:
        raise InvalidInput((FieldProblem("name", "请填写村名。"),))
    with desk.store.writing(desk.operator.uid) as session:
        book = RosterBook(desk, session)
        same = next((one for one in book.villages.values() if one.name == name), None)
        if same is not None and same.uid != draft.uid:
            raise InvalidInput((FieldProblem("name", f"已经有{name}，不能重复。"),))
        if draft.uid is None:
            if desk.edition is Edition.VILLAGE:
                raise Refused("村级版只登记本村，不能增加别的村。")
            village = _next_village(book, name)
        else:
            village = book.village(draft.uid)
            book.require_writable(village.uid)
            village.name = name
        before = (village.branch_prefix, village.committee_prefix)
        holders = _holders(book, apart_from=village)
        taken = {**numbered(book, apart_from=village.uid), **holders}
        usual = furnished_village(book.town(), name, taken, position=0, kept_by_town=False)
        village.branch_name = draft.branch_name.strip() or usual.branch_name
        village.committee_name = draft.committee_name.strip() or usual.committee_name
        village.branch_prefix = draft.branch_prefix.strip() or usual.branch_prefix
        village.committee_prefix = draft.committee_prefix.strip() or usual.committee_prefix
        now = (village.branch_prefix, village.committee_prefix)
        kept = {one for one, old in zip(now, before, strict=True) if draft.uid and one == old}
        used = {prefix: organs for prefix, organs in numbered(book).items() if prefix not in kept}
        if wrong := _prefix_problems(village, holders, used):
            raise InvalidInput(wrong)
        if draft.uid is None:
            book.add_village(village)
        village.contact = (draft.contact or "").strip() or None
        if draft.position is not None:
            village.position = draft.position
        return Changes(frozenset({Area.ROSTER, Area.ACCOUNTS}), (village.uid,))


def save_town(desk: Desk, draft: TownDraft) -> Changes:
    """Changes the names of the town's organs, its 发文机关代字 and phone, for documents to come.

    Raises InvalidInput for a 代字 or a phone that cannot be one, or a 代字 of another organ.
    """
    desk.require(Permission.ADMINISTER)
    with desk.store.writing(desk.operator.uid) as session:
        book = RosterBook(desk, session)
        town = book.town()
        town.committee_name = draft.committee_name.strip() or notices.town_committee(town.name)
        town.government_name = draft.government_name.strip() or notices.town_government(town.name)
        town.discipline_name = draft.discipline_name.strip() or notices.town_discipline(town.name)
        prefix = draft.prefix.strip() or notices.town_prefix(town.name)
        contact = " ".join(draft.contact.split())
        wrong = _town_prefix_problems(book, town, prefix)
        if contact and (problem := notices.contact_problem(contact)) is not None:
            wrong += (FieldProblem("contact", problem),)
        if wrong:
            raise InvalidInput(wrong)
        town.contact = contact or None
        town.prefix = prefix
        return Changes(frozenset({Area.ACCOUNTS, Area.NOTICES}), (town.uid,))


def save_group(desk: Desk, draft: GroupDraft) -> Changes:
    """Adds or changes a group; raises InvalidInput for a name taken or figures that contradict."""
    desk.require(Permission.RECORD)
    name = _group_name(draft)
    with desk.store.writing(desk.operator.uid) as session:
        book = RosterBook(desk, session)
        village_uid = book.group(draft.uid).village_uid if draft.uid else draft.village_uid
        village = book.village(village_uid)
        book.require_writable(village.uid)
        same = book.group_named(village.uid, name)
        if same is not None and same.uid != draft.uid:
            raise InvalidInput((FieldProblem("name", f"{village.name}已经有{same.name}。"),))
        if draft.uid is None:
            group, _ = ensure_group(book, village.uid, name)
        else:
            group = book.group(draft.uid)
            group.number, group.name = name.number, name.name
        group.households = draft.households
        group.adults = draft.adults
        group.voting_households = draft.voting_households
        group.account_bank = (draft.account_bank or "").strip() or None
        group.account_holder = (draft.account_holder or "").strip() or None
        group.account_tail = (draft.account_tail or "").strip() or None
        return Changes(frozenset({Area.ROSTER}), (group.uid,))


def remove_group(desk: Desk, group_uid: str) -> Changes:
    """Takes away a group made by mistake; one that ever had a leader stays."""
    desk.require(Permission.RECORD)
    with desk.store.writing(desk.operator.uid) as session:
        book = RosterBook(desk, session)
        group = book.group(group_uid)
        book.require_writable(group.village_uid)
        if book.in_group(group_uid):
            raise Refused(f"{group.name}已有小组长的任职记录，不能删除。")
        group.deleted_at = session.info["at"]
        return Changes(frozenset({Area.ROSTER}), (group_uid,))


def furnished_village(
    town: Town, name: str, holders: Container[str], *, position: int, kept_by_town: bool
) -> Village:
    """A village, not yet in a session, with the usual names and 发文机关代字 of its organs.

    ``holders``: 代字 of others; where the usual one is among them it gets a longer one.
    """
    return Village(
        town_uid=town.uid,
        name=name,
        branch_name=notices.branch_name(town.name, name),
        committee_name=notices.village_committee(town.name, name),
        branch_prefix=notices.branch_prefix(name, holders),
        committee_prefix=notices.committee_prefix(name, holders),
        kept_by_town=kept_by_town,
        position=position,
    )


def new_village(book: RosterBook, name: str) -> Village:
    """A village that the town keeps (代管), last in the order.

    Raises Refused where both the usual and the longer 代字 of its organs are another's.
    """
    village = _next_village(book, name)
    if wrong := _prefix_problems(village, _holders(book), numbered(book)):
        raise Refused(f"不能增加{name}：{wrong[0].sentence}")
    book.add_village(village)
    return village


def _next_village(book: RosterBook, name: str) -> Village:
    last = max((one.position for one in book.villages.values()), default=0)
    taken = {**numbered(book), **_holders(book)}
    return furnished_village(book.town(), name, taken, position=last + 1, kept_by_town=True)


def _holders(book: RosterBook, *, apart_from: Village | None = None) -> Holders:
    return {**town_holders(book.town()), **village_holders(book, apart_from=apart_from)}


def _prefix_problems(
    village: Village, holders: Holders, numbered: Numbered
) -> tuple[FieldProblem, ...]:
    return prefix_problems(
        (
            ("branch_prefix", village.branch_name, village.branch_prefix),
            ("committee_prefix", village.committee_name, village.committee_prefix),
        ),
        holders,
        numbered,
    )


def _town_prefix_problems(book: RosterBook, town: Town, prefix: str) -> tuple[FieldProblem, ...]:
    """The committee's must be nobody else's, nor may those formed after it be a village's."""
    villages = village_holders(book)
    derived = derived_holders(town, prefix)
    used = numbered(book, apart_from=None)
    own = prefix_problems((("prefix", town.committee_name, prefix),), {**villages, **derived}, used)
    formed = [("prefix", organ, one) for one, organ in derived.items()]
    return own or prefix_problems(formed, villages, used)


def _group_name(draft: GroupDraft) -> GroupName:
    problems = []
    name = GroupName(None, "")
    try:
        name = parse_group(draft.name)
    except ValueError:
        problems.append(FieldProblem("name", "请填写小组的编号或名称，例如：第3村民小组。"))
    for field, word, number in (
        ("households", "户数", draft.households),
        ("adults", "18周岁以上人数", draft.adults),
        ("voting_households", "有表决权的户数", draft.voting_households),
    ):
        if number is not None and not 0 <= number <= 100_000:
            problems.append(FieldProblem(field, f"{word}应是0到100000之间的整数。"))
    tail = (draft.account_tail or "").strip()
    if tail and not (tail.isascii() and tail.isdigit() and len(tail) <= 4):
        problems.append(FieldProblem("account_tail", "公共账户只记末四位数字。"))
    if problems:
        raise InvalidInput(tuple(problems))
    return name


def _village_row(book: RosterBook, village: Village) -> VillageRow:
    groups = [group.uid for group in book.groups.values() if group.village_uid == village.uid]
    return VillageRow(
        uid=village.uid,
        name=village.name,
        branch_name=village.branch_name,
        committee_name=village.committee_name,
        branch_prefix=village.branch_prefix,
        committee_prefix=village.committee_prefix,
        kept_by_town=village.kept_by_town,
        contact=village.contact,
        position=village.position,
        groups=len(groups),
        leaders=sum(book.holder(uid) is not None for uid in groups),
        writable=book.writable(village.uid),
    )


def _group_row(book: RosterBook, group: Group) -> GroupRow:
    holder = book.holder(group.uid)
    leader = book.person(holder.person_uid) if holder else None
    return GroupRow(
        uid=group.uid,
        village_uid=group.village_uid,
        village=book.villages[group.village_uid].name,
        number=group.number,
        name=group.name,
        households=group.households,
        adults=group.adults,
        voting_households=group.voting_households,
        account_bank=group.account_bank,
        account_holder=group.account_holder,
        account_tail=group.account_tail,
        leader_uid=leader.uid if leader else None,
        leader=leader.name if leader else None,
        writable=book.writable(group.village_uid),
    )
