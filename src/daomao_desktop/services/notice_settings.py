"""The office's settings of its documents; they hold for what is not signed off yet."""

from __future__ import annotations

from daomao_desktop.domain.accounts import Permission
from daomao_desktop.domain.notice_settings import NoticeSettings
from daomao_desktop.errors import InvalidInput
from daomao_desktop.services.desk import Area, Changes, Desk
from daomao_desktop.store.accounts import NOTICES, get_setting, put_setting
from daomao_desktop.store.engine import Session


def notice_settings(desk: Desk) -> NoticeSettings:
    """What documents are drafted by."""
    desk.require(Permission.READ)
    with desk.store.reading() as session:
        return notice_settings_of(session)


def notice_settings_of(session: Session) -> NoticeSettings:
    """As ``notice_settings``, inside an open session."""
    return NoticeSettings.from_json(get_setting(session, NOTICES, {}))


def save_notice_settings(desk: Desk, settings: NoticeSettings) -> Changes:
    """Keeps the settings for documents to come; raises InvalidInput for days out of bounds."""
    desk.require(Permission.ADMINISTER)
    problems = settings.problems()
    if problems:
        raise InvalidInput(problems)
    with desk.store.writing(desk.operator.uid) as session:
        put_setting(session, NOTICES, settings.as_json())
    return Changes(frozenset({Area.ACCOUNTS, Area.NOTICES}))
