"""Preparing the first document: short pieces of work, and an end."""

from __future__ import annotations

from daomao_desktop.services.desk import Desk
from daomao_desktop.services.preparation import SECONDS, Preparation


def test_work_at_one_go_ends_with_the_step_that_takes_it_over_its_time(town_desk: Desk) -> None:
    now = 0.0

    def clock() -> float:
        nonlocal now
        now += SECONDS / 2 + 0.001  # as long as a step takes
        return now

    preparation = Preparation(town_desk, clock)
    goes = 0
    while not preparation.advance():
        goes += 1
        assert not preparation.done
    assert preparation.done
    assert goes >= 4  # two steps at a go, however long all of it takes
    before = now
    assert preparation.advance()
    assert now == before  # nothing is done twice
