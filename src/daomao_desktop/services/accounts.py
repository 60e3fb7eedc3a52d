"""Operators: signing in and out, passwords, the office's names and the scheme's settings."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from daomao_desktop.domain.accounts import OperatorRole, Permission
from daomao_desktop.domain.names import clean_name, name_problem
from daomao_desktop.domain.scheme import Edition
from daomao_desktop.domain.scheme_settings import SchemeSettings
from daomao_desktop.errors import FieldProblem, InvalidInput, NotFound, Refused, StoreError
from daomao_desktop.services.desk import Area, Changes, Desk, OperatorInfo
from daomao_desktop.services.founding import (
    Founded,
    OfficeDraft,
    check_label,
    check_office,
    found_office,
)
from daomao_desktop.services.roster_book import OWN_VILLAGE
from daomao_desktop.services.sign_in import refuse_new, sign_in_labels
from daomao_desktop.services.store_check import check_store, clock_problem
from daomao_desktop.store import accounts as store
from daomao_desktop.store import keys, roster
from daomao_desktop.store.accounts import Operator, get_setting, put_setting
from daomao_desktop.store.audit import note
from daomao_desktop.store.engine import Session, Store
from daomao_desktop.store.lock import FolderLock

__all__ = [
    "Founded",
    "OfficeDraft",
    "OfficeInfo",
    "OperatorDraft",
    "add_operator",
    "change_password",
    "check_office",
    "check_store",
    "clock_problem",
    "close_desk",
    "deactivate_operator",
    "found_office",
    "list_operators",
    "office",
    "open_desk",
    "reset_password",
    "save_scheme_settings",
    "scheme_settings",
    "sign_in_labels",
]


@dataclass(frozen=True, slots=True)
class OfficeInfo:
    """The office as its pages name it; ``village`` None in the town edition."""

    edition: Edition
    town: str
    town_uid: str
    committee_name: str
    government_name: str
    discipline_name: str
    prefix: str
    contact: str | None
    village: str | None
    village_uid: str | None
    operator: OperatorInfo
    folder: Path

    @property
    def name(self) -> str:
        """What the window's title shows: 大茂镇联光村, or 大茂镇."""
        return self.town + (self.village or "")


@dataclass(frozen=True, slots=True)
class OperatorDraft:
    """A further operator; the label is readable without a password."""

    name: str
    label: str
    role: OperatorRole
    password: str


def open_desk(
    folder: Path,
    password: str,
    operator: str | None = None,
    today: Callable[[], date] = date.today,
) -> Desk:
    """Signs in; ``operator`` is the login label or the person's name, needed only among several.

    Raises StoreError: no office here, in use elsewhere, wrong password, damage. Failed logins since
    the last good one go into the audit trail.
    """
    refuse_new(folder)
    with FolderLock(folder):
        slot, data_key, by_name = _unlocked(folder, password, operator)
        opened = Store.open(folder, data_key)
        try:
            return _desk(opened, slot, by_name, today)
        except BaseException:
            opened.close()
            raise


def close_desk(desk: Desk) -> None:
    """Closes the store and gives the folder back; again does nothing."""
    desk.store.close()


def change_password(desk: Desk, old: str, new: str) -> None:
    """The operator's own password; raises StoreError for a wrong old or a weak new one."""
    desk.require(Permission.READ)
    keys.change_password(desk.store.folder, desk.operator.slot, old, new)
    with desk.store.writing(desk.operator.uid) as session:
        note(session, Area.ACCOUNTS, "修改口令", record=desk.operator.uid)


def reset_password(folder: Path, label: str, code: str, new: str) -> None:
    """A forgotten password by the recovery code; raises StoreError for a wrong code or label."""
    with FolderLock(folder):
        slot = next((one.slot for one in keys.labels(folder) if one.label == label), None)
        if slot is None:
            raise StoreError(f"没有名为“{label}”的登录名，请重新选择。")
        keys.reset_password(folder, slot, code, new)
        with Store.open(folder, keys.unlock(folder, slot, new)) as opened:
            with opened.reading() as session:
                person = store.operator_of_slot(session, slot)
            with opened.writing(person.uid if person else None) as session:
                put_setting(session, store.RECOVERY, keys.recovery_slot(folder))  # somebody has it
                note(
                    session,
                    Area.ACCOUNTS,
                    "用恢复码重设口令",
                    record=person.uid if person else None,
                )


def office(desk: Desk) -> OfficeInfo:
    """Edition, names of the organs and who is signed in."""
    with desk.store.reading() as session:
        town = roster.the_town(session)
        if town is None:
            raise NotFound("资料库里没有镇的资料，请用最近的备份恢复。")
        own: str | None = get_setting(session, OWN_VILLAGE, None)
        village = next((one for one in roster.villages(session) if one.uid == own), None)
        return OfficeInfo(
            edition=desk.edition,
            town=town.name,
            town_uid=town.uid,
            committee_name=town.committee_name,
            government_name=town.government_name,
            discipline_name=town.discipline_name,
            prefix=town.prefix,
            contact=town.contact,
            village=village.name if village else None,
            village_uid=village.uid if village else None,
            operator=desk.operator,
            folder=desk.store.folder,
        )


def scheme_settings(desk: Desk) -> SchemeSettings:
    """What holds for years that have not started their 村评 yet."""
    desk.require(Permission.READ)
    with desk.store.reading() as session:
        return settings_of(session)


