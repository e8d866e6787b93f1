"""Any multimeter that speaks SCPI-1999 (volume 2: CONFigure, SENSe, READ?), as voltmeter.

It is identified by the four fields of *IDN?; the option `model` holds the bench to one model. No
data sheet is known here: the accuracies are those that the bench file states in `accuracy`, for
the smallest of its ranges that holds the reading (with a fixed range, the range). A reading for
which the bench states none has no accuracy, and a procedure can make no uncertainty of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any, ClassVar

from drivers.generic.accuracy_options import held_by, stated
from drivers.instrument import ScpiInstrument
from drivers.limits import BenchLimits
from drivers.links.link import MessageLink
from drivers.links.settings import MessageSettings
from drivers.options import Configured, Options
from labctl.errors import LinkError
from labctl.evidence import Accuracy, Identity, Reading

UNITS = {"voltage": "V", "current": "A", "resistance": "ohm"}
FUNCTIONS = {"voltage": "VOLT:DC", "current": "CURR:DC", "resistance": "RES"}
LINE_PERIOD = 1 / 50
"""Longest power line cycle in s."""

MOST_CYCLES = 100.0


class ScpiMultimeter(ScpiInstrument):
    """A multimeter at the end of `link`.

    `limits` by the bench: `voltage` in V, `current` in A, the largest ranges. `model` and
    `accuracies` come from the bench's options.
    """

    what: ClassVar[str] = "multimeter"
    settings: ClassVar[MessageSettings] = MessageSettings(
        timeout=5.0, idempotent=frozenset({"*IDN?"})
    )
    limit_units: ClassVar[dict[str, str]] = {"voltage": "V", "current": "A"}
    accuracies: ClassVar[tuple[Accuracy, ...]] = ()

    def __init__(
        self,
        link: MessageLink,
        limits: BenchLimits | None = None,
        *,
        model: str = "",
        accuracies: tuple[Accuracy, ...] = (),
    ) -> None:
        super().__init__(link, limits)
        self._model = model
        self._setting = ""
        self._lines = accuracies

    @classmethod
    def configured(cls, options: Mapping[str, Any]) -> Configured:
        """The driver with `model` and `accuracy` of the bench file; ValueError for a wrong one."""
        found = Options(options, ("model", "accuracy"))
        make = partial(cls, model=found.text("model", ""), accuracies=stated(found, UNITS))
        return Configured(cls.settings, cls.limit_units, make)

    async def identify(self) -> Identity:
        """Ask who it is and clear old errors; `InstrumentError` for another than the bench's
        `model`."""
        found = await self._scpi.who(self._model)
        await self._scpi.set("*CLS")
        self._identity = found
        return found

    async def resync(self) -> None:
        """Line and errors cleared; settings are sent anew when needed."""
        self._setting = ""
        await self._scpi.resync()

    async def safe(self) -> None:
        """Abort measuring. The meter drives nothing, so there is no state to read back."""
        await self._scpi.set(":ABOR")

    async def measure_voltage(
        self, *, voltage_range: float | None = None, power_line_cycles: float = 1.0
    ) -> Reading:
        """One reading in V. `voltage_range` in V (default: autorange).

        `LimitRefused` for a range above the bench's; `InstrumentError` for one that the meter
        does not have, and for a voltage beyond it.
        """
        return await self._measure("voltage", voltage_range, power_line_cycles)

    async def measure_current(
        self, *, current_range: float | None = None, power_line_cycles: float = 1.0
    ) -> Reading:
        """One reading of direct current in A. `current_range` in A (default: autorange)."""
        return await self._measure("current", current_range, power_line_cycles)

    async def measure_resistance(
        self, *, resistance_range: float | None = None, power_line_cycles: float = 1.0
    ) -> Reading:
        """One reading in ohm with 2 wires. `resistance_range` in ohm (default: autorange)."""
        return await self._measure("resistance", resistance_range, power_line_cycles)

    async def _measure(self, function: str, full: float | None, cycles: float) -> Reading:
        unit, head = UNITS[function], f":SENS:{FUNCTIONS[function]}"
        self._check("integration time", cycles, 0.0, MOST_CYCLES, "cycles", f"{head}:NPLC")
        if full is not None:
            most = self._limits.get(function, float("1e12"))
            self._check("range", full, 0.0, most, unit, f"{head}:RANG")
        wanted = [
            f':SENS:FUNC "{FUNCTIONS[function]}"',
            f"{head}:RANG:AUTO ON" if full is None else f"{head}:RANG {full:.9g}",
            f"{head}:NPLC {cycles:g}",
        ]
        await self._set(wanted)
        patience = self.settings.timeout + 3 * cycles * LINE_PERIOD
        try:
            value = await self._scpi.number(":READ?", patience)
        except LinkError:
            self._setting = ""  # it may have restarted, with the settings it has after power-on
            raise
        held = value if full is None else max(abs(value), full)
        return self._reading(value, unit, held_by(self._lines, function, held))

    async def _set(self, wanted: list[str]) -> None:
        """What is set already is not sent again."""
        setting = ";".join(wanted)
        if setting == self._setting:
            return
        self._setting = ""
        await self._scpi.set(*wanted)
        self._setting = setting


DRIVER = ScpiMultimeter
