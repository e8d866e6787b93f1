"""Yokogawa WT310E digital power meter (one input element), at the wire.

Written from the user's manual IM WT310E-01EN (ranges, automatic ranges), the getting started guide
IM WT310E-02EN (accuracy, over-range) and pages of the communication manual IM WT310E-17EN: answers
(5-5), data (5-6), status registers (7-5), default items (9-7); numeric formats as the manuals of
the family print them (IM WT3001E-17EN 6-97). Remembered: the rest of the command groups, error
numbers 841 to 843, item presets, that values are gone until the first update after a change of
range, and the order of a harmonic list (total, direct, 1, 2, ...).
Not modelled: external sensor inputs, scaling of harmonic lists, averaging, MATH, STORe, RECall,
analogue outputs, queries of whole groups, the line filter's effect, zero-level compensation, update
interval AUTO, Modbus/TCP. Where the place tells what has passed it (`EnergyPort`), integration
takes that.
"""

from __future__ import annotations

from collections.abc import Generator
from typing import Any

import numpy as np

from sim_backends.emulators.scpi import ScpiError, ScpiInstrument
from sim_backends.emulators.yokogawa import wt310e_specs as specs
from sim_backends.emulators.yokogawa.wt310e_commands import build_table
from sim_backends.emulators.yokogawa.wt310e_harmonics import harmonic_list
from sim_backends.emulators.yokogawa.wt310e_integration import Integration
from sim_backends.emulators.yokogawa.wt310e_items import Item, preset
from sim_backends.emulators.yokogawa.wt310e_measure import NOTHING, Circuits, Update, harmonics
from sim_backends.emulators.yokogawa.wt310e_metered import Metered
from sim_backends.emulators.yokogawa.wt310e_registers import Extended
from sim_backends.emulators.yokogawa.wt310e_scaling import DELIVERED, scaled
from sim_backends.emulators.yokogawa.wt310e_words import OVER
from sim_backends.models.ac_circuit import AcPort, AcState
from sim_backends.models.hybrid_ports import EnergyPort

_DEFAULTS: dict[str, Any] = {
    "rate": 0.5, "mode": "RMS", "crest": "3", "auto_u": True, "auto_i": True, "sync": "VOLTage",
    "line_filter": False, "frequency_filter": False, "format": "ASCii", "count": 3, "listed": 1,
    "list_order": 50, "select": "ALL", "thd": "TOTal", "pll": "U1", "orders": 50,
}  # fmt: skip


