"""The recovery code after the first day: whether somebody has it on paper, and making a new one."""

from __future__ import annotations

from pathlib import Path

from daomao_desktop.domain.accounts import Permission
from daomao_desktop.errors import StoreError
from daomao_desktop.services import accounts
from daomao_desktop.services.desk import Area, Changes, Desk
from daomao_desktop.store import keys
from daomao_desktop.store.accounts import RECOVERY, SAMPLE, get_setting, put_setting
from daomao_desktop.store.audit import note
from daomao_desktop.store.keys import DrawnCode

__all__ = ["DrawnCode", "code_is_kept", "draw_code", "first_code_kept", "put_code"]


def code_is_kept(desk: Desk) -> bool:
    """Whether the present code was read back from paper once; that of the sample need not be.

    False, too, where the first run was broken off before that: then the code may be lost.
    """
    desk.require(Permission.READ)
    with desk.store.reading() as session:
        if get_setting(session, SAMPLE, False):
            return True
        kept = get_setting(session, RECOVERY, None)
    return kept is not None and kept == keys.recovery_slot(desk.store.folder)


def first_code_kept(folder: Path, label: str, password: str) -> None:
    """The first operator has read the code of the first run back; raises StoreError."""
    desk = accounts.open_desk(folder, password, label)
    try:
        with desk.store.writing(desk.operator.uid) as session:
            put_setting(session, RECOVERY, keys.recovery_slot(folder))
            note(session, Area.ACCOUNTS, "核对恢复码", record=desk.operator.uid)
    finally:
        accounts.close_desk(desk)


def draw_code(desk: Desk, password: str) -> DrawnCode:
    """A new code to be brought to paper first; nothing is written and the old one goes on working.

    Raises Refused to anybody but an administrator, StoreError for a wrong password of his.
    """
    desk.require(Permission.ADMINISTER)
    data_key = keys.unlock(desk.store.folder, desk.operator.slot, password)
    return keys.draw_recovery_code(data_key)


def put_code(desk: Desk, drawn: DrawnCode) -> Changes:
    """The new code is on paper and was read back: from now on it works and the old one does not.

    Whenever the power fails, one of the two works, and both have been seen. Raises StoreError,
    which says which one it is.
    """
    desk.require(Permission.ADMINISTER)
    uid = desk.operator.uid
    with desk.store.writing(uid) as session:  # before: a change of keys is never without a trace
        note(session, Area.ACCOUNTS, "开始更换恢复码", record=uid)
    keys.put_recovery_code(desk.store.folder, drawn)
    try:
        with desk.store.writing(uid) as session:
            put_setting(session, RECOVERY, drawn.slot.slot)
            note(session, Area.ACCOUNTS, "更换恢复码", record=uid)
    except StoreError as error:
        raise StoreError(
            f"新的恢复码已经启用，旧的已作废，只是没有记入操作记录：{error.sentence}"
        ) from error
    return Changes(frozenset({Area.ACCOUNTS}))
