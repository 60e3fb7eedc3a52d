"""Python's cycle collector, kept to the window's thread and to the moments between its events."""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

LOOK_EVERY_MS = 1000


class Collector(QObject):
    """Runs the collector by a timer while this object is open.

    By itself Python starts it in whichever thread happens to allocate. In the worker it would
    destroy widgets, which only their own thread may; within a paint or a destructor of Qt's, the
    objects that Qt is just using. Either ends the process, rarely and anywhere.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._was_on = gc.isenabled()
        self._frozen = False
        gc.disable()
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_EVERY_MS)
        self._timer.timeout.connect(self.collect_due)
        self._timer.start()

    def collect_due(self) -> None:
        """Collects the oldest generation that is due by Python's own thresholds."""
        counts, thresholds = gc.get_count(), gc.get_threshold()
        due = [
            generation
            for generation in range(len(counts))
            if counts[generation] > thresholds[generation]
        ]
        if due:
            gc.collect(due[-1])

    def freeze_libraries(self) -> None:
        """Spares the collector what was loaded so far: all of it takes 60 ms to look through.

        Only the first call counts: later ones would keep a closed window for good.
        """
        if not self._frozen:
            self._frozen = True
            gc.freeze()

    def close(self) -> None:
        """Gives the collector back to Python."""
        self._timer.stop()
        if self._frozen:
            gc.unfreeze()
        if self._was_on:
            gc.enable()
