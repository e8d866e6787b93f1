"""iseg NHR high-voltage module, its channel 0 at the serial wire with echo.

Written from the maker's "SCPI protocol common instruction set" (2020-10-07 and 2020-11-10; pages on
channel status, channel event status and module status as manual sites show them: bits, that an open
safety loop shuts all channels down without ramp, that some events keep the output off until they
are cleared) and from what other parties' drivers quote of the same manual (commands, arguments,
actions of a trip, `*OPC?` after a setting, echo of every line, CR LF, 9600 baud, answers such as
`1.234000E3V`; ograsdijk/iseg-nhr and a third party's NHR simulator, whose identity is ours too).
Assumed: time to an answer, and that a faulty command is not answered but sets Is Input Error.

Left out: further channels, polarity other than positive, output modes, bounds, arcs, kill, current
ramps, inhibit input, masks, CAN, the front panel.
"""

from __future__ import annotations

import re
from collections.abc import Callable

import numpy as np

from sim_backends.emulators.iseg import nhr_specs as specs
from sim_backends.emulators.iseg.nhr_output import NEVER, Output
from sim_backends.emulators.text_lines import TextLines
from sim_backends.models.high_voltage_port import HighVoltagePort

CHARACTER = 10 / 9600
_LINE = re.compile(r"(?P<name>[*:][A-Z:*]+\??)(?: (?P<value>[^(]*?))?,? ?(?P<channel>\(@0\))?$")
_WORDS = {
    "VOLTAGE": "VOLT", "CURRENT": "CURR", "MEASURE": "MEAS", "CONFIGURE": "CONF", "EVENT": "EV",
    "CHANNEL": "CHAN", "STATUS": "STAT", "MODULE": "MOD", "NOMINAL": "NOM", "OUTPUT": "OUTP",
    "ACTION": "ACT", "CHANNELNUMBER": "CHAN",
}  # fmt: skip
"""Long forms and the short form of each."""

Ask = Callable[["NHR", float], str]


def nr3(value: float, unit: str) -> str:
    """A number with unit as the module writes it: `1.234000E3V`."""
    if value == 0.0:
        return f"0.000000E0{unit}"
    digits, exponent = f"{value:.6E}".split("E")
    return f"{digits}E{int(exponent)}{unit}"


