"""系统: names and prefixes, operators and passwords, the scheme's settings, fonts, self-check."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QTabWidget, QVBoxLayout, QWidget

from daomao_desktop.domain.accounts import Permission
from daomao_desktop.domain.scheme import Edition
from daomao_desktop.domain.scheme_settings import SchemeSettings
from daomao_desktop.errors import DaomaoError
from daomao_desktop.services import accounts, roster, self_check
from daomao_desktop.services.accounts import OfficeInfo
from daomao_desktop.services.desk import Area, OperatorInfo
from daomao_desktop.services.roster import VillageRow
from daomao_desktop.services.unsaved import Slot
from daomao_desktop.ui.context import Context, Place
from daomao_desktop.ui.dialogs.about import AboutSheet
from daomao_desktop.ui.dialogs.base import confirm
from daomao_desktop.ui.dialogs.new_recovery_code import NewRecoveryCodeSheet
from daomao_desktop.ui.dialogs.notice_settings import open_notice_settings
from daomao_desktop.ui.dialogs.passwords import open_own_password
from daomao_desktop.ui.dialogs.starting_number import open_starting_number
from daomao_desktop.ui.forms.scheme import SchemeForm
from daomao_desktop.ui.pages import system_forms
from daomao_desktop.ui.pages.base import Page
from daomao_desktop.ui.pages.fonts import FontsTab
from daomao_desktop.ui.theme import px, set_role
from daomao_desktop.ui.typing_keeper import TypingKeeper
from daomao_desktop.ui.widgets.buttons import allow, button
from daomao_desktop.ui.widgets.parts import Card, label, scrolling

_SCHEME, _FONTS = 1, 2  # tabs


class SystemPage(Page):
    """Four tabs: the office, the scheme's settings, the documents' fonts, this program."""

    title = "系统"
    areas = frozenset({Area.ACCOUNTS, Area.ROSTER})

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._town = context.desk.edition is Edition.TOWN
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.tabs.addTab(scrolling(self._office_tab()), "单位和操作员")
        self.tabs.addTab(self._scheme_tab(), "方案数值")
        self.fonts = FontsTab(context, self._on_fonts_refused)
        self.tabs.addTab(self.fonts, "字体")
        self.tabs.addTab(scrolling(self._program_tab()), "自检和关于")
        self.tabs.currentChanged.connect(lambda _index: self._watch())
        self.layout_.addWidget(self.tabs, 1)

    # Building

    def _office_tab(self) -> QWidget:
        tab, layout = _page()
        self.office_card = Card(heading="单位")
        self.office_lines = QGridLayout()
        self.office_lines.setHorizontalSpacing(px(16))
        self.office_lines.setColumnStretch(1, 1)
        self.office_card.body.addLayout(self.office_lines)
        row = QHBoxLayout()
        self.numbers = button(
            "发文起始号…", lambda: open_starting_number(self.context, self.window())
        )
        self.papers = button("文书设置…", lambda: open_notice_settings(self.context, self.window()))
        self.add_village = button("新增村…", partial(system_forms.village, self, self.context))
        self.add_village.setVisible(self._town)
        refusal = self.context.refusal(Permission.ADMINISTER)
        allow(self.numbers, refusal)
        allow(self.papers, refusal, "表彰形式，提出异议和整改的期限")
        allow(self.add_village, refusal, "没有电脑的村，由镇里代管")
        row.addWidget(self.numbers)
        row.addWidget(self.papers)
        row.addWidget(self.add_village)
        row.addStretch(1)
        self.office_card.body.addLayout(row)
        layout.addWidget(self.office_card)
        self.people_card = Card(heading="操作员")
        self.people_lines = QGridLayout()
        self.people_lines.setColumnStretch(0, 1)
        self.people_card.body.addLayout(self.people_lines)
        row = QHBoxLayout()
        self.password = button(
            "修改我的口令…", lambda: open_own_password(self.context, self.window())
        )
        self.new_code = button(
            "新的恢复码…", lambda: NewRecoveryCodeSheet(self.context, self.window()).open()
        )
        allow(self.new_code, refusal, "旧的那张纸丢了，或怕被人看过")
        self.add_operator = button(
            "新增操作员…", partial(system_forms.add_operator, self, self.context)
        )
        allow(self.add_operator, refusal)
        for one in (self.password, self.new_code, self.add_operator):
            row.addWidget(one)
        row.addStretch(1)
        self.people_card.body.addLayout(row)
        layout.addWidget(self.people_card)
        layout.addStretch(1)
        return tab

    def _scheme_tab(self) -> QWidget:
        holder = QWidget()
        set_role(holder, "plain")
        outer = QVBoxLayout(holder)
        outer.setContentsMargins(0, px(8), 0, 0)
        outer.addWidget(
            label(
                "方案没有规定的数值可以调整，改动对以后开始的年度有效；已经开始村评的年度用当时的数值。",
                "muted",
                wrap=True,
            )
        )
        card = Card()
        self.scheme = SchemeForm()
        self._keeper = TypingKeeper(self.scheme, self.context, self.banner)
        card.body.addWidget(scrolling(self.scheme), 1)
        row = QHBoxLayout()
        self.defaults = button("恢复默认数值", self._on_defaults)
        self.save = button("保存", self.save_entry, role="primary", tip="保存（Ctrl+S）")
        refusal = self.context.refusal(Permission.ADMINISTER)
        allow(self.save, refusal, "保存（Ctrl+S）")
        allow(self.defaults, refusal)
        row.addStretch(1)
        row.addWidget(self.defaults)
        row.addWidget(self.save)
        card.body.addLayout(row)
        self.scheme.submitted.connect(self.save_entry)
        outer.addWidget(card, 1)
        return holder

    def _program_tab(self) -> QWidget:
        tab, layout = _page()
        card = Card(heading="自检")
        self.check_words = label(
            "检查程序（字体、模板、试排一页）、资料库和操作记录链是否完整。", "muted", wrap=True
        )
        card.body.addWidget(self.check_words)
        row = QHBoxLayout()
        self.check = button("现在检查", self._on_check)
        row.addWidget(self.check)
        row.addStretch(1)
        card.body.addLayout(row)
        layout.addWidget(card)
        about = Card(heading="关于")
        about.body.addWidget(label(f"资料文件夹（加密）：{self.context.folder}", wrap=True))
        row = QHBoxLayout()
        row.addWidget(button("关于本程序…", lambda: AboutSheet(self.context, self.window()).open()))
        row.addStretch(1)
        about.body.addLayout(row)
        layout.addWidget(about)
        layout.addStretch(1)
        return tab

    # Reading

    def refresh(self) -> None:
        desk, operations = self.context.desk, self.context.operations
        operations.query(
            lambda: (accounts.office(desk), roster.list_villages(desk)),
            self._on_office,
            owner=self,
        )
        operations.query(lambda: accounts.list_operators(desk), self._on_people, owner=self)
        if not self.scheme.dirty:
            operations.query(lambda: accounts.scheme_settings(desk), self._on_scheme, owner=self)
        self.fonts.refresh()

    def _on_scheme(self, settings: SchemeSettings) -> None:
        if not self.scheme.dirty:
            self.scheme.load(settings)
            self._watch()

    def _watch(self) -> None:
        """What is typed into the settings is kept; what was typed before comes back when seen."""
        if self.tabs.currentIndex() == _SCHEME and self.save.isEnabled() and not self.scheme.dirty:
            self._keeper.watch(Slot("system", "scheme"), "方案数值", stored=True)

    def _on_office(self, found: tuple[OfficeInfo, tuple[VillageRow, ...]]) -> None:
        office, villages = found
        _clear(self.office_lines)
        lines = [
            ("版本", f"{office.edition.value}版"),
            ("镇党委", office.committee_name),
            ("镇政府", office.government_name),
            ("镇纪委", office.discipline_name),
            ("镇发文代字", office.prefix),
            ("镇联系电话", office.contact or "没有登记（印公示要用）"),
        ]
        for number, (name, value) in enumerate(lines):
            self.office_lines.addWidget(label(name, "muted"), number, 0)
            self.office_lines.addWidget(label(value, wrap=True), number, 1)
        refusal = self.context.refusal(Permission.ADMINISTER)
        town = button("修改…", partial(system_forms.town, self, self.context, office), role="link")
        town.setAccessibleName("修改镇里的名称和代字")
        allow(town, refusal)
        self.office_lines.addWidget(town, 1, 2)
        row = len(lines)
        for village in villages:
            self.office_lines.addWidget(label(village.name, "muted"), row, 0)
            words = f"{village.branch_name}（{village.branch_prefix}）"
            if village.kept_by_town:
                words += "，镇代管"
            self.office_lines.addWidget(label(words, wrap=True), row, 1)
            change = button(
                "修改…", partial(system_forms.village, self, self.context, village), role="link"
            )
            change.setAccessibleName(f"修改{village.name}")
            allow(change, refusal if village.writable else "这个村自己管理名称。")
            self.office_lines.addWidget(change, row, 2)
            row += 1

    def _on_people(self, people: tuple[OperatorInfo, ...]) -> None:
        _clear(self.people_lines)
        refusal = self.context.refusal(Permission.ADMINISTER)
        for number, one in enumerate(people):
            me = one.uid == self.context.desk.operator.uid
            words = f"{one.label}　{one.name}{'（我）' if me else ''}　{one.role.value}"
            self.people_lines.addWidget(label(words, wrap=True), number, 0)
            if not me:
                stop = button("停用…", partial(self._on_deactivate, one), role="link")
                stop.setAccessibleName(f"停用{one.label}")
                allow(stop, refusal)
                self.people_lines.addWidget(stop, number, 1)

    # Menus and links

    def show_place(self, place: Place) -> None:
        if place.tab == "recovery":
            self.tabs.setCurrentIndex(0)
            self.new_code.setFocus()

    def open_form(self, slot: Slot) -> bool:
        if slot.form in ("scheme", "faces"):
            self.tabs.setCurrentIndex(_SCHEME if slot.form == "scheme" else _FONTS)
            return True
        return system_forms.open_form(self, self.context, slot)

    def save_entry(self) -> None:
        if self.tabs.currentWidget() is self.fonts:
            self.fonts.save_entry()
            return
        if self.tabs.currentIndex() == _SCHEME:
            self._save_scheme()

    def _save_scheme(self, then: Callable[[], object] | None = None) -> None:
        settings = self.scheme.check() if self.save.isEnabled() else None
        if settings is None:
            return
        desk = self.context.desk

        def done(_changes: object) -> None:
            self.scheme.saved()
            self.scheme.rebase()
            self.context.tell("方案数值已保存，对以后开始的年度有效。")
            if then is not None:
                then()

        self.context.operations.command(
            lambda: accounts.save_scheme_settings(desk, settings),
            done,
            self._on_refused,
            owner=self,
        )

    def _on_refused(self, error: DaomaoError) -> None:
        if not self.scheme.show_error(error):
            self.banner.tell_of_step(str(error))

    def _on_fonts_refused(self, error: DaomaoError) -> None:
        self.banner.tell_of_step(str(error))

    def print_refusal(self) -> str:
        if self.tabs.currentWidget() is not self.fonts:
            return "这里没有可以打印的；字体的样张在“字体”里打印。"
        return self.fonts.print_refusal()

    def save_refusal(self) -> str:
        if self.tabs.currentWidget() is self.fonts:
            return "" if self.fonts.save.isEnabled() else self.fonts.save.toolTip()
        if self.tabs.currentIndex() != _SCHEME:
            return super().save_refusal()
        return "" if self.save.isEnabled() else self.save.toolTip()

    def print_entry(self) -> None:
        if self.tabs.currentWidget() is self.fonts:
            self.fonts.print_entry()

    def unsaved(self) -> str:
        scheme = self.scheme.dirty and self.save.isEnabled()
        dirty = (("方案数值", scheme), ("字体", self.fonts.unsaved))
        names = "和".join(name for name, changed in dirty if changed)
        return f"{names}的改动" if names else ""

    def save_then(self, then: Callable[[], object]) -> None:
        if self.scheme.dirty and self.save.isEnabled():
            self.tabs.setCurrentIndex(_SCHEME)  # what is wrong has to be seen
            self._save_scheme(lambda: self.save_then(then))
        elif self.fonts.unsaved:
            self.tabs.setCurrentWidget(self.fonts)
            self.fonts.save_then(then)
        else:
            then()

    def discard(self) -> None:
        self.scheme.saved()
        self.fonts.discard()
        self.refresh()

    def remember(self) -> None:
        self.fonts.release()

    # Steps

    def _on_defaults(self) -> None:
        self.scheme.set_defaults()
        self.context.tell(
            "默认数值已经填好，保存以后才生效。" if self.scheme.dirty else "现在就是默认数值。"
        )

    def _on_deactivate(self, person: OperatorInfo) -> None:
        desk = self.context.desk
        confirm(
            self.window(),
            f"停用“{person.label}”（{person.name}）？停用后不能再登录，做过的记录都保留。",
            "停用",
            lambda: self.context.operations.command(
                lambda: accounts.deactivate_operator(desk, person.uid),
                lambda _changes: self.context.tell(f"已停用：{person.label}"),
            ),
            danger=True,
        )

    def _on_check(self) -> None:
        desk = self.context.desk
        self.check.setEnabled(False)
        self.check_words.setText("正在检查…")

        def done(problems: list[str]) -> None:
            self.check.setEnabled(True)
            set_role(self.check_words, "error" if problems else "good")
            self.check_words.setText(
                "✕ " + "\n✕ ".join(problems) if problems else "✓ 程序、资料库和操作记录都完整。"
            )

        self.context.operations.query(
            lambda: [*self_check.check_program().problems, *accounts.check_store(desk)],
            done,
            owner=self,
            title="正在自检…",
        )


def _page() -> tuple[QWidget, QVBoxLayout]:
    tab = QWidget()
    layout = QVBoxLayout(tab)
    layout.setContentsMargins(0, px(8), px(8), 0)
    layout.setSpacing(px(10))
    return tab, layout


def _clear(layout: QGridLayout) -> None:
    while layout.count():
        item = layout.takeAt(0)
        if item is not None and (widget := item.widget()) is not None:
            widget.deleteLater()
