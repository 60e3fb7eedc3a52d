"""文书设置…: the office's settings of its documents."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from daomao_desktop.domain.notice_settings import NoticeSettings
from daomao_desktop.services import notice_settings
from daomao_desktop.ui.context import Context
from daomao_desktop.ui.dialogs.form_sheet import FormSheet
from daomao_desktop.ui.forms.notice_settings import NoticeSettingsForm


def open_notice_settings(context: Context, parent: QWidget) -> None:
    """Reads what is set and opens the form on it."""
    desk = context.desk

    def ready(found: NoticeSettings) -> None:
        form = NoticeSettingsForm(desk.edition)
        form.load(found)
        FormSheet(
            "文书设置",
            form,
            context.operations,
            lambda draft: notice_settings.save_notice_settings(desk, draft),
            note="改动对还没有签发的文书有效；已签发的文书不变。",
            on_done=lambda _changes: context.tell("文书设置已保存。"),
            width=620,
            parent=parent,
        ).open()

    context.operations.query(lambda: notice_settings.notice_settings(desk), ready, owner=parent)