class NHR(TextLines):
    """A module of one channel at `port`, just switched on."""

    LATENCY = 5e-3

    def __init__(self, port: HighVoltagePort, *, serial: str, rng: np.random.Generator) -> None:
        super().__init__()
        self.serial = serial
        self._port = port
        self._rng = rng
        self.output = Output(port, rng)
        self._input_error = False

    def answer(self, line: str, t: float) -> str:
        """Echo and answer, each ending with CR LF."""
        if not line:
            return ""
        self.output.look(t)
        answers = [self._unit(unit.strip(), t) for unit in line.split(";")]
        said = ";".join(one for one in answers if one)
        return f"{line}\r\n" + (f"{said}\r\n" if said else "")

    def due(self) -> float | None:
        """When an answer leaves, or a trip comes."""
        times = (super().due(), self.output.due())
        return min((time for time in times if time is not None), default=None)

    def send(self, t: float) -> bytes:
        """The bytes that have left by `t`; loop and trip act also where nobody asks."""
        self.output.look(t)
        return super().send(t)

    @property
    def answering(self) -> bool:
        """Whether an answer is on its way."""
        return len(self._outbox) > 0

    def power_on(self, t: float) -> None:
        """Switched on again: off, at 0 V."""
        self.clear(t)
        self.output = Output(self._port, self._rng)
        self._input_error = False

    def _unit(self, text: str, t: float) -> str:
        found = _LINE.fullmatch(text.upper())
        if found is None:
            return self._wrong()
        name = ":".join(_WORDS.get(word.rstrip("?"), word.rstrip("?")) + "?" * word.endswith("?")
                        for word in found["name"].split(":"))  # fmt: skip
        value = (found["value"] or "").strip()
        ask = QUERIES.get(name)
        if ask is not None:
            return ask(self, t)
        return self._order(name, value, t)

    def _wrong(self) -> str:
        self._input_error = True
        return ""

    def _order(self, name: str, value: str, t: float) -> str:
        output = self.output
        if name in ("*CLS", ":EV", ":CONF:EV") and value in ("", "CLEAR"):
            output.clear()
            self._input_error = False
        elif name == "*RST":
            output.switch(False, t)
            output.put_voltage(0.0, t)
            output.set_current = specs.AMPS
        elif name == ":VOLT" and value in STATES:
            return STATES[value](self, t)
        else:
            return self._number(name, value, t)
        return ""

    def _number(self, name: str, text: str, t: float) -> str:
        try:
            value = float(text)
        except ValueError:
            return self._wrong()
        most = {":VOLT": specs.VOLTS, ":CURR": specs.AMPS, ":CONF:RAMP:VOLT": specs.FASTEST,
                ":CONF:TRIP:TIME": specs.LONGEST_TRIP, ":CONF:TRIP:ACT": NEVER}  # fmt: skip
        least = specs.SLOWEST if name == ":CONF:RAMP:VOLT" else 0.0
        if name not in most or not least <= value <= most[name]:
            return self._wrong()
        if name == ":VOLT":
            self.output.put_voltage(value, t)
        elif name == ":CURR":
            self.output.set_current = value
        elif name == ":CONF:RAMP:VOLT":
            self.output.put_ramp(value, t)
        elif name == ":CONF:TRIP:TIME":
            self.output.trip_time = int(value)
        else:
            self.output.trip_action = int(value)
        return ""

    # What the tables below use

    def switched(self, on: bool, t: float) -> str:
        """The answer to an order to switch: none."""
        return "" if self.output.switch(on, t) else self._wrong()

    def channel_status(self, t: float) -> int:
        """The channel status register."""
        output = self.output
        bits = {0: True, 2: self._input_error, 3: output.on, 4: output.ramping(t),
                5: output.emergency, 6: output.on and output.limited,
                7: output.on and not output.limited, 13: output.tripped}  # fmt: skip
        return sum(1 << bit for bit, is_set in bits.items() if is_set)

    def module_status(self, t: float) -> int:
        """The module status register."""
        volts, _ = self.output.look(t)
        bad = self.output.tripped
        bits = {0: True, 3: self.output.on or volts > specs.HIGH, 6: self._input_error,
                8: not bad, 9: not self.output.ramping(t), 10: self._port.loop_closed(t),
                11: bad or self.output.loop_opened, 12: not bad and not self.output.loop_opened,
                13: True, 14: True}  # fmt: skip
        return sum(1 << bit for bit, is_set in bits.items() if is_set)

    def module_events(self) -> int:
        """The module event status register: the safety loop was open."""
        return int(self.output.loop_opened) << 10


def _emergency(device: NHR, t: float) -> str:
    device.output.emergency_off(t)
    return ""


def _released(device: NHR, t: float) -> str:
    device.output.emergency = False
    return ""


STATES: dict[str, Ask] = {
    "ON": lambda device, t: device.switched(True, t),
    "OFF": lambda device, t: device.switched(False, t),
    "EMCY OFF": _emergency,
    "EMCY CLR": _released,
}

QUERIES: dict[str, Ask] = {
    "*IDN?": lambda d, _: f"iseg Spezialelektronik GmbH,NR042060r4050000200,{d.serial},1.12",
    "*OPC?": lambda *_: "1",
    ":READ:MOD:CHAN?": lambda *_: "1",
    ":MEAS:VOLT?": lambda d, t: nr3(d.output.read(t)[0], "V"),
    ":MEAS:CURR?": lambda d, t: nr3(d.output.read(t)[1], "A"),
    ":READ:VOLT?": lambda d, _: nr3(d.output.set_voltage, "V"),
    ":READ:VOLT:NOM?": lambda *_: nr3(specs.VOLTS, "V"),
    ":READ:VOLT:ON?": lambda d, _: str(int(d.output.on)),
    ":READ:VOLT:EMCY?": lambda d, _: str(int(d.output.emergency)),
    ":READ:CURR?": lambda d, _: nr3(d.output.set_current, "A"),
    ":READ:CURR:NOM?": lambda *_: nr3(specs.AMPS, "A"),
    ":READ:RAMP:VOLT?": lambda d, _: nr3(d.output.ramp, "V/s"),
    ":CONF:TRIP:TIME?": lambda d, _: f"{d.output.trip_time}ms",
    ":CONF:TRIP:ACT?": lambda d, _: str(d.output.trip_action),
    ":CONF:OUTP:POL?": lambda *_: "p",
    ":READ:CHAN:STAT?": lambda d, t: str(d.channel_status(t)),
    ":READ:MOD:STAT?": lambda d, t: str(d.module_status(t)),
    ":READ:MOD:EV:STAT?": lambda d, _: str(d.module_events()),
}

EMULATOR = NHR
