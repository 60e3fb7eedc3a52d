"""python -m tests.tour town|village|wizard [--large] [--pictures DIR] [--list FILE] [--random N]

Presses every control of the program on a copy of the sample office, in this process alone; says
what it pressed and what came of it. Exit code 1 when something is wrong with one of them.
"""

from __future__ import annotations

import argparse
import faulthandler
import os
import sys
import tempfile
import time
import traceback
from pathlib import Path


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.tour")
    parser.add_argument("start", choices=("town", "village", "wizard"))
    parser.add_argument("--large", action="store_true", help="大字")
    parser.add_argument("--pictures", type=Path, help="one picture of each page and dialog")
    parser.add_argument("--list", type=Path, help="what was pressed, one line each")
    parser.add_argument("--only", default="", help="pages and dialogs whose name has this")
    parser.add_argument("--random", type=int, default=0, help="so many random clicks and keys")
    parser.add_argument("--verbose", action="store_true", help="each press as it happens")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    faulthandler.enable()

    def tell(line: str) -> None:
        if options.verbose:
            sys.stderr.write(f"{time.monotonic() - began:7.1f} {line}\n")

    began = time.monotonic()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    if options.pictures:
        options.pictures.mkdir(parents=True, exist_ok=True)

    from PySide6.QtWidgets import QApplication

    from tests.tour.report import report
    from tests.tour.stage import Stage
    from tests.tour.walk import Walk

    application = QApplication(["tour"])
    with tempfile.TemporaryDirectory(prefix="tour-", ignore_cleanup_errors=True) as place:
        stage = Stage(application, Path(place), options.start, large=options.large)
        if options.random:
            from tests.tour.random_hand import RandomHand

            hand = RandomHand(stage, options.seed)
            hand.go(options.random)
            text, bad = hand.report()
        else:
            walk = Walk(stage, tell, options.pictures, options.only)
            walk.go()
            text, bad = report(walk)
        stage.leave()
    if options.list:
        options.list.write_text(text, encoding="utf-8")
        text = text[text.find("\n按了") :]  # the count, and what was wrong
    sys.stdout.write(text)
    sys.stdout.flush()
    return 1 if bad else 0


if __name__ == "__main__":
    try:
        code = main()
    except Exception:  # the hooks for what nobody catches are the tour's own by now
        traceback.print_exc()
        code = 2
    sys.exit(code)
