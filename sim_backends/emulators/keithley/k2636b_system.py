"""The objects of the 2636B that belong to no channel: errors, status, display, clock, node."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from sim_backends.emulators.keithley.k2636b_remembered import remembered
from sim_backends.emulators.keithley.k2636b_smu import Smu
from sim_backends.emulators.keithley.k2636b_specs import LINE_FREQUENCY
from sim_backends.emulators.keithley.tsp.attributes import Attributes
from sim_backends.emulators.keithley.tsp.errors import TspErrors
from sim_backends.emulators.keithley.tsp.library import number
from sim_backends.emulators.keithley.tsp.values import Attribute, Builtin, Group, Steps, Value
from sim_backends.emulators.scpi.status import Status

VOLTAGE_LIMIT, CURRENT_LIMIT, OVERFLOW, BUFFER_AVAILABLE, INSTRUMENT = 1, 2, 128, 256, 8192


class Host(Protocol):
    """What these objects need of the instrument."""

    t: float
    errors: TspErrors
    status: Status
    model: str
    serial: str
    firmware: str

    def reset(self) -> str | None:
        """Settings back to the defaults."""
        ...

    def status_byte(self) -> int:
        """The status byte."""
        ...

    def until_idle(self) -> Steps:
        """Wait for the end of all overlapped operations."""
        ...

    def overlapping(self, name: str) -> bool:
        """Whether the overlapped operation `name` runs."""
        ...


def system_objects(host: Host, make: Attributes, smus: dict[str, Smu]) -> dict[str, Value]:
    """Globals of the instrument, by name."""
    return {
        "errorqueue": _errors(host, make),
        "status": _status(host, make, smus),
        "localnode": _node(host, make),
        "display": _display(make),
        "beeper": _beeper(make),
        "digio": _digital(make),
        "timer": _timer(host),
        "reset": make.function("reset", lambda *_: _nothing(host.reset())),
        "delay": Builtin(lambda seconds: _delay(host, seconds), "delay"),
        "waitcomplete": Builtin(lambda *_: host.until_idle(), "waitcomplete"),
        "opc": make.function("opc", lambda: _complete(host)),
        "collectgarbage": make.function("collectgarbage", lambda *_: ()),
    }


def _nothing(_: object) -> tuple[Value, ...]:
    return ()


def _complete(host: Host) -> tuple[Value, ...]:
    host.status.event |= 1
    return ()


def _delay(host: Host, seconds: Value) -> Steps:
    yield host.t + max(number(seconds), 0.0)
    return ()


def _errors(host: Host, make: Attributes) -> Group:
    group = Group(luatype="errorqueue")
    group.attributes["count"] = Attribute(lambda: float(len(host.errors)))
    group.objects |= {
        "next": make.function("next", lambda *_: tuple(host.errors.next())),
        "clear": make.function("clear", lambda *_: _nothing(host.errors.clear())),
    }
    return group


def _node(host: Host, make: Attributes) -> Group:
    group = Group(luatype="node")
    group.attributes |= {
        "model": Attribute(lambda: host.model),
        "serialno": Attribute(lambda: host.serial),
        "revision": Attribute(lambda: host.firmware),
        "version": Attribute(lambda: host.firmware),
        "linefreq": Attribute(lambda: LINE_FREQUENCY, lambda _: None),
        "autolinefreq": Attribute(lambda: True, lambda _: None),
        "description": Attribute(lambda: f"Keithley {host.model} {host.serial}"),
        "prompts": remembered(make),
        "showerrors": remembered(make),
    }
    group.objects["reset"] = make.function("reset", lambda *_: _nothing(host.reset()))
    return group


def _display(make: Attributes) -> Group:
    group = Group(luatype="display")
    group.attributes |= {"screen": remembered(make, 2.0), "locallockout": remembered(make)}
    for name in ("clear", "settext", "setcursor", "trigger"):
        group.objects[name] = make.function(name, lambda *_: ())
    group.objects |= {
        "MEASURE_DCAMPS": 0.0, "MEASURE_DCVOLTS": 1.0, "MEASURE_OHMS": 2.0, "MEASURE_WATTS": 3.0,
        "SMUA": 0.0, "SMUB": 1.0, "SMUA_SMUB": 2.0, "USER": 3.0, "LOCK": 1.0, "UNLOCK": 0.0,
    }  # fmt: skip
    for name in ("smua", "smub"):
        measure, channel = Group(), Group()
        measure.attributes["func"] = remembered(make, 1.0)
        channel.objects["measure"] = measure
        channel.attributes["digits"] = remembered(make, 5.0)
        group.objects[name] = channel
    return group


def _beeper(make: Attributes) -> Group:
    group = Group(luatype="beeper")
    group.attributes["enable"] = remembered(make, 1.0)
    group.objects |= {
        "beep": make.function("beep", lambda _seconds, _hertz: ()), "ON": 1.0, "OFF": 0.0,
    }  # fmt: skip
    return group


def _digital(make: Attributes) -> Group:
    lines = [16383.0]

    def write(value: Value) -> tuple[Value, ...]:
        lines[0] = float(int(number(value)) & 16383)
        return ()

    def write_bit(bit: Value, value: Value) -> tuple[Value, ...]:
        mask = 1 << (int(number(bit)) - 1 & 15)
        return write(float(int(lines[0]) | mask if number(value) else int(lines[0]) & ~mask))

    def read_bit(bit: Value) -> float:
        return float(int(lines[0]) >> (int(number(bit)) - 1 & 15) & 1)

    group = Group(luatype="digio")
    group.objects |= {
        "readport": make.function("readport", lambda: lines[0]),
        "writeport": make.function("writeport", write),
        "readbit": make.function("readbit", read_bit),
        "writebit": make.function("writebit", write_bit),
    }
    return group


def _timer(host: Host) -> Group:
    started = [0.0]

    def reset(*_: Value) -> tuple[Value, ...]:
        started[0] = host.t
        return ()

    group, measure = Group(luatype="timer"), Group()
    measure.objects["t"] = Builtin(lambda: host.t - started[0], "t")
    group.objects |= {"reset": Builtin(reset, "reset"), "measure": measure}
    return group


# status


def _status(host: Host, make: Attributes, smus: dict[str, Smu]) -> Group:
    def put_request(value: int) -> None:
        host.status.service_enable = value

    def reset(*_: Value) -> tuple[Value, ...]:
        host.status.event = host.status.event_enable = host.status.service_enable = 0
        return ()

    group = Group(luatype="status")
    group.attributes |= {
        "condition": Attribute(lambda: float(host.status_byte())),
        "request_enable": make.choice(lambda: host.status.service_enable, put_request, range(256)),
    }

    def sweeping() -> int:
        return 2 * host.overlapping("smua") + 4 * host.overlapping("smub")

    operation = _register(
        {"sweeping": _register({"SMUA": 2.0, "SMUB": 4.0}, sweeping)},
        lambda: 8 * bool(sweeping()),
    )
    group.objects |= {
        "standard": _standard(host, make),
        "measurement": _measurement(host, smus),
        "operation": operation,
        "reset": Builtin(reset, "reset"),
    }
    return group


def _standard(host: Host, make: Attributes) -> Group:
    def put(value: int) -> None:
        host.status.event_enable = value

    group = Group(luatype="status_register")
    group.attributes |= {
        "event": Attribute(lambda: float(host.status.read_event())),
        "enable": make.choice(lambda: host.status.event_enable, put, range(256)),
    }
    return group


def _register(objects: dict[Value, Value], condition: Callable[[], int]) -> Group:
    group = Group(luatype="status_register")
    group.attributes["condition"] = Attribute(lambda: float(condition()))
    group.attributes["event"] = Attribute(lambda: float(condition()))
    group.objects |= objects
    return group


def _measurement(host: Host, smus: dict[str, Smu]) -> Group:
    names = {
        "VOLTAGE_LIMIT": 1.0, "VLMT": 1.0, "CURRENT_LIMIT": 2.0, "ILMT": 2.0,
        "READING_OVERFLOW": 128.0, "ROF": 128.0, "BUFFER_AVAILABLE": 256.0, "BAV": 256.0,
    }  # fmt: skip
    channels: dict[Value, Value] = {
        name: _register(dict(names), lambda smu=smu: smu_condition(smu, host.t))
        for name, smu in smus.items()
    }

    def summary() -> int:
        value = 0
        for smu in smus.values():
            value |= smu_condition(smu, host.t)
        return value | INSTRUMENT * bool(value)

    instrument = _register(channels, summary)
    return _register({"instrument": instrument, **names}, summary)


def smu_condition(smu: Smu, t: float) -> int:
    """Bits of a channel's measurement register at run time `t`."""
    value = OVERFLOW * smu.overflowed
    if smu.settings.output == 1 and smu.operate(t).limited:
        value += CURRENT_LIMIT if smu.settings.sourced == "v" else VOLTAGE_LIMIT
    return value
