"""A SCPI engine: command tables, IEEE 488.2 common commands, status, error queue, timing."""

from sim_backends.emulators.scpi.errors import ScpiError
from sim_backends.emulators.scpi.instrument import ScpiInstrument
from sim_backends.emulators.scpi.table import Table

__all__ = ["ScpiError", "ScpiInstrument", "Table"]
