"""Lists of a Sequoia: what each function is at each point of a transient (pages 92 to 99, 164)."""

from __future__ import annotations

from sim_backends.emulators.california_instruments.sequoia_specs import PHASES, POINTS
from sim_backends.emulators.california_instruments.sequoia_transient import Point
from sim_backends.emulators.scpi.errors import DeviceError

VOLTAGE, FREQUENCY_LIST, PHASE = "VOLTage", "FREQuency", "PHASe"
FUNCTIONS = (VOLTAGE, FREQUENCY_LIST, PHASE)
DWELL_LIST, MARKS = "DWELl", "TTLTrg"


class Lists:
    """Lists and the modes of the functions; as after `*RST` all modes are FIX."""

    def __init__(self) -> None:
        self.values: dict[str, list[float]] = {
            VOLTAGE: [0.0],
            FREQUENCY_LIST: [60.0],
            PHASE: [0.0],
            DWELL_LIST: [1.0],
            MARKS: [0.0],
        }
        self.active: dict[str, bool] = dict.fromkeys(FUNCTIONS, False)
        self.count = 1

    def points(self, level: Point) -> list[Point]:
        """All points of a transient whose fixed functions stay at `level`; -226 where the lists
        differ in length, -221 where they are more than the simulated source keeps."""
        used = [name for name in FUNCTIONS if self.active[name]]
        if not used:
            return []
        size = self._size([*used, DWELL_LIST, MARKS])
        if size * self.count > 10 * POINTS:
            raise DeviceError(-221, "Settings conflict")
        return [self._point(level, at) for at in range(size)] * self.count

    def _size(self, names: list[str]) -> int:
        sizes = {len(self.values[name]) for name in names} - {1}
        if len(sizes) > 1:
            raise DeviceError(-226, "Lists not same length")
        return sizes.pop() if sizes else 1

    def _point(self, level: Point, at: int) -> Point:
        volts = self._at(VOLTAGE, at)
        frequency, phase = self._at(FREQUENCY_LIST, at), self._at(PHASE, at)
        return Point(
            level.volts if volts is None else (volts,) * PHASES,
            level.frequency if frequency is None else frequency,
            level.phase if phase is None else phase,
            self._value(DWELL_LIST, at),
            bool(self._value(MARKS, at)),
        )

    def _at(self, name: str, at: int) -> float | None:
        return self._value(name, at) if self.active[name] else None

    def _value(self, name: str, at: int) -> float:
        values = self.values[name]
        return values[at] if len(values) > 1 else values[0]
