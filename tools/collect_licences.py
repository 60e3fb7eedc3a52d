"""Writes the licences of everything in the bundle into one text; the build calls it.

    python tools/collect_licences.py FILE

It fails where the licence of a package is not known.
"""

from __future__ import annotations

import subprocess
import sys
import tomllib
from collections.abc import Iterable, Iterator
from importlib import metadata
from pathlib import Path

from daomao_desktop.services.licences import components, compose

PROJECT = Path(__file__).resolve().parents[1] / "pyproject.toml"
RULE = "=" * 72


def collect(target: Path, libraries: Iterable[str] = ()) -> Path:
    """Writes the text of the packages that pyproject.toml requires and of theirs.

    ``libraries``: files of the system that travel, too.
    """
    more = list(_system(libraries))
    if sys.platform == "win32":  # Python's text there has what is built into the libraries beside
        more += [("Python（Windows）", (Path(sys.base_prefix) / "LICENSE.txt").read_text("utf-8"))]
    parts = [compose(_required())]
    parts += ["\n".join((RULE, title, RULE, "", text.strip(), "")) for title, text in more]
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text("\n".join(parts), encoding="utf-8", newline="\n")
    return target


def unlisted(modules: Iterable[str]) -> set[str]:
    """Packages installed here that these top-level modules come from and the text leaves out."""
    listed = {one.name for one in components(_required())} | {"daomao-desktop"}
    owners = metadata.packages_distributions()
    found = (owners.get(module, []) for module in modules)
    return {names[0] for names in found if names and listed.isdisjoint(names)}


def _required() -> list[str]:
    project = tomllib.loads(PROJECT.read_text(encoding="utf-8"))["project"]
    required: list[str] = project["dependencies"]
    return required


def _system(libraries: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Debian's packages of these files, each with the text that Debian has of it."""
    packages = set()
    for library in libraries:
        found = subprocess.run(
            ["dpkg-query", "--search", f"*/{Path(library).name}"], capture_output=True, text=True
        )
        lines = [line for line in found.stdout.splitlines() if not line.startswith("diversion")]
        if not lines:
            raise LookupError(f"no Debian package has {library}")
        packages.add(lines[0].partition(":")[0])
    for package in sorted(packages):
        text = Path("/usr/share/doc", package, "copyright").read_text("utf-8")
        yield f"{package}（Debian）", text


if __name__ == "__main__":
    print(collect(Path(sys.argv[1])))
