"""How the program looks: colours, fonts, sizes; light and dark, normal and 大字."""

from __future__ import annotations

import contextlib
import re
from dataclasses import asdict, dataclass, replace

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontMetrics, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from daomao_desktop.paths import resource
from daomao_desktop.ui.rescale import rescale_layouts

NORMAL_POINTS = 10.5
LARGE_FACTOR = 1.5

# Families tried after the shipped face, in the order Windows, UOS and Debian offer them.
_SYSTEM_FAMILIES = (
    "Microsoft YaHei UI",
    "Microsoft YaHei",
    "Noto Sans CJK SC",
    "Source Han Sans SC",
    "WenQuanYi Micro Hei",
    "SimSun",
)


@dataclass(frozen=True, slots=True)
class Colours:
    """Colours of one theme as #RRGGBB; text on its ground has a contrast of at least 4.5:1."""

    window: str
    base: str
    alternate: str
    text: str
    muted: str
    line: str
    border: str
    accent: str
    accent_hover: str
    button: str
    on_accent: str
    selection: str
    selected: str
    error: str
    error_ground: str
    good: str
    good_ground: str
    warn: str
    warn_ground: str
    header: str
    handle: str
    navigation: str


LIGHT = Colours(
    window="#F4F6F9",
    base="#FFFFFF",
    alternate="#F8FAFC",
    text="#1F2937",
    muted="#5B6879",
    line="#DDE3EA",
    border="#B9C3CF",
    accent="#2563EB",
    accent_hover="#1D4FC4",
    button="#2563EB",
    on_accent="#FFFFFF",
    selection="#DBEAFE",
    selected="#1E3A8A",
    error="#C81E1E",
    error_ground="#FEF2F2",
    good="#15703C",
    good_ground="#E9F7EF",
    warn="#8A5200",
    warn_ground="#FFF6E0",
    header="#F1F5F9",
    handle="#D5DCE5",
    navigation="#FFFFFF",
)
DARK = Colours(
    window="#171B21",
    base="#1F242C",
    alternate="#242A33",
    text="#E5E9F0",
    muted="#A2ACBA",
    line="#353D49",
    border="#515C6C",
    accent="#6FA3FF",
    accent_hover="#3D78E3",
    button="#2F6BE0",
    on_accent="#FFFFFF",
    selection="#24406E",
    selected="#EAF1FF",
    error="#F98B8B",
    error_ground="#3A2226",
    good="#6FD69B",
    good_ground="#1D3327",
    warn="#F0BC5E",
    warn_ground="#38301C",
    header="#262D36",
    handle="#3D4653",
    navigation="#1B2027",
)


@dataclass(frozen=True, slots=True)
class Look:
    """What the operator chose: dark or light, normal or 大字 (150 %)."""

    dark: bool = False
    large: bool = False

    @property
    def colours(self) -> Colours:
        return DARK if self.dark else LIGHT

    @property
    def factor(self) -> float:
        return LARGE_FACTOR if self.large else 1.0

    def px(self, pixels: float) -> int:
        """A length of the normal size in this look's pixels."""
        return round(pixels * self.factor)


class Appearance(QObject):
    """The look in force; ``changed`` tells those who hold lengths or icons of their own."""

    changed = Signal(object)
    _unpacked = Signal(bytes)

    def __init__(self, application: QApplication, look: Look | None = None) -> None:
        super().__init__()
        self._application = application
        self._family = register_fonts()
        self._rare = self._fetching = False
        # Queued: emitted by the thread that unpacks, received in the window's.
        self._unpacked.connect(self.add_rare, Qt.ConnectionType.QueuedConnection)
        self.look = look or Look()
        application.setStyle("Fusion")
        self._apply()

    @property
    def colours(self) -> Colours:
        return self.look.colours

    def set_dark(self, dark: bool) -> None:
        self._set(replace(self.look, dark=dark))

    def set_large(self, large: bool) -> None:
        self._set(replace(self.look, large=large))

    def lacks(self, text: str) -> bool:
        """Whether the text has a character that only the face of rare characters shows."""
        if self._rare:
            return False
        metrics = QFontMetrics(self._application.font())
        return any(not metrics.inFontUcs4(ord(char)) for char in set(text) if char > "\u2fff")

    def fetch_rare(self) -> None:
        """Unpacks the face of rare characters beside the work under way, then shows it.

        In a thread of its own: a sign-in or a page must not queue behind a second of unpacking.
        """
        if self._rare or self._fetching:
            return
        self._fetching = True
        from threading import Thread  # only where a name needs it

        def unpack() -> None:
            face = rare_face()
            with contextlib.suppress(RuntimeError):  # the program has ended meanwhile
                self._unpacked.emit(face)

        Thread(target=unpack, name="rare-face", daemon=True).start()

    def add_rare(self, face: bytes) -> None:
        """Registers the face of rare characters as the last resort."""
        if self._rare:
            return
        self._rare = True
        number = QFontDatabase.addApplicationFontFromData(face)
        if number >= 0:
            self._family += tuple(QFontDatabase.applicationFontFamilies(number))
            # With the style sheet: what it gave a size or a weight (headings) keeps its old
            # families otherwise, and a line edit its old picture of the text.
            self._apply()

    def _set(self, look: Look) -> None:
        if look != self.look:
            before, self.look = self.look.factor, look
            self._apply()
            if look.factor != before:
                rescale_layouts(before, look.factor)
            self.changed.emit(look)

    def _apply(self) -> None:
        # Without the old sheet first, every widget is polished over and over: seven times slower.
        self._application.setStyleSheet("")
        self._application.setFont(ui_font(self._family, self.look.factor))
        self._application.setPalette(palette(self.look.colours))
        self._application.setStyleSheet(style_sheet(self.look))


