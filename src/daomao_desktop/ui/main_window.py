"""The main window: navigation, pages loaded when first opened, menus with shortcuts, status bar."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from importlib import import_module
from pathlib import Path

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QCloseEvent, QKeySequence, QPaintEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QMainWindow,
    QProgressBar,
    QStackedWidget,
    QWidget,
)

from daomao_desktop.domain.assessment_year import first_year
from daomao_desktop.errors import DaomaoError
from daomao_desktop.services import unsaved
from daomao_desktop.services.desk import Desk
from daomao_desktop.ui.context import Context, Place
from daomao_desktop.ui.dialogs.base import tell_error
from daomao_desktop.ui.operations import Job, Operations
from daomao_desktop.ui.page_menu import PageActions
from daomao_desktop.ui.pages.base import Page
from daomao_desktop.ui.preferences import Preferences
from daomao_desktop.ui.theme import Appearance, px, set_role
from daomao_desktop.ui.undo import UndoActions
from daomao_desktop.ui.widgets.buttons import button, shortcut_tip
from daomao_desktop.ui.widgets.told_line import Step, ToldLine
from daomao_desktop.ui.working_year import WorkingYear

TITLE_BAR = 30  # pixels of the frame above the window

# Key, title, module and class: a page's module is imported when it is first opened.
PAGES = (
    ("home", "首页", "home", "HomePage"),
    ("roster", "小组长", "roster", "RosterPage"),
    ("duties", "履职记录", "duties", "DutiesPage"),
    ("assessment", "年度考核", "assessment", "AssessmentPage"),
    ("notices", "奖惩文书", "notices", "NoticesPage"),
    ("system", "系统", "system", "SystemPage"),
)


class MainWindow(QMainWindow):
    """``closed`` fires when the window goes; ``signed_out`` before it, for another operator."""

    closed = Signal()
    signed_out = Signal()
    painted = Signal()

    def __init__(
        self,
        desk: Desk,
        folder: Path,
        operations: Operations,
        appearance: Appearance,
        preferences: Preferences,
        office: str,
        *,
        sample: bool = False,
        year: int | None = None,
    ) -> None:
        """``year``: the one to begin with, where the assessments were looked at."""
        super().__init__()
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(f"村民小组长工作台 · {office}")
        self._appearance = appearance
        self._operations = operations
        self._preferences = preferences
        self._leaving = self._walking = False
        self._was_painted = False
        self.told = ToldLine()
        self.context = Context(
            desk=desk,
            folder=folder,
            operations=operations,
            appearance=appearance,
            preferences=preferences,
            go=self.go,
            tell=self.tell,
            tell_more=self.told.tell_more,
            working_year=WorkingYear(year or first_year(desk.today(), {}), self),
        )
        self._pages: dict[str, Page] = {}
        self._undo = UndoActions(self, desk, operations)
        self._build(desk, folder, "示例资料" if sample else _short(folder))
        self._build_menus()
        operations.busy.connect(self._on_busy)
        operations.failed.connect(self._on_failed)
        appearance.changed.connect(self._on_look)
        operations.query(lambda: unsaved.kept(desk), self.context.kept.fill, owner=self, title="")
        self._fit()
        self.load_icons()
        area = self.screen().availableGeometry()
        self.resize(min(1366, area.width()), min(740, area.height() - TITLE_BAR))
        state = preferences.geometry()
        if state is not None:
            self.restoreGeometry(state)

    # Building

    def _build(self, desk: Desk, folder: Path, place: str) -> None:
        central = QWidget()
        layout = QHBoxLayout(central)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        self.navigation = QListWidget()
        self.navigation.setAccessibleName("页面")
        self.navigation.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        set_role(self.navigation, "navigation")
        for key, title, _module, _name in PAGES:
            item = QListWidgetItem(title)
            item.setData(Qt.ItemDataRole.UserRole, key)
            self.navigation.addItem(item)
        self.navigation.currentRowChanged.connect(self._on_navigated)
        self.stack = QStackedWidget()
        layout.addWidget(self.navigation)
        layout.addWidget(self.stack, 1)
        self.setCentralWidget(central)
        bar = self.statusBar()
        bar.setSizeGripEnabled(False)
        bar.addWidget(self.told, 1)
        self._progress = QProgressBar()
        self._progress.hide()
        self._cancel = button("停止", self._on_cancel, role="flat")
        self._cancel.hide()
        operator = desk.operator
        who = QLabel(f"{operator.label} · {operator.role.value}")
        where = QLabel(place)
        where.setToolTip(f"资料文件夹：{folder}（加密）")
        self._size_switch = button("", self._on_size, role="flat")
        self._theme_switch = button("", self._on_theme, role="flat")
        for widget in (self._progress, self._cancel, who, where):
            bar.addPermanentWidget(widget)
        for switch in (self._size_switch, self._theme_switch):
            switch.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves the keyboard alone
            bar.addPermanentWidget(switch)

    def _build_menus(self) -> None:
        bar = self.menuBar()
        file_menu = bar.addMenu("文件(&F)")
        self._entry(file_menu.addAction("换人登录…"), self._on_sign_out, "Ctrl+L")
        self._entry(file_menu.addAction("退出"), self.close, "Ctrl+Q")
        pages = bar.addMenu("页面(&P)")
        for number, (key, title, _module, _name) in enumerate(PAGES, start=1):
            self._entry(pages.addAction(title), partial(self.go, Place(key)), f"Alt+{number}")
        edit = bar.addMenu("操作(&E)")
        self._undo.add_to(edit)
        self.page_actions = PageActions(edit, lambda: self.page, self.tell)
        look = bar.addMenu("显示(&V)")
        self._entry(look.addAction("大字 / 正常字"), self._on_size, "Ctrl+=")
        self._entry(look.addAction("深色 / 浅色"), self._on_theme, "Ctrl+Shift+D")
        self._entry(look.addAction("到页面列表"), lambda: self.navigation.setFocus(), "F6")
        self._entry(look.addAction("到下面一行的按钮"), self.told.reach, "Shift+F6")
        help_menu = bar.addMenu("帮助(&H)")
        self._entry(help_menu.addAction("使用说明"), self._on_help, "F1")
        self._entry(help_menu.addAction("关于本程序"), self._on_about, "")

    def _entry(self, action: QAction, step: Callable[[], object], keys: str) -> None:
        if keys:
            action.setShortcut(QKeySequence(keys))
        action.triggered.connect(lambda _checked=False: step())

    # Pages

    @property
    def page(self) -> Page | None:
        """The page in front."""
        page = self.stack.currentWidget()
        return page if isinstance(page, Page) else None

    def go(self, place: Place) -> None:
        """Opens a page, after asking when the present one holds something unsaved."""
        present = self.page
        if present is not None and present is not self._pages.get(place.page):
            present.guard(lambda: self._open(place))
        else:
            self._open(place)
        self._mark_present()

    def _keep_order(self) -> None:
        """Tab goes from the list through the page to the status bar, whatever was made later."""
        last = self.previousInFocusChain()
        for widget in (self._cancel, self._size_switch, self._theme_switch):
            if last is not None and widget is not last:
                QWidget.setTabOrder(last, widget)
            last = widget

    def tell(self, sentence: str, *steps: Step) -> None:
        """A sentence in the status bar for a while, with a button for each (title, step).

        After a command that can be taken back 撤销 is among them.
        """
        self.told.tell(sentence, *steps, *self._undo.offered())

    def _open(self, place: Place) -> None:
        page = self._pages.get(place.page)
        if page is None:
            module, name = next((m, n) for key, _title, m, n in PAGES if key == place.page)
            kind: type[Page] = getattr(import_module(f"daomao_desktop.ui.pages.{module}"), name)
            page = self._pages[place.page] = kind(self.context)
            self.stack.addWidget(page)
            self._keep_order()
        self.stack.setCurrentWidget(page)
        self._mark_present()
        if not self._walking:  # with the arrow keys the focus stays in the list
            page.take_focus()
        page.enter(place)

    def _mark_present(self) -> None:
        present = next((k for k, p in self._pages.items() if p is self.stack.currentWidget()), "")
        row = next((n for n, entry in enumerate(PAGES) if entry[0] == present), -1)
        self.navigation.blockSignals(True)
        self.navigation.setCurrentRow(row)
        self.navigation.blockSignals(False)

    def _on_navigated(self, row: int) -> None:
        if row >= 0:
            self._walking = True
            self.go(Place(PAGES[row][0]))
            self._walking = False

    # Look

    def _fit(self) -> None:
        large = self._appearance.look.large
        # 大字: words below the icons, or the list would take a fifth of the screen.
        self.navigation.setViewMode(
            QListWidget.ViewMode.IconMode if large else QListWidget.ViewMode.ListMode
        )
        self.navigation.setMovement(QListWidget.Movement.Static)
        self.navigation.setFlow(QListWidget.Flow.TopToBottom)
        self.navigation.setWrapping(False)
        self.navigation.setFixedWidth(px(68) if large else px(156))
        self.navigation.setProperty("narrow", large)
        self.navigation.setIconSize(QSize(px(16), px(16)))
        for row, (_key, title, _module, _name) in enumerate(PAGES):
            item = self.navigation.item(row)
            item.setText(title)
            item.setSizeHint(QSize(px(54), px(50)) if large else QSize(px(36), px(38)))
            item.setToolTip(shortcut_tip(title, f"Alt+{row + 1}"))
            item.setData(Qt.ItemDataRole.AccessibleTextRole, title)
        style = self.navigation.style()
        style.unpolish(self.navigation)
        style.polish(self.navigation)
        self._progress.setFixedWidth(px(150))
        self._size_switch.setText("字号：大字" if large else "字号：正常")
        self._size_switch.setToolTip(shortcut_tip("切换正常字和大字", "Ctrl+="))
        self._theme_switch.setText("深色" if self._appearance.look.dark else "浅色")
        self._theme_switch.setToolTip(shortcut_tip("切换浅色和深色", "Ctrl+Shift+D"))

    def load_icons(self) -> None:
        """The pages' icons in the colours of the theme."""
        from daomao_desktop.ui.icons import icon

        for row, (key, *_rest) in enumerate(PAGES):
            self.navigation.item(row).setIcon(icon(key, self._appearance.colours))

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._was_painted:
            self._was_painted = True
            QTimer.singleShot(0, self.painted.emit)

    def _on_look(self, _look: object) -> None:
        self._fit()
        self.load_icons()
        self._preferences.save_look(self._appearance.look)

    def _on_size(self) -> None:
        self._appearance.set_large(not self._appearance.look.large)

    def _on_theme(self) -> None:
        self._appearance.set_dark(not self._appearance.look.dark)

    # Work and trouble

    def _on_busy(self, job: Job | None) -> None:
        self._progress.setVisible(job is not None)
        self._cancel.setVisible(job is not None and job.cancellable)
        if job is not None:
            self._progress.setRange(0, job.total)
            self._progress.setValue(job.done)
            self.statusBar().showMessage(job.title)
        else:
            self.statusBar().clearMessage()

    def _on_cancel(self) -> None:
        self._operations.cancel_shown()

    def _on_failed(self, error: DaomaoError) -> None:
        tell_error(self, error)

    def _on_help(self) -> None:
        from daomao_desktop.ui.dialogs.help import HelpSheet

        present = next((t for k, t, *_ in PAGES if self._pages.get(k) is self.page), "")
        HelpSheet(present, self).open()

    def _on_about(self) -> None:
        from daomao_desktop.ui.dialogs.about import AboutSheet

        AboutSheet(self.context, self).open()

    # Leaving

    def _on_sign_out(self) -> None:
        def leave() -> None:
            self.signed_out.emit()
            self._leaving = True
            self.close()

        self._guard_all(leave)

    def _guard_all(self, then: Callable[[], object]) -> None:
        for key, page in self._pages.items():
            if page.unsaved():
                self._open(Place(key))
                page.guard(lambda: self._guard_all(then))
                return
        then()

    def closeEvent(self, event: QCloseEvent) -> None:
        if not self._leaving and any(page.unsaved() for page in self._pages.values()):
            event.ignore()
            self._guard_all(self._leave)
            return
        for page in self._pages.values():
            page.remember()
        self._preferences.save_geometry(self.saveGeometry())
        self._undo.close()
        super().closeEvent(event)
        self.closed.emit()

    def _leave(self) -> None:
        self._leaving = True
        self.close()


def load_libraries() -> None:
    """Imports the icons' library and all pages: in the worker, while the clerk types."""
    from daomao_desktop.ui.icons import load_library

    load_library()
    for _key, _title, module, _name in PAGES:
        import_module(f"daomao_desktop.ui.pages.{module}")


def _short(folder: Path) -> str:
    text = str(folder)
    return text if len(text) <= 36 else f"…{text[-34:]}"
