"""Qt's own texts in Chinese: its dialogs, the menus of its fields, the buttons of its boxes."""

from __future__ import annotations

from pathlib import Path

import PySide6
from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QObject, QTranslator

# What Qt 6 writes in its file dialog and has no Chinese for.
_LACKING = {
    "&Look in:": "查找范围(&I)：",
    "Files of &type:": "文件类型(&T)：",
    "Folder": "文件夹",
    "Drive": "磁盘",
}


class Lacking(QTranslator):
    """The texts that Qt's own translation lacks."""

    def translate(
        self,
        context: str,
        source: str,
        _disambiguation: str | None = None,
        _n: int = -1,
        /,
    ) -> str:
        if context in ("QFileDialog", "QAbstractFileIconProvider") and source in _LACKING:
            return _LACKING[source]
        return None  # type: ignore[return-value]  # "" would be a translation, and an empty one


def speak_chinese(application: QCoreApplication, owner: QObject) -> bool:
    """Chinese dates and texts for Qt; False when its translation is not there.

    ``owner`` keeps the translators: Qt does not.
    """
    QLocale.setDefault(QLocale(QLocale.Language.Chinese, QLocale.Country.China))
    shipped = QTranslator(owner)
    package = Path(PySide6.__file__).parent  # where a frozen program has them, too
    folders = (
        QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath),
        str(package / "Qt" / "translations"),
        str(package / "translations"),
    )
    found = any(shipped.load("qtbase_zh_CN", folder) for folder in folders)
    if found:
        application.installTranslator(shipped)
    application.installTranslator(Lacking(owner))
    return found
