"""Founding an office: edition, names, the first operator and the recovery code."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from daomao_desktop.domain import notices
from daomao_desktop.domain.accounts import OperatorRole
from daomao_desktop.domain.names import clean_name
from daomao_desktop.domain.scheme import Edition
from daomao_desktop.errors import FieldProblem, InvalidInput
from daomao_desktop.services.prefixes import town_holders
from daomao_desktop.services.roster_book import OWN_VILLAGE
from daomao_desktop.services.roster_places import furnished_village
from daomao_desktop.store import key_file, keys
from daomao_desktop.store.accounts import EDITION, Operator, put_setting
from daomao_desktop.store.engine import Session, Store
from daomao_desktop.store.keys import Cost
from daomao_desktop.store.lock import FolderLock
from daomao_desktop.store.roster import Town

LONGEST_LABEL = 12
LONGEST_PLACE = 20


POSTS = ("文书", "支书", "书记", "主任", "会计", "经办", "镇经办", "管理员", "监督员")
"""Login labels that say a post: fine even where an office gives them as the name too."""


@dataclass(frozen=True, slots=True)
class OfficeDraft:
    """What the first-run wizard asks; ``label`` is readable without a password, ``village`` None
    in the town edition."""

    edition: Edition
    town: str
    village: str | None
    operator_name: str
    label: str
    password: str


@dataclass(frozen=True, slots=True)
class Founded:
    """The recovery code goes to paper: it is shown once and never kept."""

    recovery_code: str


def check_office(draft: OfficeDraft) -> tuple[FieldProblem, ...]:
    """What stops an office from being founded, field by field."""
    found: list[FieldProblem] = []
    town, village = clean_name(draft.town), clean_name(draft.village or "")
    if not 2 <= len(town) <= LONGEST_PLACE:
        found.append(FieldProblem("town", "请填写镇名，例如：大茂镇。"))
    if draft.edition is Edition.VILLAGE and not 2 <= len(village) <= LONGEST_PLACE:
        found.append(FieldProblem("village", "请填写村名，例如：联光村。"))
    name = clean_name(draft.operator_name)
    if not 1 <= len(name) <= LONGEST_PLACE:
        found.append(FieldProblem("operator_name", "请填写操作员姓名。"))
    found += check_label(draft.label, name)
    weak = keys.password_problem(draft.password)
    if weak is not None:
        found.append(FieldProblem("password", weak))
    return tuple(found)


def check_label(label: str, name: str) -> list[FieldProblem]:
    """A login label must not be the person's name: it can be read without a password."""
    plain = clean_name(label)
    if not plain:
        return [FieldProblem("label", "请填写登录名，例如：文书。")]
    if len(plain) > LONGEST_LABEL:
        return [FieldProblem("label", f"登录名不能超过{LONGEST_LABEL}个字。")]
    if name and name in plain and plain not in POSTS:
        sentence = "登录名不加密、谁都能看到，不能用姓名，请用岗位，例如：文书。"
        return [FieldProblem("label", sentence)]
    return []


def found_office(folder: Path, draft: OfficeDraft, *, cost: Cost = keys.INTERACTIVE) -> Founded:
    """Makes the data folder; raises InvalidInput, and StoreError where an office is already.

    The store gets its name only when the office is complete in it: an error or a power cut on the
    way leaves a folder that can be founded anew. ``cost``: of one password guess.
    """
    problems = check_office(draft)
    if problems:
        raise InvalidInput(problems)
    with FolderLock(folder):
        made = keys.create(folder, clean_name(draft.label), draft.password, cost=cost)

        def first(session: Session) -> None:
            _furnish(session, draft, made.slot)

        try:
            Store.create(folder, made.data_key, first).close()
        except BaseException:
            if not keys.founded(folder):
                for name in key_file.NAMES:
                    (folder / name).unlink(missing_ok=True)
            raise
    return Founded(made.recovery_code)


def _furnish(session: Session, draft: OfficeDraft, slot: str) -> None:
    in_village = draft.edition is Edition.VILLAGE
    operator = Operator(
        label=clean_name(draft.label),
        name=clean_name(draft.operator_name),
        role=OperatorRole.VILLAGE_ADMIN if in_village else OperatorRole.TOWN_ADMIN,
        slot=slot,
    )
    session.add(operator)
    session.info["actor"] = operator.uid
    put_setting(session, EDITION, draft.edition.value)
    name = clean_name(draft.town)
    town = Town(
        name=name,
        committee_name=notices.town_committee(name),
        government_name=notices.town_government(name),
        discipline_name=notices.town_discipline(name),
        prefix=notices.town_prefix(name),
    )
    session.add(town)
    session.flush()
    if in_village:
        own = clean_name(draft.village or "")
        holders = town_holders(town)
        village = furnished_village(town, own, holders, position=1, kept_by_town=False)
        session.add(village)
        session.flush()
        put_setting(session, OWN_VILLAGE, village.uid)
