"""Getting ready for the first document of a session before it is asked for."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

from daomao_desktop.domain.accounts import Permission
from daomao_desktop.services.desk import Desk
from daomao_desktop.services.fonts import chosen_families

SECONDS = 0.05
"""Work at one go: what a query of the operator may have to wait for it."""


class Preparation:
    """The steps that are left; ``advance`` in the worker, again and again until it says True."""

    def __init__(self, desk: Desk, clock: Callable[[], float] = time.monotonic) -> None:
        self._desk = desk
        self._clock = clock
        self._steps: Iterator[None] | None = None
        self.done = False

    def advance(self) -> bool:
        """Does steps for ``SECONDS``, at least one; True when nothing is left to do.

        Raises DaomaoError where a font file is missing or damaged, and then has no steps left.
        """
        if self.done:
            return True
        began = self._clock()
        steps = self._steps = self._steps or self._begin()
        self.done = True  # where a step fails there is nothing to go on with
        for _step in steps:
            if self._clock() - began >= SECONDS:
                self.done = False
                return False
        return True

    def _begin(self) -> Iterator[None]:
        from daomao_desktop.documents.preparing import prepare

        self._desk.require(Permission.READ)
        with self._desk.store.reading() as session:
            families = chosen_families(session)
        return prepare(families)
