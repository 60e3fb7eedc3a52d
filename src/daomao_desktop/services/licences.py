"""Whose software and fonts the program is made of, and under which licences.

The build writes one text into the bundle (``tools/collect_licences.py``); elsewhere it is put
together from the installed packages when somebody asks for it, so that it never goes stale.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

from daomao_desktop.paths import resource

BUNDLED = "licences/third-party.txt"
_LICENCE_FILE = re.compile(r"(licen[cs]e|copying|notice|authors)([._-].*)?", re.IGNORECASE)
_SAID_LONG = 60
_LGPL = "LGPL-3.0.txt"

# What the packages themselves lack: texts in resources/licences, and names. PySide6 and shiboken6
# are used under the LGPL; its third version refers to the GPL, which comes with the Fandol fonts.
_TEXTS = {
    "chinesecalendar": ("chinesecalendar.txt",),
    "PySide6_Addons": (_LGPL,),
    "PySide6_Essentials": (_LGPL,),
    "shiboken6": (_LGPL,),
    "sqlcipher3": ("SQLCipher.txt", "Apache-2.0.txt"),
}
_NAMES = {
    "PySide6_Addons": "LGPL-3.0-only",
    "PySide6_Essentials": "LGPL-3.0-only",
    "python-stdnum": "LGPL-2.1-or-later",
    "shiboken6": "LGPL-3.0-only",
    "sqlcipher3": "Zlib; SQLCipher BSD-3-Clause; OpenSSL Apache-2.0",
}

_FONTS = {
    "GPL-3-font-exception-Fandol": "GPL-3.0，附字体例外",
    "Hanazono": "Hanazono Font License 或 OFL-1.1",
    "OFL-LXGW-WenKai": "OFL-1.1",
    "OFL-Noto-Sans-SC": "OFL-1.1",
    "OFL-Noto-Serif-SC": "OFL-1.1",
    "Unicode-data": "Unicode-3.0（字表）",
}


@dataclass(frozen=True, slots=True)
class Component:
    """A package or the fonts: ``licence`` its name, ``texts`` the licences themselves."""

    name: str
    version: str
    licence: str
    texts: tuple[str, ...]


def third_party() -> str:
    """The text of the About page: the bundle's own, else put together now."""
    try:
        return resource(BUNDLED).read_text(encoding="utf-8")
    except FileNotFoundError:
        return compose(metadata.requires("daomao-desktop") or ())


def compose(requirements: Sequence[str]) -> str:
    """One text of all components; ``requirements`` as in pyproject.toml.

    Raises LookupError naming a component without a licence, so that the build stops.
    """
    found = [_python(), *components(requirements), *_fonts()]
    lacking = [one.name for one in found if not one.licence or not one.texts]
    if lacking:
        raise LookupError(f"no licence known of {', '.join(lacking)}")
    lines = [
        "本程序用到的软件和字体",
        "",
        *(f"{f'{one.name} {one.version}'.strip()}　{one.licence}" for one in found),
        "",
        "Qt（PySide6）按 LGPL-3.0 使用：它的库是单独的文件，可以换成同一版本的其他构建；"
        "Qt 内含的第三方部件及其许可见 https://doc.qt.io/qt-6/licenses-used-in-qt.html 。",
        "图标取自 Font Awesome 5 Free（SIL OFL 1.1，随 QtAwesome 提供）。",
    ]
    printed: dict[str, str] = {}
    for one in found:
        lines += ["", "=" * 72, f"{one.name} {one.version}".strip(), "=" * 72]
        for text in one.texts:
            if text in printed:
                lines += ["", f"与 {printed[text]} 相同，见上文。"]
            else:
                printed[text] = one.name
                lines += ["", text]
    return "\n".join(lines) + "\n"


def components(requirements: Sequence[str]) -> list[Component]:
    """The packages required and what they require in turn, by name."""
    found: dict[str, Component] = {}
    waiting = list(_needed(requirements))
    while waiting:
        distribution = metadata.distribution(waiting.pop())
        name = distribution.metadata["Name"]
        if name not in found:
            found[name] = _component(distribution)
            waiting += _needed(distribution.requires or ())
    return sorted(found.values(), key=lambda one: one.name.lower())


def _needed(requirements: Sequence[str]) -> Iterator[str]:
    from packaging.requirements import Requirement  # comes with QtAwesome

    for line in requirements:
        requirement = Requirement(line)
        if requirement.marker is None or requirement.marker.evaluate({"extra": ""}):
            yield requirement.name


def _component(distribution: metadata.Distribution) -> Component:
    name = distribution.metadata["Name"]
    texts = dict.fromkeys(
        Path(str(file.locate())).read_text(encoding="utf-8", errors="replace").strip()
        for file in distribution.files or ()
        if _is_licence(file)
    )
    own = (_own_text(file) for file in _TEXTS.get(name, ()))
    return Component(name, distribution.version, _said(distribution), (*texts, *own))


def _is_licence(file: metadata.PackagePath) -> bool:
    """A licence of the package itself: in its metadata, not of something it only ships."""
    parts = file.parts
    return parts[0].endswith(".dist-info") and bool(_LICENCE_FILE.fullmatch(parts[-1]))


def _said(distribution: metadata.Distribution) -> str:
    fields = distribution.metadata
    name = fields["Name"]
    if name in _NAMES:
        return _NAMES[name]
    keys = [key for key in ("License-Expression", "License") if key in fields]
    said = next((text for key in keys if (text := fields[key].strip())), "")
    if not said:
        classes = [c for c in fields.get_all("Classifier") or () if c.startswith("License ::")]
        said = classes[0].rsplit("::", 1)[-1].strip() if classes else ""
    return re.split(r"[(\n]", said)[0].strip()[:_SAID_LONG]


def _python() -> Component:
    import platform

    return Component("Python", platform.python_version(), "PSF-2.0", (_own_text("Python.txt"),))


def _fonts() -> Iterator[Component]:
    folder = resource("fonts/licences")
    for file in sorted(folder.glob("*.txt")):
        name = file.stem.removeprefix("OFL-").removeprefix("GPL-3-font-exception-")
        licence = _FONTS.get(file.stem, "")
        yield Component(f"字体 {name}", "", licence, (_text(file),))
    yield Component("字体清单", "", "随程序", (_text(folder / "README.md"),))


def _own_text(name: str) -> str:
    return _text(resource(f"licences/{name}"))


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8").strip()
