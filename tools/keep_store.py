"""Keeps a store of the present schema for the tests: ``tests/databases/<revision>/``.

    python tools/keep_store.py

Run it once for every schema that is released, by the program that is released: what stands there is
never made anew, because only a store written by the older program shows whether it can be
upgraded. Fictional people (the sample village), password ``daomao2025``.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path

from daomao_desktop.domain.notices import DocumentKind
from daomao_desktop.services import accounts, demo, founding, print_year
from daomao_desktop.store.keys import Cost
from daomao_desktop.store.migrations import NEWEST

DATABASES = Path(__file__).resolve().parents[1] / "tests" / "databases"
KEPT = ("records.db", "keys.json", "keys.backup.json", "head")
CHEAP = Cost(operations=1, memory=8192)  # its password is known to everybody


def make(folder: Path) -> None:
    """The sample village with its documents of 2025 signed off."""
    settings = founding.found_office.__kwdefaults__ or {}
    settings["cost"] = CHEAP
    demo.build(folder, village=True)
    desk = accounts.open_desk(folder, demo.PASSWORD, today=demo.today)
    try:
        kinds = (DocumentKind.CRITICISM, DocumentKind.DEDUCTION)
        print_year.print_year(desk, 2025, folder / "out", kinds=kinds, dated=demo.today())
    finally:
        accounts.close_desk(desk)


def main() -> int:
    target = DATABASES / NEWEST
    if target.exists():
        print(f"{target} is there already: a released schema is never kept anew", file=sys.stderr)
        return 1
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "office"
        make(folder)
        target.mkdir(parents=True)
        for file in KEPT:
            shutil.copyfile(folder / file, target / file)
    print(target)
    return 0


if __name__ == "__main__":
    sys.exit(main())