class WT310E(ScpiInstrument):
    """One WT310E between source and load at `port`."""

    TABLE = build_table()
    LATENCY = 5e-3

    def __init__(self, port: AcPort, *, serial: str, rng: np.random.Generator) -> None:
        super().__init__(("YOKOGAWA", "WT310E", serial, "F1.03"))
        self._port = port
        self._circuits = Circuits(rng)
        # From a stream of its own, so that readings without integration are as they were.
        self._summing = specs.INTEGRATION * float(rng.spawn(1)[0].uniform(-1.0, 1.0))
        self._meter = Metered(port) if isinstance(port, EnergyPort) else None
        self.header, self.verbose = True, False
        self.values: dict[Any, Any] = {"remote": False, "lockout": False, "klock": False}
        self.extended = Extended()
        self._origin = 0.0
        self._defaults()

    def _defaults(self) -> None:
        self.values |= _DEFAULTS | DELIVERED
        self.items: dict[int, Item] = dict(enumerate(preset(2), 1))
        self.lists: dict[int, Item] = {1: ("U", "1"), 2: ("I", "1")}
        self.range_u, self.range_i = len(specs.VOLTAGE_RANGES) - 1, len(specs.CURRENT_RANGES) - 1
        self.integration = Integration(error=self._summing)
        self.held: Update | None = None
        self._state: AcState | None = None
        self.found: Update = NOTHING
        self._done = 0

    # Emulator: updates come with time

    def receive(self, data: bytes, t: float) -> None:
        """Updates until `t`, then bytes are taken."""
        self._catch_up(t)
        super().receive(data, t)

    def due(self) -> float | None:
        """As every instrument, and while it integrates each update."""
        due = super().due()
        if not self.integration.running:
            return due
        wake = self.integration.end() if self._meter else self._wake()
        return min((each for each in (due, wake) if each is not None), default=None)

    def send(self, t: float) -> bytes:
        """Updates until `t`, then all that is due."""
        self._catch_up(t)
        return super().send(t)

    def _catch_up(self, t: float) -> None:
        if self._meter is not None:
            self._meter.look(self.integration, self._circuits, (self.full, self.range_i), t)
        while self._meter is None and self.integration.running and self._wake() <= t:
            self._sum_up(self._wake())
        missed = self._passed(t) - self._done
        # Of the updates that nobody has seen, the last ones bring automatic ranges to rest.
        ranging = self.values["auto_u"] or self.values["auto_i"]
        for _ in range(min(missed, len(specs.CURRENT_RANGES) if ranging else 1)):
            self._update(t)
        self._done += max(missed, 0)

    def _wake(self) -> float:
        end, update = self.integration.end(), self.next_update()
        return update if end is None else min(end, update)

    def _sum_up(self, t: float) -> None:
        if t >= self.next_update() - 1e-12:
            self._done += 1
            self._update(t)
        self.integration.add(self.found, t)

    def _passed(self, t: float) -> int:
        return int((t - self._origin) / self.values["rate"] + 1e-9)

    def next_update(self) -> float:
        """Run time in s at which the present interval ends."""
        return self._origin + (self._done + 1) * self.values["rate"]

    def restart(self) -> None:
        """Begin a new interval: what was measured before is no longer shown."""
        self._origin, self._done, self.found = self.t, 0, NOTHING

    def reset(self) -> None:
        """`*RST`: settings as after delivery; integration is reset."""
        super().reset()
        self._defaults()
        self.restart()

    def error_text(self) -> str:
        """Number, without sign, and text of the oldest error."""
        event = self.status.errors.pop()
        return '0,"No error"' if event is None else f'{abs(event.code)},"{event.text}"'

    # Measuring

    @property
    def scale(self) -> float:
        """What crest factors 6 and 6A make of the ranges."""
        return 1.0 if self.values["crest"] == "3" else 0.5

    @property
    def full(self) -> tuple[float, float]:
        """Ranges in V and A."""
        return (
            specs.VOLTAGE_RANGES[self.range_u] * self.scale,
            specs.CURRENT_RANGES[self.range_i] * self.scale,
        )

    def _update(self, t: float) -> None:
        self._state = self._port.state(t)
        ranges = self.range_u, self.range_i
        self.found = self._circuits.update(self._state, self.values["mode"], ranges, self.scale)
        self.extended.sample(self.condition())
        if self.values["auto_u"]:
            self.range_u = self._ranged("U", self.range_u, specs.VOLTAGE_RANGES)
        if self.values["auto_i"]:
            self.range_i = self._ranged("I", self.range_i, specs.CURRENT_RANGES)

    def _ranged(self, name: str, index: int, ranges: tuple[float, ...]) -> int:
        """Range for the next update by IM WT310E-01EN, page 2-7."""
        size = abs(self.found[name])
        peak = max(self.found[f"{name}PPEAK"], -self.found[f"{name}MPEAK"])
        full = ranges[index] * self.scale
        over = size == OVER or size > specs.RAISE * full or peak > specs.PEAK * ranges[index]
        if over:
            return min(index + 1, len(ranges) - 1)
        lower = ranges[index - 1] * self.scale if index else 0.0
        fits = size <= specs.LOWER_NEXT * lower and peak <= specs.PEAK * ranges[index - 1]
        return index - 1 if index and size <= specs.LOWER * full and fits else index

    def shown(self) -> dict[str, float]:
        """Values of the last update or as held, with the sums and the ranges."""
        if self.held is not None:
            return self.held
        full = self.full
        ranges = {"URANGE": full[0], "IRANGE": full[1]}
        return scaled(self.found | self.integration.values(), self.values) | ranges

    def hold(self, on: bool) -> None:
        """Keep what is shown, or go on."""
        self.held = self.shown() if on else None

    def listed(self, name: str) -> list[float]:
        """A harmonic list: total, direct, then the orders."""
        from_state = None if self._state is None else harmonics(self._state, self.values["orders"])
        return harmonic_list(self.found, from_state, name, self.values)

    # Status

    def condition(self) -> int:
        """Condition register, IM WT310E-17EN page 7-5."""
        found, tops = self.found, (specs.VOLTAGE_RANGES, specs.CURRENT_RANGES)
        running = self.integration.running
        bits = 2 * running + 4 * (running and self.integration.limit > 0)
        bits += 16 * (found["FU"] == OVER) + 64 * (OVER in (found["U"], found["I"]))
        for bit, name, index, ranges in (
            (128, "U", self.range_u, tops[0]), (256, "I", self.range_i, tops[1]),
        ):  # fmt: skip
            if found[f"{name}PPEAK"] < 1e37:
                peak = max(found[f"{name}PPEAK"], -found[f"{name}MPEAK"])
                bits += bit * (peak > specs.PEAK * ranges[index])
        return bits

    @property
    def updating(self) -> bool:
        """Whether data are being updated."""
        return self.t >= self.next_update() - specs.UPDATING

    def wait(self, mask: int) -> Generator[float, None, None]:
        """`:COMMunicate:WAIT`: until one of the bits in `mask` of the extended events is set."""
        while not self.extended.event & mask:
            yield self.next_update()

    def need_rest(self) -> None:
        """Refuse a setting while integration runs."""
        if self.integration.running:
            raise ScpiError(-221, "integration is running")


EMULATOR = WT310E
