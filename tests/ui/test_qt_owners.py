"""No Qt object is used by Qt that nobody keeps: a walk over the source, since that is a crash.

``QPrintDialog(QPrinter())`` looks right and ends the program: the dialog uses the printer and does
not own it, Python frees it at the end of the line. Whoever writes such a call gives the object a
parent (it then lives as long as that) or keeps it in an attribute.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import daomao_desktop

SOURCE = Path(daomao_desktop.__file__).parent

# Calls that go on using their argument and do NOT own it. Those that own it need no care:
# addWidget, addLayout, addTab, setWidget, setCentralWidget, setLayout, setGraphicsEffect, setStyle.
KEEPING = frozenset(
    {
        # views, proxies and fields
        *("setModel", "setSourceModel", "setSelectionModel", "setItemDelegate", "setDocument"),
        *("setItemDelegateForColumn", "setItemDelegateForRow", "setValidator", "setCompleter"),
        # devices and painting
        *("setDevice", "load", "begin", "setPaintDevice", "setOutputDevice"),
        # actions, menus, events
        *("setMenu", "setDefaultAction", "addAction", "insertAction", "installEventFilter"),
        *("installTranslator", "setFocusProxy", "setBuddy", "setCornerWidget", "moveToThread"),
        # constructors that keep what they are given
        *("QPrintDialog", "QPrintPreviewDialog", "QPageSetupDialog", "QPdfWriter", "QPainter"),
        *("QTextStream", "QDataStream", "QImageReader", "QImageWriter", "QMovie"),
    }
)

# Where the parent stands among the arguments; it may also be given by name. None: it takes none.
PARENT_AT: dict[str, tuple[int, ...] | None] = {
    "QPrinter": None,
    "QImage": None,
    "QPixmap": None,
    "QPicture": None,
    "QBuffer": (0, 1),
    "QFile": (0, 1),
    "QTextDocument": (0, 1),
    "QPdfDocument": (0,),
    "QTranslator": (0,),
    "QTimer": (0,),
    "QThread": (0,),
    "QProcess": (0,),
    "QShortcut": (0, 1),
    "QAction": (0, 1, 2),
    "QMenu": (0, 1),
    "QCompleter": (0, 1),
    "QIntValidator": (0, 2),
    "QDoubleValidator": (0, 3),
    "QRegularExpressionValidator": (0, 1),
    "QValidator": (0,),
    "QStyledItemDelegate": (0,),
    "QItemDelegate": (0,),
    "QAbstractTableModel": (0,),
    "QAbstractListModel": (0,),
    "QAbstractItemModel": (0,),
    "QStandardItemModel": (0, 2),
    "QStringListModel": (0, 1),
    "QSortFilterProxyModel": (0,),
    "QItemSelectionModel": (1,),
    "QPropertyAnimation": (0, 2),
    "QButtonGroup": (0,),
    "QFileSystemWatcher": (0, 1),
    "QFileDialog": (0,),
    "QMessageBox": (0, 4),
    "QColorDialog": (0, 1),
    "QFontDialog": (0, 1),
    "QPrintDialog": (0, 1),
    "QPrintPreviewDialog": (0, 1),
}

# These do something after the function that made them is over, so a local is not enough.
OUTLIVING = frozenset(
    {
        *("QTimer", "QThread", "QProcess", "QShortcut", "QAction", "QMenu", "QCompleter"),
        *("QTranslator", "QPropertyAnimation", "QButtonGroup", "QFileSystemWatcher"),
        *("QFileDialog", "QMessageBox", "QColorDialog", "QFontDialog", "QPrintDialog"),
        *("QPrintPreviewDialog", "QPdfDocument"),
    }
)


def _name(node: ast.expr) -> str:
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        return node.attr
    return _name(node.value) if isinstance(node, ast.Subscript) else ""


def qt_bases(trees: list[ast.Module]) -> dict[str, str]:
    """Our own classes → the Qt class among ``PARENT_AT`` that they are."""
    bases = {
        node.name: [_name(base) for base in node.bases]
        for tree in trees
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef)
    }
    found: dict[str, str] = {}
    while True:
        fresh = {
            name: next(b if b in PARENT_AT else found[b] for b in above if b in PARENT_AT | found)
            for name, above in bases.items()
            if name not in found and any(b in PARENT_AT | found for b in above)
        }
        if not fresh:
            return found
        found |= fresh


class _Walk(ast.NodeVisitor):
    """Looks at one function after the other; ``found`` are sentences with their lines."""

    def __init__(self, own: dict[str, str]) -> None:
        self._own = own
        self.found: list[tuple[int, str]] = []

    def _made(self, node: ast.expr | None) -> str:
        """The Qt class of a constructor without a parent, or nothing."""
        if not isinstance(node, ast.Call):
            return ""
        name = _name(node.func)
        kind = name if name in PARENT_AT else self._own.get(name, "")
        if not kind:
            return ""
        if any(word.arg == "parent" for word in node.keywords):
            return ""
        if name in self._own:  # where its parent stands is its own affair: somebody has to be given
            given = any(_is_somebody(argument) for argument in node.args)
        else:
            places = PARENT_AT[kind] or ()
            given = any(
                place < len(node.args) and _is_somebody(node.args[place]) for place in places
            )
        return "" if given else kind

    def visit_FunctionDef(self, node: ast.FunctionDef) -> None:
        locals_: dict[str, tuple[str, int]] = {}
        kept: set[str] = set()
        for inner in ast.walk(node):
            if isinstance(inner, ast.Assign) and (kind := self._made(inner.value)):
                names = [one.id for one in inner.targets if isinstance(one, ast.Name)]
                if len(names) == len(inner.targets):
                    locals_ |= dict.fromkeys(names, (kind, inner.lineno))
            elif isinstance(inner, ast.Assign) and isinstance(inner.value, ast.Name):
                kept.add(inner.value.id)  # stored somewhere: self.x = x
            elif isinstance(inner, ast.Return) and inner.value is not None:
                kept |= {one.id for one in ast.walk(inner.value) if isinstance(one, ast.Name)}
            elif isinstance(inner, ast.Expr) and self._made(inner.value) in OUTLIVING:
                self.found.append((inner.lineno, "made and dropped in one line"))
            elif isinstance(inner, ast.Call) and _name(inner.func) == "setParent":
                kept.add(_name(inner.func.value) if isinstance(inner.func, ast.Attribute) else "")
        for inner in ast.walk(node):
            if isinstance(inner, ast.Call):
                self._look_at_call(inner, locals_, kept)
        for name, (kind, line) in locals_.items():
            if kind in OUTLIVING and name not in kept:
                self.found.append((line, f"{kind} in a local name, without a parent"))

    def _look_at_call(
        self, call: ast.Call, locals_: dict[str, tuple[str, int]], kept: set[str]
    ) -> None:
        keeping = _name(call.func)
        if keeping not in KEEPING:
            return
        for argument in call.args:
            if kind := self._made(argument):
                self.found.append((call.lineno, f"{keeping}({kind}()) keeps what nobody keeps"))
            elif isinstance(argument, ast.Name) and argument.id in locals_:
                kind, _line = locals_[argument.id]
                # A constructor's own object may be as short-lived as what it uses: writer, painter.
                if keeping.startswith("Q") and not keeping.endswith("Dialog"):
                    continue
                if argument.id not in kept and not _of_a_local(call):
                    self.found.append((call.lineno, f"{keeping}({kind} in a local name)"))


def _of_a_local(call: ast.Call) -> bool:
    """Whether the user of the object ends with the function, too: painter.begin(image)."""
    return (
        isinstance(call.func, ast.Attribute)
        and isinstance(call.func.value, ast.Name)
        and call.func.value.id != "self"
    )


def _is_somebody(node: ast.expr) -> bool:
    """An expression that can be a parent: a name or attribute, or what a method hands out."""
    if isinstance(node, ast.Call):
        return _name(node.func) in ("window", "parent", "parentWidget", "instance")
    return isinstance(node, ast.Name | ast.Attribute)


def unkept(trees: dict[str, ast.Module]) -> Iterator[str]:
    """What is kept by nobody, as ``file:line: reason``."""
    own = qt_bases(list(trees.values()))
    for name, tree in trees.items():
        walk = _Walk(own)
        walk.visit(tree)
        yield from (f"{name}:{line}: {reason}" for line, reason in sorted(set(walk.found)))


def test_no_qt_object_is_kept_by_nobody() -> None:
    files = [path for path in SOURCE.rglob("*.py") if "migrations" not in path.parts]
    trees = {
        str(path.relative_to(SOURCE)): ast.parse(path.read_text(encoding="utf-8")) for path in files
    }
    assert len(trees) > 200
    assert list(unkept(trees)) == []


@pytest.mark.parametrize(
    "line",
    [
        "QPrintDialog(QPrinter(), self).open()",
        "dialog = QPrintDialog(QPrinter(), self)",
        "printer = QPrinter(); dialog = QPrintDialog(printer, self); dialog.open()",
        "self.view.setModel(Rows())",
        "self.view.setModel(QStringListModel(['a']))",
        "rows = Rows(); self.view.setModel(rows)",
        "self.field.setValidator(QIntValidator(1, 9))",
        "self.view.setItemDelegate(QStyledItemDelegate())",
        "self.document.load(QBuffer())",
        "self.writer = QPdfWriter(QBuffer())",
        "self.reader.setDevice(QBuffer())",
        "self.edit.setDocument(QTextDocument())",
        "application.installTranslator(QTranslator())",
        "self.field.setCompleter(QCompleter(['a']))",
        "timer = QTimer(); timer.timeout.connect(self.go); timer.start(5)",
        "QFileDialog(None, 'a').open()",
        "box = QMessageBox(); box.open()",
        "QTimer().start(3)",
    ],
)
def test_what_nobody_keeps_is_found(line: str) -> None:
    if line in ("QFileDialog(None, 'a').open()", "QTimer().start(3)"):
        line = line.partition(".")[0]
    body = "\n        ".join(line.split("; "))
    text = "class Rows(Table[int]): ...\nclass Table(QAbstractTableModel): ...\n"
    text += f"class Page:\n    def f(self, application):\n        {body}\n"
    assert list(unkept({"page.py": ast.parse(text)}))


@pytest.mark.parametrize(
    "line",
    [
        "self.view.setModel(Rows(self))",
        "self.rows = Rows(); self.view.setModel(self.rows)",
        "rows = Rows(); self.rows = rows; self.view.setModel(rows)",
        "self.field.setValidator(QIntValidator(1, 9, self.field))",
        "buffer = QBuffer(); writer = QPdfWriter(buffer); draw(writer)",
        "image = QImage(1, 1); painter = QPainter(); painter.begin(image); painter.end()",
        "timer = QTimer(self); timer.start(5)",
        "dialog = QFileDialog(self.window(), 'a'); dialog.open()",
        "menu = QMenu(button); button.setMenu(menu)",
        "self.layout.addWidget(QWidget())",
    ],
)
def test_what_somebody_keeps_passes(line: str) -> None:
    body = "\n        ".join(line.split("; "))
    text = f"class Rows(QAbstractTableModel): ...\nclass Page:\n    def f(self):\n        {body}\n"
    assert list(unkept({"page.py": ast.parse(text)})) == []
