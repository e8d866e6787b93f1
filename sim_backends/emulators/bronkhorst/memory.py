"""What each parameter reads and does, by its name."""

from __future__ import annotations

from collections.abc import Callable

from sim_backends.emulators.bronkhorst import specs
from sim_backends.emulators.bronkhorst.controller import BUS, Controller

LOCKED, UNLOCKED = 82, 64
MODEL, FIRMWARE = "F-201CV-500-AAD-33-V", "V9.07"
DEVICE_CODE = 7
"""DMFC: digital mass flow controller."""

CONTROLLER_FUNCTION, GAS_VOLUME = 5, 3
ANALOG_DEFAULT = 0x40
"""Bit of IO status: analogue set point after power-on."""

Value = float | str


class Memory:
    """The parameters of one instrument with `serial` at `node`, above its `controller`."""

    def __init__(self, controller: Controller, serial: str, node: int) -> None:
        self.controller, self.serial, self.node = controller, serial, node
        self.init_reset = LOCKED
        self.user_tag = "USERTAG"
        self.customer_model = ""
        self.io_status = 0
        self.winks: list[float] = []
        fixed: dict[str, Value] = {
            "node": node, "next_node": 0, "channels": 1, "analog_input": 0,
            "device_function": CONTROLLER_FUNCTION,
            "sensor_type": GAS_VOLUME, "unit_index": 0, "alarm_info": 0, "capacity_unit": "mln/min",
            "capacity_zero": 0.0, "counter_unit": "ln", "device_type": "DMFC", "model": MODEL,
            "serial": serial, "firmware": FIRMWARE, "device_code": DEVICE_CODE,
            "identification": f"{chr(DEVICE_CODE)}SN{serial}",
        }  # fmt: skip
        self._fixed = fixed
        self._kept = {f"polynomial_{letter}": float(letter == "b") for letter in "abcd"}
        """Constants of the sensor's polynomial; without effect, since its errors are drawn."""

        self._read: dict[str, Callable[[float], Value]] = {
            "init_reset": lambda t: self.init_reset,
            "user_tag": lambda t: self.user_tag,
            "customer_model": lambda t: self.customer_model,
            "io_status": lambda t: self.io_status,
            "measure": lambda t: self._counts(self.controller.measure(t)),
            "fmeasure": lambda t: self.controller.measure(t) * self._capacity,
            "setpoint": lambda t: round(self.controller.setpoint * specs.FULL),
            "fsetpoint": lambda t: self.controller.setpoint * self._capacity,
            "slope": lambda t: round(self.controller.slope * 10.0),
            "control_mode": lambda t: self.controller.mode,
            "capacity": lambda t: self._capacity,
            "fluid_index": lambda t: self.controller.fluid,
            "fluid_name": lambda t: specs.FLUIDS[self.controller.fluid][0],
            "temperature": self.controller.temperature,
            "counter": self._counter,
            "counter_mode": lambda t: int(self.controller.counting),
            "valve_output": self._valve_output,
        }
        self._write: dict[str, Callable[[float, float], None]] = {
            "setpoint": lambda v, t: self.controller.set_setpoint(v / specs.FULL, t),
            "fsetpoint": self._set_flow,
            "slope": self._set_slope,
            "control_mode": lambda v, t: self.controller.set_mode(int(v), t),
            "fluid_index": self._set_fluid,
            "counter": self._set_counter,
            "counter_mode": self._set_counter_mode,
            "reset": self._reset,
        }

    @property
    def unlocked(self) -> bool:
        """Whether secured parameters take values."""
        return self.init_reset == UNLOCKED

    def read(self, name: str, t: float) -> Value:
        """The value of a parameter at `t`."""
        if name in self._kept:
            return self._kept[name]
        return self._fixed[name] if name in self._fixed else self._read[name](t)

    def write(self, name: str, value: Value, t: float) -> bool:
        """Set a parameter at `t`; False where it does not take that value."""
        if isinstance(value, str):
            return self._write_text(name, value, t)
        if name == "init_reset":
            if value not in (LOCKED, UNLOCKED):
                return False
            self.init_reset = int(value)
        elif name == "io_status":
            self.io_status = int(value)
        elif name in self._kept:
            self._kept[name] = value
        else:
            self._write[name](value, t)
        return True

    # Inside

    @property
    def _capacity(self) -> float:
        return specs.CAPACITY * self.controller.factor

    def _counts(self, fraction: float) -> int:
        """A meter for one direction shows no negative flow."""
        return min(max(round(fraction * specs.FULL), 0), specs.MOST)

    def _counter(self, t: float) -> float:
        self.controller.advance(t)
        return self.controller.counter

    def _valve_output(self, t: float) -> float:
        return round(specs.VALVE_FULL * specs.VALVE_MOST * self.controller.opening(t))

    def _write_text(self, name: str, text: str, t: float) -> bool:
        if name == "identification":
            if not text[:1].isdigit():
                return False
            self.winks.append(t)
        elif name == "user_tag":
            self.user_tag = text.rstrip()
        else:
            self.customer_model = text.rstrip()
        return True

    def _set_flow(self, value: float, t: float) -> None:
        fraction = min(max(value / self._capacity, 0.0), 1.0)
        self.controller.set_setpoint(fraction, t)

    def _set_slope(self, value: float, t: float) -> None:
        self.controller.advance(t)
        self.controller.slope = value / 10.0

    def _set_fluid(self, value: float, t: float) -> None:
        self.controller.advance(t)
        self.controller.fluid = int(value)

    def _set_counter(self, value: float, t: float) -> None:
        self.controller.advance(t)
        self.controller.counter = value

    def _set_counter_mode(self, value: float, t: float) -> None:
        self.controller.advance(t)
        self.controller.counting = bool(value)

    def _reset(self, value: float, t: float) -> None:
        """1 and 4 clear the counter, 4 also stops it, 5 restarts the instrument; else nothing."""
        self.controller.advance(t)
        if value in (1, 4):
            self.controller.counter = 0.0
            self.controller.counting = self.controller.counting and value == 1
        elif value == 5:
            self.init_reset = LOCKED
            analog = bool(self.io_status & ANALOG_DEFAULT)
            self.controller.set_setpoint(0.0, t)
            self.controller.set_mode(1 if analog else BUS, t)
