"""Logger of a detector's software that writes TDMS, one file a series.

By what the files are written says sim_backends/emulators/files/tdms.py: one segment, little-endian,
channels of one group with waveform properties.
"""

from __future__ import annotations

import numpy as np

from sim_backends.emulators.files.station import FileStation, Shot
from sim_backends.emulators.files.tdms import Item, channel, segment
from sim_backends.models.logged import LogPort


class SeriesLogger(FileStation):
    """A logger at the detector in `port`."""

    suffix = ".tdms"

    def __init__(self, port: LogPort, *, serial: str, rng: np.random.Generator) -> None:
        super().__init__(serial=serial, rng=rng)
        self._port = port

    def document(self, shot: Shot) -> bytes:
        """One series."""
        log = self._port.log(shot.t)
        about = {
            "name": shot.stem,
            "Sample": shot.sample,
            "datetime": shot.moment,
            "Manufacturer": log.maker,
            "Model": log.model,
            "Serial number": shot.serial,
            "description": log.method,
        }
        items = [Item((), about), Item(("Series",), {"description": log.method})]
        for one in log.channels:
            items.append(channel(shot, "Series", one.name, one.unit, one.values, log.interval))
        return segment(items)


EMULATOR = SeriesLogger
