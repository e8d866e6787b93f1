"""Site controller SITE1 on MQTT, written from docs/protocols/site1.md (MQTT).

The protocol is our own. A `TopicDevice`: whole messages in and out, the dispatch side of the
controller whose operator's side is `controller`. It announces itself when the bench opens and when
it is spoken to after a restart. Left out: names of the site other than `site`.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from sim_backends.emulators.site1.core import DISPATCHED, FUNCTIONS, Alarmed
from sim_backends.emulators.site1.cycling import controller_of
from sim_backends.emulators.site1.settings import ALARMS, RUNNING, STATES
from sim_backends.models.power_ports import SitePort
from sim_backends.plugs.mqtt_codec import Message

BASE = "site1/site"
LATENCY = 0.02
"""Seconds from a message to its answer."""
VALID = (0.1, 86400.0)
"""Limits of `valid` in s."""

_CLIENT = re.compile(r"[A-Za-z0-9_-]{1,40}\Z")
Given = Mapping[str, Any]


class Refused(Exception):
    """A command is refused with `code`."""

    def __init__(self, code: str, text: str) -> None:
        super().__init__(text)
        self.code, self.text = code, text


class SiteDispatch:
    """The dispatch centre's side of the controller wired to `port`."""

    def __init__(self, port: SitePort, *, serial: str, rng: np.random.Generator) -> None:
        self.serial = serial
        self.core = controller_of(port, rng)
        self._announced = 0
        self._waiting: list[tuple[float, Message]] = []

    # TopicDevice

    @property
    def filters(self) -> Sequence[str]:
        """Commands and questions."""
        return (f"{BASE}/dispatch", f"{BASE}/read")

    @property
    def will(self) -> Message | None:
        """Its last will."""
        return _message("state", {"state": "offline"}, retain=True)

    def receive(self, message: Message, t: float) -> None:
        """A command or a question; the answer leaves a little later."""
        self.core.advance(t)
        given = _parsed(message.payload)
        if given is None:
            return
        if message.topic == f"{BASE}/dispatch":
            self._say(f"ack/{given['client']}", self._acknowledged(given), t)
        elif message.topic == f"{BASE}/read":
            self._say(f"telemetry/{given['client']}", self._telemetry(given), t)

    def due(self) -> float | None:
        """When it next publishes, or something of the controller runs out."""
        if self._announced != self.core.boot:
            # At once: a bench that a run goes on with opens long before run time 0.
            return -math.inf
        times = [at for at, _ in self._waiting[:1]]
        event = self.core.event()
        if event is not None and event > self.core.t:
            times.append(event)
        return min(times, default=None)

    def send(self, t: float) -> list[Message]:
        """Answers until `t`; the first time since a start also its state."""
        self.core.advance(t)
        out = [] if self._announced == self.core.boot else [self._identity()]
        self._announced = self.core.boot
        out += [message for at, message in self._waiting if at <= t]
        self._waiting = [each for each in self._waiting if each[0] > t]
        return out

    def power_on(self, t: float) -> None:
        """It starts anew, on both its sides."""
        self._waiting.clear()
        self.core.restart(t)

    # What it says

    def _say(self, topic: str, content: dict[str, Any], t: float) -> None:
        self._waiting.append((t + LATENCY, _message(topic, content)))

    def _identity(self) -> Message:
        told = {
            "state": "online", "maker": "labctl", "model": "SITE1", "serial": self.serial,
            "firmware": "1.0.0", "boot": self.core.boot, "time": self.core.microseconds(),
        }  # fmt: skip
        return _message("state", told, retain=True)

    def _telemetry(self, given: Given) -> dict[str, Any]:
        core, seen = self.core, self.core.look()
        count, end = core.window
        return {
            "number": given["number"], "time": core.microseconds(), "meter_time": end,
            "meter_count": count,
            "state": STATES[core.now.state], "functions": _names(FUNCTIONS, core.now.functions),
            "alarms": _names(ALARMS, core.now.alarms), "commands": core.now.commands,
            "meter_active": seen.power, "meter_reactive": seen.reactive_power,
            "drawn": seen.site_power, "voltage": seen.voltage, "frequency": seen.frequency,
            "state_of_charge": 100.0 * seen.charge, "rated_active": core.port.rated,
            "rated_apparent": core.port.rated_apparent, "step": core.step,
            "active_most": core.most,
        }  # fmt: skip

    # Commands

    def _acknowledged(self, given: Given) -> dict[str, Any]:
        """The answer to a command; the same once more where it comes twice."""
        core, client, number = self.core, str(given["client"]), int(given["number"])
        before = core.now.asked.get(client)
        if before is not None and before[0] == number:
            return dict(before[1])
        told: dict[str, Any] = {"number": number, "taken": True}
        try:
            self._take(given, before)
            told |= {"time": core.now.taken, "count": core.now.commands}
            told |= {"active": core.now.dispatched, "reactive": core.now.reactive}
        except Refused as refused:
            core.now.refusals += 1
            error = {"code": refused.code, "text": refused.text}
            told |= {"taken": False, "time": core.microseconds(), "error": error}
        if before is None or number > before[0]:
            core.now.asked[client] = (number, told)
        return told

    def _take(self, given: Given, before: tuple[int, dict[str, object]] | None) -> None:
        core = self.core
        _number(given, "time", -1e18, 1e18)
        active = _number(given, "active", -core.most, core.most)
        most = core.port.rated_apparent
        reactive, valid = _number(given, "reactive", -most, most), _number(given, "valid", *VALID)
        if before is not None and given["number"] < before[0]:
            raise Refused("old_number", f"{before[0]} has come")
        if core.now.state != RUNNING or not core.now.functions & DISPATCHED:
            raise Refused("not_dispatched", "dispatch is off")
        try:
            core.dispatch(given["number"], active, reactive, valid)
        except Alarmed:
            raise Refused("alarm", "an alarm is latched") from None


def _number(given: Given, name: str, low: float, high: float) -> float:
    value = given.get(name)
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise Refused("bad_request", name)
    if not low <= value <= high:
        raise Refused("out_of_range", name)
    return float(value)


def _parsed(payload: bytes) -> dict[str, Any] | None:
    """What was sent; None where it names no client or no number to answer to."""
    try:
        given = json.loads(payload)
    except (ValueError, RecursionError):
        return None
    if not isinstance(given, dict):
        return None
    client, number = given.get("client"), given.get("number")
    if not isinstance(client, str) or not _CLIENT.match(client):
        return None
    whole = isinstance(number, int) and not isinstance(number, bool) and abs(number) < 2**63
    return given if whole else None


def _names(names: Sequence[str], bits: int) -> list[str]:
    return [name for bit, name in enumerate(names) if bits >> bit & 1]


def _message(topic: str, content: dict[str, Any], *, retain: bool = False) -> Message:
    payload = json.dumps(content, ensure_ascii=False, allow_nan=False).encode("utf-8")
    return Message(f"{BASE}/{topic}", payload, 1, retain)


EMULATOR = SiteDispatch
