"""Log of a laboratory's exposures as TDMS, laid into a folder once a day: a group of channels for
each array.

By what the files are written says sim_backends/emulators/files/tdms.py.
"""

from __future__ import annotations

import numpy as np

from sim_backends.emulators.files.notes import toml
from sim_backends.emulators.files.station import PERIOD, FileStation, Shot
from sim_backends.emulators.files.tdms import Item, channel, segment
from sim_backends.models.logged import LogPort

SAMPLE = "training batch"
"""What the laboratory calls what it has exposed."""

AGO = 30.0 * 86400.0
"""s since its log was begun."""

DAY = 86400.0
"""s after which it is exported anew."""


class ExposureLog(FileStation):
    """The log of the laboratory in `port`, whose channels are named `<array>/<column>`."""

    suffix = ".tdms"
    lasting = AGO

    def __init__(self, port: LogPort, *, serial: str, rng: np.random.Generator) -> None:
        super().__init__(serial=serial, rng=rng)
        self._port = port
        self.notes = toml({"points": len(port.log(0.0).channels[0].values)})

    def document(self, shot: Shot) -> bytes:
        """The whole log."""
        log = self._port.log(shot.t)
        about = {
            "name": SAMPLE,
            "Sample": SAMPLE,
            "datetime": shot.moment,
            "Manufacturer": log.maker,
            "Model": log.model,
            "Serial number": shot.serial,
            "description": log.method,
        }
        items = [Item((), about)]
        for one in log.channels:
            array, _, column = one.name.partition("/")
            if len(items[-1].path) < 2 or items[-1].path[0] != array:
                items.append(Item((array,), {"description": log.method}))
            items.append(channel(shot, array, column, one.unit, one.values, log.interval))
        return segment(items)

    def _measure(self, t: float) -> None:
        super()._measure(t)
        self._next = t + DAY - PERIOD


EMULATOR = ExposureLog
"""The log, and the port of the laboratory."""
