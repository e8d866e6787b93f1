"""The objects `smua` and `smub` of scripts: attributes, constants and functions of one channel."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sim_backends.emulators.keithley.k2636b_measure import Measuring
from sim_backends.emulators.keithley.k2636b_remembered import remembered
from sim_backends.emulators.keithley.k2636b_settings import Settings
from sim_backends.emulators.keithley.k2636b_smu import Smu
from sim_backends.emulators.keithley.k2636b_specs import LEAST_LIMIT, MOST
from sim_backends.emulators.keithley.k2636b_trigger import Overlapping, Trigger
from sim_backends.emulators.keithley.tsp.attributes import Attributes
from sim_backends.emulators.keithley.tsp.buffers import ReadingBuffer
from sim_backends.emulators.keithley.tsp.values import Attribute, Group, Value

CONSTANTS: dict[Value, Value] = {
    "OUTPUT_OFF": 0.0, "OUTPUT_ON": 1.0, "OUTPUT_HIGH_Z": 2.0, "OUTPUT_NORMAL": 0.0,
    "OUTPUT_ZERO": 1.0, "OUTPUT_DCAMPS": 0.0, "OUTPUT_DCVOLTS": 1.0, "SENSE_LOCAL": 0.0,
    "SENSE_REMOTE": 1.0, "SENSE_CALA": 3.0, "AUTORANGE_OFF": 0.0, "AUTORANGE_ON": 1.0,
    "AUTORANGE_FOLLOW_LIMIT": 2.0, "AUTOZERO_OFF": 0.0, "AUTOZERO_ONCE": 1.0,
    "AUTOZERO_AUTO": 2.0, "DELAY_OFF": 0.0, "DELAY_AUTO": -1.0, "FILTER_MOVING_AVG": 0.0,
    "FILTER_REPEAT_AVG": 1.0, "FILTER_MEDIAN": 2.0, "ENABLE": 1.0, "DISABLE": 0.0,
    "SETTLE_SMOOTH": 0.0, "SETTLE_FAST_RANGE": 1.0, "SETTLE_FAST_POLARITY": 2.0,
    "SETTLE_DIRECT_IRANGE": 3.0, "SETTLE_SMOOTH_100NA": 4.0, "SETTLE_FAST_ALL": 128.0,
}  # fmt: skip
NONVOLATILE = 140_000
"""Readings that `nvbuffer1` holds with time stamps and source values off (at least 140 000)."""


class ChannelObject(Group):
    """`smua` or `smub`: what scripts see of `smu`; `now` is the run time in s."""

    def __init__(
        self, smu: Smu, make: Attributes, now: Callable[[], float], name: str, host: Overlapping
    ) -> None:
        super().__init__(luatype="smu")
        self.smu, self._make, self._now = smu, make, now
        self.measuring = Measuring(smu, make, now)
        self.trigger = Trigger(smu, make, now, name, host)
        self.objects |= CONSTANTS
        self.objects |= {
            "source": self._source(),
            "measure": self.measuring.group(),
            "measureivandstep": make.function("measureivandstep", self._measure_and_step),
            "nvbuffer1": ReadingBuffer(make, NONVOLATILE, now),
            "nvbuffer2": ReadingBuffer(make, NONVOLATILE, now),
            "makebuffer": make.function("makebuffer", self._make_buffer),
            "savebuffer": make.function("savebuffer", lambda *_: ()),
            "abort": make.function("abort", lambda *_: self.trigger.abort()),
            "trigger": self.trigger.group(),
            "reset": make.function("reset", lambda *_: self.reset()),
        }
        self.attributes["sense"] = make.choice(
            lambda: smu.settings.sense, self._set_sense, (0, 1, 3)
        )

    def reset(self) -> None:
        """`smua.reset()`: output off and all settings as after power-on; the buffers stay."""
        self.trigger.abort()
        self.trigger.defaults()
        self.smu.switch(0, self._now())
        self.smu.settings = Settings()

    def _set_sense(self, mode: int) -> None:
        self.smu.settings.sense = mode

    def _make_buffer(self, capacity: Value = 1.0, *_: Value) -> ReadingBuffer:
        size = int(capacity) if isinstance(capacity, float) else 1
        return ReadingBuffer(self._make, max(size, 1), self._now)

    def _measure_and_step(self, level: Value = None, *_: Value) -> Any:
        values = yield from self.measuring.take("iv", ())
        source: Group = self.objects["source"]
        source.put("levelv" if self.smu.settings.sourced == "v" else "leveli", level)
        return values

    # source

    def _source(self) -> Group:
        make, smu = self._make, self.smu
        group = Group(luatype="smu_source")
        group.attributes |= {
            "func": make.choice(
                lambda: smu.settings.function, lambda f: smu.set_function(f, self._now()), (0, 1)
            ),
            "output": make.choice(
                lambda: smu.settings.output, lambda s: smu.switch(s, self._now()), (0, 1, 2)
            ),
            "compliance": Attribute(self._compliance),
            **self._off_state(),
        }
        for name in ("settling", "sink", "highc", "offfunc", "outputenableaction"):
            group.attributes[name] = remembered(make)
        for quantity in "vi":
            group.attributes |= self._levels(quantity)
        return group

    def _off_state(self) -> dict[str, Attribute]:
        smu, make = self.smu, self._make

        def put_limit(value: float) -> None:
            smu.settings.off_limit = value

        def put_mode(mode: int) -> None:
            smu.settings.off_mode = mode

        def put_delay(seconds: float) -> None:
            smu.settings.source_delay = seconds

        return {
            "offlimiti": make.number(lambda: smu.settings.off_limit, put_limit, 0.0, MOST["i"]),
            "offmode": make.choice(lambda: smu.settings.off_mode, put_mode, (0, 1, 2)),
            "delay": make.number(lambda: smu.settings.source_delay, put_delay, -1.0, 1e4),
        }

    def _levels(self, quantity: str) -> dict[str, Attribute]:
        make, smu, top = self._make, self.smu, MOST[quantity] * 1.01
        return {
            f"level{quantity}": make.number(
                lambda: smu.settings.level[quantity],
                lambda value: smu.set_level(quantity, value, self._now()), -top, top,
            ),
            f"limit{quantity}": make.number(
                lambda: smu.settings.limit[quantity],
                lambda value: smu.set_limit(quantity, value), LEAST_LIMIT[quantity], top,
            ),
            f"range{quantity}": make.number(
                lambda: smu.sources[quantity].ranges[smu.source_index(quantity)],
                lambda value: smu.set_source_range(quantity, value), -top, top,
            ),
            f"autorange{quantity}": make.choice(
                lambda: smu.settings.source_auto[quantity],
                lambda on: smu.set_source_auto(quantity, on), (0, 1),
            ),
            f"lowrange{quantity}": remembered(make, smu.sources[quantity].ranges[0]),
        }  # fmt: skip

    def _compliance(self) -> bool:
        return self.smu.settings.output == 1 and self.smu.operate(self._now()).limited
