"""Commands of the board itself: output, ranges, electrodes, identity.

Firmware FW0.1.0, ps_system_state.cpp.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sim_backends.emulators.iorodeo import specs
from sim_backends.emulators.iorodeo.analog import (
    COUNTER,
    ELECTRODES,
    REFERENCE,
    WORKING,
    Analog,
)
from sim_backends.emulators.iorodeo.arduino_json import is_float, is_whole, single, unsigned

Message = dict[str, Any]
Handler = Callable[[Message, Message, float], str]
"""Executes a message at a time in s, fills the answer, returns a complaint or nothing."""


def tell(key: str, value: Callable[[float], Any]) -> Handler:
    """A command that answers with a value."""

    def handler(message: Message, answer: Message, t: float) -> str:
        answer[key] = value(t)
        return ""

    return handler


class Board:
    """The board around `analog`; its device id begins as the digits of `serial`."""

    def __init__(self, analog: Analog, serial: str) -> None:
        self.analog = analog
        self.device_id = unsigned(int("0" + "".join(c for c in serial if c.isdigit())))
        self.auto_connect = True

    def table(self) -> dict[str, Handler]:
        """The commands by name."""
        table: dict[str, Handler] = {
            "setVolt": self._set_volt,
            "getVolt": tell("v", lambda t: single(self.analog.volt())),
            "getCurr": tell("i", lambda t: single(self.analog.current(t)[0])),
            "getRefVolt": tell("r", lambda t: single(self.analog.reference_volt(t))),
            "setVoltRange": self._set_volt_range,
            "getVoltRange": tell("voltRange", lambda t: self.analog.volt_range),
            "setCurrRange": self._set_current_range,
            "getCurrRange": tell("currRange", lambda t: self.analog.current_range),
            "setRefElectVoltRange": self._set_reference_range,
            "getRefElectVoltRange": tell("voltRange", lambda t: self.analog.reference_range),
            "setDeviceId": self._set_device_id,
            "getDeviceId": tell("deviceId", lambda t: self.device_id),
            "getMuxEnabled": tell("muxEnabled", lambda t: False),
            "getVersion": tell("version", lambda t: specs.FIRMWARE),
            "getVariant": tell("variant", lambda t: specs.VARIANT),
            "getHardwareVersion": tell("version", lambda t: specs.HARDWARE),
            "setElectAutoConnect": self._set_auto_connect,
            "getElectAutoConnect": tell("autoConnect", lambda t: self.auto_connect),
        }
        groups = {"Ref": (REFERENCE,), "Ctr": (COUNTER,), "Wrk": (WORKING,), "All": ELECTRODES}
        for label, which in groups.items():
            table[f"set{label}ElectConnected"] = self._connecting(which)
            table[f"get{label}ElectConnected"] = tell("connected", self._connection(which))
        return table

    def _connection(self, which: tuple[str, ...]) -> Callable[[float], bool]:
        return lambda t: all(self.analog.connected[electrode] for electrode in which)

    def _connecting(self, which: tuple[str, ...]) -> Handler:
        def handler(message: Message, answer: Message, t: float) -> str:
            complaint = _needs_bool(message, "connected")
            if not complaint:
                self.analog.connect(which, message["connected"], t)
                answer["connected"] = self._connection(which)(t)
            return complaint

        return handler

    def _set_auto_connect(self, message: Message, answer: Message, t: float) -> str:
        complaint = _needs_bool(message, "autoConnect")
        if not complaint:
            self.auto_connect = answer["autoConnect"] = message["autoConnect"]
        return complaint

    def _set_volt(self, message: Message, answer: Message, t: float) -> str:
        if "v" not in message:
            return "json does not contain key: v"
        if not is_float(message["v"]):
            return "unable to convert volt to float"
        self.analog.set_volt(single(message["v"]), t)
        answer["v"] = single(self.analog.volt())
        return ""

    def _set_volt_range(self, message: Message, answer: Message, t: float) -> str:
        complaint = _needs_range(message, "voltRange", specs.VOLT_RANGES)
        if not complaint:
            self.analog.volt_range = message["voltRange"]
        if "voltRange" in message:
            answer["voltRange"] = self.analog.volt_range
        return complaint

    def _set_reference_range(self, message: Message, answer: Message, t: float) -> str:
        complaint = _needs_range(message, "voltRange", specs.VOLT_RANGES)
        if not complaint:
            self.analog.reference_range = message["voltRange"]
        if "voltRange" in message:
            answer["voltRange"] = self.analog.reference_range
        return complaint

    def _set_current_range(self, message: Message, answer: Message, t: float) -> str:
        complaint = _needs_range(message, "currRange", specs.CURRENT_RANGES)
        if not complaint:
            self.analog.current_range = message["currRange"]
        if "currRange" in message:
            answer["currRange"] = self.analog.current_range
        return complaint

    def _set_device_id(self, message: Message, answer: Message, t: float) -> str:
        if "deviceId" not in message:
            return "json does not contain key: deviceId"
        if not is_whole(message["deviceId"]):
            return "deviceId is not integer"
        self.device_id = answer["deviceId"] = unsigned(message["deviceId"])
        return ""


def _needs_bool(message: Message, key: str) -> str:
    if key not in message:
        return f"json does not contain key: {key}"
    return "" if isinstance(message[key], bool) else f"unable to convert '{key}' to bool"


def _needs_range(message: Message, key: str, ranges: dict[str, float]) -> str:
    if key not in message:
        return f"json does not contain key: {key}"
    name = message[key] if isinstance(message[key], str) else ""
    return "" if name in ranges else f"{key}, {name}, not found"