def settings_of(session: Session) -> SchemeSettings:
    """As ``scheme_settings``, inside an open session."""
    return SchemeSettings.from_json(get_setting(session, store.SCHEME, {}))


def save_scheme_settings(desk: Desk, settings: SchemeSettings) -> Changes:
    """Keeps the settings for years to come; raises InvalidInput (weights must sum to 100)."""
    desk.require(Permission.ADMINISTER)
    problems = settings.problems()
    if problems:
        raise InvalidInput(problems)
    with desk.store.writing(desk.operator.uid) as session:
        put_setting(session, store.SCHEME, settings.as_json())
    return Changes(frozenset({Area.ACCOUNTS, Area.ASSESSMENT}))


def list_operators(desk: Desk) -> tuple[OperatorInfo, ...]:
    """Everybody who can sign in, in the order they were added."""
    desk.require(Permission.READ)
    with desk.store.reading() as session:
        return tuple(_info(one) for one in store.operators(session) if one.active)


def add_operator(desk: Desk, draft: OperatorDraft, own_password: str) -> Changes:
    """A further operator with a key slot of its own; the administrator's password unlocks the key.

    Raises InvalidInput for fields, StoreError for a wrong or weak password or a label taken.
    """
    desk.require(Permission.ADMINISTER)
    name, label = clean_name(draft.name), clean_name(draft.label)
    problems = check_label(label, name)
    wrong = name_problem(name)
    if wrong is not None:
        problems.append(FieldProblem("name", wrong))
    if draft.role.edition is not desk.edition:
        problems.append(FieldProblem("role", f"{desk.edition.value}级版没有“{draft.role.value}”。"))
    if problems:
        raise InvalidInput(tuple(problems))
    folder = desk.store.folder
    data_key = keys.unlock(folder, desk.operator.slot, own_password)
    with desk.store.writing(desk.operator.uid) as session:
        if any(one.name == name and one.active for one in store.operators(session)):
            raise Refused(f"已经有操作员{name}。")
        # A slot whose operator is missing opens nothing; the other way round locks somebody out.
        slot = keys.add_slot(folder, data_key, label, draft.password)
        person = Operator(label=label, name=name, role=draft.role, slot=slot)
        session.add(person)
    return Changes(frozenset({Area.ACCOUNTS}), (person.uid,))


def deactivate_operator(desk: Desk, operator_uid: str) -> Changes:
    """Puts an operator out of use: the record stays, the key slot goes.

    Raises Refused for oneself and for somebody out of use already, NotFound.
    """
    desk.require(Permission.ADMINISTER)
    if operator_uid == desk.operator.uid:
        raise Refused("不能停用自己，请由另一名管理员来停用。")
    with desk.store.writing(desk.operator.uid) as session:
        person = next((one for one in store.operators(session) if one.uid == operator_uid), None)
        if person is None:
            raise NotFound("没有这名操作员，请刷新后再试。")
        if not person.active:
            raise Refused(f"“{person.label}”已经停用。")
        person.active = False
        slot = person.slot
    # After the commit: a slot that outlives its operator opens nothing, see _desk.
    if any(one.slot == slot for one in keys.labels(desk.store.folder)):
        keys.remove_slot(desk.store.folder, slot)
    return Changes(frozenset({Area.ACCOUNTS}), (operator_uid,))


def _unlocked(folder: Path, password: str, operator: str | None) -> tuple[str, bytes, str | None]:
    """Slot, data key, and the name to compare where ``operator`` is not a label."""
    slots = keys.labels(folder)
    if operator is None:
        if len(slots) > 1:
            names = "、".join(info.label for info in slots)
            raise StoreError(f"这里有几名操作员（{names}），请说明是哪一名（DAOMAO_OPERATOR）。")
        chosen = slots[:1]
    else:
        chosen = tuple(info for info in slots if info.label == clean_name(operator))
    if len(chosen) == 1:
        return chosen[0].slot, keys.unlock(folder, chosen[0].slot, password), None
    # Names are readable only inside: whose password it is shows by which slot it opens.
    slot, data_key = keys.unlock_one_of(folder, [info.slot for info in slots], password)
    return slot, data_key, clean_name(operator or "")


def _desk(opened: Store, slot: str, by_name: str | None, today: Callable[[], date]) -> Desk:
    with opened.reading() as session:
        person = store.operator_of_slot(session, slot)
        if person is None or not person.active:
            raise StoreError("这个登录名已停用，请换一个登录名，或找管理员。")
        if by_name is not None and person.name != by_name:
            raise StoreError(f"没有叫“{by_name}”的操作员，或口令不对。")
        edition = Edition(get_setting(session, store.EDITION, None))
        labels = {one.slot: one.label for one in store.operators(session)}
        info = _info(person)
    failed = keys.failures(opened.folder)
    if failed:
        with opened.writing(info.uid) as session:
            for one in failed:
                detail = {
                    "label": labels.get(one.slot, ""),
                    "times": one.total,
                    "first": datetime.fromtimestamp(one.first, UTC).isoformat(timespec="seconds"),
                    "last": datetime.fromtimestamp(one.last, UTC).isoformat(timespec="seconds"),
                }
                note(session, Area.ACCOUNTS, "口令输错", detail)
        keys.clear_failures(opened.folder)
    return Desk(store=opened, operator=info, edition=edition, today=today)


def _info(person: Operator) -> OperatorInfo:
    return OperatorInfo(
        uid=person.uid, slot=person.slot, label=person.label, name=person.name, role=person.role
    )
