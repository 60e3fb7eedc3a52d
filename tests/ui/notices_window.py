"""奖惩文书 as the tests of its tabs open it, and the sheets they find over it."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from daomao_desktop.ui.context import Context, Place
from daomao_desktop.ui.dialogs.form_sheet import FormSheet
from daomao_desktop.ui.dialogs.preview import PreviewSheet
from daomao_desktop.ui.dialogs.signing import SigningSheet
from daomao_desktop.ui.pages.base import Page
from daomao_desktop.ui.pages.notices import NoticesPage
from tests.ui.conftest import settle


def notices_page(qtbot: QtBot, context: Context) -> NoticesPage:
    """The page on screen; it has read nothing yet."""
    made = NoticesPage(context)
    qtbot.addWidget(made)
    made.resize(1200, 700)
    made.show()
    return made


def entered(qtbot: QtBot, context: Context, place: Place) -> NoticesPage:
    """The page at that place, filled."""
    made = notices_page(qtbot, context)
    made.enter(place)
    settle(qtbot, context.operations)
    return made


def preview_of(page: Page) -> PreviewSheet:
    """The preview open over the page."""
    sheet = page.window().findChild(PreviewSheet)
    assert isinstance(sheet, PreviewSheet)
    return sheet


def all_previewed(qtbot: QtBot, context: Context, page: NoticesPage) -> PreviewSheet:
    """全部预览 pressed: all that the year calls for."""
    page._on_all()
    settle(qtbot, context.operations)
    return preview_of(page)


def asked(qtbot: QtBot, context: Context, sheet: PreviewSheet) -> SigningSheet:
    """签发 pressed: what will be signed off, to be confirmed."""
    sheet._on_sign()
    settle(qtbot, context.operations)
    (made,) = [one for one in sheet.findChildren(SigningSheet) if one.isVisible()]
    assert isinstance(made, SigningSheet)
    return made


def sign_only(qtbot: QtBot, context: Context, sheet: PreviewSheet) -> None:
    """签发, confirmed without printing."""
    asked(qtbot, context, sheet).sign_only.click()
    settle(qtbot, context.operations)


def form_of(page: Page) -> FormSheet[object]:
    """The form open over the page."""
    sheet = page.window().findChild(FormSheet)
    assert isinstance(sheet, FormSheet)
    return sheet
