"""`smua.trigger`: sweeps that run by themselves (2600BS-901-01, "Sweep operation")."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Protocol

from sim_backends.emulators.keithley.k2636b_remembered import remembered
from sim_backends.emulators.keithley.k2636b_smu import Smu
from sim_backends.emulators.keithley.tsp.attributes import Attributes
from sim_backends.emulators.keithley.tsp.buffers import ReadingBuffer, Stored
from sim_backends.emulators.keithley.tsp.errors import TspError
from sim_backends.emulators.keithley.tsp.library import number
from sim_backends.emulators.keithley.tsp.values import (
    Attribute,
    Builtin,
    Group,
    LuaError,
    Steps,
    Table,
    Value,
)

SOURCE_IDLE, SOURCE_HOLD = 0, 1
TRIGGER_EVENT, BLENDER_EVENT, TIMER_EVENT = 36.0, 50.0, 20.0
_EVENTS = (
    "SWEEPING_EVENT_ID", "ARMED_EVENT_ID", "SOURCE_COMPLETE_EVENT_ID",
    "MEASURE_COMPLETE_EVENT_ID", "PULSE_COMPLETE_EVENT_ID", "SWEEP_COMPLETE_EVENT_ID",
    "IDLE_EVENT_ID",
)  # fmt: skip


class Overlapping(Protocol):
    """What a sweep needs of the instrument."""

    triggers: int

    def overlap(self, name: str, steps: Steps) -> None:
        """Start an overlapped operation."""
        ...

    def stop_overlapped(self, name: str) -> None:
        """End it where it stands."""
        ...


class Trigger:
    """The trigger model of one channel."""

    def __init__(
        self, smu: Smu, make: Attributes, now: Callable[[], float], name: str, host: Overlapping
    ) -> None:
        self._smu, self._make, self._now, self._name, self._host = smu, make, now, name, host
        self.defaults()

    def defaults(self) -> None:
        """Nothing is configured."""
        self.levels: list[float] = []
        self.quantities, self.buffers = "", list[ReadingBuffer]()
        self.numbers = {
            "count": 1, "arm.count": 1, "source.action": 0, "measure.action": 0,
            "endpulse.action": SOURCE_IDLE, "endsweep.action": SOURCE_IDLE, "arm.stimulus": 0,
        }  # fmt: skip

    def abort(self) -> tuple[Value, ...]:
        """End a running sweep; the source goes back to its level."""
        self._host.stop_overlapped(self._name)
        self._smu.leave_sweep(self._now())
        return ()

    def group(self) -> Group:
        """The object with its layers."""
        base = 1.0 if self._name == "smua" else 8.0
        group = Group(luatype="smu_trigger")
        group.attributes["count"] = self._number("count", 1e6)
        group.objects |= {event: base + k for k, event in enumerate(_EVENTS)}
        group.objects |= {
            "initiate": self._make.function("initiate", self._initiate),
            "source": self._source(),
            "measure": self._measure(),
            "arm": self._layer("arm", {"count": 1e6, "stimulus": 1e3}),
            "endpulse": self._layer("endpulse", {"action": 1}),
            "endsweep": self._layer("endsweep", {"action": 1}),
        }
        return group

    # Objects

    def _number(self, key: str, most: float) -> Attribute:
        def put(value: float) -> None:
            self.numbers[key] = int(value)

        return self._make.number(lambda: self.numbers[key], put, 0.0, most)

    def _layer(self, name: str, settings: dict[str, float]) -> Group:
        group = Group(luatype="smu_trigger_layer")
        group.attributes["stimulus"] = remembered(self._make)
        for key, most in settings.items():
            group.attributes[key] = self._number(f"{name}.{key}", most)
        return group

    def _source(self) -> Group:
        group = self._layer("source", {"action": 1})
        group.attributes |= {name: remembered(self._make) for name in ("limiti", "limitv")}
        for quantity in "vi":
            for name, function in (
                (f"linear{quantity}", self._linear),
                (f"log{quantity}", self._log),
                (f"list{quantity}", self._list),
            ):
                group.objects[name] = self._make.function(name, function)
        return group

    def _measure(self) -> Group:
        group = self._layer("measure", {"action": 2})
        for name in ("v", "i", "r", "p", "iv"):
            group.objects[name] = Builtin(self._measuring(name), name)
        return group

    def _measuring(self, quantities: str) -> Callable[..., tuple[Value, ...]]:
        def configure(*buffers: Value) -> tuple[Value, ...]:
            found = [buffer for buffer in buffers if isinstance(buffer, ReadingBuffer)]
            if len(found) != len(quantities):
                raise LuaError("reading buffer expected")
            self.quantities, self.buffers = quantities, found
            return ()

        return configure

    def _linear(self, start: Value, stop: Value, points: Value) -> tuple[Value, ...]:
        first, last, count = number(start), number(stop), _count(points)
        step = (last - first) / (count - 1) if count > 1 else 0.0
        self.levels = [first + step * k for k in range(count)]
        return ()

    def _log(
        self, start: Value, stop: Value, points: Value, _asymptote: Value = 0.0
    ) -> tuple[Value, ...]:
        first, last, count = number(start), number(stop), _count(points)
        if first * last <= 0.0:
            raise TspError(-222)
        ratio = (last / first) ** (1.0 / max(count - 1, 1))
        self.levels = [first * ratio**k for k in range(count)]
        return ()

    def _list(self, levels: Value) -> tuple[Value, ...]:
        if not isinstance(levels, Table):
            raise LuaError("table expected")
        self.levels = [number(levels.get(float(k + 1))) for k in range(levels.length())]
        return ()

    # Sweep

    def _initiate(self, *_: Value) -> tuple[Value, ...]:
        if self.numbers["source.action"] and not self.levels:
            raise TspError(5059)
        if self.numbers["measure.action"] and not self.buffers:
            raise TspError(5060)
        self._host.overlap(self._name, self._sweep())
        return ()

    def _sweep(self) -> Steps:
        seen = self._host.triggers
        while self.numbers["arm.stimulus"] and self._host.triggers == seen:
            yield math.inf
        for buffer in self.buffers:
            buffer.begin()
        planned = self._now()
        for position in range(max(self.numbers["count"], 1) * max(self.numbers["arm.count"], 1)):
            yield from self._point(position, planned)
            planned = self._now()
        if self.numbers["endsweep.action"] == SOURCE_IDLE:
            self._smu.leave_sweep(self._now())

    def _point(self, position: int, start: float) -> Steps:
        smu = self._smu
        level = smu.settings.level[smu.settings.sourced]
        if self.numbers["source.action"]:
            level = self.levels[position % max(self.numbers["count"], 1) % len(self.levels)]
            smu.sweep_to(level, max(abs(value) for value in self.levels), start)
        if self.numbers["measure.action"]:
            yield from smu.acquire(start)
            at = smu.operate(self._now())
            for quantity, buffer in zip(self.quantities, self.buffers, strict=True):
                value = smu.read(quantity, at)
                buffer.add(Stored(value, self._now(), level, 64 * at.limited))
        else:
            yield start + max(smu.settings.source_delay, 50e-6)
        if self.numbers["source.action"] and self.numbers["endpulse.action"] == SOURCE_IDLE:
            smu.leave_sweep(self._now())


def _count(points: Value) -> int:
    count = int(number(points))
    if not 1 <= count <= 1_000_000:
        raise TspError(-222)
    return count


def global_trigger(make: Attributes) -> Group:
    """The object `trigger`: its event, and blenders and timers that are kept without effect."""
    group = Group(luatype="trigger")
    group.objects |= {"EVENT_ID": TRIGGER_EVENT, "clear": make.function("clear", lambda *_: ())}
    blenders, timers = Group(), Group()
    for index in range(1, 9):
        blenders.objects[float(index)] = _blender(make, BLENDER_EVENT + index)
        timers.objects[float(index)] = _timer(make, TIMER_EVENT + index)
    group.objects |= {"blender": blenders, "timer": timers}
    return group


def _blender(make: Attributes, event: float) -> Group:
    enabled = [False]

    def put(value: Value) -> None:
        enabled[0] = value is not None and value is not False

    group = Group(luatype="blender")
    group.attributes["orenable"] = Attribute(lambda: enabled[0], put)
    group.objects |= {
        "EVENT_ID": event, "stimulus": Table(), "reset": make.function("reset", lambda *_: ()),
    }  # fmt: skip
    return group


def _timer(make: Attributes, event: float) -> Group:
    group = Group(luatype="trigger_timer")
    for name in ("count", "delay", "stimulus"):
        group.attributes[name] = remembered(make)
    group.objects |= {"EVENT_ID": event, "clear": make.function("clear", lambda *_: ())}
    return group
