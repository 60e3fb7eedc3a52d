"""Programs of the system that some tests need beside Python."""

from __future__ import annotations

import os
import shutil

import pytest


def need(*programs: str, root: bool = False) -> None:
    """Skips the test where one is missing; fails it under ``.ci/run``, which installs them all."""
    missing = [name for name in programs if shutil.which(name, path=SEARCHED) is None]
    reasons = [f"not installed: {', '.join(missing)}"] if missing else []
    if root and os.getuid() != 0:
        reasons.append("not root")
    if not reasons:
        return
    words = "; ".join(reasons)
    if os.environ.get("DAOMAO_CI"):
        pytest.fail(f"skipped where nothing may be: {words}")
    pytest.skip(words)


SEARCHED = os.pathsep.join((os.environ.get("PATH", ""), "/usr/sbin", "/sbin"))