def register_fonts() -> tuple[str, ...]:
    """Registers the shipped 黑体 for the screen; returns the families to use, best first."""
    families: list[str] = []
    path = resource("fonts/hei.ttf")
    if path.is_file():
        number = QFontDatabase.addApplicationFont(str(path))
        if number >= 0:
            families.extend(QFontDatabase.applicationFontFamilies(number))
    known = set(QFontDatabase.families())
    families.extend(family for family in _SYSTEM_FAMILIES if family in known)
    return tuple(families)


def rare_face() -> bytes:
    """The face of rare characters, unpacked: 30 MB, a second's work."""
    import lzma  # only where a name needs it

    return lzma.decompress(resource("fonts/rare.ttf.xz").read_bytes())


def ui_font(families: tuple[str, ...], factor: float) -> QFont:
    """The program's font: the first family, the others as its fallbacks."""
    font = QFont()
    if families:
        font.setFamilies(list(families))
    font.setPointSizeF(NORMAL_POINTS * factor)
    return font


def palette(colours: Colours) -> QPalette:
    """Fusion's palette in these colours, with readable disabled text."""
    result = QPalette()
    roles = QPalette.ColorRole
    for role, colour in (
        (roles.Window, colours.window),
        (roles.WindowText, colours.text),
        (roles.Base, colours.base),
        (roles.AlternateBase, colours.alternate),
        (roles.Text, colours.text),
        (roles.Button, colours.base),
        (roles.ButtonText, colours.text),
        (roles.ToolTipBase, colours.base),
        (roles.ToolTipText, colours.text),
        (roles.PlaceholderText, colours.muted),
        (roles.Highlight, colours.selection),
        (roles.HighlightedText, colours.selected),
        (roles.Link, colours.accent),
        (roles.LinkVisited, colours.accent),
        (roles.Mid, colours.line),
        (roles.Midlight, colours.line),
        (roles.Light, colours.base),
        (roles.Dark, colours.border),
        (roles.Shadow, colours.border),
        (roles.Accent, colours.accent),
    ):
        result.setColor(role, QColor(colour))
    for role in (roles.WindowText, roles.Text, roles.ButtonText):
        result.setColor(QPalette.ColorGroup.Disabled, role, QColor(colours.muted))
    return result


def style_sheet(look: Look) -> str:
    """The style sheet of ``resources/theme/style.qss`` for this look.

    There ``@name@`` stands for a colour, ``@12px@`` for a length and ``@9pt@`` for a font size of
    the normal look, ``@theme@`` for the folder of the arrows and ``@shade@`` for light or dark.
    """
    text = resource("theme/style.qss").read_text(encoding="utf-8")
    colours: dict[str, str] = asdict(look.colours)
    folder = resource("theme").as_posix()
    shade = "dark" if look.dark else "light"

    def value(match: re.Match[str]) -> str:
        word = match.group(1)
        if word.endswith("px"):
            return f"{look.px(float(word[:-2]))}px"
        if word.endswith("pt"):
            return f"{float(word[:-2]) * look.factor:.2f}pt"
        if word == "theme":
            return folder
        return shade if word == "shade" else colours[word]

    return re.sub(r"@([a-z_0-9.]+)@", value, text)


def px(pixels: float) -> int:
    """A length of the normal size in pixels of the look in force."""
    return round(pixels * QApplication.font().pointSizeF() / NORMAL_POINTS)


def set_role(widget: QWidget, role: str) -> None:
    """Gives a widget the style of that role (``[role="…"]`` in style.qss)."""
    if widget.property("role") == role:
        return
    widget.setProperty("role", role)
    style = widget.style()
    style.unpolish(widget)
    style.polish(widget)
