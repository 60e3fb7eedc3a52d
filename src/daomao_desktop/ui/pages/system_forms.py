"""The sheets of 系统: an operator, the town's names, a village, and what other dialogs set."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from daomao_desktop.services import accounts, roster
from daomao_desktop.services.accounts import OfficeInfo
from daomao_desktop.services.roster import TownDraft, VillageDraft, VillageRow
from daomao_desktop.services.unsaved import Slot
from daomao_desktop.ui.context import Context
from daomao_desktop.ui.dialogs.form_sheet import FormSheet
from daomao_desktop.ui.dialogs.notice_settings import open_notice_settings
from daomao_desktop.ui.dialogs.starting_number import open_starting_number
from daomao_desktop.ui.forms.operator import NewOperator, OperatorForm
from daomao_desktop.ui.forms.village import TownForm, VillageForm


def add_operator(page: QWidget, context: Context) -> None:
    """A further operator; the passwords typed are never kept."""
    desk = context.desk
    form = OperatorForm(desk.edition)
    form.load(NewOperator.empty(desk.edition))
    FormSheet(
        "新增操作员",
        form,
        context,
        lambda new: accounts.add_operator(desk, new.draft, new.own_password),
        Slot("system", "operator"),
        button="新增",
        parent=page.window(),
    ).open()


def town(page: QWidget, context: Context, office: OfficeInfo) -> None:
    """Names and prefix of the town's organs."""
    desk = context.desk
    form = TownForm()
    form.load(
        TownDraft(
            office.committee_name,
            office.government_name,
            office.discipline_name,
            office.prefix,
            office.contact or "",
        )
    )
    FormSheet(
        f"修改{office.town}的名称和代字",
        form,
        context,
        lambda new: roster.save_town(desk, new),
        Slot("system", "town"),
        stored=True,
        note="空着的，按通常写法填写。改动只影响以后的文书。",
        width=580,
        parent=page.window(),
    ).open()


def village(page: QWidget, context: Context, row: VillageRow | None = None) -> None:
    """A village's names and prefixes; None: a new one, kept by the town."""
    desk = context.desk
    form = VillageForm()
    form.load(VillageDraft(name="") if row is None else _draft(row))
    FormSheet(
        "新增村（镇代管）" if row is None else f"修改{row.name}",
        form,
        context,
        lambda new: roster.save_village(desk, new),
        Slot("system", "village", row.uid if row else ""),
        stored=row is not None,
        note="名称和代字空着的，按通常写法填写。改动只影响以后的文书。",
        width=580,
        parent=page.window(),
    ).open()


def open_form(page: QWidget, context: Context, slot: Slot) -> bool:
    """The sheet that was being typed into; False when there is none of that name."""
    desk = context.desk

    def show_village(rows: tuple[VillageRow, ...]) -> None:
        row = next((one for one in rows if one.uid == slot.uid), None)
        if row is not None:
            village(page, context, row)

    if slot.form == "operator":
        add_operator(page, context)
    elif slot.form == "start":
        open_starting_number(context, page.window())
    elif slot.form == "papers":
        open_notice_settings(context, page.window())
    elif slot.form == "town":
        context.operations.query(
            lambda: accounts.office(desk), lambda office: town(page, context, office), owner=page
        )
    elif slot.form == "village" and slot.uid:
        context.operations.query(lambda: roster.list_villages(desk), show_village, owner=page)
    elif slot.form == "village":
        village(page, context)
    else:
        return False
    return True


def _draft(row: VillageRow) -> VillageDraft:
    return VillageDraft(
        name=row.name,
        branch_name=row.branch_name,
        committee_name=row.committee_name,
        branch_prefix=row.branch_prefix,
        committee_prefix=row.committee_prefix,
        contact=row.contact,
        position=row.position,
        uid=row.uid,
    )
