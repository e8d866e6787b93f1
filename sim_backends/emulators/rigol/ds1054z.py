"""Rigol DS1054Z oscilloscope with four channels, at the wire.

Written from the MSO1000Z/DS1000Z programming guide: sample rate and memory (2-7), :WAVeform group
and its batches (2-212 to 2-226; the guide of the DS1000Z-E, 2-180), :TRIGger:STATus?. Remembered:
the other groups, the default settings, that probe 10:1 is the default. Assumed: the depth AUTO, the
wait of the sweep AUTO, noise, what a refused read does (ds1054z_waveform).
The probe at a channel is taken to have the ratio that is set. Not modelled: bandwidth and its
limit, averaging, peak detection and high resolution (they are settings only), trigger coupling,
noise of the trigger, hold-off, trigger kinds other than the edge, MATH, digital channels, cursors,
decoding, masks, screen pictures, AUToscale, delayed sweep, XY and roll.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from sim_backends.emulators.rigol import ds1054z_specs as specs
from sim_backends.emulators.rigol.ds1054z_acquire import Acquisition
from sim_backends.emulators.rigol.ds1054z_commands import build_table
from sim_backends.emulators.rigol.ds1054z_measure import Measured, Screen
from sim_backends.emulators.rigol.ds1054z_record import FrontEnd
from sim_backends.emulators.scpi import ScpiInstrument
from sim_backends.models.signal import SignalPort

_DEFAULTS: dict[str, Any] = {
    "acquire": "NORMal", "averages": 2, "wave_mode": "NORMal", "wave_format": "BYTE", "start": 1,
    "stop": specs.SCREEN_POINTS, "wave_source": 1, "measure_source": 1, "trigger_coupling": "DC",
    "sweep": "AUTO",
}  # fmt: skip


class DS1054Z(ScpiInstrument):
    """One DS1054Z with a probe at each of four points."""

    TABLE = build_table()
    LATENCY = 5e-3

    def __init__(
        self, port: tuple[SignalPort, ...], *, serial: str, rng: np.random.Generator
    ) -> None:
        super().__init__(("RIGOL TECHNOLOGIES", "DS1054Z", serial, "00.04.04.SP4"))
        self.acquisition = Acquisition(FrontEnd(port, rng))
        self.values: dict[Any, Any] = dict(_DEFAULTS)

    def measure(self, item: str, source: int) -> Measured:
        """An automatic measurement of the screen; None without a record, for a channel that is
        off, or where the converter was at its end."""
        self.acquisition.look(self.t)
        record = self.acquisition.record
        if record is None or not record.setup.channels[source - 1].on:
            return None
        channel, codes = record.setup.channels[source - 1], record.screen(source)
        if codes.min() == 0 or codes.max() == 255:
            return None
        volts = (codes.astype(float) - channel.origin - specs.REFERENCE) * channel.increment
        least = specs.LEAST_SIGNAL * channel.scale
        return Screen(volts, record.setup.time_scale / 100.0, least).measure(item)

    def reset(self) -> None:
        """`*RST`: settings as after delivery, running."""
        super().reset()
        self.values |= _DEFAULTS
        self.acquisition.restore(self.t)


EMULATOR = DS1054Z
