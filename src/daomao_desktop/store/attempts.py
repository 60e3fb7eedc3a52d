"""Failed logins, counted beside the slots in ``attempts.json`` (no passwords, no names)."""

from __future__ import annotations

import json
import math
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from daomao_desktop.files import replace_bytes

NAME = "attempts.json"
FREE_FAILURES = 2
REST_AFTER = 10
REST_SECONDS = 15 * 60


@dataclass(frozen=True, slots=True)
class FailedLogins:
    """Failures of one slot: ``in_a_row`` sets the wait, ``total`` is what the trail has not seen.

    ``first`` and ``last`` are seconds since 1970.
    """

    slot: str
    in_a_row: int = 0
    total: int = 0
    first: float = 0.0
    last: float = 0.0


def seconds_to_wait(folder: Path, slot: str, now: float) -> int:
    """Whole seconds until the next try counts; 0 when there is no wait."""
    counts = _read(folder)
    known = counts.get(slot)
    if known is None or known.in_a_row <= FREE_FAILURES:
        return 0
    if now < known.last:  # the clock was set back: the wait starts again, it must not become years
        known = replace(known, last=now)
        _write(folder, {**counts, slot: known})
    return max(0, math.ceil(known.last + _delay(known.in_a_row) - now))


def failed(folder: Path, slot: str, now: float) -> None:
    """Counts one wrong password."""
    counts = _read(folder)
    known = counts.get(slot, FailedLogins(slot))
    _write(
        folder,
        {
            **counts,
            slot: replace(
                known,
                in_a_row=known.in_a_row + 1,
                total=known.total + 1,
                first=known.first if known.total else now,
                last=now,
            ),
        },
    )


def succeeded(folder: Path, slot: str) -> None:
    """Ends the wait of a slot; the total stays for the audit trail."""
    counts = _read(folder)
    if slot in counts and counts[slot].in_a_row:
        _write(folder, {**counts, slot: replace(counts[slot], in_a_row=0)})


def totals(folder: Path) -> tuple[FailedLogins, ...]:
    """Slots with failures the audit trail has not seen yet."""
    return tuple(known for known in _read(folder).values() if known.total)


def forget_totals(folder: Path) -> None:
    """Sets the totals to 0; a slot in the middle of its wait keeps it."""
    counts = _read(folder)
    if counts:
        kept = {slot: replace(known, total=0) for slot, known in counts.items() if known.in_a_row}
        _write(folder, kept)


def clear(folder: Path) -> None:
    """Forgets everything: a new office has no failed logins."""
    (folder / NAME).unlink(missing_ok=True)


def _delay(in_a_row: int) -> int:
    """2 s after the third failure, then 4, 8 … 256 s; from the tenth on a quarter of an hour."""
    if in_a_row >= REST_AFTER:
        return REST_SECONDS
    return int(2 ** (in_a_row - FREE_FAILURES))


def _read(folder: Path) -> dict[str, FailedLogins]:
    try:
        rows = json.loads((folder / NAME).read_bytes())
        return {row["slot"]: FailedLogins(**row) for row in rows}
    except (OSError, ValueError, TypeError, KeyError):
        return {}  # a damaged count must not lock the office out


def _write(folder: Path, counts: dict[str, FailedLogins]) -> None:
    content = json.dumps([asdict(known) for known in counts.values()]).encode()
    with suppress(OSError):  # a write-protected disk: the wrong password is still told
        replace_bytes(folder / NAME, content)
