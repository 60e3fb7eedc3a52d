"""文书设置…: the office's settings of its documents."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QWidget

from daomao_desktop.domain.notice_settings import CertificateStyle, NoticeSettings
from daomao_desktop.domain.scheme import Edition
from daomao_desktop.services import notice_settings
from daomao_desktop.services.certificate_sample import certificate_sample
from daomao_desktop.services.unsaved import Slot
from daomao_desktop.ui.context import Context
from daomao_desktop.ui.dialogs.form_sheet import FormSheet
from daomao_desktop.ui.dialogs.made_paper import MadePaper, MadePaperSheet
from daomao_desktop.ui.forms.notice_settings import NoticeSettingsForm
from daomao_desktop.ui.widgets.buttons import button


def open_notice_settings(context: Context, parent: QWidget) -> None:
    """Reads what is set and opens the form on it."""
    desk = context.desk

    def ready(found: NoticeSettings) -> None:
        form = NoticeSettingsForm(desk.edition)
        form.load(found)
        sheet = FormSheet(
            "文书设置",
            form,
            context,
            lambda draft: notice_settings.save_notice_settings(desk, draft),
            Slot("system", "papers"),
            stored=True,
            note="改动对还没有签发的文书有效；已签发的文书不变。",
            on_done=lambda _changes: context.tell("文书设置已保存。"),
            width=620,
            parent=parent,
        )
        if desk.edition is Edition.TOWN:
            see = partial(_see_certificate, context, form, sheet)
            # Further fields turn up with some styles.
            form.certificate_style.currentIndexChanged.connect(lambda _index: sheet.fit())
            sheet.add_left(button("看证书样张…", see, tip="照现在填的样子制一张，还没有保存"))
        sheet.open()

    context.operations.query(lambda: notice_settings.notice_settings(desk), ready, owner=parent)


def _see_certificate(context: Context, form: NoticeSettingsForm, parent: QWidget) -> None:
    """A certificate as the form says now, saved or not."""
    settings = form.check()
    if settings is None:
        return
    desk = context.desk
    words = "样张，还没有保存设置。"
    if settings.certificate_style is not CertificateStyle.BORDER:
        words = "样张：打在一张白纸上，与买来的证书纸叠在一起对光看，再改右移、下移。"
    paper = MadePaper(
        "荣誉证书样张",
        "荣誉证书样张.pdf",
        words=words,
        busy="正在制样张…",
        make=lambda _job: certificate_sample(desk, settings),
    )
    MadePaperSheet(context, paper, parent).open()
