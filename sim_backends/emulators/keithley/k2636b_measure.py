"""`smua.measure` and `smub.measure`: settings, and the functions v, i, r, p and iv."""

from __future__ import annotations

from collections.abc import Callable

from sim_backends.emulators.keithley.k2636b_remembered import remembered
from sim_backends.emulators.keithley.k2636b_smu import Smu
from sim_backends.emulators.keithley.k2636b_specs import MOST
from sim_backends.emulators.keithley.tsp.attributes import Attributes
from sim_backends.emulators.keithley.tsp.buffers import ReadingBuffer, Stored
from sim_backends.emulators.keithley.tsp.values import (
    Attribute,
    Builtin,
    Group,
    LuaError,
    Steps,
    Value,
)

_OVERFLOWED, _LIMITED = 2, 64


class Measuring:
    """Measuring with one channel."""

    def __init__(self, smu: Smu, make: Attributes, now: Callable[[], float]) -> None:
        self._smu, self._make, self._now = smu, make, now

    def group(self) -> Group:
        """The object with its attributes and functions."""
        group = Group(luatype="smu_measure")
        group.attributes |= self._timing()
        for quantity in "vi":
            group.attributes |= self._ranges(quantity)
        group.objects |= {"filter": self._filter(), "rel": self._relative()}
        for name in ("v", "i", "r", "p", "iv"):
            group.objects[name] = Builtin(self._function(name), name)
        return group

    def take(self, quantities: str, buffers: tuple[Value, ...]) -> Steps:
        """Take `count` readings of each of `quantities`; the last ones."""
        if not all(isinstance(buffer, ReadingBuffer) for buffer in buffers):
            raise LuaError("reading buffer expected")
        for buffer in buffers:
            buffer.begin()
        smu, values, planned = self._smu, (), self._now()
        for _ in range(smu.settings.count):
            yield from smu.acquire(planned)
            at = smu.operate(self._now())
            values = tuple(smu.read(quantity, at) for quantity in quantities)
            status = _OVERFLOWED * smu.overflowed + _LIMITED * at.limited
            source = smu.settings.level[smu.settings.sourced]
            for value, buffer in zip(values, buffers, strict=False):
                buffer.add(Stored(value, self._now(), source, status))
            planned = max(self._now(), planned + smu.settings.interval)
        return values

    def _function(self, quantities: str) -> Callable[..., Steps]:
        # iv() returns the current before the voltage.
        return lambda *buffers: self.take(quantities, tuple(b for b in buffers if b is not None))

    def _timing(self) -> dict[str, Attribute]:
        smu, make = self._smu, self._make

        def put_nplc(cycles: float) -> None:
            smu.settings.nplc = cycles

        def put_count(count: float) -> None:
            smu.settings.count = int(count)

        def put_delay(seconds: float) -> None:
            smu.settings.delay = seconds

        def put_factor(factor: float) -> None:
            smu.settings.delay_factor = factor

        def put_interval(seconds: float) -> None:
            smu.settings.interval = seconds

        def put_zero(mode: int) -> None:
            smu.settings.auto_zero = mode

        return {
            "nplc": make.number(lambda: smu.settings.nplc, put_nplc, 0.001, 25.0),
            "count": make.number(lambda: smu.settings.count, put_count, 1.0, 1e5),
            "delay": make.number(lambda: smu.settings.delay, put_delay, -1.0, 1e4),
            "delayfactor": make.number(lambda: smu.settings.delay_factor, put_factor, 0.0, 1e3),
            "interval": make.number(lambda: smu.settings.interval, put_interval, 0.0, 1.0),
            "autozero": make.choice(lambda: smu.settings.auto_zero, put_zero, (0, 1, 2)),
            "highcrangedelayfactor": remembered(make, 10.0),
        }

    def _ranges(self, quantity: str) -> dict[str, Attribute]:
        smu, make, top = self._smu, self._make, MOST[quantity] * 1.01

        def put_auto(mode: int) -> None:
            smu.settings.measure_range[quantity] = smu.measure_index(quantity)
            smu.settings.measure_auto[quantity] = mode

        def put_low(value: float) -> None:
            smu.settings.low_range[quantity] = value

        return {
            f"range{quantity}": make.number(
                lambda: smu.meters[quantity].ranges[smu.measure_index(quantity)],
                lambda value: smu.set_measure_range(quantity, value), -top, top,
            ),
            f"autorange{quantity}": make.choice(
                lambda: smu.settings.measure_auto[quantity], put_auto, (0, 1, 2)
            ),
            f"lowrange{quantity}": make.number(
                lambda: smu.settings.low_range[quantity], put_low, 0.0, top
            ),
        }  # fmt: skip

    def _filter(self) -> Group:
        smu, make = self._smu, self._make

        def put_on(on: int) -> None:
            smu.settings.filter_on = on

        def put_count(count: float) -> None:
            smu.settings.filter_count = int(count)

        def put_type(kind: int) -> None:
            smu.settings.filter_type = kind

        group = Group(luatype="smu_filter")
        group.attributes |= {
            "enable": make.choice(lambda: smu.settings.filter_on, put_on, (0, 1)),
            "count": make.number(lambda: smu.settings.filter_count, put_count, 1.0, 100.0),
            "type": make.choice(lambda: smu.settings.filter_type, put_type, (0, 1, 2)),
        }
        return group

    def _relative(self) -> Group:
        group = Group(luatype="smu_rel")
        for quantity in "virp":
            group.attributes |= self._offset(quantity)
        return group

    def _offset(self, quantity: str) -> dict[str, Attribute]:
        smu, make = self._smu, self._make

        def put_level(value: float) -> None:
            smu.settings.relative[quantity] = value

        def put_on(on: int) -> None:
            smu.settings.relative_on[quantity] = on

        return {
            f"level{quantity}": make.number(
                lambda: smu.settings.relative[quantity], put_level, -1e37, 1e37
            ),
            f"enable{quantity}": make.choice(
                lambda: smu.settings.relative_on[quantity], put_on, (0, 1)
            ),
        }
